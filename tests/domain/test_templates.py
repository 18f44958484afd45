from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from domain.cadences import coming_turns
from domain.calendars import Calendar, office
from domain.presets import PRESETS, PresetCode, plan_of
from domain.templates import STARTS, TEMPLATES, Start, first_check_in
from domain.zones import local
from tests.partners import ACME, GLOBALCALL, partnership

MONDAY_NOON = datetime(2026, 11, 16, 17, 0, tzinfo=UTC)
NEW_YORK, LONDON, MANILA = (
    office(zone) for zone in ("America/New_York", "Europe/London", "Asia/Manila")
)
TUESDAY = Start(weekday=1, minutes=30, pulse=False, summary=False)


def test_every_template_says_what_it_starts() -> None:
    assert set(STARTS) == set(TEMPLATES)
    assert all(start.reply_time > timedelta(0) for start in STARTS.values())


@pytest.mark.parametrize(
    ("home", "other", "there"),
    [
        pytest.param(NEW_YORK, LONDON, "2026-11-24 09:00", id="both work: the first shared moment"),
        pytest.param(LONDON, NEW_YORK, "2026-11-24 14:00", id="the same, seen from London"),
        pytest.param(NEW_YORK, MANILA, "2026-11-24 20:00", id="never both: the shortest wait"),
        pytest.param(NEW_YORK, NEW_YORK, "2026-11-24 09:00", id="the same hours"),
    ],
)
def test_the_first_check_in_is_when_the_sides_meet(
    home: Calendar, other: Calendar, there: str
) -> None:
    found = first_check_in(TUESDAY, home, other, MONDAY_NOON)

    assert f"{local(found, home.zone):%Y-%m-%d %H:%M}" == there


@pytest.mark.parametrize("other", [LONDON, MANILA], ids=["both work", "never both"])
def test_a_holiday_on_the_usual_weekday_puts_the_first_off_by_a_week(other: Calendar) -> None:
    usual = first_check_in(TUESDAY, NEW_YORK, other, MONDAY_NOON)
    off = replace(NEW_YORK, days_off=frozenset({local(usual, NEW_YORK.zone).date()}))

    assert first_check_in(TUESDAY, off, other, MONDAY_NOON) == usual + timedelta(days=7)


def test_there_is_at_least_a_day_to_prepare() -> None:
    for weekday in range(7):
        start = Start(weekday=weekday, minutes=30, pulse=False, summary=False)
        found = first_check_in(start, NEW_YORK, MANILA, MONDAY_NOON)
        assert found - MONDAY_NOON >= timedelta(days=1)


@pytest.mark.parametrize(
    ("code", "home", "other", "there"),
    [
        pytest.param("operations_review", NEW_YORK, MANILA, "Tue 20:00", id="home's Tuesday"),
        pytest.param("coffee", NEW_YORK, MANILA, "Thu 20:00", id="a Friday of Manila's"),
        pytest.param("coffee", MANILA, NEW_YORK, "Fri 09:00", id="the same, seen from Manila"),
        pytest.param("coffee", LONDON, NEW_YORK, "Fri 14:00", id="both work on Fridays"),
        pytest.param(
            "coffee",
            NEW_YORK,
            office("America/New_York", days="sun-thu"),
            "Mon 09:00",
            id="nobody shares a Friday",
        ),
    ],
)
def test_a_kind_is_suggested_at_the_same_hour_on_whichever_day_it_is_asked_for(
    code: PresetCode, home: Calendar, other: Calendar, there: str
) -> None:
    # Thanksgiving and a day off after it lie ahead.
    off = frozenset({date(2026, 11, 26), date(2026, 11, 27)})
    client, vendor = (
        replace(side, calendar=replace(calendar, days_off=off))
        for side, calendar in ((ACME, home), (GLOBALCALL, other))
    )
    of_both = partnership(client=client, vendor=vendor)

    for days in range(14):
        now = MONDAY_NOON + timedelta(days=days)
        plan = plan_of(PRESETS[code], "Check-in", of_both, now)
        (first,) = coming_turns(plan, now, 1)
        assert f"{local(first.starts_at, home.zone):%a %H:%M}" == there
        assert first.starts_at - now >= timedelta(days=1)
