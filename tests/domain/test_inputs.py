from datetime import UTC, datetime, timedelta

import pytest

from domain.calendars import office
from domain.inputs import (
    Input,
    InputChangedLongAgo,
    InputChangedSince,
    InputForm,
    NamelessInput,
    NoSuchNotice,
    checked_form,
    due_at,
    due_for,
    require_undoable,
)
from tests.partners import MANILA, NEW_YORK

# Tuesday 24 November, 10:00 in New York, 23:00 in Manila.
TURN_AT = datetime(2026, 11, 24, 15, tzinfo=UTC)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


@pytest.mark.parametrize(
    ("zone", "days", "expected"),
    [
        pytest.param(NEW_YORK, 2, "2026-11-20T18:00-05:00", id="over the weekend, New York"),
        pytest.param(MANILA, 2, "2026-11-20T18:00+08:00", id="over the weekend, Manila"),
        pytest.param(NEW_YORK, 1, "2026-11-23T18:00-05:00", id="the day before"),
        pytest.param(NEW_YORK, 0, "2026-11-23T18:00-05:00", id="before it starts in a shift"),
        pytest.param(MANILA, 0, "2026-11-24T18:00+08:00", id="before it starts, after the shift"),
    ],
)
def test_when_an_input_is_due(zone: str, days: int, expected: str) -> None:
    assert due_at(office(zone), days, TURN_AT) == datetime.fromisoformat(expected)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        pytest.param(TURN_AT - 7 * DAY, "2026-11-20T18:00-05:00", id="in good time"),
        pytest.param(TURN_AT - 3 * DAY, "2026-11-23T18:00-05:00", id="late: the next shift"),
        pytest.param(TURN_AT - DAY, "2026-11-24T10:00-05:00", id="late: until the start"),
        pytest.param(TURN_AT - HOUR, "2026-11-24T10:00-05:00", id="later: in the turn's shift"),
    ],
)
def test_what_is_known_late_is_due_as_long_as_there_is_time(now: datetime, expected: str) -> None:
    assert due_for(office(NEW_YORK), 2, TURN_AT, now) == datetime.fromisoformat(expected)


def test_for_an_evening_turn_the_running_shift_is_the_last_one() -> None:
    evening = TURN_AT + 11 * HOUR
    shift_ends_at = TURN_AT + 8 * HOUR

    assert due_for(office(NEW_YORK), 2, evening, TURN_AT) == shift_ends_at
    assert due_for(office(NEW_YORK), 2, evening, shift_ends_at) is None


@pytest.mark.parametrize(
    ("form", "error"),
    [
        pytest.param(
            InputForm(side="client", words=" ", working_days_before=2), NamelessInput, id="no words"
        ),
        pytest.param(
            InputForm(side="client", words="x", working_days_before=-1), NoSuchNotice, id="no days"
        ),
        pytest.param(
            InputForm(side="client", words="x", working_days_before=11), NoSuchNotice, id="too many"
        ),
    ],
)
def test_what_a_form_refuses(form: InputForm, error: type[Exception]) -> None:
    with pytest.raises(error):
        checked_form(form)


def made(retired_at: datetime | None = None) -> Input:
    return Input(
        id="i",
        cadence_id="c",
        side="client",
        words="forecast",
        working_days_before=2,
        owner_id=None,
        made_by="maria",
        made_side="client",
        made_at=TURN_AT,
        retired_at=retired_at,
    )


def test_a_change_is_taken_back_within_a_day_unless_it_was_changed_since() -> None:
    require_undoable(made(), None, TURN_AT + DAY / 2)
    require_undoable(None, made(TURN_AT), TURN_AT + DAY / 2)
    with pytest.raises(InputChangedLongAgo):
        require_undoable(made(), made(TURN_AT), TURN_AT + DAY)
    with pytest.raises(InputChangedSince):
        require_undoable(made(TURN_AT), None, TURN_AT)
    with pytest.raises(InputChangedSince):
        require_undoable(None, made(), TURN_AT)
