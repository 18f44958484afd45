"""What check-ins cost: the next turn of each rule, ten thousand after a week off, idle ticks."""

import asyncio
import time
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Final

from bench import servers, world
from bench.acks import QUIET_SECONDS, QUIET_WITHIN_SECONDS, TOGETHER
from bench.figures import Figure, median, percentile
from bench.ground import Ground, say
from bench.load import command, doors, id_in, press
from bench.rhythms import WEEK, store_check_ins
from bench.servers import Server
from bench.ticks import NoClients, idle_tick, seconds_of
from bench.today import now
from data.store import Store
from domain.cadences import Plan, following_turn
from domain.calendars import Calendar, is_working_day, office
from domain.recurrence import IsWorkingDay
from domain.rule_text import (
    LAST,
    Rule,
    monthly_by_date,
    monthly_by_weekday,
    monthly_by_working_day,
    quarterly,
    weekly,
    yearly,
)
from services.deps import Deps
from services.planners import PLANNERS
from services.planning import plan_due

RULES: Final[Mapping[str, Rule]] = {
    "weekly": weekly((0,)),
    "every third week, two days": weekly((1, 3), 3),
    "monthly by date": monthly_by_date(31),
    "second Wednesday": monthly_by_weekday(2, 2),
    "last Friday": monthly_by_weekday(LAST, 4),
    "fifth working day": monthly_by_working_day(5),
    "last working day": monthly_by_working_day(LAST),
    "first working day of a quarter": quarterly(monthly_by_working_day(1), month=1),
    "yearly": yearly(2, 29),
}
TURNS: Final = 150
TURN_MOST_SECONDS: Final = 0.0001
CADENCES, LITTLE, MUCH = 10_000, 1_000, 100_000
PLANNED_WITHIN_SECONDS: Final = 5.0
ACK_MOST_SECONDS: Final = 0.1
# As on a Monday morning; for so long people are asked for an answer while it is planned.
COMMANDS_A_SECOND: Final = 25
GIVEN_UP_AFTER_SECONDS: Final = 120
IDLE_MOST_SECONDS: Final = 0.001
ROUNDS: Final = 7
_DUE: Final = """
    SELECT COUNT(*) FROM wakes
    WHERE kind = 'checkin' AND due_at <= strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
"""


async def measure(ground: Ground) -> list[Figure]:
    say("check-ins: next turns")
    figures = [_next_turn(name, rule) for name, rule in RULES.items()]
    say(f"check-ins: {CADENCES} after a week of downtime")
    figures += _planned_alone(ground)
    figures += await _planned_meanwhile(ground)
    say("check-ins: idle ticks")
    return [*figures, *_idle(ground)]


def _next_turn(name: str, rule: Rule) -> Figure:
    """The median over many turns, each from the one before, and of some rounds."""
    return Figure(
        what=f"next turn, {name}",
        measured=median(_round_of_turns(rule) for _ in range(ROUNDS)) * 1000,
        floor=TURN_MOST_SECONDS * 1000,
        unit="ms",
        most=1,
    )


def _round_of_turns(rule: Rule) -> float:
    plan = Plan(
        kind="checkin",
        title="Review",
        rule=rule,
        local_start=datetime.fromisoformat("2026-01-05T10:00"),
        zone="America/New_York",
        length=timedelta(minutes=30),
    )
    both_work, first_at = _both_work(), now() - 1000 * WEEK
    took: list[float] = []
    after: datetime | None = None
    for _ in range(TURNS):
        began_seconds = time.perf_counter()
        turn = following_turn(plan, after, first_at, both_work)
        took.append(time.perf_counter() - began_seconds)
        if turn is None:
            break
        after = turn.original
    return median(took)


def _both_work() -> IsWorkingDay:
    """What a rule by working days asks about each day: the hours and holidays of two countries."""
    calendars = [_with_holidays("America/New_York", "US"), _with_holidays("Asia/Manila", "PH")]
    return lambda day: all(is_working_day(one, day) for one in calendars)


def _with_holidays(zone: str, country: str) -> Calendar:
    plain = office(zone)
    return Calendar(zone=zone, hours=plain.hours, holiday_countries=((country, None),))


def _planned_alone(ground: Ground) -> list[Figure]:
    """All that is due is planned and drawn; nobody asks and nothing is sent."""
    store = Store.open(_late(ground))
    started_at = now()
    deps = Deps(store=store, now=lambda: started_at, clients=NoClients())
    try:
        before = _count(store, "SELECT COUNT(*) FROM outbox")
        began_seconds = time.perf_counter()
        while _count(store, _DUE) and plan_due(deps, PLANNERS, started_at):
            pass
        took_seconds = time.perf_counter() - began_seconds
        drawn = _count(store, "SELECT COUNT(*) FROM outbox") - before
    finally:
        store.close()
    return [_planned(f"{CADENCES} check-ins planned, {drawn} posts drawn", took_seconds)]


async def _planned_meanwhile(ground: Ground) -> list[Figure]:
    """The same by the bot itself, while people ask at fixed moments and posts are sent."""
    database = _late(ground)
    async with servers.bot("http", ground.slack, database) as bot:
        began_seconds = time.perf_counter()
        asked = asyncio.Event()
        async with asyncio.TaskGroup() as together:
            people = together.create_task(ask_on(ground, bot, asked))
            took_seconds = await _until_planned(database, began_seconds)
            asked.set()
        await ground.slack.settled(QUIET_SECONDS, QUIET_WITHIN_SECONDS)
    return [
        _planned(f"{CADENCES} check-ins planned while people ask", took_seconds),
        Figure(
            what="ack while check-ins are planned, p99",
            measured=percentile(people.result(), 0.99) * 1000,
            floor=ACK_MOST_SECONDS * 1000,
            unit="ms",
            most=1,
        ),
    ]


def _planned(what: str, seconds: float) -> Figure:
    return Figure(what=what, measured=seconds, floor=PLANNED_WITHIN_SECONDS, unit="s", most=1)


def _late(ground: Ground) -> Path:
    """All turns started during the last week, and nobody was there."""
    database = ground.database()
    store_check_ins(database, CADENCES, now() - WEEK, WEEK)
    return database


async def _until_planned(database: Path, began_seconds: float) -> float:
    """The seconds until no check-in is due any more."""
    while time.perf_counter() - began_seconds < GIVEN_UP_AFTER_SECONDS:
        if not await asyncio.to_thread(world.count, database, _DUE):
            break
        await asyncio.sleep(0.1)
    return time.perf_counter() - began_seconds


async def ask_on(ground: Ground, bot: Server, enough: asyncio.Event) -> list[float]:
    """An ack is late from the moment on at which it was to be asked for."""
    took: list[float] = []
    ways = await doors(bot, ground.slack, TOGETHER)
    free: asyncio.Queue[int] = asyncio.Queue()
    for place in range(len(ways)):
        free.put_nowait(place)

    async def ask(number: int, at_seconds: float) -> None:
        place = await free.get()
        _, answer = await ways[place].send("command", command(number))
        took.append(time.perf_counter() - at_seconds)
        seconds, _ = await ways[place].send("done", press(number, id_in(answer)))
        took.append(seconds)
        free.put_nowait(place)

    number, began_seconds = 0, time.perf_counter()
    async with asyncio.TaskGroup() as together:
        while not enough.is_set():
            at_seconds = began_seconds + number / COMMANDS_A_SECOND
            await asyncio.sleep(at_seconds - time.perf_counter())
            together.create_task(ask(number % world.PARTNERSHIPS, at_seconds))
            number += 1
    for door in ways:
        await door.close()
    return took


def _idle(ground: Ground) -> list[Figure]:
    """In turns, with few check-ins and with many, all of them to come."""
    stores = []
    for count in (LITTLE, MUCH):
        database = ground.database()
        store_check_ins(database, count, now() + timedelta(hours=2), 8 * WEEK)
        stores.append(Store.open(database))
    try:
        ticks: list[Callable[[], None]] = [idle_tick(store) for store in stores]
        rounds = [[seconds_of(tick) for tick in ticks] for _ in range(ROUNDS)]
    finally:
        for store in stores:
            store.close()
    little, much = (median(column) * 1000 for column in zip(*rounds, strict=True))
    figure = partial(Figure, measured=much, unit="ms")
    return [
        figure(what=f"idle tick, {MUCH} check-ins", floor=IDLE_MOST_SECONDS * 1000, most=1),
        figure(what=f"idle tick, {MUCH} beside {LITTLE} check-ins", floor=little, most=2),
    ]


def _count(store: Store, sql: str) -> int:
    return int(store.reading().execute(sql).fetchone()[0])
