"""What sides tell of a check-in: a fact where both say the same, and days that can be."""

from datetime import date, timedelta

import pytest

from domain.checkin_reports import (
    NoLink,
    NotThatDay,
    Report,
    Reports,
    checked_day,
    checked_link,
    start_told_differently,
    started_late,
)

UNSAID, NONE = Report(), Report(late="none")
CLIENT, BOTH = Report(late="client"), Report(late="both")
TUESDAY = date(2026, 11, 24)
# 10:00 in New York, 23:00 in Manila; at 20:00 in New York it would be two days.
OWN = frozenset({TUESDAY, TUESDAY + timedelta(days=1)})
TODAY = TUESDAY + timedelta(days=7)


@pytest.mark.parametrize(
    ("reports", "late", "differs"),
    [
        pytest.param({}, None, False, id="nobody told anything"),
        pytest.param({"client": CLIENT}, None, False, id="one side alone"),
        pytest.param({"client": CLIENT, "vendor": UNSAID}, None, False, id="one does not say"),
        pytest.param({"client": NONE, "vendor": NONE}, "none", False, id="in time, both say"),
        pytest.param({"client": CLIENT, "vendor": CLIENT}, "client", False, id="a fact"),
        pytest.param({"client": CLIENT, "vendor": NONE}, None, True, id="one says in time"),
        pytest.param({"client": BOTH, "vendor": CLIENT}, None, True, id="for whom it differs"),
    ],
)
def test_a_late_start_is_a_fact_only_where_both_sides_say_the_same(
    reports: Reports, late: str | None, differs: bool
) -> None:
    assert started_late(reports) == late
    assert start_told_differently(reports) is differs


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (None, "missing"),
        (TUESDAY, "same"),
        (TUESDAY + timedelta(days=1), "same"),
        (TODAY + timedelta(days=1), "ahead"),
        (TUESDAY - timedelta(days=32), "far"),
    ],
)
def test_some_days_cannot_be_the_other_one(day: date | None, why: str) -> None:
    with pytest.raises(NotThatDay) as refused:
        checked_day(day, OWN, TODAY)

    assert refused.value.why == why


@pytest.mark.parametrize("days", [-31, -1, 2, 7])
def test_any_other_day_near_it_can(days: int) -> None:
    day = TUESDAY + timedelta(days=days)

    assert checked_day(day, OWN, TODAY) == day


def test_a_link_is_kept_as_it_is_or_refused() -> None:
    assert checked_link("  https://notes.example/a?b=1&c ") == "https://notes.example/a?b=1&c"
    assert checked_link("  ") is None
    for typed in (
        "notes",
        "javascript:alert(1)",
        "https://a b",
        "https://a|b",
        "https://a>",
        "x" * 600,
    ):
        with pytest.raises(NoLink):
            checked_link(typed)
