"""How soon a press shows, and how a long channel scrolls, on the sandbox's page in a browser."""

import asyncio
import json
import re
import shutil
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import datetime
from typing import Any, Final

import httpx
from playwright.async_api import Page, async_playwright
from slack_bolt import Ack, App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

from bench.figures import Figure, median
from bench.ground import Ground, say
from bench.servers import ROOT, START_WITHIN_SECONDS, NotStarted

Json = dict[str, Any]

BROWSERS: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MESSAGES, EVERY_SECONDS = 10_000, 97
PRESSES, WARM_UP = 25, 3
MOST_PRESS_MS: Final = 100.0
REFRESH_MS: Final = 1000 / 60
MOST_REFRESHES: Final = 2

PRESS: Final = """(list) => new Promise((resolve) => {
    const last = () => list.querySelector("li:last-child");
    const before = last().innerText;
    const began = performance.now();
    const watch = new MutationObserver(() => {
        if (last()?.innerText === before) return;
        watch.disconnect();
        requestAnimationFrame(() => resolve(performance.now() - began));
    });
    watch.observe(list, { childList: true, subtree: true, characterData: true });
    last().querySelector(".button").click();
})"""
# Through the whole channel and back, a window's height at a time.
SCROLL: Final = """async (list) => {
    const frames = [];
    let before = await new Promise(requestAnimationFrame);
    for (let turn = 0; turn < 200; turn += 1) {
        list.scrollTop += (turn < 100 ? -1 : 1) * list.clientHeight;
        const now = await new Promise(requestAnimationFrame);
        frames.push(now - before);
        before = now;
    }
    return frames;
}"""


async def measure(ground: Ground) -> list[Figure]:  # noqa: ARG001 - as all benchmarks are asked
    """Nothing where there is no Chromium."""
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        say("the page: left out, since there is no Chromium here")
        return []
    say("the page")
    async with sandbox() as url:
        channel, person = await asyncio.to_thread(fill, url)
        with counting_app(url, channel):
            pressed, frames = await _measured(path, f"{url}#as={person}&at={channel}")
    where = f"in a channel of {MESSAGES}"
    return [
        Figure(
            what=f"from a press to its effect, {where}, median",
            measured=median(pressed),
            floor=MOST_PRESS_MS,
            unit="ms",
            most=1,
        ),
        Figure(
            what=f"a frame while scrolling {where}, median",
            measured=median(frames),
            floor=REFRESH_MS,
            unit="ms",
            most=MOST_REFRESHES,
        ),
    ]


async def _measured(path: str, address: str) -> tuple[list[float], list[float]]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        try:
            page = await browser.new_page()
            await page.goto(address)
            return await _presses(page), await _frames(page)
        finally:
            await browser.close()


async def _presses(page: Page) -> list[float]:
    await page.get_by_role("button", name="Count").last.wait_for()
    messages = page.locator("#messages")
    return [float(await messages.evaluate(PRESS)) for _ in range(WARM_UP + PRESSES)][WARM_UP:]


async def _frames(page: Page) -> list[float]:
    frames: list[float] = await page.locator("#messages").evaluate(SCROLL)
    return frames


@asynccontextmanager
async def sandbox() -> AsyncIterator[str]:
    """The address of a sandbox in a process of its own.

    Raises:
        NotStarted: It said nothing in time.
    """
    command = (sys.executable, "-u", str(ROOT / "bot.py"), "sandbox", "--port", "0", "--no-browser")
    process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    assert process.stdout is not None
    try:
        async with asyncio.timeout(START_WITHIN_SECONDS):
            async for line in process.stdout:
                if found := re.search(r"http://127\.0\.0\.1:\d+/", line.decode()):
                    break
            else:
                raise NotStarted
        yield found[0]
    finally:
        process.terminate()
        await process.wait()


def fill(url: str) -> tuple[str, str]:
    """Load a world with a long channel; the answer is the channel, and one who is in it."""
    with httpx.Client(base_url=f"{url}_control/", trust_env=False, timeout=60) as control:
        world: Json = control.get("world_file").json()
        channel = world["channels"][0]
        world["messages"] = {channel["id"]: list(_messages(world["now"], channel["members"]))}
        control.post("load", json={"text": json.dumps(world)}).raise_for_status()
    return str(channel["id"]), str(channel["members"][0])


def _messages(now: str, members: list[str]) -> Iterator[Json]:
    """Of one line up to seven, the newest an hour ago."""
    last_seconds = int(datetime.fromisoformat(now).timestamp()) - 3600
    for number in range(MESSAGES):
        seconds = last_seconds - (MESSAGES - number) * EVERY_SECONDS
        words = f"No. {number}. " + "The order forecast is on its way. " * (number * 7 % 19)
        user = members[number // 3 % 4]
        yield {"ts": f"{seconds}.000100", "user": user, "text": words}


@contextmanager
def counting_app(url: str, channel: str) -> Iterator[None]:
    """An app over a socket with one message, whose button counts how often it was pressed."""
    client = WebClient("xoxb-sandbox", base_url=f"{url}api/")
    app = App(client=client, token_verification_enabled=False)
    app.action("count")(count)
    handler: Any = SocketModeHandler(app, "xapp-sandbox")
    handler.client.web_client.base_url = client.base_url
    handler.connect()
    # Slack's client lets go of its socket only between two reads of three seconds each.
    handler.client.current_session.sock.settimeout(0.1)
    try:
        client.chat_postMessage(channel=channel, text="Count", blocks=blocks(0))
        yield
    finally:
        handler.close()


def count(ack: Ack, body: Json, client: WebClient) -> None:
    ack()
    pressed = int(body["actions"][0]["value"]) + 1
    where = {"channel": body["channel"]["id"], "ts": body["message"]["ts"]}
    client.chat_update(**where, text=f"Pressed {pressed}", blocks=blocks(pressed))


def blocks(pressed: int) -> list[Json]:
    words = {"type": "plain_text", "text": f"Pressed {pressed}"}
    name = {"type": "plain_text", "text": "Count"}
    button = {"type": "button", "action_id": "count", "text": name, "value": str(pressed)}
    return [{"type": "section", "text": words}, {"type": "actions", "elements": [button]}]
