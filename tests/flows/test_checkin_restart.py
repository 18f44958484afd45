"""A bot that stops and starts again around a check-in, on the sandbox that goes on."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

import bot
from clock import MovableClock
from config import Secret, Settings
from sandbox.server import Sandbox
from tests.flows.conftest import Touchbase
from tests.people import Slack
from tests.wire import MONDAY_MORNING, start_sandbox


class Slot:
    """A place for one bot at a time, on one database and one clock."""

    def __init__(self, sandbox: Sandbox, clock: MovableClock, database: Path) -> None:
        self.sandbox = sandbox
        self.clock = clock
        self.settings = Settings(
            bot_token=Secret("xoxb-sandbox"),
            app_token=Secret("xapp-sandbox"),
            signing_secret=None,
            port=None,
            host="127.0.0.1",
            api_base_url=f"{sandbox.url}api/",
            database=database,
            log_level="WARNING",
        )

    @contextmanager
    def running(self) -> Iterator[None]:
        one = bot.compose(self.settings, self.clock.now, slept_after=None).start()
        stop_looking = self.clock.on_move(one.rhythm.look_now)
        self.sandbox.accompany(one.rhythm)
        try:
            yield
        finally:
            self.sandbox.accompany(None)
            stop_looking()
            one.stop()


@pytest.fixture
def slot(tmp_path: Path) -> Iterator[Slot]:
    clock = MovableClock(MONDAY_MORNING, running=False)
    with start_sandbox(clock=clock) as sandbox:
        yield Slot(sandbox, clock, tmp_path / "touchbase.sqlite")


def told(touchbase: Touchbase, words: str) -> list[str]:
    """What the bot said about the turn of 27 October, without the live posts."""
    about = [m["text"] for m in touchbase.from_bot() if "Tue 27 Oct 09:00 New York" in m["text"]]
    return [t for t in about if words in t and not t.startswith(("*This week*", "*Acme"))]


def test_over_restarts_nothing_is_lost_doubled_or_said_too_late(slot: Slot) -> None:
    with Slack(slot.sandbox.url) as slack:
        touchbase = Touchbase(slack=slack, database=slot.settings.database)
        with slot.running():
            touchbase.agreed()

        # Two reminders were due while nobody was there.
        slack.move_to("2026-10-27T12:30:00Z")
        with slot.running():
            touchbase.calm()
            reminders = [t for t in told(touchbase, "30 minutes") if "Agenda" not in t]
        with slot.running():
            touchbase.calm()
            after_another = [t for t in told(touchbase, "30 minutes") if "Agenda" not in t]

        # The check-in starts and ends while nobody is there.
        slack.move_to("2026-10-27T13:40:00Z")
        with slot.running():
            touchbase.calm()
            touchbase.press("ana", "checkin.held")
            touchbase.calm()

        assert len(reminders) == 1
        assert after_another == reminders
        assert told(touchbase, "Coming up") == []
        assert len(told(touchbase, "Agenda")) == 1
        (question,) = told(touchbase, "take place?")
        assert question.endswith("Globalcall: it took place.")
