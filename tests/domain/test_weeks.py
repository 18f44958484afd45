from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendars import Calendar, is_working, office
from domain.partnerships import Partnership
from domain.weeks import holidays_of_week, next_opening, week_of, week_opens_at, week_starts_at
from tests.partners import ACME, GLOBALCALL, partnership

MONDAY = date(2026, 11, 16)
ZONES = ["America/New_York", "Europe/London", "Asia/Manila", "Asia/Kathmandu", "Pacific/Auckland"]


def between(client: Calendar, vendor: Calendar, **changes: str) -> Partnership:
    return partnership(
        client=replace(ACME, calendar=client),
        vendor=replace(GLOBALCALL, calendar=vendor),
        **changes,
    )


@pytest.mark.parametrize(
    ("client", "vendor", "opens"),
    [
        pytest.param("America/New_York", "Europe/London", "16 14:00", id="the first shared moment"),
        pytest.param("America/New_York", "Asia/Manila", "16 14:00", id="Manila hands over"),
        pytest.param("Asia/Manila", "America/New_York", "16 14:00", id="New York takes over"),
    ],
)
def test_a_week_opens_when_both_are_there_or_one_takes_over(
    client: str, vendor: str, opens: str
) -> None:
    found = week_opens_at(between(office(client), office(vendor)), MONDAY)

    assert f"{found:%d %H:%M}" == opens


def test_a_holiday_on_monday_opens_the_week_later() -> None:
    resting = replace(office("America/New_York"), days_off=frozenset({MONDAY}))
    found = week_opens_at(between(resting, office("Europe/London")), MONDAY)

    assert found == datetime(2026, 11, 17, 14, 0, tzinfo=UTC)


def test_a_week_in_which_nobody_works_has_no_opening_and_is_passed_over() -> None:
    week = frozenset(MONDAY + timedelta(days=n) for n in range(-1, 8))
    resting = replace(office("America/New_York"), days_off=week)
    closed = between(resting, resting)

    assert week_opens_at(closed, MONDAY) is None
    assert next_opening(closed, MONDAY - timedelta(days=7)) == datetime(
        2026, 11, 24, 14, 0, tzinfo=UTC
    )


def test_sunday_evening_in_manila_is_already_monday_at_home() -> None:
    sunday_in_new_york = datetime(2026, 11, 16, 3, 0, tzinfo=UTC)
    at_home, in_manila = office("America/New_York"), office("Asia/Manila")

    assert week_of(between(at_home, in_manila), sunday_in_new_york) == date(2026, 11, 9)
    assert week_of(between(in_manila, at_home), sunday_in_new_york) == MONDAY


def test_a_weeks_holidays_are_those_that_take_a_working_day() -> None:
    american = replace(office("America/New_York"), holiday_countries=(("US", None),))
    philippine = replace(office("Asia/Manila"), holiday_countries=(("PH", None),))
    observing = between(american, philippine)
    working_on = between(
        replace(american, unticked=frozenset({date(2026, 11, 11)})),
        replace(philippine, days_off=frozenset({date(2026, 11, 2)})),
    )

    # All Saints' is a Sunday.
    before = [(d.side, d.day_on, d.label) for d in holidays_of_week(observing, date(2026, 10, 26))]
    souls = [(d.side, d.day_on, d.label) for d in holidays_of_week(observing, date(2026, 11, 2))]
    veterans = [(d.side, d.label) for d in holidays_of_week(observing, date(2026, 11, 9))]

    assert before == []
    assert souls == [("vendor", date(2026, 11, 2), "All Souls' Day")]
    assert veterans == [("client", "Veterans Day")]
    assert holidays_of_week(working_on, date(2026, 11, 2)) == []
    assert holidays_of_week(working_on, date(2026, 11, 9)) == []


@given(
    client=st.sampled_from(ZONES),
    vendor=st.sampled_from(ZONES),
    week=st.integers(min_value=0, max_value=60),
)
def test_a_week_opens_within_itself_and_while_somebody_works(
    client: str, vendor: str, week: int
) -> None:
    monday = MONDAY + timedelta(days=7 * week)
    pair = between(office(client), office(vendor))

    opens = week_opens_at(pair, monday)

    assert opens is not None
    assert week_starts_at(pair, monday) <= opens < week_starts_at(pair, monday + timedelta(days=7))
    assert week_of(pair, opens) == monday
    assert is_working(pair.client.calendar, opens) or is_working(pair.vendor.calendar, opens)
