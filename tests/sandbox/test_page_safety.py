from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from sandbox.world_files import load_world
from tests.sandbox.page_stage import (
    ANA,
    BEN,
    CHANNEL,
    MARIA,
    Json,
    Stage,
    actions,
    button,
    post,
    stage,
    text,
)

pytestmark = pytest.mark.browser

SCRIPT = "<script>window.ran = true</script>"
IMAGE = "<img src=x onerror='window.ran = true'>"
OUTSIDE = "https://outside.example/picture.png"


def ran(page: Page) -> bool:
    return bool(page.evaluate("'ran' in window"))


@pytest.fixture(scope="module")
def hostile(browser: Browser) -> Iterator[Stage]:
    """A world in which names are markup; at its end nothing was asked of a foreign address."""
    world = load_world()
    world.users[BEN].real_name = IMAGE
    world.users[ANA].status_text, world.users[ANA].status_emoji = SCRIPT, ":eyes:"
    world.channels[CHANNEL].name = SCRIPT
    world.teams["T0GLOBAL01"].name = IMAGE
    world.bot.real_name = SCRIPT
    with stage(browser, world=world) as built:
        yield built


@pytest.fixture(scope="module")
def page(hostile: Stage) -> Page:
    """The page as Maria sees it, open from test to test."""
    return hostile.open(MARIA)


def newest(page: Page, hostile: Stage) -> Locator:
    """The newest message, once it is drawn."""
    found = page.locator(f"#messages [data-ts='{hostile.people.messages(CHANNEL)[-1]['ts']}']")
    found.wait_for()
    return found


def test_names_are_shown_as_they_are_and_never_run(hostile: Stage, page: Page) -> None:
    hostile.people.do("message", channel=CHANNEL, user=BEN, text=f"I am <@{BEN}>")
    expect(newest(page, hostile).locator(".name")).to_have_text(IMAGE)
    hostile.people.do("message", channel=CHANNEL, user=ANA, text="And I am not")
    expect(newest(page, hostile).locator(".company")).to_have_text(IMAGE)

    expect(page.get_by_role("heading", name=f"#{SCRIPT}")).to_be_visible()
    expect(page.locator("#places")).to_contain_text(SCRIPT)
    assert not ran(page)


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param(SCRIPT, id="a script"),
        pytest.param(IMAGE, id="an image"),
        pytest.param(f"`{IMAGE}` *{IMAGE}* > {IMAGE}", id="in styles"),
        pytest.param(f"```{SCRIPT}```", id="in a code block"),
    ],
)
def test_markup_in_a_message_is_text(hostile: Stage, page: Page, typed: str) -> None:
    # given: as an app may send it, unescaped
    post(hostile, typed)
    assert newest(page, hostile).locator(".body").inner_text().count("window.ran") == typed.count(
        "window"
    )

    # when: as a person types it
    box = page.get_by_label("Write a message")
    box.fill(typed)
    with page.expect_response("**/_control/message"):
        box.press("Enter")
    expect(box).to_have_value("")

    # then
    assert newest(page, hostile).locator(".body").inner_text().count("window.ran") == typed.count(
        "window"
    )
    assert page.locator(".message img, .message script").count() == 0
    assert not ran(page)


def test_markup_in_every_block_is_text(hostile: Stage, page: Page) -> None:
    # given
    option = {"text": text(IMAGE), "value": "a"}
    cell = {"type": "raw_text", "text": SCRIPT}
    rich = {"type": "rich_text_section", "elements": [{"type": "text", "text": IMAGE}]}
    blocks: list[Json] = [
        {"type": "header", "text": text(SCRIPT)},
        {"type": "section", "text": {"type": "mrkdwn", "text": IMAGE}, "fields": [text(SCRIPT)]},
        {"type": "context", "elements": [text(IMAGE)]},
        {"type": "image", "alt_text": IMAGE, "image_url": OUTSIDE, "title": text(SCRIPT)},
        {"type": "rich_text", "elements": [rich]},
        *actions(
            button(IMAGE, "press"),
            {"type": "static_select", "action_id": "pick", "options": [option]},
            {"type": "radio_buttons", "action_id": "list", "options": [option]},
        ),
        {"type": "table", "rows": [[cell], [cell]]},
    ]

    # when
    post(hostile, "Blocks", blocks)
    message = newest(page, hostile)

    # then
    expect(message.locator(".block")).to_have_count(len(blocks))
    assert page.locator(".message img, .message script").count() == 0
    expect(message.get_by_role("button", name=IMAGE, exact=True)).to_be_visible()
    expect(message.get_by_role("columnheader")).to_have_text(SCRIPT)
    expect(message.locator(".block-image")).to_contain_text(OUTSIDE)
    assert not ran(page)


@pytest.mark.parametrize(
    ("address", "leads_somewhere"),
    [
        pytest.param("https://example.com/a?b=1&amp;c=2", True, id="https"),
        pytest.param("mailto:ana@example.com", True, id="mail"),
        pytest.param("javascript:window.ran=true", False, id="javascript"),
        pytest.param("JaVaScRiPt:window.ran=true", False, id="mixed case"),
        pytest.param("data:text/html,hello", False, id="data"),
        pytest.param("file:///etc/passwd", False, id="file"),
    ],
)
def test_only_harmless_addresses_become_links(
    hostile: Stage, page: Page, address: str, leads_somewhere: bool
) -> None:
    # given
    element = {"type": "link", "url": address, "text": "rich"}
    rich = {"type": "rich_text_section", "elements": [element]}
    words = {"type": "section", "text": {"type": "mrkdwn", "text": f"<{address}|words>"}}
    pressed = actions(button("Go", "go", url=address))
    post(hostile, "Links", [words, {"type": "rich_text", "elements": [rich]}, *pressed])

    # then
    message = newest(page, hostile)
    links = message.locator("a")
    assert links.count() == (2 if leads_somewhere else 0)
    for link in links.all():
        assert link.get_attribute("rel") == "noopener noreferrer"
    if not leads_somewhere:
        message.get_by_role("button", name="Go").click()
        expect(page.locator(".toast")).to_contain_text("No app is connected")
        assert len(page.context.pages) == 1
        assert not ran(page)


def test_a_block_that_the_page_does_not_know_is_named_and_kept_as_text(page: Page) -> None:
    # when: no such block gets past the sandbox, so it is drawn by hand
    words = page.evaluate(
        """async (block) => {
            const { drawBlocks } = await import("/page/blocks.js");
            document.body.append(...drawBlocks([block], {}));
            return document.querySelector(".block-unknown").textContent;
        }""",
        {"type": "constructor", "inner": IMAGE},
    )

    # then
    assert 'A block of type "constructor"' in words
    assert "window.ran" in words
    assert not ran(page)


def test_the_page_may_run_only_its_own_scripts(hostile: Stage, page: Page) -> None:
    # when: markup gets in by some way that nobody thought of
    with page.expect_console_message(lambda told: "Content Security Policy" in told.text):
        page.evaluate(
            """() => {
                const node = document.createElement("div");
                node.innerHTML = `<img src="x" onerror="window.ran = true">`;
                document.body.append(node);
                return new Promise((done) => { node.firstChild.addEventListener("error", done); });
            }"""
        )

    # then: the policy stopped it, and the browser said so
    assert not ran(page)
    hostile.troubles.clear()
