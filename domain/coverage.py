"""A calendar laid out in time: wall-clock hours become spans of moments, kept in memory by period.

Working hours are what the clock on the wall shows. Where it skips time the skipped part is not
worked, and where it shows a time twice hours begin and end at the first: a shift stays in one piece
and lasts as long as it really lasts. What people ask of a calendar stands in `domain.calendars`.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import accumulate
from typing import TypeAlias
from zoneinfo import ZoneInfo

from domain import zones
from domain.errors import ImpossibleHours
from domain.holidays_of import check_holidays, holidays_in
from domain.hours import Hours, Variant

ONE_DAY = timedelta(days=1)
PERIOD = timedelta(days=28)

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_ONE_SECOND = timedelta(seconds=1)

# From a moment until a moment that is not part of it, both UTC.
Span: TypeAlias = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True, kw_only=True)
class Away:
    """Not there from a moment until a moment that is not part of it; kept in UTC."""

    from_at: datetime
    until_at: datetime

    def __post_init__(self) -> None:
        object.__setattr__(self, "from_at", zones.utc(self.from_at))
        object.__setattr__(self, "until_at", zones.utc(self.until_at))
        if self.until_at <= self.from_at:
            raise ImpossibleHours("time away ends after it starts")


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """When a side or a person works.

    Attributes:
        zone: IANA name of the clock that the hours follow; not always the zone people live in.
        variants: Other hours for a while. Where two cover a day, the later in the list holds.
        holiday_countries: (country, subdivision or None) whose public holidays are observed.
        unticked: Public holidays on which work goes on.
        days_off: Further days without work; stronger than ``unticked``.
        away: Exact stretches without work.

    A holiday or day off takes away the shift that *starts* on it, past midnight included, and
    nothing of a shift that started the day before.
    """

    zone: str
    hours: Hours
    variants: tuple[Variant, ...] = ()
    holiday_countries: tuple[tuple[str, str | None], ...] = ()
    unticked: frozenset[date] = frozenset()
    days_off: frozenset[date] = frozenset()
    away: tuple[Away, ...] = ()
    _hash: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        zones.zone(self.zone)
        for country, subdivision in self.holiday_countries:
            check_holidays(country, subdivision)
        # Every question looks up what was laid out before, by the calendar: hash it once.
        object.__setattr__(self, "_hash", hash(self._fields()))

    def __hash__(self) -> int:
        return self._hash

    def _fields(self) -> tuple[object, ...]:
        observed = (self.holiday_countries, self.unticked, self.days_off)
        return (self.zone, self.hours, self.variants, *observed, self.away)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """The working hours that start on one day, from the first start to the last end.

    Breaks lie inside; time away and skipped hours are taken off at both ends.

    Attributes:
        day_on: The day on which it starts, in the calendar's zone; it may end on the next.
    """

    day_on: date
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """The working spans of 28 days, in order and apart from each other, clipped to the period."""

    starts: tuple[datetime, ...]
    ends: tuple[datetime, ...]
    worked_before: tuple[timedelta, ...]
    total: timedelta

    def holds(self, moment: datetime) -> bool:
        at = bisect_right(self.starts, moment) - 1
        return at >= 0 and moment < self.ends[at]

    def next_working(self, moment: datetime) -> datetime | None:
        """The first working moment at or after ``moment`` within this period."""
        at = bisect_right(self.ends, moment)
        return max(moment, self.starts[at]) if at < len(self.starts) else None

    def span_end(self, moment: datetime) -> datetime:
        """Where the span that holds the working ``moment`` ends, or the period if that is first."""
        return self.ends[bisect_right(self.starts, moment) - 1]

    def worked_by(self, moment: datetime) -> timedelta:
        """Working time from the beginning of the period until ``moment``."""
        at = bisect_right(self.starts, moment) - 1
        if at < 0:
            return timedelta(0)
        return self.worked_before[at] + min(moment, self.ends[at]) - self.starts[at]

    def when_worked(self, amount: timedelta) -> datetime:
        """The first moment by which ``amount`` (above zero, up to the total) is worked."""
        at = bisect_left(self.worked_before, amount) - 1
        return self.starts[at] + (amount - self.worked_before[at])


def period_number(moment: datetime) -> int:
    """Which period of 28 days holds the UTC ``moment``; they follow each other without holes."""
    return (moment - _EPOCH) // PERIOD


# About 5 kB each for office hours.
@lru_cache(maxsize=2048)
def period(calendar: Calendar, number: int) -> Period:
    opens_at = _EPOCH + number * PERIOD
    closes_at = opens_at + PERIOD
    # A shift reaches two days past the midnight it starts from, a zone 14 hours from UTC.
    days = _days(opens_at.date() - 3 * ONE_DAY, closes_at.date() + ONE_DAY)
    spans = _joined(span for day in days for span in spans_on(calendar, day))
    inside = [
        (max(start, opens_at), min(end, closes_at))
        for start, end in spans
        if start < closes_at and end > opens_at
    ]
    worked = list(accumulate((end - start for start, end in inside), initial=timedelta(0)))
    return Period(
        starts=tuple(start for start, _ in inside),
        ends=tuple(end for _, end in inside),
        worked_before=tuple(worked[:-1]),
        total=worked[-1],
    )


@lru_cache(maxsize=4096)
def shift_on(calendar: Calendar, day: date) -> Shift | None:
    """The shift that starts on ``day``; None when nothing of it is worked.

    Raises:
        TimeOutOfRange: Its year is not between 1900 and 2200.
    """
    zones.check_year(day.year)
    spans = spans_on(calendar, day)
    if not spans:
        return None
    return Shift(day_on=day, starts_at=spans[0][0], ends_at=spans[-1][1])


def spans_on(calendar: Calendar, day: date) -> list[Span]:
    """What is worked of the hours that start on ``day``, in order, past midnight included."""
    if is_day_off(calendar, day):
        return []
    clock = zones.zone(calendar.zone)
    intervals = _hours_on(calendar, day).weekly[day.weekday()]
    edges = (
        (_edge(day, i.start_minute, clock), _edge(day, i.end_minute, clock)) for i in intervals
    )
    spans = _joined((start, end) for start, end in edges if start < end)
    for away in calendar.away:
        spans = _without(spans, away)
    return spans


def is_day_off(calendar: Calendar, day: date) -> bool:
    """Whether ``day`` is a day off or a public holiday that is observed."""
    if day in calendar.days_off:
        return True
    if day in calendar.unticked:
        return False
    return any(
        day in holidays_in(country, subdivision, day.year)
        for country, subdivision in calendar.holiday_countries
    )


def _hours_on(calendar: Calendar, day: date) -> Hours:
    for variant in reversed(calendar.variants):
        if variant.from_on <= day <= variant.until_on:
            return variant.hours
    return calendar.hours


def _edge(day: date, minute: int, clock: ZoneInfo) -> datetime:
    """When the wall shows the minute of the day: the first time, or the end of the gap it is in."""
    wall = datetime.combine(day, time(), clock) + timedelta(minutes=minute)
    moment = wall.astimezone(UTC)
    again = wall.replace(fold=1).astimezone(UTC)
    # Only inside a gap does the later offset give the earlier moment.
    return moment if again >= moment else _change_between(again, moment, clock)


def _change_between(before: datetime, after: datetime, clock: ZoneInfo) -> datetime:
    """The moment between the two at which the offset of the clock changes."""
    old = before.astimezone(clock).utcoffset()
    while after - before > _ONE_SECOND:
        middle = before + (after - before) // _ONE_SECOND // 2 * _ONE_SECOND
        if middle.astimezone(clock).utcoffset() == old:
            before = middle
        else:
            after = middle
    return after


def _joined(spans: Iterable[Span]) -> list[Span]:
    """The same moments in as few spans as can be, in order."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _without(spans: list[Span], away: Away) -> list[Span]:
    if not spans or away.until_at <= spans[0][0] or spans[-1][1] <= away.from_at:
        return spans
    left = ((start, min(end, away.from_at)) for start, end in spans)
    right = ((max(start, away.until_at), end) for start, end in spans)
    return sorted((start, end) for start, end in (*left, *right) if start < end)


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=n) for n in range((last - first).days + 1))
