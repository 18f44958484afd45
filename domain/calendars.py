"""What is asked of working time: is this a working moment, the next one, how much lies between.

How hours become moments stands in `domain.coverage`, storing in `domain.calendar_records`.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from domain import zones
from domain.calendar_records import from_json, to_json
from domain.coverage import (
    ONE_DAY,
    Away,
    Calendar,
    Shift,
    is_day_off,
    period,
    period_number,
    shift_on,
)
from domain.errors import NegativeAmount
from domain.hours import Hours, Interval, Variant, weekly_hours

__all__ = [
    "HORIZON",
    "Away",
    "Calendar",
    "Handover",
    "Hours",
    "Interval",
    "Shift",
    "Variant",
    "add_working",
    "add_working_days",
    "always",
    "end_of_day",
    "from_json",
    "is_day_off",
    "is_off_at",
    "is_working",
    "is_working_day",
    "next_handover",
    "next_shared",
    "next_shift",
    "next_working",
    "office",
    "shift_at",
    "shift_on",
    "to_json",
    "weekly_hours",
    "working_between",
    "working_days_between",
]

# How far ahead anything is looked for: a year of nothing, and a month to come back.
HORIZON = timedelta(days=400)


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """One stops working at ``leaves_at``; the other works from ``takes_at``, then or later."""

    leaves_at: datetime
    takes_at: datetime


def office(zone: str, start: str = "09:00", end: str = "18:00", days: str = "mon-fri") -> Calendar:
    """The same hours on several days, without holidays; days as in `weekly_hours`.

    Raises:
        UnknownZone, ImpossibleHours: The words do not read so.
    """
    return Calendar(zone=zone, hours=weekly_hours(f"{days} {start}-{end}"))


def always(zone: str) -> Calendar:
    """Every moment is a working moment; each day of the zone is a shift."""
    return office(zone, start="00:00", end="24:00", days="mon-sun")


def is_working(calendar: Calendar, moment: datetime) -> bool:
    moment = zones.utc(moment)
    return period(calendar, period_number(moment)).holds(moment)


def next_working(calendar: Calendar, moment: datetime) -> datetime | None:
    """The first working moment from ``moment`` on, itself included; None if 400 days have none."""
    moment = zones.utc(moment)
    for number in range(period_number(moment), period_number(moment + HORIZON) + 1):
        found = period(calendar, number).next_working(moment)
        if found is not None:
            return found if found - moment <= HORIZON else None
    return None


def is_off_at(calendar: Calendar, moment: datetime) -> bool:
    """Whether the calendar's own day at a moment is a holiday or a day off."""
    if not calendar.holiday_countries and not calendar.days_off:
        return False
    return is_day_off(calendar, zones.local(moment, calendar.zone).date())


def working_between(calendar: Calendar, start: datetime, end: datetime) -> timedelta:
    """The working time that really passes from ``start`` to ``end``; zero if that is not later."""
    start, end = zones.utc(start), zones.utc(end)
    if end <= start:
        return timedelta(0)
    first, last = period_number(start), period_number(end)
    passed = sum((period(calendar, n).total for n in range(first, last)), timedelta(0))
    return passed + period(calendar, last).worked_by(end) - period(calendar, first).worked_by(start)


def add_working(calendar: Calendar, moment: datetime, amount: timedelta) -> datetime | None:
    """The first moment by which ``amount`` of working time has passed since ``moment``.

    So eight hours from nine o'clock in an eight-hour day are that day's end, not the next start.

    Returns:
        None when 400 days without work come first.

    Raises:
        NegativeAmount: Time is counted forward only.
    """
    moment = zones.utc(moment)
    if amount <= timedelta(0):
        if amount:
            raise NegativeAmount(f"{amount} is less than nothing")
        return moment
    while (found := next_working(calendar, moment)) is not None:
        number = period_number(found)
        here = period(calendar, number)
        wanted = here.worked_by(found) + amount
        if wanted <= here.total:
            return here.when_worked(wanted)
        amount = wanted - here.total
        moment = here.ends[-1]
    return None


def next_shared(
    a: Calendar, b: Calendar, moment: datetime, within: timedelta = HORIZON
) -> datetime | None:
    """The first moment from ``moment`` on at which both work; None if there is none ``within``."""
    moment = zones.utc(moment)
    latest = moment + within
    while moment <= latest:
        of_a = next_working(a, moment)
        of_b = next_working(b, of_a) if of_a is not None else None
        if of_a is None or of_b is None:
            return None
        if of_a == of_b:
            return of_a if of_a <= latest else None
        moment = of_b
    return None


def next_handover(a: Calendar, b: Calendar, moment: datetime) -> Handover | None:
    """When ``a`` next stops working after ``moment``, and when ``b`` works then or next.

    ``leaves_at`` is the last time that ``a`` stops before ``b`` works, so a break of ``a`` counts
    only if ``b`` works in it. For two who share working time, `next_shared` is the better question.

    Returns:
        None when within 400 days ``a`` does not stop, or ``b`` does not start.
    """
    leaves_at = _next_stop(a, moment)
    takes_at = next_working(b, leaves_at) if leaves_at is not None else None
    if leaves_at is None or takes_at is None:
        return None
    while (later := _next_stop(a, leaves_at)) is not None and later <= takes_at:
        leaves_at = later
    return Handover(leaves_at=leaves_at, takes_at=takes_at)


def shift_at(calendar: Calendar, moment: datetime) -> Shift | None:
    """The shift under way at ``moment``, breaks included; of two, the one whose day is earlier."""
    return _shift_at(calendar, zones.utc(moment))


# Only in UTC are equal moments the same: elsewhere the two hours in which clocks are put back are.
@lru_cache(maxsize=4096)
def _shift_at(calendar: Calendar, moment: datetime) -> Shift | None:
    today = zones.local(moment, calendar.zone).date()
    # A clock set back over midnight shows yesterday's date while the new day's shift is under way.
    for days in (-1, 0, 1):
        shift = shift_on(calendar, today + days * ONE_DAY)
        if shift is not None and shift.starts_at <= moment < shift.ends_at:
            return shift
    return None


def next_shift(calendar: Calendar, moment: datetime) -> Shift | None:
    """The first shift that starts after ``moment``; None if 400 days have none."""
    return _next_shift(calendar, zones.utc(moment))


@lru_cache(maxsize=4096)
def _next_shift(calendar: Calendar, moment: datetime) -> Shift | None:
    today = zones.local(moment, calendar.zone).date()
    for days in range(-1, HORIZON.days + 1):
        shift = shift_on(calendar, today + days * ONE_DAY)
        if shift is not None and shift.starts_at > moment:
            return shift
    return None


def end_of_day(calendar: Calendar, day: date) -> datetime | None:
    """The end of the shift that starts on ``day`` ("due Friday"); None if it is no working day."""
    shift = shift_on(calendar, day)
    return shift.ends_at if shift is not None else None


def is_working_day(calendar: Calendar, day: date) -> bool:
    """Whether a shift starts on ``day``."""
    return shift_on(calendar, day) is not None


def working_days_between(calendar: Calendar, start: date, end: date) -> int:
    """How many working days come after ``start``, up to and with ``end``; 0 if it is not later."""
    days = (end - start).days
    return sum(is_working_day(calendar, start + n * ONE_DAY) for n in range(1, days + 1))


def add_working_days(calendar: Calendar, day: date, count: int) -> date | None:
    """The ``count``-th working day after ``day``, or before it if ``count`` is negative.

    For 0 it is ``day`` itself, or the next working day if it is none.

    Returns:
        None when 400 days without work come first.
    """
    step = ONE_DAY if count >= 0 else -ONE_DAY
    day = day if count else day - ONE_DAY
    for _ in range(abs(count) or 1):
        ahead = (day + n * step for n in range(1, HORIZON.days + 1))
        found = next((d for d in ahead if is_working_day(calendar, d)), None)
        if found is None:
            return None
        day = found
    return day


def _next_stop(calendar: Calendar, moment: datetime) -> datetime | None:
    """When the first work at or after ``moment`` stops; None if none does within 400 days."""
    start = next_working(calendar, moment)
    if start is None:
        return None
    end = start
    while end - start <= HORIZON:
        here = period(calendar, period_number(end))
        if not here.holds(end):
            return end
        end = here.span_end(end)
    return None
