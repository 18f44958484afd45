from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from domain.calendars import Calendar, office
from domain.findings import Owed, Span
from domain.people import Side
from domain.summaries import (
    first_week,
    preview_of,
    previewed_at,
    span_of,
    summary_of,
    told_at,
    worth_until,
)
from tests.domain.test_gaps import (
    AGREED,
    DAY,
    HOUR,
    NOW,
    THURSDAY,
    WEDNESDAY_EVENING,
    WEEK_STARTS,
    commitment,
    contacts,
    hard_week,
    owed,
    past,
    week,
)
from tests.partners import ACME, GLOBALCALL, NEW_YORK, partnership

MONDAY = date(2026, 11, 16)
FRIDAY = date(2026, 11, 20)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+00:00")


@pytest.mark.parametrize(
    ("side", "days_off", "expected"),
    [
        pytest.param("client", (), "2026-11-20T19:00", id="Friday 14:00 in New York"),
        pytest.param("vendor", (), "2026-11-20T06:00", id="Friday 14:00 in Manila"),
        pytest.param("vendor", (FRIDAY,), "2026-11-19T06:00", id="off on Friday: Thursday"),
        pytest.param("client", (FRIDAY,), "2026-11-19T19:00", id="the client off on Friday"),
    ],
)
def test_leads_see_their_lines_four_hours_before_their_week_closes(
    side: Side, days_off: tuple[date, ...], expected: str
) -> None:
    info = ACME if side == "client" else GLOBALCALL
    calendar = replace(info.calendar, days_off=frozenset(days_off))
    resting = partnership(**{side: replace(info, calendar=calendar)})

    assert previewed_at(resting, MONDAY, side) == utc(expected)


def test_a_side_that_is_off_all_week_gets_no_preview() -> None:
    days = frozenset(MONDAY + n * DAY for n in range(7))
    calendar = replace(ACME.calendar, days_off=days)

    resting = partnership(client=replace(ACME, calendar=calendar))

    assert previewed_at(resting, MONDAY, "client") is None


@pytest.mark.parametrize(
    ("vendor_hours", "expected"),
    [
        pytest.param(office(NEW_YORK, "11:00", "19:00"), "2026-11-23T16:00", id="shared"),
        pytest.param(GLOBALCALL.calendar, "2026-11-23T14:00", id="a hand-over"),
    ],
)
def test_a_week_is_told_on_monday_as_soon_as_the_sides_meet(
    vendor_hours: Calendar, expected: str
) -> None:
    told = partnership(vendor=replace(GLOBALCALL, calendar=vendor_hours))

    assert told_at(told, MONDAY) == utc(expected)


def test_a_monday_off_on_both_sides_is_passed_over() -> None:
    off = frozenset({date(2026, 11, 23)})
    resting = partnership(
        client=replace(ACME, calendar=replace(ACME.calendar, days_off=off)),
        vendor=replace(GLOBALCALL, calendar=replace(GLOBALCALL.calendar, days_off=off)),
    )

    assert told_at(resting, MONDAY).date() == date(2026, 11, 24)


@pytest.mark.parametrize(
    ("agreed", "expected"),
    [
        pytest.param("2026-11-16T15:00", MONDAY, id="on Monday"),
        pytest.param("2026-11-20T05:00", MONDAY, id="before Manila's Friday closes"),
        pytest.param("2026-11-20T12:00", date(2026, 11, 23), id="after it"),
        pytest.param("2026-11-21T12:00", date(2026, 11, 23), id="on Saturday"),
    ],
)
def test_the_first_week_is_the_running_one_unless_it_is_closed(agreed: str, expected: date) -> None:
    assert first_week(partnership(), utc(agreed)) == expected


def test_a_week_may_be_told_two_days_late() -> None:
    assert worth_until(NOW) == NOW + timedelta(days=2)


def test_promises_are_counted_by_their_dates() -> None:
    def done(closed_at: datetime, due_at: datetime = WEDNESDAY_EVENING) -> object:
        return commitment(state="done", closed_at=closed_at, due_at=due_at)

    facts = week(
        done=(
            done(WEDNESDAY_EVENING - HOUR),  # in time
            done(THURSDAY),  # late
            done(NOW, THURSDAY),  # late, and after the week
            done(NOW, NOW + DAY),  # of the week that follows
            done(WEEK_STARTS + HOUR, NOW + 2 * DAY),  # far ahead of its date
        ),
        owed=owed(),
    )

    told = summary_of(facts, MONDAY)

    assert (told.kept, told.promised) == (2, 5)
    assert told.early is not None


def test_a_quiet_week_says_what_went_well() -> None:
    facts = week(
        check_ins=(past("held", "held"),),
        done=(commitment(state="done", closed_at=WEDNESDAY_EVENING),),
        owed=owed(due_at=NOW + DAY, id="next"),
        contacts=contacts(NOW, NOW),
    )

    told = summary_of(facts, MONDAY)

    assert told.is_quiet
    assert (told.kept, told.promised) == (1, 1)
    assert [one.title for one in told.held] == ["Operations review"]
    assert [one.id for one in told.next_due] == ["next"]


def test_what_one_side_says_took_place_is_told_once() -> None:
    heard = contacts(NOW, NOW)
    friday = week(check_ins=(past("held", None, THURSDAY + DAY),), contacts=heard)
    monday = week(check_ins=(past("held", None, THURSDAY - 3 * DAY),), contacts=heard)

    early, later = summary_of(friday, MONDAY), summary_of(monday, MONDAY)

    assert (len(early.held), early.open) == (1, ())
    assert (later.held, [one.kind for one in later.open]) == ((), ["unconfirmed"])


def test_a_date_that_moved_in_time_leaves_the_week_quiet() -> None:
    slipping = [one for one in hard_week().owed if one.last_change is not None]

    told = summary_of(week(owed=tuple(slipping), contacts=contacts(NOW, NOW)), MONDAY)

    assert [one.kind for one in told.open] == ["slipping"]
    assert told.is_quiet


def test_a_preview_shows_only_what_concerns_the_side() -> None:
    shown = preview_of(hard_week(), MONDAY, "vendor")

    assert {one.turn for one in shown.open} == {"vendor", "both"}
    assert shown.says_something


def test_a_preview_shows_what_is_still_due_before_the_week_is_told() -> None:
    friday_morning = THURSDAY + DAY
    span = Span(from_at=WEEK_STARTS, until_at=WEEK_STARTS + 7 * DAY)
    open_until = {"friday": friday_morning + 7 * HOUR, "later": NOW + DAY}
    facts = week(
        span=span,
        now=friday_morning,
        owed=tuple(
            Owed(commitment=commitment("client", id=name, due_at=due_at))
            for name, due_at in open_until.items()
        ),
    )

    assert [one.id for one in preview_of(facts, MONDAY, "client").coming] == ["friday"]
    assert preview_of(facts, MONDAY, "vendor").coming == ()


def test_holes_in_working_time_are_told_and_clipped_to_the_week() -> None:
    night = Span(from_at=THURSDAY + 13 * HOUR, until_at=THURSDAY + 13.2 * HOUR)
    before = Span(from_at=WEEK_STARTS - DAY, until_at=WEEK_STARTS + DAY)
    day = Span(from_at=THURSDAY, until_at=THURSDAY + 2 * HOUR)

    told = summary_of(week(holes=(before, day, night)), MONDAY)

    assert told.unheard == (Span(from_at=WEEK_STARTS, until_at=before.until_at), day)
    assert span_of(AGREED, MONDAY).from_at == WEEK_STARTS
