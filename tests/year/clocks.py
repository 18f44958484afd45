"""When the people of the year work, from zoneinfo and the holidays library alone; no calendars."""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo

import holidays

from tests.domain.slow_time import SlowCalendar

DAY: Final = timedelta(days=1)
FIRST, LAST = date(2026, 10, 1), date(2028, 2, 28)

Week = list[list[tuple[int, int]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """The hours of one day, wherever they end."""

    day: date
    starts_at: datetime
    ends_at: datetime
    stretches: tuple[tuple[datetime, datetime], ...]

    def holds(self, at: datetime) -> bool:
        return any(start <= at < end for start, end in self.stretches)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """Hours as people would say them, and the same as plain minutes of each weekday."""

    zone: str
    said: str
    week: tuple[tuple[tuple[int, int], ...], ...]


def _days(*days: tuple[tuple[int, int], ...]) -> tuple[tuple[tuple[int, int], ...], ...]:
    return days


_OFF: Final[tuple[tuple[int, int], ...]] = ()
_NINE_TO_FIVE = ((540, 1020),)
_NINE_TO_SIX = ((540, 1080),)
_MORNING, _AFTERNOON = ((540, 780),), ((840, 1080),)
_DAYTIME = ((480, 1200),)

OFFICE = Pattern(
    zone="America/New_York",
    said="mon-fri 09:00-17:00",
    week=_days(*[_NINE_TO_FIVE] * 5, _OFF, _OFF),
)
NIGHT_SHIFT = Pattern(
    zone="America/New_York",
    said="mon-fri 09:00-18:00",
    week=_days(*[_NINE_TO_SIX] * 5, _OFF, _OFF),
)
HALF_DAYS = Pattern(
    zone="Europe/Madrid",
    said="mon,wed,fri 09:00-13:00; tue,thu 14:00-18:00",
    week=_days(_MORNING, _AFTERNOON, _MORNING, _AFTERNOON, _MORNING, _OFF, _OFF),
)
WEEKEND = Pattern(
    zone="Asia/Manila",
    said="fri 20:00-04:00; sat-sun 08:00-20:00",
    week=_days(_OFF, _OFF, _OFF, _OFF, ((1200, 1680),), _DAYTIME, _DAYTIME),
)
SIESTA = Pattern(
    zone="Asia/Manila",
    said="mon-fri 08:00-12:00 13:00-17:00",
    week=_days(*[((480, 720), (780, 1020))] * 5, _OFF, _OFF),
)
PATTERNS: Final = (OFFICE, NIGHT_SHIFT, HALF_DAYS, WEEKEND, SIESTA)


@dataclass(frozen=True, slots=True, kw_only=True)
class SlowClock:
    """The shifts of a pattern in a country's year."""

    pattern: Pattern
    country: str

    def shift_at(self, at: datetime) -> Shift | None:
        """The shift during which it is ``at``, also in a break."""
        shifts = self.shifts()
        place = bisect_right([one.starts_at for one in shifts], at) - 1
        return shifts[place] if place >= 0 and at < shifts[place].ends_at else None

    def works(self, at: datetime) -> bool:
        shift = self.shift_at(at)
        return shift is not None and shift.holds(at)

    def shifts(self) -> tuple[Shift, ...]:
        return _shifts(self)

    def minutes(self) -> SlowCalendar:
        """The same for a count minute by minute."""
        return SlowCalendar(
            zone=self.pattern.zone,
            week=[list(day) for day in self.pattern.week],
            off=days_off(self.country),
        )


@cache
def days_off(country: str) -> frozenset[date]:
    years = range(FIRST.year, LAST.year + 1)
    return frozenset(holidays.country_holidays(country, years=years, expand=False))


@cache
def _shifts(clock: SlowClock) -> tuple[Shift, ...]:
    off, found = days_off(clock.country), []
    for n in range((LAST - FIRST).days):
        day = FIRST + n * DAY
        hours = clock.pattern.week[day.weekday()]
        if day not in off and hours:
            found.append(_shift(day, hours, ZoneInfo(clock.pattern.zone)))
    return tuple(found)


def _shift(day: date, hours: tuple[tuple[int, int], ...], zone: ZoneInfo) -> Shift:
    stretches = tuple((_moment(day, start, zone), _moment(day, end, zone)) for start, end in hours)
    return Shift(day=day, starts_at=stretches[0][0], ends_at=stretches[-1][1], stretches=stretches)


def _moment(day: date, minute: int, zone: ZoneInfo) -> datetime:
    shown = datetime.combine(day + (minute // 1440) * DAY, time(minute % 1440 // 60, minute % 60))
    return shown.replace(tzinfo=zone).astimezone(ZoneInfo("UTC"))
