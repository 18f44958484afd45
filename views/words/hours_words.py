"""Working hours as people type them ("mon-thu 9-5, fri 9-1"), read into a week of intervals."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from domain.hours import DAY_MINUTES, Hours, Interval
from views.words.clocks import fixed_clock_at
from views.words.times import Clock, clock_at, no_such_time
from views.words.tokens import Token, clean, cut, key_at, phrases
from views.words.vocabulary import WEEKDAYS
from views.words.zones import zone_at

Trouble = Literal["empty", "unread", "time", "long", "many", "zone"]

STRETCHES_MOST: Final = 4  # of work in one day; it keeps the hours readable
_SIGN: Final = re.compile(r"\s*([-\u2010-\u2015\u2212,;])\s*")
_HALF_DAY: Final = DAY_MINUTES // 2
# A longer stretch is a slip of the pen, unless it is written out as 00:00-24:00.
_LONGEST: Final = 16 * 60
_WORKING_WEEK: Final = frozenset(range(5))

_DAYS: Final = phrases(
    [
        (_WORKING_WEEK, "weekdays|weekday|working days|work days|workdays|business days"),
        (_WORKING_WEEK, "dias laborables|dias uteis|entre semana"),
        (frozenset(range(7)), "every day|everyday|daily|all week|all days|seven days|cada dia"),
        (frozenset(range(7)), "todos los dias|todos os dias|araw-araw|har din"),
        (frozenset({5, 6}), "weekends|weekend|fin de semana|fim de semana"),
    ]
)
_OFF: Final = phrases([(True, "off|free|none|no work|not working|closed|libre|livre|walang pasok")])
_NIGHT: Final = phrases(
    [(True, "nights|night|night shift|nightshift|graveyard|overnight|noche|noite|gabi|raat")]
)
_DASHES: Final = frozenset("-\u2010\u2011\u2012\u2013\u2014\u2015\u2212")
_UNTIL: Final = _DASHES | frozenset({"to", "till", "til", "until", "through", "a", "ate"})
_ONWARD: Final = _DASHES | frozenset({"to", "through", "thru", "a"})
_BETWEEN: Final = frozenset({",", ";", "/", "&", "+", "and", "y", "e", "at", "|"})
_FILLING: Final = frozenset(
    "i work working my hours are is on from between the in shift day days time each every : . ( )"
    " h o'clock de las das on starting".split()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class HoursRead:
    """What was understood.

    Attributes:
        hours: None where there is a trouble.
        zone: On whose clock, if that was typed.
        unread: What nobody understood, as typed.
    """

    hours: Hours | None = None
    zone: str | None = None
    trouble: Trouble | None = None
    unread: str = ""


@dataclass(slots=True)
class _Week:
    """What was heard so far: runs of days and of hours take turns, and either may come first."""

    days: set[int]
    intervals: list[Interval]
    pairs: list[tuple[frozenset[int], tuple[Interval, ...]]]
    days_last: bool = False
    days_lead: bool | None = None

    def add_days(self, found: frozenset[int]) -> None:
        if self.days_lead is None:
            self.days_lead = True
        if self.intervals and self.days and not self.days_last:
            self.close()
        self.days |= found
        self.days_last = True

    def add_interval(self, found: Interval) -> None:
        if self.days_lead is None:
            self.days_lead = False
        if not self.days_lead and self.days_last:
            self.close()
        self.intervals.append(found)
        self.days_last = False

    def close(self) -> None:
        """The hours that stand hold on the days that stand; without days, on the working week."""
        if self.intervals:
            self.pairs.append((frozenset(self.days) or _WORKING_WEEK, tuple(self.intervals)))
        self.days, self.intervals, self.days_last = set(), [], False

    def off(self) -> None:
        """The days that stand just before, without work."""
        if not self.days:
            return
        self.pairs.append((frozenset(self.days), ()))
        self.days, self.intervals, self.days_last = set(), [], False


def read_hours(text: str) -> HoursRead:
    """Read a week of working hours; no text makes it fail.

    Without days the working week is meant. A bare "9-5" ends in the afternoon, "21-06" and
    "night 9-6" past midnight; a day that is named twice has the hours of both.
    """
    # A sign that touches its number would be read as part of something longer.
    line = _SIGN.sub(r" \1 ", clean(text.replace("\n", "; ")))
    tokens = cut(line)
    if not tokens:
        return HoursRead(trouble="empty")
    week, zone, index = _Week(days=set(), intervals=[], pairs=[]), None, 0
    is_night = any(_NIGHT.at(tokens, at) is not None for at in range(len(tokens)))
    while index < len(tokens):
        if no_such_time(tokens, index):
            return HoursRead(trouble="time", unread=line[tokens[index].start :][:20])
        step = _days_at(tokens, index) or _interval_at(tokens, index, is_night=is_night)
        if step is None:
            fixed = fixed_clock_at(tokens, index)
            if fixed is not None:
                clock = "".join(token.key for token in tokens[index:fixed])
                return HoursRead(trouble="zone", unread=clock.upper())
            place = zone_at(tokens, index, behind_time=True)
            end = _passed(tokens, index, week) if place is None else place[1]
            if end is None:
                return HoursRead(trouble="unread", unread=line[tokens[index].start :][:40])
            zone, index = zone if place is None else place[0], end
            continue
        found, index = step
        if isinstance(found, Interval):
            week.add_interval(found)
        else:
            week.add_days(found)
    week.close()
    return _checked(week, zone)


def _checked(week: _Week, zone: str | None) -> HoursRead:
    days: list[set[Interval]] = [set() for _ in range(7)]
    for named, intervals in week.pairs:
        for day in named:
            days[day] = days[day] | set(intervals) if intervals else set()
    hours = Hours(weekly=tuple(tuple(sorted(day)) for day in days))
    if not any(hours.weekly):
        return HoursRead(trouble="empty", zone=zone)
    if max(len(day) for day in hours.weekly) > STRETCHES_MOST:
        return HoursRead(trouble="many", zone=zone)
    whole_day = Interval(start_minute=0, end_minute=DAY_MINUTES)
    every = {interval for day in days for interval in day} - {whole_day}
    if any(one.end_minute - one.start_minute > _LONGEST for one in every):
        return HoursRead(trouble="long", zone=zone)
    return HoursRead(hours=hours, zone=zone)


def _passed(tokens: Sequence[Token], index: int, week: _Week) -> int | None:
    """The index behind a word that only joins others, or says that days are off."""
    off = _OFF.at(tokens, index)
    if off is not None:
        week.off()
        return off[1]
    night = _NIGHT.at(tokens, index)
    if night is not None:
        return night[1]
    key = key_at(tokens, index)
    return index + 1 if key in _BETWEEN | _FILLING else None


def _days_at(tokens: Sequence[Token], index: int) -> tuple[frozenset[int], int] | None:
    """Days at ``index``: a name, a range (also around the weekend), or several of a week."""
    several = _DAYS.at(tokens, index)
    if several is not None:
        return several
    first = _weekday(tokens, index)
    if first is None:
        return None
    last = _weekday(tokens, index + 2) if key_at(tokens, index + 1) in _ONWARD else None
    if last is None:
        return frozenset({first}), index + 1
    return frozenset((first + n) % 7 for n in range((last - first) % 7 + 1)), index + 3


def _weekday(tokens: Sequence[Token], index: int) -> int | None:
    return WEEKDAYS.get(key_at(tokens, index))


def _interval_at(
    tokens: Sequence[Token], index: int, *, is_night: bool
) -> tuple[Interval, int] | None:
    start = clock_at(tokens, index)
    if start is None or key_at(tokens, start.end) not in _UNTIL:
        return None
    end = clock_at(tokens, start.end + 1)
    if end is None:
        return None
    starts = next(_starts(start, end, is_night=is_night))
    return Interval(start_minute=starts, end_minute=_end(starts, end)), end.end


def _starts(start: Clock, end: Clock, *, is_night: bool) -> Iterator[int]:
    """The minutes that the first hour may mean, the likeliest first."""
    minute = start.minute_of_day
    if start.is_open and minute < _HALF_DAY:
        # "1-5pm" and "9-12 1-6" begin after noon, "night 9-6" in the evening.
        afternoon = 60 <= minute < 6 * 60 and (end.is_open or end.minute_of_day > _HALF_DAY)
        if is_night or afternoon:
            yield minute + _HALF_DAY
    yield minute


def _end(start: int, end: Clock) -> int:
    """The minute at which the stretch ends, above 1440 past midnight."""
    minute = end.minute_of_day
    if minute > start:
        return minute
    # "9-5" ends in the afternoon; "6pm-2" does not, it would be over before it began.
    if end.is_open and start < minute + _HALF_DAY:
        return minute + _HALF_DAY
    return minute + DAY_MINUTES
