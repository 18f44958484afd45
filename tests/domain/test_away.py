from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Literal

import pytest

from domain.away import UnclearAbsence, checked, clock_of, half_a_day, whole_days
from domain.calendars import Away, Calendar, office

NEW_YORK = office("America/New_York")
MANILA_NIGHT = office("Asia/Manila", start="21:00", end="06:00")
MONDAY, TUESDAY = date(2026, 11, 16), date(2026, 11, 17)
LONG_BEFORE = datetime(2026, 11, 1, tzinfo=UTC)


def manila(day: int, hour: int) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=UTC) - timedelta(hours=8)


def test_days_are_whole_from_midnight_to_midnight() -> None:
    away = whole_days(NEW_YORK, MONDAY, TUESDAY, LONG_BEFORE)

    assert away == Away(
        from_at=datetime(2026, 11, 16, 5, tzinfo=UTC),
        until_at=datetime(2026, 11, 18, 5, tzinfo=UTC),
    )


@pytest.mark.parametrize(
    ("absence", "clock"),
    [
        pytest.param(
            whole_days(NEW_YORK, MONDAY, TUESDAY, LONG_BEFORE), "America/New_York", id="whole days"
        ),
        pytest.param(
            half_a_day(NEW_YORK, MONDAY, "first", LONG_BEFORE), "America/Chicago", id="hours"
        ),
    ],
)
def test_whole_days_are_said_on_the_clock_of_who_works_by_it(absence: Away, clock: str) -> None:
    assert clock_of(absence, NEW_YORK, "America/Chicago") == clock


def test_a_night_shift_belongs_to_the_day_on_which_it_starts() -> None:
    away = whole_days(MANILA_NIGHT, TUESDAY, TUESDAY, LONG_BEFORE)

    assert away.from_at == manila(17, 6)
    assert away.until_at == manila(18, 6)


@pytest.mark.parametrize(
    ("now", "from_at"),
    [
        pytest.param(manila(17, 2), manila(17, 2), id="in the middle of last night's shift"),
        pytest.param(manila(17, 12), manila(17, 6), id="in the day, before tonight's"),
    ],
)
def test_who_names_today_in_the_middle_of_a_shift_means_that_shift_too(
    now: datetime, from_at: datetime
) -> None:
    away = whole_days(MANILA_NIGHT, TUESDAY, TUESDAY, now)

    assert away.from_at == from_at


@pytest.mark.parametrize(
    ("half", "from_hour", "until_hour"),
    [
        pytest.param("first", 21, 25.5, id="the first half of the night"),
        pytest.param("second", 25.5, 30, id="the second half, past midnight"),
    ],
)
def test_half_a_day_is_half_of_its_shift(
    half: Literal["first", "second"], from_hour: float, until_hour: float
) -> None:
    midnight = manila(17, 0)

    away = half_a_day(MANILA_NIGHT, TUESDAY, half, LONG_BEFORE)

    assert away.from_at == midnight + timedelta(hours=from_hour)
    assert away.until_at == midnight + timedelta(hours=until_hour)


def test_half_of_a_day_without_work_is_the_day() -> None:
    sunday = date(2026, 11, 15)

    away = half_a_day(NEW_YORK, sunday, "first", LONG_BEFORE)

    assert away.until_at - away.from_at == timedelta(days=1)


@pytest.mark.parametrize("calendar", [NEW_YORK, MANILA_NIGHT], ids=["office", "night"])
def test_an_absence_that_is_noted_already_does_not_shorten_a_new_one(calendar: Calendar) -> None:
    first = whole_days(calendar, MONDAY, MONDAY, LONG_BEFORE)

    again = whole_days(replace(calendar, away=(first,)), MONDAY, TUESDAY, LONG_BEFORE)

    assert again == whole_days(calendar, MONDAY, TUESDAY, LONG_BEFORE)


@pytest.mark.parametrize(
    ("now", "days", "trouble"),
    [
        pytest.param(datetime(2026, 11, 20, tzinfo=UTC), 1, "past", id="over already"),
        pytest.param(LONG_BEFORE, 800, "too_long", id="a year mistyped"),
    ],
)
def test_days_that_cannot_be_meant_are_refused(now: datetime, days: int, trouble: str) -> None:
    away = whole_days(NEW_YORK, MONDAY, MONDAY + timedelta(days=days), LONG_BEFORE)

    with pytest.raises(UnclearAbsence) as refused:
        checked(away, now)

    assert refused.value.trouble == trouble
