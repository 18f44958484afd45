"""Check-ins by the thousand, stored beside what `bench.world` stores; no figures."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from bench.world import HOME, PARTNERSHIPS, opened
from data import Database, cadences, partnerships, wakes
from domain import zones
from domain.cadences import Plan
from domain.partnerships import Partnership
from domain.recurrence import Turn
from domain.rule_text import LAST, Rule, monthly_by_date, monthly_by_weekday, weekly

WEEK: Final = timedelta(days=7)
HALF_HOUR: Final = timedelta(minutes=30)
_ZONES: Final = ("America/New_York", "Asia/Manila")
# A wake an hour or so before the first turn, as after its agenda was told.
_WOKEN_BEFORE: Final = timedelta(minutes=10)


def store_check_ins(path: Path, count: int, first_at: datetime, within: timedelta) -> None:
    """As many check-ins, spread evenly over the partnerships, each with its next turn stored.

    Args:
        first_at: When the first of these turns starts; the others follow evenly ``within``.
    """
    with opened(path) as store, store.writing(None) as db:
        listed = [_partnership(db, number) for number in range(PARTNERSHIPS)]
        for number in range(count):
            # Not in the order of the partnerships, so that each has turns at all hours.
            place = number * 7919 % count
            starts_at = (first_at + within * place / count).replace(second=0, microsecond=0)
            _check_in(db, listed[number % len(listed)], number, starts_at)


def _partnership(db: Database, number: int) -> Partnership:
    found = partnerships.get(db, HOME, f"partnership{number:04}")
    assert found is not None
    return found


def _check_in(db: Database, one: Partnership, number: int, starts_at: datetime) -> None:
    zone = _ZONES[number // PARTNERSHIPS % len(_ZONES)]
    original = zones.local(starts_at, zone)
    plan = Plan(
        kind="checkin",
        title=f"Review {number}",
        rule=_rule(number, original),
        local_start=original,
        zone=zone,
        length=HALF_HOUR,
        settings={"holidays": "shared"} if number % 2 else {},
    )
    made_at = starts_at - 8 * WEEK
    cadence = cadences.insert(db, one, plan, by=one.installer_id, now=made_at)
    assert cadence is not None
    turn = cadences.add_turn(db, cadence, Turn(original=original, starts_at=starts_at), made_at)
    wakes.set_wake(db, HOME, "checkin", turn.id, one.id, starts_at - _WOKEN_BEFORE)


def _rule(number: int, original: datetime) -> Rule:
    """Seven of ten every week, the others every other week, by date, by weekday."""
    day = original.date()
    nth = (day.day - 1) // 7 + 1
    rare = (
        weekly((day.weekday(),), 2),
        monthly_by_date(day.day),
        monthly_by_weekday(nth if nth < 5 else LAST, day.weekday()),
    )
    return (*rare, *[weekly((day.weekday(),))] * 7)[number // PARTNERSHIPS % 10]
