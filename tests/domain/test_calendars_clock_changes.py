from datetime import date, datetime, timedelta

import pytest

from domain.calendars import (
    Calendar,
    always,
    end_of_day,
    office,
    shift_at,
    shift_on,
    weekly_hours,
    working_between,
)
from tests.domain.shift_patterns import at, new_york

HOUR = timedelta(hours=1)

DAYS = [
    pytest.param("America/New_York", date(2026, 3, 8), 23, id="New York forward"),
    pytest.param("America/New_York", date(2026, 11, 1), 25, id="New York back"),
    pytest.param("Australia/Lord_Howe", date(2026, 10, 4), 23.5, id="Lord Howe forward"),
    pytest.param("Australia/Lord_Howe", date(2026, 4, 5), 24.5, id="Lord Howe back"),
    pytest.param("Africa/Cairo", date(2026, 4, 24), 23, id="Cairo forward at midnight"),
    pytest.param("Africa/Cairo", date(2026, 10, 29), 25, id="Cairo back at midnight"),
    pytest.param("Africa/Casablanca", date(2026, 2, 15), 25, id="Casablanca back for Ramadan"),
    pytest.param("Africa/Casablanca", date(2026, 3, 22), 23, id="Casablanca forward again"),
    pytest.param("Asia/Kathmandu", date(2026, 3, 8), 24, id="Kathmandu, no change"),
]


@pytest.mark.parametrize(("zone", "day", "hours"), DAYS)
def test_a_day_lasts_as_long_as_it_really_lasts(zone: str, day: date, hours: float) -> None:
    shift = shift_on(always(zone), day)

    assert shift is not None
    assert shift.ends_at - shift.starts_at == hours * HOUR
    assert working_between(always(zone), shift.starts_at, shift.ends_at) == hours * HOUR


def test_a_day_that_never_was_has_no_shift_and_no_hours() -> None:
    apia = always("Pacific/Apia")

    assert shift_on(apia, date(2011, 12, 30)) is None
    assert end_of_day(office("Pacific/Apia"), date(2011, 12, 30)) is None
    before, after = end_of_day(apia, date(2011, 12, 29)), shift_on(apia, date(2011, 12, 31))
    assert before is not None
    assert after is not None
    assert before == after.starts_at


SHIFTS = [
    pytest.param(date(2026, 3, 7), "22:00-06:00", "2026-03-07 22:00", "2026-03-08 06:00", 7),
    pytest.param(date(2026, 3, 8), "00:00-02:30", "2026-03-08 00:00", "2026-03-08 03:00", 2),
    pytest.param(date(2026, 3, 8), "02:30-06:00", "2026-03-08 03:00", "2026-03-08 06:00", 3),
    pytest.param(date(2026, 10, 31), "22:00-06:00", "2026-10-31 22:00", "2026-11-01 06:00", 9),
    pytest.param(date(2026, 11, 1), "00:00-01:30", "2026-11-01 00:00", "2026-11-01 01:30", 1.5),
    pytest.param(date(2026, 11, 1), "01:30-03:00", "2026-11-01 01:30", "2026-11-01 03:00", 2.5),
]


@pytest.mark.parametrize(
    ("day", "hours", "starts", "ends", "lasts"),
    SHIFTS,
    ids=[
        "a night that is an hour shorter",
        "ends in the gap",
        "starts in the gap",
        "a night that is an hour longer",
        "ends at the first of two",
        "starts at the first of two",
    ],
)
def test_a_shift_stays_in_one_piece_when_clocks_change(
    day: date, hours: str, starts: str, ends: str, lasts: float
) -> None:
    calendar = Calendar(zone="America/New_York", hours=weekly_hours(f"mon-sun {hours}"))

    shift = shift_on(calendar, day)

    assert shift is not None
    assert shift.starts_at == new_york(starts)
    assert shift.ends_at == new_york(ends)
    assert working_between(calendar, shift.starts_at, shift.ends_at) == lasts * HOUR


def test_hours_that_lie_in_a_gap_are_not_worked() -> None:
    calendar = Calendar(zone="America/New_York", hours=weekly_hours("mon-sun 02:00-02:45"))

    assert shift_on(calendar, date(2026, 3, 8)) is None
    assert shift_on(calendar, date(2026, 3, 9)) is not None


def test_a_shift_that_has_begun_goes_on_when_the_clock_shows_yesterday_again() -> None:
    # St. John's once went back from 00:01 to 23:01: new day, old day, new day.
    began = datetime.fromisoformat("2010-11-07T02:30Z")
    calendar = always("America/St_Johns")

    shift = shift_at(calendar, began + timedelta(minutes=15))

    assert shift is not None
    assert (shift.day_on, shift.starts_at) == (date(2010, 11, 7), began)


def test_a_shift_that_has_ended_does_not_come_back_when_the_clock_does() -> None:
    calendar = Calendar(zone="Africa/Cairo", hours=weekly_hours("thu 23:15-23:45"))
    first_time = at("2026-10-29 23:30", "Africa/Cairo")

    assert shift_at(calendar, first_time) is not None
    assert shift_at(calendar, first_time + HOUR) is None


@pytest.mark.parametrize(
    ("zone", "opens"),
    [
        ("Asia/Kathmandu", "2026-05-04T03:15Z"),
        ("Asia/Kolkata", "2026-05-04T03:30Z"),
        ("Pacific/Chatham", "2026-05-03T20:15Z"),
        ("Australia/Lord_Howe", "2026-05-03T22:30Z"),
    ],
)
def test_zones_of_half_and_quarter_hours_open_at_nine_their_time(zone: str, opens: str) -> None:
    shift = shift_on(office(zone), date(2026, 5, 4))

    assert shift is not None
    assert shift.starts_at == datetime.fromisoformat(opens)
