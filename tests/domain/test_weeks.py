from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendars import Calendar, is_working, office
from domain.partnerships import Partnership
from domain.weeks import (
    holidays_of_week,
    next_opening,
    open_week,
    sides_meet_at,
    week_of,
    week_opens_at,
    week_starts_at,
)
from tests.partners import ACME, GLOBALCALL, partnership

MONDAY = date(2026, 11, 16)
ZONES = ["America/New_York", "Europe/London", "Asia/Manila", "Asia/Kathmandu", "Pacific/Auckland"]


def between(client: Calendar, vendor: Calendar, **changes: str) -> Partnership:
    return partnership(
        client=replace(ACME, calendar=client),
        vendor=replace(GLOBALCALL, calendar=vendor),
        **changes,
    )


NEW_YORK, MANILA = office("America/New_York"), office("Asia/Manila")
BERLIN, LONDON = office("Europe/Berlin"), office("Europe/London")
# Manila at night, so that New York's day is theirs: 21:00 to 6:00.
NIGHT = office("Asia/Manila", "21:00", "06:00")


def off_on_monday(calendar: Calendar) -> Calendar:
    return replace(calendar, days_off=frozenset({MONDAY}))


@pytest.mark.parametrize(
    ("client", "vendor", "opens", "meets"),
    [
        pytest.param(NEW_YORK, LONDON, "Mon 14:00", "Mon 14:00", id="they share hours"),
        pytest.param(NEW_YORK, NEW_YORK, "Mon 14:00", "Mon 14:00", id="one zone"),
        pytest.param(BERLIN, MANILA, "Mon 08:00", "Mon 08:00", id="Manila's afternoon"),
        pytest.param(NEW_YORK, NIGHT, "Mon 14:00", "Mon 14:00", id="Manila works at night"),
        pytest.param(NEW_YORK, MANILA, "Mon 01:00", "Mon 14:00", id="Manila's Monday is first"),
        pytest.param(MANILA, NEW_YORK, "Mon 01:00", "Mon 14:00", id="whoever is at home"),
        pytest.param(
            NEW_YORK, off_on_monday(MANILA), "Mon 14:00", "Tue 01:00", id="Manila is off on Monday"
        ),
        pytest.param(
            off_on_monday(NEW_YORK), MANILA, "Mon 01:00", "Tue 14:00", id="New York is off"
        ),
        pytest.param(
            off_on_monday(NEW_YORK), off_on_monday(MANILA), "Tue 01:00", "Tue 14:00", id="both off"
        ),
        pytest.param(
            off_on_monday(NEW_YORK), LONDON, "Tue 14:00", "Tue 14:00", id="together on Tuesday"
        ),
        pytest.param(
            NEW_YORK, off_on_monday(NIGHT), "Tue 14:00", "Tue 14:00", id="no night shift on Monday"
        ),
    ],
)
def test_a_week_opens_when_both_work_else_with_whoever_begins_it(
    client: Calendar, vendor: Calendar, opens: str, meets: str
) -> None:
    pair = between(client, vendor)

    found = [week_opens_at(pair, MONDAY), sides_meet_at(pair, MONDAY)]

    assert [f"{at:%a %H:%M}" for at in found if at is not None] == [opens, meets]


@pytest.mark.parametrize(
    ("client", "vendor"),
    [
        pytest.param(NEW_YORK, MANILA, id="at home later"),
        pytest.param(MANILA, NEW_YORK, id="first"),
    ],
)
def test_the_week_that_is_shown_is_the_one_that_has_opened(
    client: Calendar, vendor: Calendar
) -> None:
    pair = between(client, vendor)
    opens = datetime(2026, 11, 16, 1, tzinfo=UTC)  # Sunday evening in New York
    before = MONDAY if client is MANILA else MONDAY - timedelta(days=7)

    shown = [open_week(pair, opens + timedelta(minutes=n)) for n in (-1, 0, 1, 24 * 60)]

    assert shown == [before, MONDAY, MONDAY, MONDAY]


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

    opens, meets = week_opens_at(pair, monday), sides_meet_at(pair, monday)

    assert opens is not None
    assert meets is not None
    assert week_starts_at(pair, monday) - timedelta(hours=26) <= opens <= meets
    assert meets < week_starts_at(pair, monday + timedelta(days=7))
    assert open_week(pair, opens) == monday
    assert is_working(pair.client.calendar, opens) or is_working(pair.vendor.calendar, opens)
