"""A bot that is away while days begin and dates pass, on the sandbox that goes on."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from clock import MovableClock
from tests.flows.conftest import CHANNEL, Touchbase, action_ids
from tests.flows.test_checkin_restart import Slot
from tests.people import Slack
from tests.wire import MONDAY_MORNING, start_sandbox


@pytest.fixture
def own_slot(tmp_path: Path) -> Iterator[Slot]:
    clock = MovableClock(MONDAY_MORNING, running=False)
    with start_sandbox(clock=clock) as sandbox:
        yield Slot(sandbox, clock, tmp_path / "touchbase.sqlite")


def test_after_days_of_silence_one_message_comes_and_nothing_is_doubled(own_slot: Slot) -> None:
    with Slack(own_slot.sandbox.url) as slack:
        touchbase = Touchbase(slack=slack, database=own_slot.settings.database)
        with own_slot.running():
            touchbase.agreed()
            words = "<@U0ANA000000> training deck by tuesday"
            slack.command(CHANNEL, "maria", "/deliverable", words)
            touchbase.calm()

        # Three of Ana's days begin while nobody is there; it is Thursday, 15:00 in Manila.
        slack.move_to("2026-10-22T07:00:00Z")
        with own_slot.running():
            touchbase.calm()
        with own_slot.running():
            touchbase.calm()
            asked = [m for m in touchbase.from_bot() if "daily.stop" in action_ids(m)]
            slack.move_to("2026-10-23T08:00:00Z")

        told = [m for m in touchbase.from_bot() if "I asked" in m["text"]]
        cards = [m for m in touchbase.from_bot() if m["text"].startswith("*training deck*")]
        assert len(asked) == 1
        assert "One thing today" in asked[0]["text"]
        assert len(told) == 1
        assert len(cards) - len(told) == 1
