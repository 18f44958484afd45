from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.changes import (
    UNDO_FOR,
    Change,
    ChangedSince,
    ChangeSettled,
    OwnProposal,
    TooLateToUndo,
    UnknownCountry,
    agreed,
    differing,
    holiday_choice,
    holidays_chosen,
    kept,
    undone,
    values_of,
    with_values,
)
from domain.hours import DAY_MINUTES, Hours, Interval, hours_text, weekly_hours
from domain.pulse_plans import PulsePlan
from tests.partners import GLOBALCALL, MONDAY_NOON, partnership

A_SECOND = timedelta(seconds=1)


def change(**changes: Any) -> Change:
    """The client proposes four working hours, unless said otherwise."""
    given_values: dict[str, Any] = {
        "team_id": "T0ACME",
        "id": "c1",
        "partnership_id": "p1",
        "side": "client",
        "state": "proposed",
        "old": {"reply_time": "480"},
        "new": {"reply_time": "240"},
        "made_by": "maria",
        "made_at": MONDAY_NOON,
    }
    return Change(**(given_values | changes))


HOLDS = change(state="holds", settled_side="vendor", settled_at=MONDAY_NOON)
FOUR_HOURS = partnership(reply_time=timedelta(hours=4))


def test_the_other_side_agrees_and_the_old_value_is_the_one_of_that_moment() -> None:
    two_hours = partnership(reply_time=timedelta(hours=2))

    after = agreed(change(), two_hours, "vendor", MONDAY_NOON)

    assert (after.state, after.old) == ("holds", {"reply_time": "120"})
    assert agreed(after, FOUR_HOURS, "vendor", MONDAY_NOON + A_SECOND) == after


@pytest.mark.parametrize("minutes", ["240", "960"], ids=["tighter", "looser"])
def test_no_side_agrees_to_what_it_proposed_itself(minutes: str) -> None:
    with pytest.raises(OwnProposal) as refused:
        agreed(change(new={"reply_time": minutes}), partnership(), "client", MONDAY_NOON)

    assert refused.value.side_name == "Globalcall"


@pytest.mark.parametrize("side", ["client", "vendor"], ids=["taken back", "declined"])
def test_either_side_keeps_it_as_it_is(side: Any) -> None:
    after = kept(change(), side, MONDAY_NOON)

    assert (after.state, after.settled_side) == ("kept", side)
    assert kept(after, "client", MONDAY_NOON + A_SECOND) == after
    with pytest.raises(ChangeSettled):
        agreed(after, partnership(), "vendor", MONDAY_NOON)


@pytest.mark.parametrize("state", ["holds", "replaced", "undone"])
def test_what_is_settled_otherwise_is_not_kept_any_more(state: Any) -> None:
    with pytest.raises(ChangeSettled):
        kept(replace(HOLDS, state=state), "vendor", MONDAY_NOON)


@pytest.mark.parametrize(
    ("known", "stands", "after", "refusal"),
    [
        pytest.param(HOLDS, FOUR_HOURS, timedelta(0), None, id="at once"),
        pytest.param(HOLDS, FOUR_HOURS, UNDO_FOR - A_SECOND, None, id="within the day"),
        pytest.param(HOLDS, FOUR_HOURS, UNDO_FOR, TooLateToUndo, id="after a day"),
        pytest.param(HOLDS, partnership(), A_SECOND, ChangedSince, id="changed since"),
        pytest.param(change(), partnership(), A_SECOND, ChangeSettled, id="only proposed"),
        pytest.param(
            replace(HOLDS, state="kept"), partnership(), A_SECOND, ChangeSettled, id="not agreed"
        ),
    ],
)
def test_a_change_is_taken_back_for_a_day(
    known: Change, stands: Any, after: timedelta, refusal: type[Exception] | None
) -> None:
    now = MONDAY_NOON + after

    if refusal is not None:
        with pytest.raises(refusal):
            undone(known, stands, "client", now)
        return
    back = undone(known, stands, "client", now)

    assert (back.state, back.settled_side) == ("undone", "client")
    assert undone(back, partnership(), "client", now + UNDO_FOR) == back


@pytest.mark.parametrize(
    ("one", "another", "touches"),
    [
        pytest.param(change(), change(side="vendor"), True, id="what both share"),
        pytest.param(
            change(new={"zone": "Asia/Manila"}),
            change(new={"zone": "Asia/Tokyo", "name": "x"}),
            True,
            id="the same of one side",
        ),
        pytest.param(
            change(new={"zone": "Asia/Manila"}),
            change(new={"zone": "Asia/Tokyo"}, side="vendor"),
            False,
            id="the same of two sides",
        ),
        pytest.param(change(), change(new={"name": "x"}), False, id="another setting"),
    ],
)
def test_changes_touch_each_other_where_they_are_about_the_same(
    one: Change, another: Change, touches: bool
) -> None:
    assert one.touches(another) == touches == another.touches(one)


def test_values_and_settings_are_the_same_thing() -> None:
    before = partnership()
    wanted: dict[Any, str] = {
        "name": "Globalcall PH",
        "zone": "Asia/Kolkata",
        "hours": "mon-sat 20:00-05:00",
        "holidays": "PH US-NY",
        "summary": "channel",
        "sponsors": "told",
        "reply_time": "90",
        "ladder": "1-2-3-4",
        "pulse": PulsePlan(questions=2).code,
    }

    after = with_values(before, "vendor", wanted)

    assert values_of(after, "vendor") == wanted
    assert differing(after, "vendor", wanted) == {}
    assert after.client == before.client
    assert after.vendor.calendar.holiday_countries == (("PH", None), ("US", "NY"))
    assert with_values(after, "vendor", values_of(before, "vendor")) == before


@pytest.mark.parametrize(
    ("choice", "zone", "stored"),
    [
        pytest.param("own", "Asia/Manila", "PH", id="own country"),
        pytest.param("own", "Asia/Kolkata", "IN", id="own country, in the new zone"),
        pytest.param("other", "Asia/Manila", "US", id="the other's"),
        pytest.param("both", "Asia/Manila", "PH US", id="both"),
        pytest.param("both", "America/Chicago", "US", id="both in one country"),
        pytest.param("none", "Asia/Manila", None, id="none, as it is"),
        pytest.param("unchanged", "Asia/Manila", None, id="unchanged"),
    ],
)
def test_whose_holidays_are_kept(choice: Any, zone: str, stored: str | None) -> None:
    assert holidays_chosen(partnership(), "vendor", choice, zone) == stored


@pytest.mark.parametrize("choice", ["own", "other", "both", "none"])
def test_a_choice_of_holidays_is_found_again_and_changes_nothing_twice(choice: Any) -> None:
    before = partnership()
    value = holidays_chosen(before, "vendor", choice, "Asia/Manila")
    after = with_values(before, "vendor", {} if value is None else {"holidays": value})

    assert holiday_choice(after, "vendor") == choice
    assert holidays_chosen(after, "vendor", choice, "Asia/Manila") is None


def test_holidays_of_no_known_country_are_refused_and_others_stay() -> None:
    with pytest.raises(UnknownCountry):
        holidays_chosen(partnership(), "vendor", "both", "Etc/UTC")
    odd = replace(GLOBALCALL.calendar, holiday_countries=(("US", "NY"),))
    assert holiday_choice(partnership(vendor=replace(GLOBALCALL, calendar=odd)), "vendor") == (
        "unchanged"
    )


INTERVALS = st.builds(
    lambda start, length: Interval(start_minute=start, end_minute=start + length),
    st.integers(0, DAY_MINUTES - 1),
    st.integers(1, DAY_MINUTES),
)


@given(st.lists(st.lists(INTERVALS, max_size=3), min_size=7, max_size=7))
def test_hours_are_written_as_they_are_read(week: list[list[Interval]]) -> None:
    hours = Hours(weekly=tuple(tuple(sorted(set(day))) for day in week))

    assert weekly_hours(hours_text(hours)) == hours


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("mon-fri 9:00-18:00", "mon-fri 09:00-18:00"),
        ("mon,tue,wed,fri 22:00-06:00", "mon-wed,fri 22:00-06:00"),
        ("fri-mon 00:00-24:00", "mon,fri-sun 00:00-24:00"),
        ("tue 13:00-17:00 09:00-12:00; mon 08:00-09:00", "mon 08:00-09:00; tue 09:00-12:00"),
    ],
)
def test_hours_have_one_short_notation(typed: str, written: str) -> None:
    assert hours_text(weekly_hours(typed)).startswith(written)
