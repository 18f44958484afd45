from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.cadences import TITLE_MOST
from domain.calendars import is_working, office
from domain.deliverables import Unclear
from domain.recurrence import LAST, monthly_by_working_day, weekly
from domain.series import asked_from, due_at_turn, first_turn, plan_of
from tests.partners import MONDAY_NOON, NEW_YORK

ACME = office(NEW_YORK)
THURSDAYS = plan_of("Roster", weekly((3,)), (date(2026, 11, 16), None), NEW_YORK, {})


def test_a_turn_is_due_at_the_end_of_its_day_for_its_owner() -> None:
    turn, due_at = first_turn(THURSDAYS, ACME, MONDAY_NOON)

    assert turn.original.date() == date(2026, 11, 19)
    assert due_at == datetime(2026, 11, 19, 23, 0, tzinfo=UTC)


def test_a_turn_on_a_day_off_is_due_at_the_end_of_the_last_shift_before() -> None:
    saturdays = plan_of("Roster", weekly((5,)), (date(2026, 11, 16), None), NEW_YORK, {})

    due_at = due_at_turn(saturdays, datetime(2026, 11, 21, 0, 0), ACME, MONDAY_NOON)  # noqa: DTZ001

    assert due_at == datetime(2026, 11, 20, 23, 0, tzinfo=UTC)


def test_an_hour_holds_for_all_turns_and_what_is_past_today_is_next_week() -> None:
    mondays = plan_of("Deck", weekly((0,)), (date(2026, 11, 16), time(11)), NEW_YORK, {})

    turn, due_at = first_turn(mondays, ACME, MONDAY_NOON)

    assert turn.original.date() == date(2026, 11, 23)
    assert due_at == datetime(2026, 11, 23, 16, 0, tzinfo=UTC)


def test_a_turn_is_asked_for_five_working_days_before() -> None:
    due_at = datetime(2026, 11, 19, 23, 0, tzinfo=UTC)

    assert asked_from(THURSDAYS, due_at, ACME) == datetime(2026, 11, 12, 14, 0, tzinfo=UTC)


def test_what_is_due_several_times_a_week_is_asked_for_the_working_day_before() -> None:
    often = plan_of("Roster", weekly((1, 3)), (date(2026, 11, 16), None), NEW_YORK, {})
    due_at = datetime(2026, 11, 19, 23, 0, tzinfo=UTC)

    assert asked_from(often, due_at, ACME) == datetime(2026, 11, 18, 14, 0, tzinfo=UTC)


def test_a_rhythm_that_is_over_has_no_turn() -> None:
    over = plan_of(
        "Roster", weekly((3,)), (date(2026, 11, 16), None), NEW_YORK, {"until": "2026-11-18"}
    )

    with pytest.raises(Unclear) as refused:
        first_turn(over, ACME, MONDAY_NOON)
    assert refused.value.field == "repeats"


def test_a_title_has_to_fit() -> None:
    with pytest.raises(Unclear):
        plan_of("x" * (TITLE_MOST + 1), weekly((3,)), (date(2026, 11, 16), None), NEW_YORK, {})


@given(days=st.integers(0, 400), rule=st.sampled_from([weekly((3,)), monthly_by_working_day(LAST)]))
def test_every_turn_is_asked_for_in_working_time_before_it_is_due(days: int, rule: object) -> None:
    now = MONDAY_NOON + timedelta(days=days)
    plan = plan_of("Roster", rule, (now.date(), None), NEW_YORK, {})  # type: ignore[arg-type]

    _, due_at = first_turn(plan, ACME, now)
    asked_at = asked_from(plan, due_at, ACME)

    assert now < due_at
    assert asked_at < due_at
    assert is_working(ACME, asked_at)
