from datetime import UTC, datetime, timedelta

import pytest

from domain.calendars import Calendar, office
from domain.templates import STARTS, TEMPLATES, Start, first_check_in
from domain.zones import local

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


def test_there_is_at_least_a_day_to_prepare() -> None:
    for weekday in range(7):
        start = Start(weekday=weekday, minutes=30, pulse=False, summary=False)
        found = first_check_in(start, NEW_YORK, MANILA, MONDAY_NOON)
        assert found - MONDAY_NOON >= timedelta(days=1)
