"""The hand-made calendar agrees with itself, so that what is held to it is held to something."""

from collections import Counter
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from tests.quarter.half_year import REPORT, TURNS, Took


@pytest.mark.parametrize(
    "turn",
    [
        pytest.param(turn, id=f"{turn.title} {turn.by_rule}")
        for turn in TURNS
        if isinstance(turn, Took)
    ],
)
def test_both_clocks_show_the_moment_of_a_turn(turn: Took) -> None:
    moment = datetime.fromisoformat(turn.start)

    shown = {
        zone: f"{local:%a} {local.day} {local:%b %H:%M}"
        for zone in ("America/New_York", "Asia/Manila")
        for local in (moment.astimezone(ZoneInfo(zone)),)
    }

    assert shown == {"America/New_York": turn.new_york, "Asia/Manila": turn.manila}


@pytest.mark.parametrize("month", REPORT)
def test_the_turns_of_a_month_add_up_to_its_report(month: str) -> None:
    fates = Counter(turn.fate for turn in TURNS if turn.by_rule.startswith(month))

    both = dict(REPORT[month].both)

    assert both.pop("planned") == fates.total() - fates["left out"]
    assert both == fates
