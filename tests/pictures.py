"""Makes the pictures of docs/ from the demo's story: `make pictures`. Runs in no test."""

import base64
import struct
import sys
import zlib
from collections.abc import Callable
from functools import partial
from typing import Any, Final

from playwright.sync_api import Browser, Locator, Page, sync_playwright

import bot
from clock import MovableClock
from demo import story
from demo.people import CHANNEL
from sandbox.world_files import STORY_WORLD, load_file
from tests.browser import NOT_RUN, chromium_path
from tests.hands import Hands
from tests.people import Slack
from tests.project_files import ROOT

DOCS: Final = ROOT / "docs"
MARIA, ANA = "Maria Alvarez", "Ana Reyes"
SUMMARY: Final = "Week of Mon 9 Nov"

PAIR: Final = """
body {margin: 0} main {display: inline-flex; gap: 16px; padding: 16px; background: #f3f1f6}
figure {margin: 0; overflow: hidden; background: #fff; border-radius: 8px} img {display: block}
figcaption {padding: 12px 20px; background: #2f2140; color: #fff; font: bold 15px sans-serif}
"""

# The most frequent colours stay as they are; each other one becomes the nearest of them.
INDEXED: Final = """async (png) => {
    const image = await fetch(`data:image/png;base64,${png}`);
    const bitmap = await createImageBitmap(await image.blob());
    const {width, height} = bitmap;
    const canvas = new OffscreenCanvas(width, height).getContext("2d");
    canvas.drawImage(bitmap, 0, 0);
    const {data} = canvas.getImageData(0, 0, width, height);
    const counts = new Map();
    for (let at = 0; at < data.length; at += 4) {
        const colour = (data[at] << 16) | (data[at + 1] << 8) | data[at + 2];
        counts.set(colour, (counts.get(colour) || 0) + 1);
    }
    const palette = [...counts].sort(([, one], [, other]) => other - one)
        .slice(0, 256).map(([colour]) => colour);
    const parts = (colour) => [colour >> 16, (colour >> 8) & 255, colour & 255];
    const away = (one, other) =>
        parts(one).reduce((sum, part, at) => sum + (part - parts(other)[at]) ** 2, 0);
    const nearest = new Map(palette.map((colour, index) => [colour, index]));
    for (const colour of counts.keys()) {
        if (nearest.has(colour)) continue;
        let best = 0;
        palette.forEach((one, index) => {
            if (away(one, colour) < away(palette[best], colour)) best = index;
        });
        nearest.set(colour, best);
    }
    let pixels = "";
    for (let at = 0; at < data.length; at += 4) {
        const colour = (data[at] << 16) | (data[at + 1] << 8) | data[at + 2];
        pixels += String.fromCharCode(nearest.get(colour));
    }
    return {width, height, palette, pixels: btoa(pixels)};
}"""


def main() -> None:
    """Play the story, go to each screen, and take its picture."""
    path = chromium_path()
    if path is None:
        sys.exit(NOT_RUN)
    clock = MovableClock(story.STARTS_AT, running=False)
    with (
        bot.demo(load_file(STORY_WORLD), clock, port=0) as sandbox,
        Slack(sandbox.url) as slack,
        sync_playwright() as playwright,
    ):
        story.play(sandbox.url, lambda line: None)  # noqa: ARG005 - pictures are silent
        clock.running = False
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        take_all(browser, partial(at_the_page, browser, slack, sandbox.url))
        browser.close()


def at_the_page(browser: Browser, slack: Slack, url: str, **looks: Any) -> Hands:
    """Somebody new at the page, of one size and without what moves."""
    context = browser.new_context(reduced_motion="reduce", **looks)
    hands = Hands(page=context.new_page(), slack=slack)
    hands.page.set_viewport_size({"width": 1280, "height": 800})
    hands.begin(url)
    hands.page.get_by_role("button", name="Close the guide").click()
    return hands


def take_all(browser: Browser, arrive: Callable[..., Hands]) -> None:
    take_pair(browser, arrive)
    light = arrive()
    for name, screen in SCREENS.items():
        screen(light)
        # Nothing that shows only under the pointer or the focus.
        light.page.evaluate("document.activeElement.blur()")
        light.page.mouse.move(640, 2)
        take(browser, light.page, name)
    dark = arrive(color_scheme="dark")
    dark.be(MARIA)
    dark.goes_to("Home")
    take(browser, dark.page, "home")


def take_pair(browser: Browser, arrive: Callable[..., Hands]) -> None:
    """The summary as both sides see it, beside each other."""
    hands = arrive()
    hands.page.set_viewport_size({"width": 1000, "height": 800})
    shown = ""
    for name, where in ((MARIA, "Acme Retail, New York"), (ANA, "Globalcall, Manila")):
        hands.be(name)
        hands.goes_to(CHANNEL)
        message = hands.message(SUMMARY)
        message.hover()
        hands.page.mouse.move(640, 2)
        picture = base64.b64encode(message.screenshot(animations="disabled")).decode()
        image = f"<img src='data:image/png;base64,{picture}'>"
        shown += f"<figure><figcaption>{name}, {where}</figcaption>{image}</figure>"
    both = browser.new_page(viewport={"width": 1600, "height": 800})
    both.set_content(f"<style>{PAIR}</style><main>{shown}</main>")
    take(browser, both.locator("main"), "summary")


def thread(hands: Hands) -> None:
    """The newest week, with its cards beside it."""
    hands.be(ANA)
    hands.goes_to(CHANNEL)
    beside = hands.opens_thread("This week")
    for messages in (hands.page.locator("#messages"), beside):
        messages.locator(".message").last.scroll_into_view_if_needed()


def form(hands: Hands) -> None:
    """What a check-in would be, before it is."""
    hands.be(MARIA)
    hands.presses("Check-in")
    hands.fills("What is it called", "Peak season review")
    hands.fills("Or say it in your own words", "every other tuesday 9am")
    hands.presses("Preview")


def timeline(hands: Hands) -> None:
    """What comes next, on both clocks."""
    hands.presses("Create")
    hands.page.get_by_role("button", name="Tools").click()
    hands.page.get_by_role("tab", name="Timeline").click()


def wire(hands: Hands) -> None:
    """What went between Slack and the bot."""
    hands.types("/deliverable @ana holiday roster by friday")
    hands.page.get_by_role("tab", name="Wire").click()


SCREENS: Final[dict[str, Callable[[Hands], None]]] = {
    "thread": thread,
    "form": form,
    "timeline": timeline,
    "wire": wire,
}


def take(browser: Browser, page: Page | Locator, name: str) -> None:
    """Keep it as a small PNG under its name."""
    png = page.screenshot(animations="disabled", caret="hide")
    blank = browser.new_page()
    found = blank.evaluate(INDEXED, base64.b64encode(png).decode())
    blank.close()
    path = DOCS / f"{name}.png"
    path.write_bytes(indexed_png(found))
    sys.stdout.write(f"{path.relative_to(ROOT)}: {path.stat().st_size:,} bytes\n")


def indexed_png(found: dict[str, Any]) -> bytes:
    """A PNG with at most 256 colours."""
    width, height = found["width"], found["height"]
    pixels = base64.b64decode(found["pixels"])
    rows = b"".join(b"\0" + pixels[at : at + width] for at in range(0, len(pixels), width))
    palette = b"".join(colour.to_bytes(3, "big") for colour in found["palette"])
    parts = [
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)),
        (b"PLTE", palette),
        (b"IDAT", zlib.compress(rows, 9)),
        (b"IEND", b""),
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, body) for kind, body in parts)


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


if __name__ == "__main__":
    main()
