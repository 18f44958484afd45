from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendars import Calendar, next_shift, shift_at
from domain.sponsors import Facts, Notice, State, again_at, next_step
from tests.deliverable_stage import DECK
from tests.domain.shift_patterns import HALF_DAYS, NIGHT_SHIFT, OFFICE, WEEKEND_SUPPORT, new_york

HOUR, DAY, MINUTE = timedelta(hours=1), timedelta(days=1), timedelta(minutes=1)
MONDAY_NOON = new_york("2026-11-16 12:00")
TUESDAY_NINE, TUESDAY_FIVE = new_york("2026-11-17 09:00"), new_york("2026-11-17 17:00")
LATE = replace(
    DECK, state="accepted", due_at=MONDAY_NOON - 3 * HOUR, first_due_at=MONDAY_NOON - 3 * HOUR
)
NOTICE = Notice(
    team_id=LATE.team_id,
    commitment_id=LATE.id,
    number=1,
    partnership_id=LATE.partnership_id,
    due_at=LATE.due_at,
    owner_id=LATE.owner_id,
    side="client",
    asked_by="maria",
    asked_at=MONDAY_NOON,
    from_at=TUESDAY_NINE,
    until_at=TUESDAY_FIVE,
    state="runs",
    changed_at=MONDAY_NOON,
)
FINE = Facts(
    calendar=OFFICE,
    was_away=False,
    read_at=TUESDAY_NINE + MINUTE,
    is_wanted=True,
    is_waiting=False,
    may_tell=True,
)


def test_sponsors_are_told_when_the_owner_had_the_whole_shift_and_said_nothing() -> None:
    steps = [next_step(NOTICE, LATE, FINE, now) for now in (TUESDAY_FIVE - MINUTE, TUESDAY_FIVE)]

    assert steps == ["wait", "tell"]


@pytest.mark.parametrize(
    ("facts", "step"),
    [
        pytest.param({"is_waiting": True}, "end", id="it waits for something"),
        pytest.param({"is_wanted": False}, "end", id="one side wants it no more"),
        pytest.param({"calendar": None}, "end", id="its owner takes part no more"),
        pytest.param({"was_away": True}, "put_off", id="its owner went home at noon"),
        pytest.param({"read_at": None}, "put_off", id="no message came"),
        pytest.param(
            {"read_at": TUESDAY_FIVE - HOUR}, "put_off", id="the message came an hour before"
        ),
        pytest.param(
            {"read_at": MONDAY_NOON - HOUR}, "put_off", id="it stands in a message of before only"
        ),
        pytest.param({"may_tell": False}, "put_off", id="the partnership rests"),
        pytest.param({"calendar": HALF_DAYS}, "put_off", id="the hours are others now"),
    ],
)
def test_else_nobody_is_told_now(facts: dict[str, Any], step: str) -> None:
    assert next_step(NOTICE, LATE, replace(FINE, **facts), TUESDAY_FIVE) == step


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"state": "done", "closed_at": TUESDAY_NINE}, id="done"),
        pytest.param({"due_at": TUESDAY_NINE + DAY}, id="a new date"),
        pytest.param({"due_at": TUESDAY_NINE}, id="a new date that has passed, too"),
        pytest.param({"stopped_at": TUESDAY_NINE}, id="its clock stands still"),
        pytest.param({"state": "proposed"}, id="nobody has accepted it"),
        pytest.param({"owner_id": "carlo"}, id="handed over to somebody else"),
    ],
)
def test_what_mends_it_ends_the_notice(change: dict[str, Any]) -> None:
    after = replace(LATE, **change)

    assert next_step(NOTICE, after, FINE, TUESDAY_NINE + HOUR) == "end"
    assert next_step(NOTICE, after, FINE, TUESDAY_FIVE) == "end"


def test_a_look_that_comes_hours_late_gives_another_day() -> None:
    after_downtime = next_step(NOTICE, LATE, FINE, TUESDAY_FIVE + 3 * HOUR)
    after_weeks = next_step(NOTICE, LATE, FINE, TUESDAY_FIVE + 15 * DAY)

    assert after_downtime == "put_off"
    assert after_weeks == "end"


@given(
    calendar=st.sampled_from([OFFICE, HALF_DAYS, NIGHT_SHIFT, WEEKEND_SUPPORT]),
    asked_after=st.integers(0, 14 * 24 * 60),
    read_after=st.none() | st.integers(-36 * 60, 36 * 60),
    looked_after=st.integers(-60, 300),
    was_away=st.booleans(),
)
def test_nobody_is_told_without_half_a_shift_of_notice_in_a_shift_begun_since(
    calendar: Calendar,
    asked_after: int,
    read_after: int | None,
    looked_after: int,
    was_away: bool,
) -> None:
    asked_at = MONDAY_NOON + asked_after * MINUTE
    shift = next_shift(calendar, asked_at)
    assert shift is not None
    notice = replace(NOTICE, asked_at=asked_at, from_at=shift.starts_at, until_at=shift.ends_at)
    read_at = None if read_after is None else shift.starts_at + read_after * MINUTE
    now = shift.ends_at + looked_after * MINUTE

    facts = replace(FINE, calendar=calendar, read_at=read_at, was_away=was_away)
    step = next_step(notice, LATE, facts, now)

    if step == "tell":
        assert read_at is not None
        assert not was_away
        assert asked_at <= read_at
        assert now - read_at >= (shift.ends_at - shift.starts_at) / 2
        assert shift.starts_at > asked_at
    under_way = shift_at(calendar, shift.starts_at)
    is_fair = read_at is not None and not was_away and under_way == shift
    if is_fair and read_at == shift.starts_at and 0 <= looked_after <= 120:
        assert step == "tell"


@pytest.mark.parametrize(
    ("state", "at"),
    [
        ("helped", new_york("2026-11-18 09:00")),
        ("answered", new_york("2026-11-18 09:00")),
        ("taken_back", None),
        ("ended", None),
    ],
)
def test_who_has_answered_has_until_the_next_working_day(state: State, at: datetime | None) -> None:
    after = replace(NOTICE, state=state, changed_at=TUESDAY_NINE + HOUR)

    assert again_at(after, OFFICE) == at
