from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from domain.calendars import Away, Calendar, office
from domain.deliverables import Due
from domain.due_days import NoWork, named_day_off

MANILA = replace(
    office("Asia/Manila"),
    holiday_countries=(("PH", None),),
    days_off=frozenset({date(2026, 11, 26)}),
)
AWAY = replace(
    MANILA,
    away=(
        Away(
            from_at=datetime(2026, 11, 24, tzinfo=UTC), until_at=datetime(2026, 11, 26, tzinfo=UTC)
        ),
    ),
)


@pytest.mark.parametrize(
    ("day", "calendar", "why"),
    [
        pytest.param(date(2026, 11, 30), MANILA, "holiday", id="Bonifacio Day"),
        pytest.param(date(2026, 11, 26), MANILA, "day_off", id="a day off of the side"),
        pytest.param(date(2026, 11, 28), MANILA, "no_hours", id="Saturday"),
        pytest.param(date(2026, 11, 25), AWAY, "no_hours", id="away, which is not told"),
        pytest.param(date(2026, 11, 27), MANILA, None, id="a working day"),
    ],
)
def test_a_named_day_without_work_is_explained(
    day: date, calendar: Calendar, why: NoWork | None
) -> None:
    found = named_day_off(Due(day=day), calendar)

    assert (None if found is None else found.why) == why
    assert (None if found is None else found.label) == (
        "Bonifacio Day" if why == "holiday" else None
    )


def test_a_named_time_is_never_moved() -> None:
    due = Due(at=datetime(2026, 11, 30, 9), zone="Asia/Manila")  # noqa: DTZ001

    assert named_day_off(due, MANILA) is None
