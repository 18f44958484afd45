"""From which moment until which somebody is away who names days; reasons are nobody's business."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Final, Literal

from domain import zones
from domain.calendars import Away, Calendar, next_working, shift_at, shift_on
from domain.errors import TouchbaseError
from domain.people import Member

Half = Literal["first", "second"]
AwayTrouble = Literal[
    "until",
    "past",
    "ambiguous",
    "impossible",
    "reversed",
    "too_long",
    "too_far",
    "half_of_days",
    "unknown_stand_in",
    "two_stand_ins",
    "own_stand_in",
    "bot_stand_in",
    "gone_stand_in",
    "other_stand_in",
    "away_stand_in",
]

LONGEST: Final = timedelta(days=731)
DAYS_OFF_AT_ONCE: Final = 31
_DAY: Final = timedelta(days=1)


class UnclearAbsence(TouchbaseError):
    """What was typed or picked says no time away.

    Attributes:
        field: Where it is said in the form.
        names: Of the people that it is about.
        absence: The days, where they are clear and something else is not.
    """

    def __init__(
        self, trouble: AwayTrouble, field: str = "until", names: Sequence[str] = ()
    ) -> None:
        super().__init__(trouble)
        self.trouble = trouble
        self.field = field
        self.names = tuple(names)
        self.absence: Away | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    """A stored time away. ``stand_in``: who is asked meanwhile; None: nobody is."""

    id: str
    from_at: datetime
    until_at: datetime
    stand_in: str | None = None

    def holds(self, now: datetime) -> bool:
        return self.from_at <= now < self.until_at


def whole_days(calendar: Calendar, first_on: date, last_on: date, now: datetime) -> Away:
    """The shifts that start on these days, both included.

    Whoever names today in the middle of a shift that began yesterday means that shift, too.
    """
    calendar = replace(calendar, away=())
    starts_at = zones.to_utc(datetime.combine(first_on, time()), calendar.zone)
    ends_at = zones.to_utc(datetime.combine(last_on + _DAY, time()), calendar.zone)
    night_before, last = shift_on(calendar, first_on - _DAY), shift_on(calendar, last_on)
    if night_before is not None and night_before.ends_at > starts_at:
        starts_at = night_before.ends_at
        running = shift_at(calendar, now)
        if running == night_before and zones.local(now, calendar.zone).date() == first_on:
            starts_at = now
    if last is not None:
        ends_at = max(ends_at, last.ends_at)
    return Away(from_at=starts_at, until_at=ends_at)


def half_a_day(calendar: Calendar, day: date, half: Half, now: datetime) -> Away:
    """One half of the shift that starts on a day; the whole day where there is no shift."""
    shift = shift_on(replace(calendar, away=()), day)
    if shift is None:
        return whole_days(calendar, day, day, now)
    middle = shift.starts_at + (shift.ends_at - shift.starts_at) / 2
    if half == "first":
        return Away(from_at=shift.starts_at, until_at=middle)
    return Away(from_at=middle, until_at=shift.ends_at)


def clock_of(absence: Away | Absence, calendar: Calendar, own_zone: str) -> str:
    """The zone in which an absence is said: the calendar's where it is whole days there.

    Args:
        own_zone: In which the person reads all other times.
    """
    ends = (zones.local(at, calendar.zone).time() for at in (absence.from_at, absence.until_at))
    return calendar.zone if all(end == time() for end in ends) else own_zone


def checked(absence: Away, now: datetime) -> Away:
    """The absence, when it lies ahead and is no typing error.

    Raises:
        UnclearAbsence.
    """
    if absence.until_at <= now:
        raise UnclearAbsence("past")
    if absence.until_at - absence.from_at > LONGEST:
        raise UnclearAbsence("too_long")
    if absence.from_at - now > LONGEST:
        raise UnclearAbsence("too_far")
    return absence


def checked_stand_in(
    owner: Member, stand_in: Member, absence: Away, away: Iterable[Absence]
) -> Member:
    """Who stands in, when they can.

    Args:
        owner: Who is away.
        away: The absences of the one who stands in.

    Raises:
        UnclearAbsence: It is the same person, no person, of the other side, or away, too.
    """
    trouble = _unfit(owner, stand_in)
    if trouble is None and any(
        one.from_at < absence.until_at and absence.from_at < one.until_at for one in away
    ):
        trouble = "away_stand_in"
    if trouble is not None:
        raise UnclearAbsence(trouble, "stand_in", [stand_in.person.name])
    return stand_in


def goes_on(before: Absence, then: Away, calendar: Calendar) -> bool:
    """Whether nobody would be at work between one absence and the other."""
    if then.until_at < before.from_at:
        return False
    calendar = replace(calendar, away=())
    works_at = next_working(calendar, before.until_at)
    return works_at is None or then.from_at <= max(works_at, before.until_at)


def can_stand_in(owner: Member, stand_in: Member) -> bool:
    """Whether somebody could be asked in the place of another, if they are there."""
    return _unfit(owner, stand_in) is None


def _unfit(owner: Member, stand_in: Member) -> AwayTrouble | None:
    if stand_in.person.id == owner.person.id:
        return "own_stand_in"
    if stand_in.person.is_bot:
        return "bot_stand_in"
    if stand_in.person.deleted:
        return "gone_stand_in"
    if not stand_in.takes_part or stand_in.side != owner.side:
        return "other_stand_in"
    return None
