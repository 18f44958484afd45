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

RhythmQuestion = Literal["day", "ambiguous", "unsupported", "impossible", "once"]

_LONGEST_MONTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_MOST_WEEKS = 52
_MOST_WORKING_DAYS = 20


@dataclass(slots=True)
class Named:
    """The parts of a rhythm that were named, each as often as it was."""

    unit: str | None = None
    count: int = 1
    days: set[int] = field(default_factory=set)
    nths: list[tuple[int, int]] = field(default_factory=list)
    working_days: list[int] = field(default_factory=list)
    dates: list[int] = field(default_factory=list)
    months: list[tuple[int, int]] = field(default_factory=list)
    twice: bool = False
    recurring: bool = False
    unsupported: bool = False
    impossible: bool = False
    contradicts: bool = False

    def every(self, unit: str, count: int) -> None:
        """Note "every so many units"; a second, different one contradicts the first."""
        if self.unit is not None and (self.unit, self.count) != (unit, count):
            finer = {"week": 0, "month": 1, "quarter": 2, "year": 3}
            # "Monthly, on the last day of the quarter" is said, "weekly and monthly" contradicts.
            self.contradicts = self.contradicts or "week" in {self.unit, unit}
            if finer[unit] < finer[self.unit]:
                return
        self.unit, self.count = unit, count

    @property
    def says_day(self) -> bool:
        return bool(self.days or self.nths or self.working_days or self.dates or self.months)

    @property
    def says_anything(self) -> bool:
        return self.unit is not None or self.says_day


def rule_from(named: Named) -> tuple[Rule | None, RhythmQuestion | None]:
    """The rule that was named, or what has to be asked; neither if nothing recurs."""
    if named.unsupported:
        return None, "unsupported"
    if named.impossible:
        return None, "impossible"
    if not named.says_anything:
        return None, None
    if named.contradicts:
        return None, "ambiguous"
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
        return None, "ambiguous"
    if named.unit is None and not named.recurring:
        return None, None
    month, day = named.months[0]
    if not 1 <= day <= _LONGEST_MONTHS[month - 1]:
        return None, "impossible"
    return yearly(month, day), None


def _by_month(named: Named) -> tuple[Rule | None, RhythmQuestion | None]:
    if named.unit == "week" or named.days:
        return None, "ambiguous"
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
