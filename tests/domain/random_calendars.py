"""Random calendars around the moments at which clocks change, each as two kinds of data."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from hypothesis import strategies as st

from domain.calendars import Away, Calendar, Hours, Interval, Variant
from tests.domain.slow_time import MINUTE, SlowCalendar, Week

WINDOW_MINUTES = 4 * 1440

# Each window holds a change of some clock, or none; two days before it nothing is asked.
WINDOWS = [
    datetime(2026, 3, 7, tzinfo=UTC),  # New York forward, 8 March
    datetime(2026, 10, 31, tzinfo=UTC),  # New York back, 1 November
    datetime(2026, 4, 3, tzinfo=UTC),  # Lord Howe back by half an hour, Chatham back, 4-5 April
    datetime(2026, 10, 2, tzinfo=UTC),  # Lord Howe forward by half an hour, 3-4 October
    datetime(2026, 4, 22, tzinfo=UTC),  # Cairo forward at midnight, 24 April
    datetime(2026, 10, 28, tzinfo=UTC),  # Cairo back over midnight, 30 October
    datetime(2026, 2, 13, tzinfo=UTC),  # Casablanca back for Ramadan, 15 February
    datetime(2026, 3, 20, tzinfo=UTC),  # Casablanca forward after Ramadan, 22 March
    datetime(2026, 3, 27, tzinfo=UTC),  # Scoresbysund forward into another day, 28 March
    datetime(2026, 11, 28, tzinfo=UTC),  # a holiday in the Philippines, the 30th
    datetime(2026, 12, 23, tzinfo=UTC),  # holidays of several countries
    datetime(2026, 3, 10, tzinfo=UTC),  # two of the periods meet in which calendars are laid out
    datetime(2026, 11, 17, tzinfo=UTC),  # two more
]
OLD_WINDOWS = [
    datetime(2011, 12, 28, tzinfo=UTC),  # Apia has no 30 December
    datetime(2010, 11, 5, tzinfo=UTC),  # St. John's back from 00:01 to yesterday, 7 November
]
ZONES = [
    "Africa/Cairo",
    "Africa/Casablanca",
    "America/New_York",
    "America/Scoresbysund",
    "America/St_Johns",
    "Asia/Kathmandu",
    "Asia/Kolkata",
    "Asia/Manila",
    "Australia/Lord_Howe",
    "Etc/GMT+12",
    "Pacific/Apia",
    "Pacific/Chatham",
    "Pacific/Kiritimati",
    "UTC",
]
# Public holidays of 2026 near the windows, from the countries' own lists.
HOLIDAYS = {
    ("PH", None): (
        "02-17 03-20 04-02 04-03 04-04 04-09 11-01 11-02 11-30 12-08 12-24 12-25 12-30 12-31"
    ),
    ("US", None): "02-16 10-12 11-11 11-26 12-25",
    ("US", "NY"): "02-12 02-15 02-16 10-12 11-03 11-11 11-26 12-25",
}


@dataclass(frozen=True, kw_only=True)
class Case:
    """The same calendars for the code and for the slow count, and where to look at them."""

    start: datetime
    fast: tuple[Calendar, ...]
    slow: tuple[SlowCalendar, ...]

    def at(self, minute: int) -> datetime:
        return self.start + minute * MINUTE

    @property
    def end(self) -> datetime:
        return self.at(WINDOW_MINUTES)


minutes_of_window = st.integers(0, WINDOW_MINUTES - 1)

# Quarters of an hour and odd minutes; half of them short, so that days have several.
_interval = st.builds(
    lambda start, length: (start, start + length),
    st.integers(0, 95).map(lambda n: n * 15) | st.integers(0, 1439),
    st.integers(1, 16).map(lambda n: n * 15) | st.integers(1, 1440),
)
_day = st.lists(_interval, max_size=3)
_week = st.lists(_day, min_size=7, max_size=7)


@st.composite
def cases(draw: st.DrawFn, calendars: int = 1) -> Case:
    start = draw(st.sampled_from(WINDOWS + OLD_WINDOWS))
    drawn = [draw(_calendar(start)) for _ in range(calendars)]
    return Case(start=start, fast=tuple(c for c, _ in drawn), slow=tuple(s for _, s in drawn))


@st.composite
def _calendar(draw: st.DrawFn, start: datetime) -> tuple[Calendar, SlowCalendar]:
    zone = draw(st.sampled_from(ZONES))
    week = draw(_week)
    near = st.integers(-3, 5).map(lambda n: start.date() + timedelta(days=n))
    variants = draw(st.lists(st.tuples(near, near, _week), max_size=2))
    variants = [(min(a, b), max(a, b), other) for a, b, other in variants]
    places = draw(st.sets(st.sampled_from(sorted(HOLIDAYS, key=str)), max_size=2))
    unticked, days_off = (
        draw(st.frozensets(near, max_size=2)),
        draw(st.frozensets(near, max_size=2)),
    )
    away = draw(st.lists(_away(start), max_size=2))
    slow = SlowCalendar(
        zone=zone,
        week=week,
        variants=variants,
        off=days_off | (_holidays(places, start.year) - unticked),
        away=away,
    )
    fast = Calendar(
        zone=zone,
        hours=hours(week),
        variants=tuple(Variant(from_on=a, until_on=b, hours=hours(w)) for a, b, w in variants),
        holiday_countries=tuple(places) if start.year == 2026 else (),
        unticked=unticked,
        days_off=days_off,
        away=tuple(Away(from_at=a, until_at=b) for a, b in away),
    )
    return fast, slow


def hours(week: Week) -> Hours:
    return Hours(
        weekly=tuple(
            tuple(Interval(start_minute=start, end_minute=end) for start, end in day)
            for day in week
        )
    )


def _holidays(places: set[tuple[str, str | None]], year: int) -> frozenset[date]:
    if year != 2026:
        return frozenset()
    return frozenset(
        date.fromisoformat(f"{year}-{day}") for place in places for day in HOLIDAYS[place].split()
    )


def _away(start: datetime) -> st.SearchStrategy[tuple[datetime, datetime]]:
    return st.builds(
        lambda first, length: (start + first * MINUTE, start + (first + length) * MINUTE),
        st.integers(-1440, WINDOW_MINUTES),
        st.integers(1, 2000),
    )
