"""Blocks held to Slack's limits on demand, by the rules that refuse them in the Web API."""

import pytest
from slack_sdk import WebClient

from tests.people import ActRefused, Json, Slack
from tests.sandbox.foreign_bot import plain
from tests.sandbox.test_webapi_posts import error_of

CHANNEL = "C0ACMEGLOB"


def section(text: str) -> Json:
    return {"type": "section", "text": plain(text)}


def test_what_slack_would_refuse_is_named_with_its_place(slack: Slack, client: WebClient) -> None:
    blocks = [section("fine"), section("x" * 3001), {"type": "header", "text": plain("x" * 151)}]

    found = slack.do("check", blocks=blocks, surface="message")

    assert found["problems"] == [
        {"where": "blocks[1].text.text", "what": "Must be at most 3000 characters, is 3001."},
        {"where": "blocks[2].text.text", "what": "Must be at most 150 characters, is 151."},
    ]
    assert found["counts"] == {"blocks": [3, 50], "characters": [3156, 13_200]}
    refused = error_of(lambda: client.chat_postMessage(channel=CHANNEL, text="x", blocks=blocks))
    assert refused == "invalid_blocks"


def test_a_message_as_it_stands_in_the_channel_passes(slack: Slack, client: WebClient) -> None:
    button = {"type": "button", "text": plain("Go")}
    blocks = [section("x"), {"type": "actions", "elements": [button]}]
    client.chat_postMessage(channel=CHANNEL, text="x", blocks=blocks)

    posted = slack.messages(CHANNEL)[-1]["blocks"]

    assert slack.do("check", blocks=posted)["problems"] == []


def test_a_view_has_limits_of_its_own(shared_slack: Slack) -> None:
    blocks = [section("x")] * 51

    assert shared_slack.do("check", blocks=blocks)["problems"][0]["where"] == "blocks"
    home = shared_slack.do("check", blocks=blocks, surface="home")
    assert home["problems"] == []
    assert home["counts"]["blocks"] == [51, 100]
    assert home["counts"]["characters"][1] == 250_000


@pytest.mark.parametrize("blocks", [None, "x", 7, {"type": "section"}, [7], [["x"]]])
def test_nonsense_is_a_problem_and_no_error(shared_slack: Slack, blocks: object) -> None:
    assert shared_slack.do("check", blocks=blocks)["problems"]


def test_an_unknown_surface_is_refused(shared_slack: Slack) -> None:
    with pytest.raises(ActRefused, match="message, modal or home"):
        shared_slack.do("check", blocks=[], surface="fridge")
