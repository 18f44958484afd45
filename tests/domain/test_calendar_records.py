import json
from datetime import UTC, date, datetime

import pytest
from hypothesis import given

from domain.calendar_records import from_json, to_json
from domain.calendars import Away, Calendar, Variant, office, weekly_hours
from domain.errors import MalformedCalendar
from tests.domain.random_calendars import Case, cases

FULL = Calendar(
    zone="America/New_York",
    hours=weekly_hours("mon-fri 09:00-12:00 21:00-06:00"),
    variants=(
        Variant(
            from_on=date(2026, 3, 2),
            until_on=date(2026, 3, 19),
            hours=weekly_hours("mon 9:00-15:00"),
        ),
    ),
    holiday_countries=(("PH", None), ("US", "NY")),
    unticked=frozenset({date(2026, 12, 30), date(2026, 12, 24)}),
    days_off=frozenset({date(2026, 11, 9)}),
    away=(
        Away(
            from_at=datetime(2026, 5, 4, 1, 2, 3, 45, tzinfo=UTC),
            until_at=datetime(2026, 5, 5, tzinfo=UTC),
        ),
    ),
)


def test_a_calendar_is_stored_in_days_minutes_and_moments() -> None:
    record = to_json(FULL)

    assert record["zone"] == "America/New_York"
    assert record["variants"] == [["2026-03-02", "2026-03-19", [[[540, 900]]] + [[]] * 6]]
    assert record["holiday_countries"] == [["PH", None], ["US", "NY"]]
    assert record["unticked"] == ["2026-12-24", "2026-12-30"]
    assert record["days_off"] == ["2026-11-09"]
    assert record["away"] == [["2026-05-04T01:02:03.000045Z", "2026-05-05T00:00:00.000000Z"]]


def test_a_full_calendar_comes_back_from_storage() -> None:
    assert from_json(json.loads(json.dumps(to_json(FULL)))) == FULL


@given(case=cases())
def test_any_calendar_comes_back_from_storage(case: Case) -> None:
    (calendar,) = case.fast

    stored = from_json(json.loads(json.dumps(to_json(calendar))))

    assert stored == calendar
    assert hash(stored) == hash(calendar)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("zone", "Nowhere/Land"),
        ("zone", None),
        ("hours", [[]] * 6),
        ("hours", [[[540]]] + [[]] * 6),
        ("hours", [[["540", 1080]]] + [[]] * 6),
        ("hours", [[[True, 1080]]] + [[]] * 6),
        ("hours", {}),
        ("variants", [["2026-03-19", "2026-03-02", [[]] * 7]]),
        ("holiday_countries", [["XX", None]]),
        ("unticked", ["30 December"]),
        ("days_off", [20261109]),
        ("away", [["2026-05-05T00:00:00.000000Z", "2026-05-04T00:00:00.000000Z"]]),
        ("away", [["2026-05-05", "2026-05-06"]]),
    ],
)
def test_a_record_that_no_calendar_wrote_is_refused(field: str, value: object) -> None:
    record = to_json(office("Asia/Manila")) | {field: value}

    with pytest.raises(MalformedCalendar, match="this is not a stored calendar"):
        from_json(record)


def test_a_record_with_a_part_missing_is_refused() -> None:
    record = to_json(office("Asia/Manila"))
    del record["away"]

    with pytest.raises(MalformedCalendar, match="away"):
        from_json(record)
