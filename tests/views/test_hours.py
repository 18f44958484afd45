from datetime import UTC, datetime

import pytest

from domain.calendars import Calendar, weekly_hours
from domain.hours import hours_text
from sandbox.blocks import block_problems, view_problems
from views import hours as views
from views.hours import Own
from views.words.hours_words import read_hours

NOW = datetime(2026, 11, 16, 14, tzinfo=UTC)
LONGEST = "; ".join(
    f"{day} 00:0{n}-01:0{n} 05:00-06:00 10:00-11:00 15:00-16:0{n}"
    for n, day in enumerate("mon tue wed thu fri sat sun".split())
)
OWN = Own(zone="Asia/Manila", hours=weekly_hours(LONGEST))


def test_the_longest_hours_fit_into_the_form_and_below_their_button() -> None:
    calendar = Calendar(zone=OWN.zone, hours=OWN.hours)
    form = views.form(calendar, typed="", zone="Asia/Manila", is_own=True, channel="C1")

    drawn = views.noted(calendar, ["Asia/Manila", "America/New_York"], OWN, NOW)

    assert view_problems(form) == []
    assert block_problems(list(drawn.blocks), surface="message") == []
    assert len(hours_text(OWN.hours)) < views.TYPED_MOST


def test_what_undo_carries_is_read_back() -> None:
    assert views.read_value(views.value_of(OWN)) == OWN
    assert views.read_value(views.value_of(None)) is None


@pytest.mark.parametrize("value", ["", "x", "Asia/Manila|", "Asia/Manila|mon 9", "Mars|mon 9-5"])
def test_a_spoiled_undo_brings_back_the_side(value: str) -> None:
    assert views.read_value(value) is None


def test_a_place_typed_beside_the_hours_wins_over_the_field() -> None:
    read = views.read_form({"zone": "New York"}, read_hours("night 21-06 manila"))

    assert read.own is not None
    assert read.own.zone == "Asia/Manila"
