"""Weekly working hours as wall time: intervals, weeks, dated variants; no zones, no moments."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from domain.errors import ImpossibleHours

DAY_MINUTES = 1440
DAY_NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

_INTERVAL = re.compile(r"(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})")


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Interval:
    """Minutes of wall time since the midnight with which its day begins.

    ``end_minute`` is not part of it and is above 1440 when it lies past midnight. At most a day.
    """

    start_minute: int
    end_minute: int

    def __post_init__(self) -> None:
        if not 0 <= self.start_minute < DAY_MINUTES:
            raise ImpossibleHours(f"{self.start_minute} is not a minute of a day")
        if not 0 < self.end_minute - self.start_minute <= DAY_MINUTES:
            raise ImpossibleHours("working hours end after they start, within 24 hours")


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """A week of working hours: seven days from Monday, each with its intervals in any order."""

    weekly: tuple[tuple[Interval, ...], ...]

    def __post_init__(self) -> None:
        if len(self.weekly) != len(DAY_NAMES):
            raise ImpossibleHours(f"a week has seven days, not {len(self.weekly)}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """Other hours from a day until a day, both included."""

    from_on: date
    until_on: date
    hours: Hours

    def __post_init__(self) -> None:
        if self.until_on < self.from_on:
            raise ImpossibleHours(f"{self.until_on} is before {self.from_on}")


def weekly_hours(text: str) -> Hours:
    """Hours from a short notation, as in ``mon-thu 09:00-12:00 13:00-18:00; fri 09:00-13:00``.

    Days are named in three letters, as ranges (also around the weekend) or with commas. An end at
    or before its start lies past midnight; ``00:00-24:00`` is the whole day. A day that is named
    twice has the hours of both.

    Raises:
        ImpossibleHours: The text does not read so.
    """
    week: list[list[Interval]] = [[] for _ in DAY_NAMES]
    for part in filter(None, (part.strip() for part in text.lower().split(";"))):
        days, *intervals = part.split()
        if not intervals:
            raise ImpossibleHours(f"no times for {days!r}")
        for day in _days(days):
            week[day].extend(_interval(interval) for interval in intervals)
    return Hours(weekly=tuple(tuple(sorted(set(day))) for day in week))


def hours_text(hours: Hours) -> str:
    """The notation that `weekly_hours` reads, with days of equal hours named together."""
    days: dict[tuple[Interval, ...], list[int]] = {}
    for number, intervals in enumerate(hours.weekly):
        if intervals:
            days.setdefault(tuple(sorted(set(intervals))), []).append(number)
    return "; ".join(
        f"{_day_names(numbers)} {' '.join(map(_interval_text, intervals))}"
        for intervals, numbers in days.items()
    )


def _day_names(numbers: list[int]) -> str:
    """In the form "mon-wed,fri"; the days in order."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    names = ((DAY_NAMES[run[0]], DAY_NAMES[run[-1]]) for run in runs)
    return ",".join(first if first == last else f"{first}-{last}" for first, last in names)


def _interval_text(interval: Interval) -> str:
    end = interval.end_minute
    end = end if end <= DAY_MINUTES else end - DAY_MINUTES
    return f"{_clock(interval.start_minute)}-{_clock(end)}"


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


def _days(text: str) -> Iterator[int]:
    for part in text.split(","):
        first, *rest = part.split("-", maxsplit=1)
        last = rest[0] if rest else first
        if first not in DAY_NAMES or last not in DAY_NAMES:
            raise ImpossibleHours(f"{part!r} does not name weekdays")
        start, end = DAY_NAMES.index(first), DAY_NAMES.index(last)
        yield from (day % 7 for day in range(start, end + 1 if end >= start else end + 8))


def _interval(text: str) -> Interval:
    match = _INTERVAL.fullmatch(text)
    if match is None:
        raise ImpossibleHours(f"{text!r} does not read as 09:00-18:00")
    start_hour, start_minute, end_hour, end_minute = map(int, match.groups())
    start, end = start_hour * 60 + start_minute, end_hour * 60 + end_minute
    if max(start_minute, end_minute) > 59 or start >= DAY_MINUTES or end > DAY_MINUTES:
        raise ImpossibleHours(f"{text!r} holds a time that no clock shows")
    return Interval(start_minute=start, end_minute=end if end > start else end + DAY_MINUTES)
