"""Markup in what people and apps write comes back as the text it is, and as nothing else."""

from collections.abc import Iterator

import httpx
import pytest
from slack_sdk import WebClient

from sandbox.server import Sandbox
from sandbox.world_files import load_world
from tests.people import Json, Slack
from tests.wire import sandbox_options, start_sandbox, web_client

CHANNEL = "C0ACMEGLOB"
ANA = "U0ANA000000"
SCRIPT = '</script><script>alert("x")</script>'
HOSTILE = "</script><script src=//outside.example></script>"


@pytest.fixture(scope="module")
def hostile() -> Iterator[Sandbox]:
    """A sandbox in which names, messages, blocks, views and files are markup."""
    options = sandbox_options()
    world = load_world()
    world.users[ANA].real_name = world.channels[CHANNEL].name = SCRIPT
    with start_sandbox(options, world=world) as sandbox, Slack(sandbox.url) as slack:
        client = web_client(sandbox)
        slack.say(CHANNEL, ANA, SCRIPT)
        link = {"type": "button", "text": plain(), "url": HOSTILE, "action_id": SCRIPT}
        section: Json = {"type": "section", "text": plain()}
        blocks = [section, {"type": "actions", "elements": [link]}]
        client.chat_postMessage(channel=CHANNEL, text=SCRIPT, blocks=blocks)
        client.views_publish(user_id=ANA, view={"type": "home", "blocks": [section]})
        slack.do("guide", title=SCRIPT, steps=[SCRIPT])
        yield sandbox


def plain() -> Json:
    return {"type": "plain_text", "text": SCRIPT}


def got(sandbox: Sandbox, path: str) -> httpx.Response:
    return httpx.get(f"{sandbox.url}{path}", trust_env=False)


@pytest.mark.parametrize(
    "path",
    [
        "_control/world",
        f"_control/messages?channel={CHANNEL}",
        f"_control/views?user={ANA}",
        "_control/wire",
        "_control/calls",
        "_control/guide",
    ],
)
def test_markup_is_text_in_json(hostile: Sandbox, path: str) -> None:
    answer = got(hostile, path)

    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert SCRIPT in list(texts(answer.json()))


def texts(value: object) -> Iterator[str]:
    """Every text inside, at any depth."""
    if isinstance(value, str):
        yield value
    inner = value.values() if isinstance(value, dict) else value
    if isinstance(inner, str) or not hasattr(inner, "__iter__"):
        return
    for one in inner:
        yield from texts(one)


@pytest.mark.parametrize(
    "path",
    [
        f"_control/messages?channel={SCRIPT}",
        f"_control/{SCRIPT}",
        f"api/{SCRIPT}",
        f"response/{SCRIPT}",
        f"upload/{SCRIPT}",
        f"page/{SCRIPT}",
        f"{SCRIPT}",
    ],
)
def test_markup_in_an_address_is_never_answered_with_a_page(hostile: Sandbox, path: str) -> None:
    answer = got(hostile, path)

    assert answer.headers["content-type"].partition(";")[0] in {"application/json", "text/plain"}
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_no_other_page_may_show_ours_in_a_frame(hostile: Sandbox) -> None:
    page = got(hostile, "")

    assert page.headers["content-type"].startswith("text/html")
    assert page.headers["x-frame-options"] == "DENY"


def test_a_file_is_saved_and_never_shown(sandbox: Sandbox, client: WebClient) -> None:
    name = f'"{SCRIPT}".html'
    file = client.files_upload_v2(content=SCRIPT, filename=name, channel=CHANNEL)["file"]

    token = {"Authorization": "Bearer xoxb-sandbox"}
    answer = httpx.get(file["url_private"], headers=token, trust_env=False)

    assert answer.text == SCRIPT
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"].startswith("attachment; filename*=UTF-8''%22")
    assert "<" not in answer.headers["content-disposition"]
    assert httpx.get(file["url_private"], trust_env=False).status_code == 403


def test_a_picture_is_shown_by_its_bytes_and_not_by_its_name(
    sandbox: Sandbox, client: WebClient
) -> None:
    def kind(content: bytes, name: str) -> str:
        made = client.files_upload_v2(content=content, filename=name, channel=CHANNEL)["file"]
        answer = got(sandbox, f"_control/file?id={made['id']}")
        assert answer.content == content
        assert answer.headers["content-disposition"].startswith("attachment")
        return str(answer.headers["content-type"])

    assert kind(b"\x89PNG\r\n\x1a\nand so on", "a.txt") == "image/png"
    assert kind(b"<svg onload='alert(1)'/>", "a.svg") == "application/octet-stream"
    assert kind(SCRIPT.encode(), "a.png") == "application/octet-stream"
    assert got(sandbox, "_control/file?id=F0").json()["error"] == "file_not_found"
