"""Giving a check-in another time: which turns are meant, and what the rule becomes."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Final, Literal

from domain import zones
from domain.cadences import Cadence, Occurrence, Plan, following_turn
from domain.errors import ImpossibleRule, TouchbaseError
from domain.recurrence import IsWorkingDay
from domain.rule_text import (
    LAST,
    Rule,
    monthly_by_date,
    monthly_by_weekday,
    quarterly,
    weekly,
    yearly,
)

What = Literal["move", "move_all", "skip", "end"]

_TURNS_LOOKED_AT = 60
# A fifth one is not in every month: it is the last.
_NTH_MOST: Final = 4


class NoSuchCheckIn(TouchbaseError):
    """No check-in to come is called so, or none is on those days; ``words`` as typed."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


class NoNewTime(TouchbaseError):
    """A check-in is to be moved, and it is not clear to when.

    Attributes:
        question: A code of what is unclear about the words; None: no time was said.
    """

    field = "when"  # where it is said in a form

    def __init__(self, question: str | None = None) -> None:
        super().__init__(question)
        self.question = question


class OnlyThisOne(TouchbaseError):
    """The rule has no sensible other form for that time, so only one turn can be moved."""

    field = "what"  # where it is said in a form


@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """A turn to come, which may not have a row yet.

    Attributes:
        original: Wall time by the rule; with the cadence the turn's key.
    """

    cadence: Cadence
    original: datetime
    starts_at: datetime

    def is_within(self, from_on: date, until_on: date) -> bool:
        """Whether it is on one of these days of its own clock, both included."""
        day = zones.local(self.starts_at, self.cadence.plan.zone).date()
        return from_on <= day <= until_on


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What a lead wants of one turn.

    Attributes:
        original: Names the turn, with the cadence.
        to_at: The new start of a move; None otherwise.
        reason: As typed; empty when none was given.
    """

    what: What
    cadence_id: str
    original: datetime
    to_at: datetime | None = None
    reason: str = ""


def turns_ahead(
    cadence: Cadence,
    rows: list[Occurrence],
    until: datetime,
    now: datetime,
    is_working: IsWorkingDay | None = None,
) -> list[Ahead]:
    """The turns of a cadence after ``now`` up to ``until``, and at least the next one.

    Args:
        rows: Its turns that are to come, soonest first; further ones are computed.
    """
    found = [
        Ahead(cadence=cadence, original=row.original, starts_at=row.starts_at)
        for row in rows
        if row.starts_at > now
    ]
    last = max((row.original for row in rows), default=None)
    while len(found) < _TURNS_LOOKED_AT and (not found or found[-1].starts_at < until):
        turn = following_turn(cadence.plan, last, now, is_working)
        if turn is None:
            break
        last = turn.original
        found.append(Ahead(cadence=cadence, original=turn.original, starts_at=turn.starts_at))
    return found


def new_start(
    ahead: Ahead, *, day: date | None, at: datetime | None, day_said: bool, zone: str
) -> datetime:
    """The moment that was meant by what was said of it.

    Args:
        day: Said without a time: then the turn keeps its own.
        at: Wall time in ``zone``; without a day (``day_said``) the turn keeps its own.

    Raises:
        NoNewTime: Neither was said.
    """
    own_zone = ahead.cadence.plan.zone
    if at is not None and day_said:
        return zones.to_utc(at, zone)
    if at is not None:
        own_day = zones.local(ahead.starts_at, zone).date()
        return zones.to_utc(datetime.combine(own_day, at.time()), zone)
    if day is None:
        raise NoNewTime
    own_time: time = zones.local(ahead.starts_at, own_zone).time()
    return zones.to_utc(datetime.combine(day, own_time), own_zone)


def plan_moved(plan: Plan, original: datetime, to_at: datetime) -> Plan | None:
    """The plan whose turns from now on are as this one was moved, in the form that its rule has.

    The second Tuesday that moves to a Thursday becomes that Thursday of each month, a date another
    date.

    Returns:
        None when no rule says it: 29 February of each year.
    """
    start = zones.local(to_at, plan.zone)
    if plan.rule.frequency == "weekly":
        kept = {day for day in plan.rule.days if day != original.weekday()}
        rule = weekly(tuple({*kept, start.weekday()}), plan.rule.every_weeks)
        return replace(plan, rule=rule, local_start=start)
    if start.date() == original.date():
        return replace(plan, local_start=start)
    try:
        rule = _rule_on(plan.rule, start.date())
    except ImpossibleRule:
        return None
    return replace(plan, rule=rule, local_start=start)


def _rule_on(rule: Rule, day: date) -> Rule:
    """A rule by months or years that has a turn on this day.

    Raises:
        ImpossibleRule: Not every year has it.
    """
    if rule.frequency == "yearly":
        return yearly(day.month, day.day)
    monthly = _nth_weekday(rule, day) if rule.weekday is not None else monthly_by_date(day.day)
    if rule.frequency == "monthly":
        return monthly
    return quarterly(monthly, month=(day.month - 1) % 3 + 1)


def _nth_weekday(rule: Rule, day: date) -> Rule:
    nth = (day.day - 1) // 7 + 1
    is_last = (day + timedelta(days=7)).month != day.month
    said_last = rule.nth == LAST and is_last
    return monthly_by_weekday(LAST if said_last or nth > _NTH_MOST else nth, day.weekday())
