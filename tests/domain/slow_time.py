"""Working time counted minute by minute, from zoneinfo alone: what calendars are held to."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

MINUTE = timedelta(minutes=1)

Week = list[list[tuple[int, int]]]


@dataclass(frozen=True, kw_only=True)
class SlowCalendar:
    """Plain data. ``off`` holds every day without work, whatever the reason."""

    zone: str
    week: Week
    variants: list[tuple[date, date, Week]] = field(default_factory=list)
    off: frozenset[date] = frozenset()
    away: list[tuple[datetime, datetime]] = field(default_factory=list)

    def intervals(self, day: date) -> list[tuple[int, int]]:
        week = self.week
        for from_on, until_on, other in self.variants:
            if from_on <= day <= until_on:
                week = other
        return [] if day in self.off else week[day.weekday()]


def worked(
    calendar: SlowCalendar, start: datetime, minutes: int, of_day: date | None = None
) -> list[bool]:
    """Whether each minute from ``start`` on is worked; by the shift of one day alone if given."""
    wall = _wall(calendar.zone, start, minutes)
    shown = {day: _minutes_shown(calendar, day, of_day) for day in {day for day, _ in wall}}
    away = [((a - start) // MINUTE, (b - start) // MINUTE) for a, b in calendar.away]
    return [
        minute in shown[day] and not any(a <= n < b for a, b in away)
        for n, (day, minute) in enumerate(wall)
    ]


def _minutes_shown(calendar: SlowCalendar, day: date, of_day: date | None) -> set[int]:
    """The minutes of a day that belong to its own hours, or to those of the day before."""
    hours: set[int] = set()
    for start_day, shift in ((day, 0), (day - timedelta(days=1), 1440)):
        if of_day in {None, start_day}:
            for start, end in calendar.intervals(start_day):
                hours.update(range(start - shift, end - shift))
    return hours


@lru_cache(maxsize=64)
def _wall(zone: str, start: datetime, minutes: int) -> list[tuple[date, int]]:
    """Day and minute on a clock that stands still while others are set back."""
    clock = ZoneInfo(zone)
    shown = datetime.min  # noqa: DTZ901 -- wall time has no zone
    seen: list[tuple[date, int]] = []
    for n in range(-2 * 1440, minutes):
        wall = (start + n * MINUTE).astimezone(UTC).astimezone(clock).replace(tzinfo=None, fold=0)
        shown = max(shown, wall)
        if n >= 0:
            seen.append((shown.date(), shown.hour * 60 + shown.minute))
    return seen
