"""What was named of a rhythm turned into a rule, or into the question that is still open."""

from dataclasses import dataclass, field
from typing import Literal

from domain.recurrence import (
    Rule,
    monthly_by_date,
    monthly_by_weekday,
    monthly_by_working_day,
    quarterly,
    weekly,
    yearly,
)

RhythmQuestion = Literal[
    "day", "daily", "zone", "conflict", "unsupported", "impossible", "time", "once", "end"
]

_LONGEST_MONTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_LENGTHS = {"week": 0, "month": 1, "quarter": 2, "year": 3}
_MOST_WEEKS = 52
_MOST_WORKING_DAYS = 20


@dataclass(slots=True)
class Named:
    """The parts of a rhythm that were named, each as often as it was."""

    units: list[tuple[str, int]] = field(default_factory=list)
    days: set[int] = field(default_factory=set)
    nths: list[tuple[int, int]] = field(default_factory=list)
    working_days: list[int] = field(default_factory=list)
    dates: list[int] = field(default_factory=list)
    months: list[tuple[int, int]] = field(default_factory=list)
    twice: bool = False
    recurring: bool = False
    unsupported: bool = False
    impossible: bool = False
    no_such_time: bool = False
    vague_zone: bool = False
    daily: bool = False
    contradicts: bool = False

    def every(self, unit: str, count: int) -> None:
        """Note "every so many units"."""
        self.units.append((unit, count))

    @property
    def unit(self) -> str | None:
        """The longest unit named: "monthly, on the last day of the quarter" is each quarter."""
        return max(self.units, key=lambda one: _LENGTHS[one[0]])[0] if self.units else None

    @property
    def count(self) -> int:
        return self.units[0][1] if self.units else 1

    @property
    def units_differ(self) -> bool:
        """Whether weeks stand beside another unit, or another number of weeks."""
        return len(set(self.units)) > 1 and any(unit == "week" for unit, _ in self.units)

    @property
    def says_day(self) -> bool:
        return bool(self.days or self.nths or self.working_days or self.dates or self.months)

    @property
    def says_anything(self) -> bool:
        return bool(self.units or self.daily) or self.says_day


def rule_from(named: Named) -> tuple[Rule | None, RhythmQuestion | None]:
    """The rule that was named, or what has to be asked; neither if nothing recurs."""
    if named.unsupported:
        return None, "unsupported"
    if named.impossible or named.no_such_time:
        return None, "time" if named.no_such_time else "impossible"
    if not named.says_anything:
        return None, None
    if named.contradicts or named.units_differ:
        return None, "conflict"
    if named.vague_zone or (named.daily and not named.says_day):
        return None, "zone" if named.vague_zone else "daily"
    if len(named.nths) + len(named.working_days) + len(named.dates) > 1:
        return None, "unsupported"
    if named.months:
        return _yearly(named)
    if named.nths or named.working_days or named.dates:
        return _by_month(named)
    return _weekly(named)


def _weekly(named: Named) -> tuple[Rule | None, RhythmQuestion | None]:
    if named.unit in {"month", "quarter", "year"} or not named.days:
        return None, "day"
    if named.twice and len(named.days) != 2:
        return None, "day"
    if not 1 <= named.count <= _MOST_WEEKS:
        return None, "unsupported"
    return weekly(tuple(sorted(named.days)), named.count), None


def _yearly(named: Named) -> tuple[Rule | None, RhythmQuestion | None]:
    if named.unit not in {None, "year"} or len(named.months) > 1 or named.days:
        return None, "conflict"
    if named.unit is None and not named.recurring:
        return None, None
    month, day = named.months[0]
    if not 1 <= day <= _LONGEST_MONTHS[month - 1]:
        return None, "impossible"
    return yearly(month, day), None


def _by_month(named: Named) -> tuple[Rule | None, RhythmQuestion | None]:
    if named.unit == "week" or named.days:
        return None, "conflict"
    if named.unit == "year":
        return None, "unsupported"
    monthly = _monthly(named)
    if monthly is None:
        return None, "impossible"
    if named.unit != "quarter":
        return monthly, None
    last = -1 in named.working_days or 31 in named.dates or any(nth == -1 for nth, _ in named.nths)
    return quarterly(monthly, month=3 if last else 1), None


def _monthly(named: Named) -> Rule | None:
    if named.nths:
        nth, weekday = named.nths[0]
        return monthly_by_weekday(nth, weekday) if nth in {-1, 1, 2, 3, 4} else None
    if named.working_days:
        count = named.working_days[0]
        within = count == -1 or 1 <= count <= _MOST_WORKING_DAYS
        return monthly_by_working_day(count) if within else None
    day = named.dates[0]
    return monthly_by_date(day) if 1 <= day <= 31 else None
