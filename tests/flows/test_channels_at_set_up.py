import json
from pathlib import Path
from typing import Any

import pytest

from sandbox import worlds
from tests.flows.conftest import CHANNEL, CLIENT_INSTALLS, Touchbase, texts

ACME, GLOBALCALL, NORTHWIND = "T0ACME0001", "T0GLOBAL01", "T0NORTH001"


@pytest.fixture
def world(tmp_path: Path) -> Path:
    """Beside the shared channel: one without the bot, one with a third company, one of guests."""
    source = Path(next(iter(worlds.__path__))) / "two-companies.json"
    found: dict[str, Any] = json.loads(source.read_text(encoding="utf-8"))
    shared = found["channels"][0]
    third = next(u["name"] for u in found["users"] if u["team"] == NORTHWIND)
    found["channels"] += [
        shared | {"id": "C0NOBOT", "name": "no-bot", "bot": False},
        shared
        | {
            "id": "C0CROWDED",
            "name": "crowded",
            "shared_with": [GLOBALCALL, NORTHWIND],
            "members": ["maria", "ana", third],
        },
    ]
    path = tmp_path / "world.json"
    path.write_text(json.dumps(found), encoding="utf-8")
    return path


def test_where_the_bot_is_not_it_says_how_to_invite_it(touchbase: Touchbase) -> None:
    # Slack has told by then in which channels it is.
    touchbase.calm()

    said = touchbase.slack.command("no-bot", "maria", "/touchbase", "setup")

    assert said["text"] == (
        "I am not in this channel yet. Write `/invite @touchbase` here, then try again."
    )
    assert touchbase.slack.views("maria")["modals"] == []


def test_a_channel_of_three_companies_is_not_set_up(touchbase: Touchbase) -> None:
    slack = touchbase.slack
    slack.command("crowded", "maria", "/touchbase", CLIENT_INSTALLS)

    slack.submit("maria")
    touchbase.calm()

    assert "Another company shares this channel" in texts(slack.modal("maria"))
    assert [m for m in slack.messages("crowded") if m.get("bot_id")] == []


def test_the_home_sides_company_and_zone_are_known_beforehand(touchbase: Touchbase) -> None:
    touchbase.slack.command(CHANNEL, "maria", "/touchbase", "setup")

    form = touchbase.slack.modal("maria")
    assert form["state"]["values"]["client"]["value"]["value"] == "Acme Retail"
    assert "Nothing is posted" in texts(form)
