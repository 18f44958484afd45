"""How fast people are answered, beside two bare Bolt apps in the same server."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from itertools import count as counting
from itertools import islice
from pathlib import Path
from typing import Final

from bench import servers, world
from bench.figures import Figure, median, percentile
from bench.ground import Ground, say
from bench.load import Acks, Act, command, doors, id_in, press, work
from bench.servers import Server, Transport

ROUNDS: Final = 5
ALONE, TOGETHER = 1, 16
# Deliverables a round: each is written down and done, so twice as many acks.
PAIRS: Final = {ALONE: 60, TOGETHER: 320}
PAIRS_OF_DEFAULT: Final = 60
# Nobody asks faster than this while a Monday morning is planned.
COMMANDS_A_SECOND: Final = 25
MONDAY_SECONDS: Final = 15
MONDAY_MOST_SECONDS: Final = 0.1
QUIET_SECONDS, QUIET_WITHIN_SECONDS = 0.4, 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """The bot and its floors, running side by side; one at a time is asked."""

    ground: Ground
    default: Server
    committing: Server
    bot: Server
    database: Path
    floor_database: Path
    numbers: Iterator[int]


@dataclass(kw_only=True)
class Rounds:
    """What each server has shown, round after round."""

    default: list[Acks] = field(default_factory=list)
    committing: list[Acks] = field(default_factory=list)
    bot: list[Acks] = field(default_factory=list)


async def measure(ground: Ground, transport: Transport) -> list[Figure]:
    """One person and sixteen at once, in turns with both floors; then what was kept is counted."""
    figures: list[Figure] = []
    async with _field(ground, transport) as one:
        seen = []
        for people in (ALONE, TOGETHER):
            say(f"{transport}: {people} in flight")
            rounds = await _rounds(one, people)
            figures += _figures(transport, people, rounds)
            seen.append(rounds)
        await ground.slack.settled(QUIET_SECONDS, QUIET_WITHIN_SECONDS)
    return [*figures, _lost(transport, one, seen)]


async def measure_monday(ground: Ground, transport: Transport) -> list[Figure]:
    """Everything becomes due at once while people go on."""
    database = ground.database()
    async with servers.bot(transport, ground.slack, database) as bot:
        await ground.slack.settled(QUIET_SECONDS, QUIET_WITHIN_SECONDS)
        say(f"{transport}: a Monday morning")
        planned = _all_due(database)
        took = await _steady(ground, bot)
        left = world.count(database, _DUE)
        say(f"{transport}: {planned} wakes were due, {left} were left after {MONDAY_SECONDS} s")
    what = f"{transport}: ack while planning runs, p99"
    return [
        Figure(
            what=what,
            measured=percentile(took, 0.99) * 1000,
            floor=MONDAY_MOST_SECONDS * 1000,
            unit="ms",
            most=1,
        )
    ]


@asynccontextmanager
async def _field(ground: Ground, transport: Transport) -> AsyncIterator[Field]:
    database = ground.database()
    floor_database = ground.fresh_folder() / "floor.sqlite"
    slack = ground.slack
    async with AsyncExitStack() as kept:
        bare = servers.bare("default", transport, slack, floor_database)
        default = await kept.enter_async_context(bare)
        bare = servers.bare("committing", transport, slack, floor_database)
        committing = await kept.enter_async_context(bare)
        bot = await kept.enter_async_context(servers.bot(transport, slack, database))
        await slack.settled(QUIET_SECONDS, QUIET_WITHIN_SECONDS)
        yield Field(
            ground=ground,
            default=default,
            committing=committing,
            bot=bot,
            database=database,
            floor_database=floor_database,
            numbers=_numbers(),
        )


def _numbers() -> Iterator[int]:
    """The partnerships in turn: nobody asks twice in the same one soon."""
    return (number % world.PARTNERSHIPS for number in counting())


async def _rounds(one: Field, people: int) -> Rounds:
    rounds = Rounds()
    # A first, short one so that every connection, cache and thread is there.
    for server in (one.default, one.committing, one.bot):
        await _round(one, server, people, people * 4)
    for _ in range(ROUNDS):
        pairs = PAIRS[people]
        if people == ALONE:
            rounds.default.append(await _round(one, one.default, people, PAIRS_OF_DEFAULT))
        rounds.committing.append(await _round(one, one.committing, people, pairs))
        rounds.bot.append(await _round(one, one.bot, people, pairs))
        # What the bot still has to say must not slow the floors down.
        await one.ground.slack.settled(QUIET_SECONDS, QUIET_WITHIN_SECONDS)
    return rounds


async def _round(one: Field, server: Server, people: int, pairs: int) -> Acks:
    acks = Acks()
    ways = await doors(server, one.ground.slack, people)
    tasks = [list(islice(one.numbers, pairs // people)) for _ in ways]
    began_seconds = time.perf_counter()
    async with asyncio.TaskGroup() as together:
        for door, numbers in zip(ways, tasks, strict=True):
            together.create_task(work(door, numbers, acks))
    acks.lasted_seconds = time.perf_counter() - began_seconds
    for door in ways:
        await door.close()
    return acks


def _figures(transport: Transport, people: int, rounds: Rounds) -> list[Figure]:
    if people == ALONE:
        acts: tuple[tuple[Act, str], ...] = (("command", "/deliverable"), ("done", "Done"))
        return [
            Figure(
                what=f"{transport}: {name}, one client, median (A)",
                measured=median(median(acks.seconds[act]) for acks in rounds.bot) * 1000,
                floor=median(median(acks.seconds[act]) for acks in rounds.default) * 1000,
                unit="ms",
                most=0.25,
            )
            for act, name in acts
        ]
    return [
        Figure(
            what=f"{transport}: {people} in flight, p99 (B)",
            measured=median(percentile(acks.every, 0.99) for acks in rounds.bot) * 1000,
            floor=median(percentile(acks.every, 0.99) for acks in rounds.committing) * 1000,
            unit="ms",
            most=1,
        ),
        Figure(
            what=f"{transport}: {people} in flight, rate (B)",
            measured=median(len(acks.every) / acks.lasted_seconds for acks in rounds.bot),
            floor=median(len(acks.every) / acks.lasted_seconds for acks in rounds.committing),
            unit="/s",
            least=0.125,
        ),
    ]


def _lost(transport: Transport, one: Field, seen: list[Rounds]) -> Figure:
    """Deliverables that were acked as done and are not so in the database."""
    acked = [done for rounds in seen for acks in rounds.bot for done in acks.done]
    with world.opened(one.database) as store:
        rows = store.reading().query("SELECT id FROM commitments WHERE state = 'done'")
        kept = {row["id"] for row in rows}
    lost = sum(one_id not in kept for one_id in acked) + len(acked) - len(set(acked))
    return Figure(
        what=f"{transport}: acked as done and not kept, of {len(acked)}",
        measured=lost,
        floor=0,
        unit="",
        most=0,
    )


_DUE: Final = "SELECT COUNT(*) FROM wakes WHERE due_at <= strftime('%Y-%m-%dT%H:%M:%fZ', 'now')"


def _all_due(database: Path) -> int:
    """Every deliverable is late, every daily message and every week begins; now."""
    with world.opened(database) as store:
        with store.writing(None) as db:
            now = "strftime('%Y-%m-%dT%H:%M:%f', 'now') || '000Z'"
            db.execute(f"UPDATE commitments SET due_at = {now} WHERE closed_at IS NULL")
            db.execute("DELETE FROM weeks")
            kinds = "('deliverable', 'daily', 'week', 'checkin')"
            db.execute(f"UPDATE wakes SET due_at = {now} WHERE kind IN {kinds}")
        return int(store.reading().execute(_DUE).fetchone()[0])


async def _steady(ground: Ground, bot: Server) -> list[float]:
    """Ask at fixed moments, whoever still waits; an ack is late from its moment on."""
    took: list[float] = []
    ways = await doors(bot, ground.slack, TOGETHER)
    free: asyncio.Queue[int] = asyncio.Queue()
    for place in range(len(ways)):
        free.put_nowait(place)
    began_seconds = time.perf_counter()

    async def ask(number: int, at_seconds: float) -> None:
        place = await free.get()
        _, answer = await ways[place].send("command", command(number))
        took.append(time.perf_counter() - at_seconds)
        seconds, _ = await ways[place].send("done", press(number, id_in(answer)))
        took.append(seconds)
        free.put_nowait(place)

    async with asyncio.TaskGroup() as together:
        for number in range(COMMANDS_A_SECOND * MONDAY_SECONDS):
            at_seconds = began_seconds + number / COMMANDS_A_SECOND
            await asyncio.sleep(at_seconds - time.perf_counter())
            together.create_task(ask(number % world.PARTNERSHIPS, at_seconds))
    for door in ways:
        await door.close()
    return took
