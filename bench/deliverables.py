"""What a morning of daily messages costs: with much that is due, and with much that is not."""

import asyncio
import json
import sys
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from bench import servers, world
from bench.acks import QUIET_SECONDS, QUIET_WITHIN_SECONDS
from bench.checkins import ask_on
from bench.figures import Figure, median, percentile
from bench.ground import Ground, say
from bench.ticks import NoClients
from bench.today import now
from bench.world import HOME, Size
from data.moments import to_text
from data.store import Store
from services.actors import Who
from services.deliverable_lists import list_here
from services.deps import Deps

# Ten thousand people who owe ten things each; one of each ten is due.
MORNING: Final = Size(partnerships=2_500, commitments=100_000, open_part=1.0)
MORNING_MOST_SECONDS: Final = 20.0
MEMORY_MOST_MEGABYTES: Final = 300.0
ACK_MOST_SECONDS: Final = 0.1
# As many are due in both; in the second, people owe ten times as much besides.
FEW: Final = Size(partnerships=250, commitments=10_000, open_part=1.0)
MANY: Final = Size(partnerships=250, commitments=100_000, open_part=1.0)
MORE_MOST: Final = 1.2
LIST_MOST_SECONDS: Final = 0.02
ROUNDS, LISTS = 5, 50
GIVEN_UP_AFTER_SECONDS: Final = 180
_DUE: Final = """
    SELECT COUNT(*) FROM wakes
    WHERE kind = 'daily' AND due_at <= strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Morning:
    """What it took to plan one; ``put``: how many messages."""

    seconds: float
    megabytes: float
    put: int


async def measure(ground: Ground) -> list[Figure]:
    say(f"deliverables: a morning of {MORNING.commitments}")
    alone = await _planned(_due_morning(ground, MORNING))
    figures = [
        _limit(f"{alone.put} daily messages planned", alone.seconds, MORNING_MOST_SECONDS, "s"),
        _limit("memory of who plans them", alone.megabytes, MEMORY_MOST_MEGABYTES, "MB"),
        *await _meanwhile(ground),
    ]
    say(f"deliverables: {FEW.commitments} beside {MANY.commitments}")
    rounds = [
        [(await _planned(_due_morning(ground, size))).seconds for size in (FEW, MANY)]
        for _ in range(ROUNDS)
    ]
    few, many = (median(column) for column in zip(*rounds, strict=True))
    what = "the same due, ten times as many that are not"
    figures.append(Figure(what=what, measured=many, floor=few, unit="s", most=MORE_MOST))
    return [*figures, _listed(ground)]


async def _planned(database: Path) -> _Morning:
    """In a process of its own, so that nothing else is in its memory."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "bench.morning", str(database)),
        cwd=servers.ROOT,
        stdout=asyncio.subprocess.PIPE,
    )
    said, _ = await process.communicate()
    return _Morning(**json.loads(said))


async def _meanwhile(ground: Ground) -> list[Figure]:
    """The same by the bot itself, while people ask at fixed moments and posts are sent."""
    database = _due_morning(ground, MORNING)
    async with servers.bot("http", ground.slack, database) as bot:
        began_seconds, asked = time.perf_counter(), asyncio.Event()
        async with asyncio.TaskGroup() as together:
            people = together.create_task(ask_on(ground, bot, asked))
            seconds = await _until_planned(database, began_seconds)
            asked.set()
        await ground.slack.settled(QUIET_SECONDS, QUIET_WITHIN_SECONDS)
    p99 = percentile(people.result(), 0.99) * 1000
    return [
        _limit("the same while people ask", seconds, MORNING_MOST_SECONDS, "s"),
        _limit("ack meanwhile, p99", p99, ACK_MOST_SECONDS * 1000, "ms"),
    ]


async def _until_planned(database: Path, began_seconds: float) -> float:
    while time.perf_counter() - began_seconds < GIVEN_UP_AFTER_SECONDS:
        if not await asyncio.to_thread(world.count, database, _DUE):
            break
        await asyncio.sleep(0.1)
    return time.perf_counter() - began_seconds


def _due_morning(ground: Ground, size: Size) -> Path:
    """One thing of each person is due today, the rest in weeks; all are looked at now."""
    database, started_at = ground.database(size), now()
    with world.opened(database) as store, store.writing(None) as db:
        values = {
            "far": to_text(started_at + timedelta(days=40)),
            "soon": to_text(started_at + timedelta(hours=2)),
            "now": to_text(started_at),
            "later": to_text(started_at + timedelta(days=2)),
        }
        for statement in _MORNING:
            db.execute(statement, values)
    return database


def _listed(ground: Ground) -> Figure:
    """What a person owes, as `list` answers."""
    with world.opened(_due_morning(ground, MANY)) as store:
        took = median(_list_seconds(store, number, now()) for number in range(LISTS))
    return _limit("one person's list of 100", took * 1000, LIST_MOST_SECONDS * 1000, "ms")


def _list_seconds(store: Store, number: int, at: datetime) -> float:
    deps = Deps(store=store, now=lambda: at, clients=NoClients())
    who = Who(
        team_id=HOME,
        slack_id=world.vendor_user(number),
        home_team=world.vendor_team(number),
        channel=world.channel_of(number),
    )
    began_seconds = time.perf_counter()
    list_here(deps, who, "mine", at)
    return time.perf_counter() - began_seconds


def _limit(what: str, measured: float, most: float, unit: str) -> Figure:
    return Figure(what=what, measured=measured, floor=most, unit=unit, most=1)


_MORNING: Final = (
    "UPDATE commitments SET due_at = :far, first_due_at = :far, next_at = :far",
    """
    UPDATE commitments SET due_at = :soon, first_due_at = :soon, next_at = :now
    WHERE id IN (SELECT MIN(id) FROM commitments GROUP BY owner_id)
    """,
    "UPDATE wakes SET due_at = :later",
    "UPDATE wakes SET due_at = :now WHERE kind = 'daily'",
)
