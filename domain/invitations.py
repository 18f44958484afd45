"""What a calendar is given of a check-in: a series, its exceptions, single turns; no file format.

Calendars know a part of our rules only. What they cannot repeat by themselves is given to them
turn by turn.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from domain import zones
from domain.cadences import DROPPED_STATES, Cadence, Occurrence, Plan, until_on
from domain.checkin_moves import Ahead
from domain.checkin_settings import holiday_rule
from domain.errors import TouchbaseError
from domain.recurrence import Rule, next_turn

# How far ahead turns are told one by one where no rule can tell them.
SINGLES_FOR: Final = timedelta(days=365)
# Every month has these dates, so calendars and we agree on what the rule means.
_IN_EVERY_MONTH: Final = 28
_LAST_OF_MONTH: Final = 31
_FEBRUARY: Final = 2


class NothingToInvite(TouchbaseError):
    """The check-in has no turn to come, and nobody was given one that is now off."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A turn of a series that takes place at another moment than by its rule."""

    original: datetime
    starts_at: datetime
    length: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """Turns that a calendar repeats by itself.

    Attributes:
        uid: The same in every version, so that a calendar replaces what it has.
        start: Wall time of its first turn.
        planned_from: ``local_start`` of the plan it was made from; tells one plan from the next.
        last: Wall time of its last turn by the rule; None: it goes on.
        ended: The plan took another turn, so it stays as it is.
        left_out: Wall times by the rule that do not take place, earliest first.
        cancelled: None of its turns takes place.
    """

    uid: str
    rule: Rule
    start: datetime
    planned_from: datetime
    zone: str
    length: timedelta
    last: datetime | None = None
    ended: bool = False
    left_out: tuple[datetime, ...] = ()
    moved: tuple[Moved, ...] = ()
    cancelled: bool = False

    @property
    def is_live(self) -> bool:
        return not self.ended and not self.cancelled

    def is_of(self, plan: Plan) -> bool:
        """Whether the plan still repeats as this series does."""
        return (self.rule, self.zone, self.planned_from) == (plan.rule, plan.zone, plan.local_start)


@dataclass(frozen=True, slots=True, kw_only=True)
class Single:
    """One turn of its own.

    Attributes:
        original: Wall time by the rule, which the uid is made of.
        cancelled: It was told in an earlier version and does not take place.
    """

    uid: str
    original: datetime
    starts_at: datetime
    zone: str
    length: timedelta
    cancelled: bool = False


Entry = Series | Single


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What an invitation is made from.

    Attributes:
        rows: The stored turns of the cadence in any state, from its earlier invitations on.
        ahead: Its turns to come, soonest first, as far as single turns are told.
        earlier: What the versions before it told.
    """

    cadence: Cadence
    rows: Sequence[Occurrence]
    ahead: Sequence[Ahead]
    earlier: Sequence[Entry] = ()


def repeats(plan: Plan) -> bool:
    """Whether the calendars people use repeat the plan's rule exactly as we do.

    They know no working days and no holidays of two companies, and read "the 30th, or the last day
    of a shorter month" each in their own way.
    """
    rule = plan.rule
    if rule.working_day is not None or holiday_rule(plan) != "keep":
        return False
    if rule.day is None or rule.day <= _IN_EVERY_MONTH:
        return True
    if rule.frequency == "yearly":
        return rule.month != _FEBRUARY
    return rule.day == _LAST_OF_MONTH


def entries(facts: Facts, now: datetime) -> list[Entry]:
    """What the next version of an invitation tells, older series first.

    A rule that changed ends the old series and begins one with another uid: calendars do the same
    for "this and following", and few read anything else.

    Raises:
        NothingToInvite.
    """
    current = _current(facts)
    closed = [
        _closed(one, facts, current, now)
        for one in _series(facts.earlier)
        if current is None or one.uid != current.uid
    ]
    every = [*closed, *([current] if current else [])]
    told = {original for one in closed for original in _to_come(one, now)}
    singles = [
        _single(ahead)
        for ahead in facts.ahead
        if ahead.original not in told and not (current and ahead.original >= current.start)
    ]
    found: list[Entry] = [_with_exceptions(one, facts.rows) for one in every]
    found += singles
    found += _called_off(facts.earlier, {one.uid for one in singles}, now)
    if not found:
        raise NothingToInvite
    return found


def is_as_told(earlier: Iterable[Entry], told: Iterable[Entry], now: datetime) -> bool:
    """Whether a calendar that took the earlier version shows all that is to come."""
    return _to_see(earlier, now) == _to_see(told, now)


def is_out_of_date(earlier: Sequence[Entry], told: Iterable[Entry], now: datetime) -> bool:
    """Whether what the earlier version told is not so any more; that time goes on is no news."""
    starts = [one.starts_at for one in earlier if isinstance(one, Single)]
    until = max(starts, default=None)
    return _to_see(earlier, now, until) != _to_see(told, now, until)


def _to_see(
    every: Iterable[Entry], now: datetime, until: datetime | None = None
) -> dict[str, Entry]:
    return {
        one.uid: one
        for one in every
        if isinstance(one, Series)
        or (one.starts_at > now and (until is None or one.starts_at <= until))
    }


def originals(series: Series, until_at: datetime) -> list[datetime]:
    """Wall times of the turns by the rule, left out or not, that start before a moment."""
    found: list[datetime] = []
    while True:
        turn = next_turn(
            series.rule,
            local_start=series.start,
            zone_name=series.zone,
            after=found[-1] if found else None,
        )
        if turn is None or turn.starts_at >= until_at:
            return found
        if series.last is not None and turn.original > series.last:
            return found
        found.append(turn.original)


def _current(facts: Facts) -> Series | None:
    """The series of the plan as it is; None when it ended, or cannot be a series."""
    cadence = facts.cadence
    plan, told = cadence.plan, _series(facts.earlier)
    if cadence.state != "active" or not repeats(plan):
        return None
    for one in told:
        if one.is_live and one.is_of(plan):
            return _until(replace(one, length=plan.length, last=None, left_out=(), moved=()), plan)
    starts = (one.original for one in facts.ahead if one.original >= plan.local_start)
    start = next(starts, None)
    if start is None:
        return None
    begun = Series(
        uid=f"{cadence.id}-{len(told) + 1}",
        rule=plan.rule,
        start=start,
        planned_from=plan.local_start,
        zone=plan.zone,
        length=plan.length,
    )
    return _until(begun, plan)


def _until(series: Series, plan: Plan) -> Series:
    """The series with the last turn that the plan has; at least its first."""
    last_on = until_on(plan)
    if last_on is None:
        return series
    midnight = datetime.combine(last_on + timedelta(days=1), datetime.min.time())
    every = originals(series, zones.to_utc(midnight, series.zone))
    return replace(series, last=every[-1] if every else series.start)


def _closed(series: Series, facts: Facts, current: Series | None, now: datetime) -> Series:
    """The series, ended where the plan took another turn: what has begun stays as it was."""
    if not series.is_live:
        return series
    planned = {row.original for row in facts.rows if row.is_open}
    possible = originals(series, _cut_at(facts, current, now))
    kept = [one for one in possible if zones.to_utc(one, series.zone) <= now or one in planned]
    if not kept:
        return replace(series, ended=True, cancelled=True, left_out=(), moved=())
    left_out = tuple(one for one in possible if one not in kept and one < kept[-1])
    return replace(series, last=kept[-1], ended=True, left_out=left_out, moved=())


def _cut_at(facts: Facts, current: Series | None, now: datetime) -> datetime:
    plan = facts.cadence.plan
    if facts.cadence.state != "active":
        return now
    if current is not None:
        return zones.to_utc(current.start, current.zone)
    starts = (one.starts_at for one in facts.ahead if one.original >= plan.local_start)
    return next(starts, now)


def _with_exceptions(series: Series, rows: Sequence[Occurrence]) -> Series:
    """The series with what is stored about its turns: moved ones, and ones that are left out."""
    if series.cancelled:
        return series
    last_at = max((zones.to_utc(row.original, series.zone) for row in rows), default=None)
    if last_at is None:
        return series
    by_rule = set(originals(series, last_at + timedelta(seconds=1)))
    mine = [row for row in rows if row.original in by_rule]
    dropped = {row.original for row in mine if row.state in DROPPED_STATES}
    moved = tuple(
        Moved(original=row.original, starts_at=row.starts_at, length=row.length)
        for row in sorted(mine, key=lambda row: row.original)
        if row.original not in dropped
        and row.original not in series.left_out
        and row.starts_at != zones.to_utc(row.original, series.zone)
    )
    return replace(series, left_out=tuple(sorted({*series.left_out, *dropped})), moved=moved)


def _to_come(series: Series, now: datetime) -> list[datetime]:
    """The turns to come of a series that was ended."""
    if series.cancelled or series.last is None or not series.ended:
        return []
    end = zones.to_utc(series.last, series.zone) + timedelta(seconds=1)
    return [
        one
        for one in originals(series, end)
        if one not in series.left_out and zones.to_utc(one, series.zone) > now
    ]


def _single(ahead: Ahead) -> Single:
    cadence = ahead.cadence
    return Single(
        uid=f"{cadence.id}-{ahead.original:%Y%m%dT%H%M}",
        original=ahead.original,
        starts_at=ahead.starts_at,
        zone=cadence.plan.zone,
        length=cadence.plan.length,
    )


def _called_off(earlier: Iterable[Entry], still: set[str], now: datetime) -> list[Single]:
    return [
        replace(one, cancelled=True)
        for one in earlier
        if isinstance(one, Single) and one.uid not in still and one.starts_at > now
    ]


def _series(every: Iterable[Entry]) -> list[Series]:
    return [one for one in every if isinstance(one, Series)]
