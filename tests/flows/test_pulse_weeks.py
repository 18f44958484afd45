"""Eight weeks in which two sides drift apart: what each of them sees at the end."""

from pathlib import Path
from typing import Final

import pytest

from tests.flows.conftest import CHANNEL, Touchbase, texts
from tests.flows.small_world import small_world
from tests.flows.test_pulse import ACME, GLOBALCALL, press, ready
from tests.people import Json

# Acme is less and less content, Globalcall more and more.
WEEKS: Final = ((5, 3), (5, 3), (4, 3), (4, 4), (3, 4), (2, 5), (2, 5), (2, 5))
# Thursdays at 9:01 in New York: it opened on Wednesday, or at night where that was a holiday there.
ANSWERED: Final = (
    *("2026-10-22T13:01:00Z", "2026-10-29T13:01:00Z", "2026-11-05T14:01:00Z"),
    *("2026-11-12T14:01:00Z", "2026-11-19T14:01:00Z", "2026-11-26T14:01:00Z"),
    *("2026-12-03T14:01:00Z", "2026-12-10T14:01:00Z"),
)
TOLD: Final = "2026-12-11T22:01:00Z"


@pytest.fixture
def world(tmp_path: Path) -> Path | None:
    return small_world(tmp_path)


def live(touchbase: Touchbase) -> None:
    for at, (acme, globalcall) in zip(ANSWERED, WEEKS, strict=True):
        touchbase.slack.move_to(at)
        for user, score in (*((u, acme) for u in ACME), *((u, globalcall) for u in GLOBALCALL)):
            press(touchbase, user, score)
    touchbase.slack.move_to(TOLD)
    touchbase.calm()


def charts(messages: list[Json]) -> list[Json]:
    blocks = [block for message in messages for block in message.get("blocks", [])]
    return [block for block in blocks if block["type"] == "data_visualization"]


def results(touchbase: Touchbase, user: str) -> str:
    touchbase.press(user, "pulse.results")
    return texts(touchbase.slack.modal(user))


def test_two_sides_that_drift_apart_end_in_a_chart_and_a_point_on_the_agenda(
    touchbase: Touchbase,
) -> None:
    ready(touchbase)

    live(touchbase)

    told = [m for m in touchbase.from_bot() if charts([m])]
    assert [line["name"] for line in charts(told)[-1]["chart"]["series"]] == ["Both sides"]
    assert len(charts(told)[-1]["chart"]["axis_config"]["categories"]) == 8
    assert "Worth a few minutes together" in told[-1]["text"]
    seen = {user: results(touchbase, user) for user in ("maria", "ana", "james", "miguel")}
    assert seen["maria"] == seen["ana"]
    assert "Acme Retail 2.0, Globalcall high, all alike" in seen["ana"]
    assert "You see it differently" in seen["ana"]
    assert "Acme Retail falling by 2" in seen["ana"]
    assert "7 Dec quality: Acme Retail 2.0, Globalcall 5.0" in seen["ana"]
    assert seen["james"] == seen["miguel"]
    assert "Globalcall 5.0" not in seen["miguel"]
    assert "7 Dec quality: Both sides 3.5" in seen["miguel"]

    touchbase.press("owen", "pulse.results")  # who only reads along
    assert "3.5" not in str(touchbase.slack.views("owen")["modals"])

    touchbase.slack.command(CHANNEL, "maria", "/pulse", "report")
    touchbase.calm()
    private = [m for m in touchbase.messages() if m.get("ephemeral_to")]
    assert [line["name"] for line in charts(private)[-1]["chart"]["series"]] == [
        "Acme Retail",
        "Globalcall",
    ]

    touchbase.slack.click("ana", "pulse.talk", channel=CHANNEL, ts=told[-1]["ts"])
    touchbase.slack.advance("P5D")
    agendas = [m for m in touchbase.from_bot() if m["text"].startswith("Agenda:")]
    assert "From the pulse: " in texts(agendas[-1])
