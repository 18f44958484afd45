"""When a check-in is told: in each side's hours, once, and never made up afterwards."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.cadences import Cadence, Occurrence, Plan
from domain.calendars import Calendar, is_working, office
from domain.checkins import (
    DAY_BEFORE,
    HOUR_BEFORE,
    CheckIn,
    Confirmation,
    Reminder,
    agenda_at,
    asked_until,
    due_reminder,
    leads_of,
    nearest_in_hours,
    reminder_at,
    reminders,
    sides_off,
)
from domain.partnerships import Partnership
from domain.rule_text import Rule, monthly_by_date, weekly
from tests.partners import ACME, GLOBALCALL, MANILA, NEW_YORK, PARTNERSHIP

wall = datetime.fromisoformat
LONG_AGO = datetime(2026, 11, 1, tzinfo=UTC)
# A Tuesday, 10:00 in New York, 23:00 in Manila.
TUESDAY = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)
PLAN = Plan(
    kind="checkin",
    title="Operations review",
    rule=weekly((1,)),
    local_start=wall("2026-11-03T10:00"),
    zone=NEW_YORK,
    length=timedelta(minutes=30),
)


def turn(starts_at: datetime = TUESDAY, known_from: datetime = LONG_AGO) -> Occurrence:
    return Occurrence(
        team_id="T1",
        id="o1",
        cadence_id="c1",
        partnership_id="p1",
        kind="checkin",
        original=wall("2026-11-24T10:00"),
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=30),
        state="planned",
        known_from=known_from,
    )


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def with_calendars(client: Calendar, vendor: Calendar) -> Partnership:
    return replace(
        PARTNERSHIP,
        client=replace(ACME, calendar=client),
        vendor=replace(GLOBALCALL, calendar=vendor),
    )


@pytest.mark.parametrize(
    ("calendar", "starts_at", "lead", "told_at"),
    [
        pytest.param(
            office(NEW_YORK), TUESDAY, DAY_BEFORE, "2026-11-23T15:00", id="in its hours: exactly"
        ),
        pytest.param(
            office(MANILA),
            TUESDAY,
            DAY_BEFORE,
            "2026-11-23T09:00",
            id="at night: an hour before the end of the shift",
        ),
        pytest.param(
            office(NEW_YORK),
            utc("2026-11-23T15:00"),
            DAY_BEFORE,
            "2026-11-20T22:00",
            id="of a Monday: on Friday",
        ),
        pytest.param(
            office(NEW_YORK, start="14:00", end="14:30"),
            TUESDAY,
            HOUR_BEFORE,
            "2026-11-23T19:00",
            id="a shift shorter than an hour: at its start",
        ),
        pytest.param(
            replace(office(NEW_YORK), days_off=frozenset(date(2026, 11, d) for d in range(17, 24))),
            utc("2026-11-24T21:00"),
            DAY_BEFORE,
            "2026-11-24T14:00",
            id="after a long holiday: when it is back",
        ),
    ],
)
def test_a_side_is_told_while_it_works(
    calendar: Calendar, starts_at: datetime, lead: timedelta, told_at: str
) -> None:
    assert reminder_at(calendar, starts_at, lead) == utc(told_at)


def test_a_side_that_does_not_work_before_the_start_is_not_told() -> None:
    gone = replace(office(MANILA), days_off=frozenset(date(2026, 11, d) for d in range(10, 30)))

    assert reminder_at(gone, TUESDAY, DAY_BEFORE) is None


@given(
    hours=st.tuples(st.integers(0, 22), st.integers(1, 23)).filter(lambda h: h[0] < h[1]),
    zone=st.sampled_from([NEW_YORK, MANILA, "Asia/Kathmandu", "Europe/London"]),
    quarter=st.integers(0, 4 * 24 * 14),
    lead=st.sampled_from([DAY_BEFORE, HOUR_BEFORE]),
)
def test_whoever_is_told_works_then_and_it_is_before_the_start(
    hours: tuple[int, int], zone: str, quarter: int, lead: timedelta
) -> None:
    calendar = office(zone, start=f"{hours[0]:02}:00", end=f"{hours[1]:02}:00")
    starts_at = TUESDAY + quarter * timedelta(minutes=15)

    told_at = reminder_at(calendar, starts_at, lead)

    assert told_at is not None
    assert is_working(calendar, told_at)
    assert told_at < starts_at
    assert told_at <= starts_at - lead or not is_working(calendar, starts_at - lead)


def test_both_sides_are_told_at_once_where_it_suits_both() -> None:
    together = with_calendars(office(NEW_YORK), office("America/Bogota", start="08:00"))

    found = reminders(together, PLAN, turn())

    assert found == [
        Reminder(lead=DAY_BEFORE, sides=("client", "vendor"), at=utc("2026-11-23T15:00"))
    ]


def test_a_side_that_is_not_at_work_at_the_start_is_told_at_the_end_of_its_last_shift() -> None:
    # A Tuesday at ten: in New York at work, in Manila at 23:00 not.
    found = reminders(PARTNERSHIP, PLAN, turn())

    assert [(told.at, told.sides) for told in found] == [
        (utc("2026-11-23T15:00"), ("client",)),
        (utc("2026-11-24T09:00"), ("vendor",)),
    ]


def test_of_a_start_on_monday_morning_people_are_told_on_friday() -> None:
    early = turn(utc("2026-11-23T14:00"))

    found = [told for told in reminders(PARTNERSHIP, PLAN, early) if "client" in told.sides]

    assert [told.at for told in found] == [utc("2026-11-20T22:00")]


@given(
    quarter=st.integers(0, 4 * 24 * 14),
    zones=st.tuples(*2 * [st.sampled_from([NEW_YORK, MANILA, "Asia/Kathmandu", "Europe/London"])]),
)
def test_each_side_is_told_once_and_in_its_own_hours(quarter: int, zones: tuple[str, str]) -> None:
    partnership = with_calendars(office(zones[0]), office(zones[1]))

    found = reminders(partnership, PLAN, turn(TUESDAY + quarter * timedelta(minutes=15)))

    assert sorted(side for told in found for side in told.sides) == ["client", "vendor"]
    for told in found:
        assert all(is_working(partnership.side(side).calendar, told.at) for side in told.sides)


def test_what_would_have_been_told_before_it_was_planned_is_not_made_up() -> None:
    planned_late = turn(known_from=utc("2026-11-24T10:00"))

    found = reminders(PARTNERSHIP, PLAN, planned_late)

    assert [told.at for told in found] == [utc("2026-11-24T14:00")]


@pytest.mark.parametrize(
    ("rule", "leads"),
    [
        pytest.param(weekly((1,)), (DAY_BEFORE, HOUR_BEFORE), id="weekly"),
        pytest.param(weekly((0, 1, 2, 3, 4)), (HOUR_BEFORE,), id="every day"),
        pytest.param(monthly_by_date(31), (DAY_BEFORE, HOUR_BEFORE), id="monthly"),
    ],
)
def test_what_is_almost_daily_is_told_an_hour_before_only(
    rule: Rule, leads: tuple[timedelta, ...]
) -> None:
    assert leads_of(replace(PLAN, rule=rule)) == leads


def test_of_several_that_were_due_the_last_is_told() -> None:
    every = reminders(PARTNERSHIP, PLAN, turn())

    assert due_reminder(every, utc("2026-11-20T00:00")) is None
    assert due_reminder(every, every[0].at) == every[0]
    assert due_reminder(every, TUESDAY - timedelta(minutes=11)) == every[-1]


@pytest.mark.parametrize(
    ("known_from", "laid_out_at"),
    [
        pytest.param(LONG_AGO, "2026-11-23T01:00", id="three days before is Saturday: Monday"),
        pytest.param(utc("2026-11-24T05:00"), "2026-11-24T05:00", id="planned late: at once"),
        pytest.param(utc("2026-11-24T14:55"), "2026-11-24T14:55", id="planned in the last minutes"),
    ],
)
def test_the_agenda_is_laid_out_when_somebody_works(known_from: datetime, laid_out_at: str) -> None:
    assert agenda_at(PARTNERSHIP, turn(known_from=known_from)) == utc(laid_out_at)


@pytest.mark.parametrize(
    ("starts_at", "laid_out_at"),
    [
        pytest.param("2026-11-24T14:00", "2026-11-23T14:00", id="Tuesday: when the week opens"),
        pytest.param("2026-11-26T10:00", "2026-11-23T14:00", id="Thursday: later that Monday"),
        pytest.param("2026-11-23T16:00", "2026-11-20T16:00", id="Monday: in the week before"),
        pytest.param("2026-11-24T01:00", "2026-11-23T09:00", id="too soon after the opening"),
    ],
)
def test_the_agenda_waits_for_the_week_that_opens_on_its_day(
    starts_at: str, laid_out_at: str
) -> None:
    london = replace(GLOBALCALL, calendar=office("Europe/London"))
    both = replace(PARTNERSHIP, vendor=london)
    begins = utc(starts_at)

    found = agenda_at(both, replace(turn(), starts_at=begins))

    assert found == utc(laid_out_at)


def test_it_is_asked_for_two_working_days_of_either_side() -> None:
    # A Friday in New York, Saturday night in Manila: New York's Tuesday ends later.
    friday = turn(utc("2026-11-27T15:00"))

    assert asked_until(PARTNERSHIP, friday) == utc("2026-12-01T23:00")


def test_a_side_is_off_by_its_own_date() -> None:
    # 15:00 UTC is still Tuesday in Manila, 17:00 is Wednesday there.
    off = replace(office(MANILA), days_off=frozenset({date(2026, 11, 25)}))
    partnership = with_calendars(office(NEW_YORK), off)

    assert sides_off(partnership, turn()) == []
    assert sides_off(partnership, turn(utc("2026-11-24T17:00"))) == ["vendor"]


@pytest.mark.parametrize(
    ("moment", "nearest"),
    [
        pytest.param("2026-11-24T15:00", "2026-11-24T09:00", id="23:00: 17:00 before"),
        pytest.param("2026-11-23T22:00", "2026-11-24T01:00", id="6:00: 9:00 after"),
        pytest.param("2026-11-24T02:00", None, id="in its hours"),
        pytest.param("2026-11-28T15:00", None, id="nothing within twelve hours"),
    ],
)
def test_the_nearest_hour_in_a_sides_hours(moment: str, nearest: str | None) -> None:
    found = nearest_in_hours(office(MANILA), utc(moment))

    assert found == (None if nearest is None else utc(nearest))


@pytest.mark.parametrize(
    ("state", "said", "may_move"),
    [
        pytest.param("planned", None, True, id="to come"),
        pytest.param("skipped", None, True, id="skipped"),
        pytest.param("over", None, False, id="over"),
        pytest.param("over", "held", False, id="it took place"),
        pytest.param("over", "not_held", True, id="it did not take place"),
        pytest.param("cancelled", None, False, id="cancelled"),
    ],
)
def test_what_can_be_given_another_time(state: str, said: str | None, may_move: bool) -> None:
    cadence = Cadence(
        team_id="T1",
        id="c1",
        partnership_id="p1",
        plan=PLAN,
        state="active",
        created_by=None,
        created_at=LONG_AGO,
    )
    word = Confirmation(occurrence_id="o1", side="client", said=said, said_at=TUESDAY)  # type: ignore[arg-type]
    check_in = CheckIn(
        partnership=PARTNERSHIP,
        cadence=cadence,
        turn=replace(turn(), state=state),  # type: ignore[arg-type]
        said={} if said is None else {"client": word},
    )

    assert check_in.may_move is may_move
