"""A channel with ten thousand messages, of which only those near the window are drawn."""

import json
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from sandbox.world_files import DEFAULT_WORLD
from tests.sandbox.page_stage import ANA, CHANNEL, MARIA, Stage, scroll, stage
from tests.waiting import wait_until

pytestmark = pytest.mark.browser

MANY = 10_000
FIRST_S = 1_762_000_000  # November 2025, long before the stage begins
EVERY_S = 97
MOST_DRAWN = 120
# Frames while the list is dragged all over, in milliseconds.
DRAG = """async (list) => {
    const frames = [];
    for (let turn = 0; turn < 30; turn += 1) {
        const began = performance.now();
        list.scrollTop = list.scrollHeight * ((turn * 17) % 30) / 30;
        await new Promise(requestAnimationFrame);
        await new Promise(requestAnimationFrame);
        const box = list.getBoundingClientRect();
        const middle = document.elementFromPoint(box.left + 200, box.top + box.height / 2);
        if (!middle.closest("li")) return "nothing is drawn in the middle";
        frames.push((performance.now() - began) / 2);
    }
    return frames;
}"""


def stamp(number: int) -> str:
    return f"{FIRST_S + number * EVERY_S}.000100"


def words(number: int) -> str:
    """Of one line up to seven, so that no two neighbours are equally high."""
    return f"No. {number}. " + "The order forecast is on its way. " * (number * 7 % 19)


@pytest.fixture(scope="module")
def long(browser: Browser) -> Iterator[Stage]:
    with stage(browser) as built:
        world = json.loads(DEFAULT_WORLD.read_text(encoding="utf-8"))
        users = (MARIA, ANA)
        world["messages"] = {
            CHANNEL: [
                {"ts": stamp(number), "user": users[number // 3 % 2], "text": words(number)}
                for number in range(MANY)
            ]
        }
        built.people.do("load", text=json.dumps(world))
        built.people.do("seen", user="*")
        yield built


@pytest.fixture(scope="module")
def page(long: Stage) -> Page:
    """One page for all of these tests, with everything read."""
    opened = long.open(MARIA)
    expect(row(opened, MANY - 1)).to_be_in_viewport()
    all_of_it = re.compile(r"1\d{4}")
    expect(row(opened, MANY - 1)).to_have_attribute("aria-setsize", all_of_it)
    return opened


def row(page: Page, number: int) -> Locator:
    return page.locator(f'#messages li[data-ts="{stamp(number)}"]')


def place_of(page: Page, locator: Locator) -> float:
    box = locator.bounding_box()
    assert box is not None
    return box["y"]


def in_view(page: Page) -> str:
    """The stamp of a message in the middle of the window."""
    script = """() => {
        const box = document.querySelector("#messages").getBoundingClientRect();
        const found = document.elementFromPoint(box.left + 300, box.top + box.height / 2);
        return found.closest("li[data-ts]")?.dataset.ts || "";
    }"""
    return str(page.evaluate(script))


def test_few_are_drawn_and_keys_go_to_both_ends(page: Page) -> None:
    # given
    assert page.locator("#messages .message").count() < MOST_DRAWN
    page.locator("#messages").focus()

    # when, then
    page.keyboard.press("Home")
    expect(row(page, 0)).to_be_in_viewport()
    expect(row(page, 0)).to_have_attribute("aria-posinset", "2")
    page.keyboard.press("PageDown")
    expect(row(page, 0)).not_to_be_in_viewport()
    assert page.locator("#messages .message").count() < MOST_DRAWN
    page.keyboard.press("End")
    expect(row(page, MANY - 1)).to_be_in_viewport()


def test_dragging_through_all_of_it_leaves_no_hole(page: Page) -> None:
    frames = page.locator("#messages").evaluate(DRAG)

    assert isinstance(frames, list), frames


def test_what_one_reads_stays_where_it_is(long: Stage, page: Page) -> None:
    # given: far from the end
    scroll(page, 0.5)
    expect(page.get_by_role("button", name="Jump to newest")).to_be_visible()
    wait_until(lambda: in_view(page) != "")
    ts = in_view(page)
    number = round((float(ts) - FIRST_S) / EVERY_S)
    before = place_of(page, row(page, number))

    # when: something above it grows, something arrives, and something goes
    author = long.people.messages(CHANNEL)[number - 12]["user"]
    above = {"channel": CHANNEL, "ts": stamp(number - 12), "user": author}
    long.people.do("edit", **above, text="Much longer. " * 200)
    newest = long.people.say(CHANNEL, ANA, "The newest")
    expect(page.get_by_role("button", name="Jump to newest, 1 new")).to_be_visible()
    long.people.do("delete", channel=CHANNEL, ts=newest, user=ANA)
    expect(page.get_by_role("button", name="Jump to newest, 1 new")).to_have_count(0)

    # then
    wait_until(lambda: abs(place_of(page, row(page, number)) - before) < 2)


def test_the_newest_is_one_press_away_and_read_then(long: Stage, page: Page) -> None:
    # given
    scroll(page, 0)
    expect(row(page, 3)).to_be_in_viewport()
    for number in (1, 2):
        long.people.say(CHANNEL, ANA, f"News {number}")

    # when
    page.get_by_role("button", name="Jump to newest, 2 new").click()

    # then
    expect(page.get_by_text("News 2", exact=True)).to_be_in_viewport()
    expect(page.locator("#messages .new-line")).to_be_in_viewport()
    expect(page.locator(".place.unread")).to_have_count(0)
    assert long.people.get("marks", user=MARIA)["channels"][CHANNEL]["unread"] == 0


def test_arrow_keys_go_from_message_to_message(page: Page) -> None:
    # given
    page.locator("#messages").focus()

    # when: up through more than the window holds
    reached = []
    for _ in range(30):
        page.keyboard.press("ArrowUp")
        reached.append(page.evaluate("document.activeElement.dataset.ts"))

    # then
    assert len(set(reached)) == 30
    assert reached == sorted(reached, reverse=True)
    expect(page.locator(f'li[data-ts="{reached[-1]}"]')).to_be_in_viewport()
    expect(page.locator(f'li[data-ts="{reached[-1]}"] .tools')).to_be_visible()
