from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendars import Calendar, is_working, office
from domain.daily import next_start, shift_now, today_until
from tests.partners import MANILA, MONDAY_NOON, NEW_YORK

OFFICE = office(NEW_YORK)
NIGHT = office(MANILA, start="21:00", end="06:00")


@pytest.mark.parametrize(
    ("calendars", "starts_at"),
    [
        pytest.param([OFFICE], datetime(2026, 11, 16, 14, tzinfo=UTC), id="the office day"),
        pytest.param([NIGHT], datetime(2026, 11, 16, 13, tzinfo=UTC), id="the night shift"),
        pytest.param(
            [OFFICE, NIGHT], datetime(2026, 11, 16, 13, tzinfo=UTC), id="of two the earlier"
        ),
    ],
)
def test_the_shift_under_way_is_the_one_the_message_belongs_to(
    calendars: list[Calendar], starts_at: datetime
) -> None:
    shift = shift_now(calendars, MONDAY_NOON)

    assert shift is not None
    assert shift.starts_at == starts_at


def test_nobody_is_written_to_outside_a_shift() -> None:
    assert shift_now([OFFICE], MONDAY_NOON - timedelta(hours=6)) is None


@given(st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC)))  # noqa: DTZ001
def test_a_coming_shift_starts_with_work_and_what_is_due_before_it_is_todays(
    now: datetime,
) -> None:
    coming = next_start([OFFICE], now)

    assert coming is not None
    assert is_working(OFFICE, coming)
    assert today_until(OFFICE, now) == coming > now
