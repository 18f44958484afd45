"""Signed nonsense is refused as a whole, with a line in the log and never with a failure."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from slack_bolt import BoltRequest

from handlers import REGISTRARS
from handlers.plausible import UNREADABLE, trouble
from tests.handlers.ground import Ground, click, command, event, ground, submission

SAID = event("message", channel="C0SHARED", user="U0ANA", text="x")
SHORTCUT: dict[str, Any] = {
    "type": "message_action",
    "callback_id": "deliverable.track",
    "user": {"id": "U0ANA"},
    "channel": {"id": "C1"},
    "message": {"ts": "1.1", "text": "x"},
}
NONSENSE: dict[str, dict[str, Any]] = {
    "no event": SAID | {"event": None},
    "an event that is a list": SAID | {"event": []},
    "an event that is a word": SAID | {"event": "x"},
    "an event of no type": SAID | {"event": {"type": ["message"]}},
    "no id of the event": {k: v for k, v in SAID.items() if k != "event_id"},
    "installations that are a word": SAID | {"authorizations": "x"},
    "no installation": SAID | {"authorizations": [None]},
    "a message without a moment": event("message", channel="C0SHARED", user="U0ANA", ts=None),
    "a moment that is a word": event("message", channel="C0SHARED", user="U0ANA", ts="now"),
    "a writer that is a number": event("message", channel="C0SHARED", user=3),
    "words that are a list": event("message", channel="D1", user="U0ANA", text=["x"]),
    "a mention nowhere": event("app_mention", user="U0ANA", text="help"),
    "nobody joined": event("member_joined_channel", channel="C0SHARED"),
    "nobody changed": event("user_change"),
    "no channel archived": event("channel_archive"),
    "a deletion of nothing": event("message", subtype="message_deleted", channel="C0SHARED"),
    "a reaction on nothing": event("reaction_added", user="U0ANA", reaction="pushpin"),
    "a reaction nowhere": event(
        "reaction_added", user="U0ANA", reaction="pushpin", item={"type": "message", "ts": "1.1"}
    ),
    "a reaction of no name": event(
        "reaction_removed", user="U0ANA", item={"type": "message", "channel": "C1", "ts": "1.1"}
    ),
    "a shortcut without a message": SHORTCUT | {"message": None},
    "a shortcut without a channel": SHORTCUT | {"channel": "C1"},
    "a shortcut on a message of no moment": SHORTCUT | {"message": {"text": "x"}},
    "no press": click("hub.more", actions=[]),
    "a press of nothing": click("hub.more", actions=[None]),
    "a press without a name": click("hub.more", actions=[{"type": "button"}]),
    "a press by nobody": click("hub.more", user=None),
    "blocks that are a word": click("hub.more", message={"ts": "1.1", "blocks": "x"}),
    "no form": submission("setup.form") | {"view": None},
    "a form that is a list": submission("setup.form") | {"view": []},
    "fields that are a word": submission("setup.form", state={"values": {"a": "x"}}),
    "a choice that is a word": submission(
        "setup.form", state={"values": {"a": {"value": {"selected_option": "x"}}}}
    ),
    "a form closed without a form": {"type": "view_closed", "view": None},
    "a command by nobody": {k: v for k, v in command("/touchbase").items() if k != "user_id"},
    "a command that is a list": command("/touchbase") | {"command": ["x"]},
    "a type that is a list": {"type": ["x"]},
}


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    folder: Path = tmp_path_factory.mktemp("plausible")
    with ground(folder, REGISTRARS) as found:
        yield found


@pytest.mark.parametrize("body", NONSENSE.values(), ids=NONSENSE)
@pytest.mark.parametrize(("mode", "status"), [("socket_mode", 200), ("http", 400)])
def test_nonsense_is_refused_and_over_a_socket_acked(
    here: Ground, caplog: pytest.LogCaptureFixture, body: dict[str, Any], mode: str, status: int
) -> None:
    # Where Bolt itself could not take it, the socket hands on something else in its place.
    raw = json.dumps(UNREADABLE) if mode == "http" else dict(UNREADABLE)
    request = BoltRequest(mode=mode, body=raw)
    request.body = body

    answered = here.app.dispatch(request)

    assert answered.status == status
    assert "a payload that Slack does not send" in caplog.text
    assert [record for record in caplog.records if record.exc_info] == []


@pytest.mark.parametrize(
    "body",
    [
        SAID,
        event("reaction_added", user="U0ANA", reaction="x", item={"type": "file"}),
        SHORTCUT,
        click("hub.more"),
        submission("setup.form"),
        command("/touchbase"),
        {},
        {"type": "x"},
    ],
    ids=[
        "an event",
        "a reaction to a file",
        "a shortcut",
        "a press",
        "a form",
        "a command",
        "nothing",
        "a kind of tomorrow",
    ],
)
def test_what_slack_sends_is_let_through(body: dict[str, Any]) -> None:
    assert trouble(body) is None
