"""Giving a check-in another time: which turns are meant, and what the rule becomes."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Final, Literal

from domain import zones
from domain.cadences import Cadence, Occurrence, Plan, following_turn, until_on
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

What = Literal["move", "move_all", "skip", "end_from", "end"]

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
        is_next: No other turn comes before it.
    """

    cadence: Cadence
    original: datetime
    starts_at: datetime
    is_next: bool = True

    def is_within(self, from_on: date, until_on: date) -> bool:
        """Whether it is on one of these days of its own clock, both included."""
        day = zones.local(self.starts_at, self.cadence.plan.zone).date()
        return from_on <= day <= until_on


@dataclass(frozen=True, slots=True, kw_only=True)
class Following:
    """The rule that holds from a turn on that moves with all that follow.

    Attributes:
        local_start: Wall time from which its turns are counted.
        original: Wall time of the moved turn by it.
        version: Of the check-in whose rule it replaces; None: whatever holds then.
    """

    rule: Rule
    local_start: datetime
    original: datetime
    version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What a lead wants of one turn.

    Attributes:
        original: Names the turn, with the cadence.
        to_at: The new start of a move; None otherwise.
        reason: As typed; empty when none was given.
        following: With ``move_all``: the rule from then on; None: the one that holds, moved.
    """

    what: What
    cadence_id: str
    original: datetime
    to_at: datetime | None = None
    reason: str = ""
    following: Following | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """An end of a check-in, of all its turns or from one on, which can be taken back.

    Attributes:
        version: Of the check-in that came of it; None: all turns ended.
        until_before: The last day that it had before; None: it went on.
    """

    cadence_id: str
    version: int | None = None
    until_before: date | None = None

    @classmethod
    def of(cls, cadence: Cadence) -> "Cut":
        """The end from one turn on of a check-in, which is given as it was before."""
        return cls(
            cadence_id=cadence.id, version=cadence.version + 1, until_before=until_on(cadence.plan)
        )


def plan_until(plan: Plan, last_on: date | None) -> Plan:
    """The same plan with another last day; None: it goes on."""
    rest = {key: value for key, value in plan.settings.items() if key != "until"}
    last = {} if last_on is None else {"until": last_on.isoformat()}
    return replace(plan, settings=rest | last)


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
    return [replace(one, is_next=one is found[0]) for one in found]


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


def following_of(plan: Plan, original: datetime, to_at: datetime) -> Following | None:
    """The rule whose turns from now on are as this one was moved, in the form that it has.

    The second Tuesday that moves to a Thursday becomes that Thursday of each month, a date another
    date.

    Returns:
        None when no rule says it: 29 February of each year.
    """
    start = zones.local(to_at, plan.zone)
    if plan.rule.frequency == "weekly":
        kept = {day for day in plan.rule.days if day != original.weekday()}
        return _from(weekly(tuple({*kept, start.weekday()}), plan.rule.every_weeks), start)
    if start.date() == original.date():
        return _from(plan.rule, start)
    by_weekday = plan.rule.weekday is not None
    return _on(plan.rule, start, by_weekday=by_weekday)


def other_form_of(plan: Plan, original: datetime, to_at: datetime) -> Following | None:
    """The same in the other form: by its date where the rule is by weekday, else by weekday.

    Returns:
        None where the rule has one form only, or the day stays.
    """
    start = zones.local(to_at, plan.zone)
    if not has_two_forms(plan.rule) or start.date() == original.date():
        return None
    return _on(plan.rule, start, by_weekday=plan.rule.weekday is None)


def has_two_forms(rule: Rule) -> bool:
    """Whether a turn on another day could be meant by its date, or by its weekday."""
    return rule.frequency in {"monthly", "quarterly"}


def plan_following(plan: Plan, following: Following) -> Plan:
    """The plan by the rule from then on."""
    return replace(plan, rule=following.rule, local_start=following.local_start)


def _from(rule: Rule, start: datetime) -> Following:
    return Following(rule=rule, local_start=start, original=start)


def _on(rule: Rule, start: datetime, *, by_weekday: bool) -> Following | None:
    """A rule by months or years that has a turn on this day; None: not every year has it."""
    day = start.date()
    try:
        if rule.frequency == "yearly":
            return _from(yearly(day.month, day.day), start)
        monthly = _nth_weekday(rule, day) if by_weekday else monthly_by_date(day.day)
    except ImpossibleRule:
        return None
    if rule.frequency == "monthly":
        return _from(monthly, start)
    return _from(quarterly(monthly, month=(day.month - 1) % 3 + 1), start)


def _nth_weekday(rule: Rule, day: date) -> Rule:
    nth = (day.day - 1) // 7 + 1
    is_last = (day + timedelta(days=7)).month != day.month
    said_last = rule.nth == LAST and is_last
    return monthly_by_weekday(LAST if said_last or nth > _NTH_MOST else nth, day.weekday())
