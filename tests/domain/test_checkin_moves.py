"""Which turns are meant by a change, when they start then, and what the rule becomes."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from domain.cadences import Cadence, Plan
from domain.checkin_moves import (
    Ahead,
    NoNewTime,
    following_of,
    new_start,
    other_form_of,
    turns_ahead,
)
from domain.rule_text import (
    Rule,
    monthly_by_date,
    monthly_by_weekday,
    monthly_by_working_day,
    quarterly,
    weekly,
    yearly,
)
from tests.partners import MANILA, NEW_YORK

wall = datetime.fromisoformat
MONDAY = datetime(2026, 10, 19, 13, 0, tzinfo=UTC)
CADENCE = Cadence(
    team_id="T1",
    id="c1",
    partnership_id="p1",
    plan=Plan(
        kind="checkin",
        title="Operations review",
        rule=weekly((1,)),
        local_start=wall("2026-10-20T10:00"),
        zone=NEW_YORK,
        length=timedelta(minutes=30),
    ),
    state="active",
    created_by=None,
    created_at=MONDAY,
)
TUESDAY = Ahead(
    cadence=CADENCE,
    original=wall("2026-10-20T10:00"),
    starts_at=datetime(2026, 10, 20, 14, 0, tzinfo=UTC),
)


@pytest.mark.parametrize(
    ("day", "at", "day_said", "zone", "starts_at"),
    [
        pytest.param(
            None, "2026-10-22T16:00", True, NEW_YORK, "2026-10-22T20:00", id="day and time"
        ),
        pytest.param(
            None, "2026-10-22T16:00", True, MANILA, "2026-10-22T08:00", id="on the other clock"
        ),
        pytest.param(
            date(2026, 11, 3), None, True, NEW_YORK, "2026-11-03T15:00", id="a day: its own time"
        ),
        pytest.param(
            None, "2026-10-19T11:30", False, NEW_YORK, "2026-10-20T15:30", id="a time: its own day"
        ),
    ],
)
def test_the_new_start_is_what_was_said_and_else_as_before(
    day: date | None, at: str | None, day_said: bool, zone: str, starts_at: str
) -> None:
    said_at = None if at is None else wall(at)

    found = new_start(TUESDAY, day=day, at=said_at, day_said=day_said, zone=zone)

    assert found == wall(starts_at).replace(tzinfo=UTC)


def test_without_day_and_time_there_is_no_new_start() -> None:
    with pytest.raises(NoNewTime):
        new_start(TUESDAY, day=None, at=None, day_said=True, zone=NEW_YORK)


@pytest.mark.parametrize(
    ("rule", "moved_rule"),
    [
        pytest.param(weekly((1,)), weekly((3,)), id="weekly: the other day"),
        pytest.param(weekly((1,), 2), weekly((3,), 2), id="every other week"),
        pytest.param(weekly((1, 4)), weekly((3, 4)), id="one of two days"),
        # Thursday 22 October is the fourth, not the last.
        pytest.param(monthly_by_weekday(-1, 1), monthly_by_weekday(4, 3), id="monthly, not last"),
        pytest.param(monthly_by_weekday(3, 1), monthly_by_weekday(4, 3), id="the fourth one"),
        pytest.param(monthly_by_date(20), monthly_by_date(22), id="a date becomes a date"),
        pytest.param(monthly_by_working_day(14), monthly_by_date(22), id="working days: the date"),
        pytest.param(
            quarterly(monthly_by_weekday(3, 1), month=1),
            quarterly(monthly_by_weekday(4, 3), month=1),
            id="quarterly",
        ),
        pytest.param(yearly(10, 20), yearly(10, 22), id="yearly"),
    ],
)
def test_the_rule_follows_a_move_in_its_own_form(rule: Rule, moved_rule: Rule) -> None:
    thursday = datetime(2026, 10, 22, 20, 0, tzinfo=UTC)

    found = following_of(replace(CADENCE.plan, rule=rule), TUESDAY.original, thursday)

    assert found is not None
    assert found.rule == moved_rule
    assert found.local_start == wall("2026-10-22T16:00")


@pytest.mark.parametrize(
    ("rule", "other"),
    [
        pytest.param(monthly_by_weekday(3, 1), monthly_by_date(22), id="a weekday: the date"),
        pytest.param(monthly_by_date(20), monthly_by_weekday(4, 3), id="a date: the weekday"),
        pytest.param(monthly_by_working_day(14), monthly_by_weekday(4, 3), id="a working day"),
        pytest.param(
            quarterly(monthly_by_date(20), month=1),
            quarterly(monthly_by_weekday(4, 3), month=1),
            id="quarterly",
        ),
        pytest.param(weekly((1,)), None, id="weekly: one form only"),
        pytest.param(yearly(10, 20), None, id="yearly: one form only"),
    ],
)
def test_the_other_form_can_be_chosen_where_there_is_one(rule: Rule, other: Rule | None) -> None:
    thursday = datetime(2026, 10, 22, 20, 0, tzinfo=UTC)

    found = other_form_of(replace(CADENCE.plan, rule=rule), TUESDAY.original, thursday)

    assert (None if found is None else found.rule) == other


def test_the_last_one_stays_the_last_one() -> None:
    plan = replace(CADENCE.plan, rule=monthly_by_weekday(-1, 1))

    found = following_of(plan, wall("2026-10-27T10:00"), datetime(2026, 10, 29, 14, 0, tzinfo=UTC))

    assert found is not None
    assert found.rule == monthly_by_weekday(-1, 3)


def test_a_monthly_rule_may_change_its_time_of_day() -> None:
    plan = replace(CADENCE.plan, rule=monthly_by_weekday(3, 1))

    found = following_of(plan, TUESDAY.original, TUESDAY.starts_at + timedelta(hours=1))

    assert found is not None
    assert (found.rule, found.local_start) == (plan.rule, wall("2026-10-20T11:00"))


def test_turns_ahead_go_on_where_the_stored_ones_end() -> None:
    until = datetime(2026, 11, 10, 12, 0, tzinfo=UTC)

    found = turns_ahead(CADENCE, [], until, MONDAY)

    assert [ahead.original.day for ahead in found] == [20, 27, 3, 10]


def test_there_is_always_a_next_one_to_speak_of() -> None:
    (found,) = turns_ahead(CADENCE, [], MONDAY, MONDAY)

    assert found == TUESDAY
    assert found.is_within(date(2026, 10, 20), date(2026, 10, 20))
    assert not found.is_within(date(2026, 10, 21), date(2026, 10, 27))
