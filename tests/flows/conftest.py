"""The whole product on an empty world: sandbox and bot on one clock that tests move."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

import bot
from clock import MovableClock
from sandbox.world_files import load_world
from services import directory
from tests.flows.small_world import crowded_world
from tests.people import Json, Slack
from tests.stores import lay_down
from tests.wire import MONDAY_MORNING, is_patient

CHANNEL = "acme-globalcall"
CLIENT_INSTALLS = (
    'setup client "Acme Retail", vendor "Globalcall", we are the client,'
    " zone America/New_York, their zone Asia/Manila"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Touchbase:
    """The running bot, seen and moved from outside only.

    Attributes:
        slack: What people do and see.
        database: To look into a stopped bot's file; tests read what people see instead.
    """

    slack: Slack
    database: Path

    def set_up(self, words: str = CLIENT_INSTALLS, **answers: Any) -> None:
        """Maria sets the channel up and posts; ``answers`` replace fields of the form."""
        said = self.slack.command(CHANNEL, "maria", "/touchbase", words)
        assert not said, said
        values = {field: {"value": value} for field, value in answers.items()}
        shown = self.slack.submit("maria", values=values)
        assert shown.get("action") == "updated", texts(shown.get("view", {})) or shown
        posted = self.slack.submit("maria")
        assert posted["ok"], posted
        self.calm()

    def agree(self, user: str = "ana") -> None:
        """Somebody of Globalcall agrees, and becomes its lead if none is known."""
        self.press(user, "consent.agree")
        if self.slack.views(user)["modals"]:
            self.slack.submit(user)
        self.calm()

    def agreed(self) -> None:
        """Set up by Maria, agreed by Ana: both are leads."""
        self.set_up()
        self.agree()

    def calm(self) -> None:
        """Let ten seconds pass: a channel gets one post a second, and pins go more slowly."""
        self.slack.advance("PT10S")

    def press(self, user: str, action_id: str, **where: Any) -> Json:
        """Press a button in the channel: the newest message that has it."""
        message = self.message_with(action_id)
        return self.slack.click(user, action_id, channel=CHANNEL, ts=message["ts"], **where)

    def press_twice(self, user: str, action_id: str) -> None:
        """Press again at once; what the first press brings may have come by then, or not."""
        message = self.message_with(action_id)
        self.slack.click_twice(user, action_id, channel=CHANNEL, ts=message["ts"])

    def message_with(self, action_id: str) -> Json:
        """The newest message of the channel in which a button stands."""
        found = [m for m in self.messages() if action_id in action_ids(m)]
        assert found, f"no message has a button {action_id}"
        return found[-1]

    def messages(self) -> list[Json]:
        return self.slack.messages(CHANNEL)

    def from_bot(self) -> list[Json]:
        """What the bot posted for everybody, oldest first."""
        return [m for m in self.messages() if m.get("bot_id") and not m.get("ephemeral_to")]

    def replies(self, ts: str) -> list[Json]:
        return [m for m in self.messages() if m.get("thread_ts") == ts and m["ts"] != ts]


def action_ids(message: Json) -> set[str]:
    """The buttons and menus of a message or a form."""
    found = set()
    for block in message.get("blocks", []):
        elements = [*block.get("elements", []), block.get("accessory") or {}]
        found |= {e["action_id"] for e in elements if "action_id" in e}
    return found


def texts(view_or_message: Json) -> str:
    """All text that stands in the blocks of a message or a form, line by line."""
    lines: list[str] = []

    def gather(part: Any) -> None:
        if isinstance(part, dict):
            if part.get("type") in {"mrkdwn", "plain_text"}:
                lines.append(part["text"])
            for inner in part.values():
                gather(inner)
        elif isinstance(part, list):
            for inner in part:
                gather(inner)

    gather(view_or_message.get("blocks", []))
    return "\n".join(lines)


@pytest.fixture
def start_at() -> datetime:
    """When the world's clock stands at the start; a module may say otherwise."""
    return MONDAY_MORNING


@pytest.fixture(scope="session")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return crowded_world(tmp_path_factory.mktemp("crowd"))


@pytest.fixture
def world(crowd: Path) -> Path | None:
    """The world's file: two companies in one channel. A module may say otherwise."""
    return crowd


@pytest.fixture
def touchbase(
    tmp_path: Path, start_at: datetime, world: Path | None, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Touchbase]:
    # A busy machine is no fault of the sandbox's either.
    monkeypatch.setattr(directory, "TRIGGER_ANSWER_WITHIN_SECONDS", 60)
    clock = MovableClock(start_at, running=False)
    database = tmp_path / "touchbase.sqlite"
    lay_down(database)
    running = bot.demo(load_world(world), clock, port=0, database=database)
    with running as sandbox, Slack(sandbox.url) as slack:
        is_patient(sandbox)
        yield Touchbase(slack=slack, database=database)
