"""Blocks that Slack knows and the page does not draw: taken, held to known limits, and shown."""

import pytest
from playwright.sync_api import Browser, expect
from slack_bolt import App, Say
from slack_sdk import WebClient

from sandbox.blocks import Surface, block_problems
from tests.people import Json
from tests.sandbox.foreign_bot import connected
from tests.sandbox.page_stage import MARIA, stage, text, write
from tests.waiting import wait_until

CARD: Json = {"type": "card", "title": text("Desk"), "slack_may_know": {"this": True}}
VIDEO: Json = {
    "type": "video",
    "alt_text": "A tour",
    "title": text("Tour"),
    "thumbnail_url": "https://video.example/1.png",
    "video_url": "https://video.example/1",
}
FEEDBACK: Json = {"type": "feedback_buttons", "action_id": "useful", "positive_button": {}}
TASK: Json = {"type": "task_card", "task_id": "1", "title": "Look", "status": "complete"}
TAKEN: list[Json] = [
    CARD,
    VIDEO,
    {"type": "carousel", "elements": [CARD]},
    {"type": "container", "child_blocks": [{"type": "divider"}]},
    {"type": "context_actions", "elements": [FEEDBACK]},
    {"type": "file", "external_id": "F1", "source": "remote"},
    {"type": "call", "call_id": "R1"},
    {"type": "plan", "title": "Steps", "tasks": [TASK]},
    TASK,
]


@pytest.mark.parametrize("block", TAKEN, ids=lambda block: str(block["type"]))
def test_a_message_may_hold_it(block: Json) -> None:
    assert block_problems([block], surface="message") == []


@pytest.mark.parametrize(
    ("block", "surface", "pointer"),
    [
        pytest.param(
            {"type": "card", "title": text("x" * 151)}, "message", "title/text", id="a long title"
        ),
        pytest.param({"type": "card"}, "message", "", id="an empty card"),
        pytest.param(
            {"type": "carousel", "elements": [CARD] * 11}, "home", "elements", id="eleven cards"
        ),
        pytest.param(
            {"type": "carousel", "elements": [VIDEO]}, "home", "elements/0/type", id="no card"
        ),
        pytest.param(
            {"type": "carousel", "elements": [CARD]}, "modal", "type", id="a carousel in a modal"
        ),
        pytest.param(VIDEO | {"video_url": None}, "home", "video_url", id="no address"),
        pytest.param(TASK | {"status": "odd"}, "message", "status", id="a state that is none"),
        pytest.param(
            {"type": "context_actions", "elements": [FEEDBACK] * 6},
            "message",
            "elements",
            id="six actions",
        ),
        pytest.param(
            {"type": "context_actions", "elements": [CARD]},
            "message",
            "elements/0/type",
            id="no action",
        ),
        pytest.param(TASK, "home", "type", id="a task at Home"),
    ],
)
def test_known_limits_hold(block: Json, surface: Surface, pointer: str) -> None:
    found = block_problems([block], surface=surface)

    assert found[0].pointer == f"/blocks/0/{pointer}".rstrip("/")


@pytest.mark.browser
def test_what_a_bolt_app_says_with_them_is_on_the_screen_marked_with_its_json(
    browser: Browser,
) -> None:
    with stage(browser) as there, connected(_showing(there.sandbox.url)):
        wait_until(lambda: bool(there.people.world()["connected"]))
        page = there.open(MARIA)

        write(page, "show me")

        placeholder = page.locator(".message .block-unknown")
        expect(placeholder).to_have_count(len(TAKEN))
        expect(placeholder.nth(1)).to_contain_text('A block of type "video"')
        placeholder.nth(1).locator("summary").click()
        expect(placeholder.nth(1).locator("pre")).to_contain_text("https://video.example/1.png")
        blocks = there.people.messages("C0ACMEGLOB")[-1]["blocks"]
        checked = there.people.do("check", blocks=blocks)
        assert checked["problems"] == []
        assert len(checked["notes"]) == len(TAKEN)
        what = 'Slack knows the block type "video"; this page does not draw it.'
        assert checked["notes"][1] == {"where": "blocks[1]", "what": what}
        assert there.people.do("check", blocks=[{"type": "banner"}])["notes"] == []


def _showing(url: str) -> App:
    client = WebClient("xoxb-sandbox", base_url=f"{url}api/")
    app = App(client=client, token_verification_enabled=False)
    app.message("show me")(_show)
    return app


def _show(say: Say) -> None:
    say(text="All of it", blocks=TAKEN)
