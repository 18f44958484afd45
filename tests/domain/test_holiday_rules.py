"""What becomes of a turn on a holiday: kept, on the next day that both work, or left out."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from domain import zones
from domain.cadences import Plan
from domain.calendars import Calendar
from domain.holiday_rules import on_holiday
from domain.partnerships import Partnership
from domain.recurrence import Rule, Turn
from domain.rule_text import weekly
from tests.partners import ACME, GLOBALCALL, NEW_YORK, partnership

# Thanksgiving is Thu 26 Nov 2026; Bonifacio Day in the Philippines is Mon 30 Nov.
THANKSGIVING = datetime.fromisoformat("2026-11-26T09:00")
BONIFACIO = datetime.fromisoformat("2026-11-30T09:00")


def observing(calendar: Calendar, country: str) -> Calendar:
    return replace(calendar, holiday_countries=((country, None),))


def holiday_partners() -> Partnership:
    """Each side with the holidays of its own country."""
    client = replace(ACME, calendar=observing(ACME.calendar, "US"))
    vendor = replace(GLOBALCALL, calendar=observing(GLOBALCALL.calendar, "PH"))
    return partnership(client=client, vendor=vendor)


def plan(rule: Rule, holidays: str) -> Plan:
    return Plan(
        kind="checkin",
        title="Review",
        rule=rule,
        local_start=datetime.fromisoformat("2026-11-02T09:00"),
        zone=NEW_YORK,
        length=timedelta(minutes=30),
        settings={"holidays": holidays},
    )


def turn(original: datetime) -> Turn:
    return Turn(original=original, starts_at=zones.to_utc(original, NEW_YORK))


@pytest.mark.parametrize(
    ("rule", "holidays", "original", "instead"),
    [
        pytest.param(weekly((3,)), "keep", THANKSGIVING, "stays", id="kept where it is"),
        pytest.param(weekly((3,)), "skip", THANKSGIVING, None, id="left out"),
        pytest.param(weekly((3,)), "shared", THANKSGIVING, "2026-11-27T09:00", id="the day after"),
        pytest.param(
            weekly((0,)), "shared", BONIFACIO, "2026-12-01T09:00", id="the other side's holiday"
        ),
        pytest.param(
            weekly((3, 4)), "shared", THANKSGIVING, None, id="the day after has a turn of its own"
        ),
        pytest.param(
            weekly((4,)), "shared", datetime.fromisoformat("2026-11-27T09:00"), "stays", id="no one"
        ),
    ],
)
def test_a_turn_on_a_holiday_goes_by_its_rule(
    rule: Rule, holidays: str, original: datetime, instead: str | None
) -> None:
    found = on_holiday(holiday_partners(), plan(rule, holidays), turn(original))

    if instead == "stays":
        assert found is None
    else:
        assert found is not None
        then = None if instead is None else datetime.fromisoformat(instead)
        assert found.starts_at == (None if then is None else zones.to_utc(then, NEW_YORK))


def test_nothing_moves_behind_the_last_day() -> None:
    until = {"holidays": "shared", "until": "2026-11-26"}
    ending = replace(plan(weekly((3,)), "shared"), settings=until)

    found = on_holiday(holiday_partners(), ending, turn(THANKSGIVING))

    assert found is not None
    assert found.starts_at is None
