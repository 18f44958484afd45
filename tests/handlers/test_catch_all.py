import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from handlers import catch_all
from tests.handlers.ground import Ground, click, command, event, ground, submission


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    with ground(tmp_path_factory.mktemp("strays"), [catch_all.register]) as made:
        yield made


STRAYS = {
    "a command": command("/unknown"),
    "a click": click("old.button", trigger_id="1.stray"),
    "a link": click("link.message"),
    "a form": submission("old.form"),
    "a form closed": submission("old.form") | {"type": "view_closed", "is_cleared": False},
    "a message": event("message", channel="C1", user="U1", text="hello"),
    "a message changed": event("message", subtype="message_changed", channel="C1"),
    "an event of tomorrow": event("never_heard_of"),
    "a shortcut": click("")
    | {"type": "message_action", "callback_id": "old", "trigger_id": "1.short"},
    "a global shortcut": {
        "type": "shortcut",
        "callback_id": "old",
        "trigger_id": "1.global",
        "team": {"id": "T0ACME"},
        "user": {"id": "U1", "team_id": "T0ACME"},
    },
    "a suggestion": {
        "type": "block_suggestion",
        "action_id": "old",
        "block_id": "b",
        "value": "",
        "team": {"id": "T0ACME"},
        "user": {"id": "U1", "team_id": "T0ACME"},
    },
}


@pytest.mark.parametrize("body", STRAYS.values(), ids=STRAYS.keys())
def test_whatever_nobody_listens_to_is_acked(here: Ground, body: dict[str, Any]) -> None:
    assert here.send(body).status == 200


def test_an_unknown_command_names_itself_and_the_help(here: Ground) -> None:
    text = json.loads(here.send(command("/unknown")).body)["text"]

    assert "/unknown" in text
    assert "/touchbase help" in text


def test_an_unknown_button_says_so_to_its_presser_alone(here: Ground) -> None:
    here.send(click("old.button", trigger_id="1.twice"))
    here.send(click("old.button", trigger_id="1.twice"))

    rows = [row for row in here.rows("outbox") if row["key"] == "answer/1.twice"]
    assert [row["kind"] for row in rows] == ["respond"]


def test_an_unknown_button_of_the_home_tab_opens_a_notice(here: Ground) -> None:
    home = {"id": "V9", "type": "home", "app_installed_team_id": "T0ACME"}

    here.send(click("old.button", response_url=None, trigger_id="1.home", view=home))

    assert here.api.called("views.open")[-1]["trigger_id"] == "1.home"


def test_a_press_of_a_link_is_nobodys_business(here: Ground) -> None:
    before = len(here.rows("outbox"))

    here.send(click("link.message", trigger_id="1.link"))

    assert len(here.rows("outbox")) == before


def test_an_unknown_form_gives_way_to_a_notice(here: Ground) -> None:
    body = json.loads(here.send(submission("old.form")).body)

    assert body["response_action"] == "update"


def test_everything_is_caught_beside_the_subjects_too(tmp_path: Path) -> None:
    from handlers import REGISTRARS

    assert REGISTRARS[-1] is catch_all.register
