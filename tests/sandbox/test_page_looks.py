import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

import sandbox
from tests.sandbox.page_stage import (
    ANA,
    CHANNEL,
    MARIA,
    actions,
    button,
    post,
    stage,
    text,
)
from tests.wire import sandbox_options, start_sandbox

PAGE = Path(sandbox.__file__).parent / "page"

# The contrast of each element's words with what lies behind them, as the WCAG reckons it.
CONTRASTS = """() => {
    const channels = (colour) => colour.match(/[\\d.]+/g).map(Number);
    const light = ([r, g, b]) => [r, g, b]
        .map((c) => c / 255)
        .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
        .reduce((sum, c, at) => sum + c * [0.2126, 0.7152, 0.0722][at], 0);
    const behind = (node) => {
        const found = channels(getComputedStyle(node).backgroundColor);
        return found.length === 3 || found[3] === 1 ? found : behind(node.parentElement);
    };
    const isWords = (node) => node.nodeType === 3 && node.data.trim();
    const holdsWords = (node) => [...node.childNodes].some(isWords);
    return [...document.querySelectorAll("body *")]
        .filter((node) => holdsWords(node) && node.checkVisibility())
        .filter((node) => !node.matches(".avatar, option"))
        .map((node) => {
            const ink = light(channels(getComputedStyle(node).color));
            const paper = light(behind(node));
            const ratio = (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05);
            return [`${node.tagName} ${node.className} ${node.textContent.slice(0, 30)}`, ratio];
        });
}"""


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_words_stand_out_from_what_is_behind_them(browser: Browser, scheme: str) -> None:
    with stage(browser) as built:
        # given: something of everything
        ts = post(built, "All", looks())
        built.client.pins_add(channel=CHANNEL, timestamp=ts)
        built.people.do(
            "message", channel=CHANNEL, user=ANA, text=f"`code` <@{MARIA}> <#{CHANNEL}>"
        )
        built.people.do("message", channel=CHANNEL, user=ANA, text="A reply", thread_ts=ts)
        built.people.do("reaction", channel=CHANNEL, ts=ts, user=MARIA, name="eyes")
        built.client.chat_postEphemeral(channel=CHANNEL, user=MARIA, text="For you")
        built.people.do("guide", title="A guide", steps=["One *step*"])
        page = built.open(MARIA, color_scheme=scheme)
        page.get_by_role("button", name="1 reply").click()
        page.locator("#thread .message").last.wait_for()

        # when
        contrasts = page.evaluate(CONTRASTS)

        # then: WCAG AA asks for 4.5
        assert len(contrasts) > 40
        assert [one for one in contrasts if one[1] < 4.5] == []


def looks() -> list[dict[str, object]]:
    cell = {"type": "raw_text", "text": "Cell"}
    return [
        {"type": "header", "text": text("Header")},
        {"type": "section", "text": text("Section"), "fields": [text("Field")]},
        {"type": "context", "elements": [text("Context")]},
        {"type": "image", "alt_text": "Picture", "image_url": "https://example.com/a.png"},
        *actions(
            button("Plain", "plain"),
            button("Primary", "primary", style="primary"),
            button("Danger", "danger", style="danger"),
        ),
        {"type": "table", "rows": [[cell], [cell]]},
    ]


@pytest.mark.browser
def test_words_being_typed_and_the_focus_survive_news(browser: Browser) -> None:
    with stage(browser) as built:
        # given
        ts = post(built, "Press", actions(button("One", "one"), button("Two", "two")))
        page = built.open(MARIA)
        page.get_by_label("Write a message").fill("half a sent")
        page.get_by_role("button", name="Two").focus()

        # when: the message is drawn anew
        new = actions(button("One", "one"), button("Second", "two"))
        built.client.chat_update(channel=CHANNEL, ts=ts, text="New", blocks=new)

        # then
        expect(page.get_by_role("button", name="Second")).to_be_focused()
        expect(page.get_by_label("Write a message")).to_have_value("half a sent")


@pytest.mark.browser
def test_everything_can_be_reached_by_key(browser: Browser) -> None:
    with stage(browser) as built:
        # given
        post(built, "Press", actions(button("Only", "only")))
        page = built.open(MARIA)
        page.get_by_role("button", name="Only").wait_for()

        # when
        reached = set()
        for _ in range(40):
            page.keyboard.press("Tab")
            reached.add(focused(page))

        # then
        wanted = {"Skip to messages", "+10 min", "Only", "Send", "React with +1", "Messages"}
        assert wanted <= reached


def focused(page: Page) -> str:
    script = "(document.activeElement.ariaLabel || document.activeElement.innerText || '').trim()"
    return str(page.evaluate(script))


@pytest.mark.browser
def test_the_page_says_when_the_sandbox_is_gone(browser: Browser) -> None:
    with stage(browser) as built:
        # given
        page = built.open(MARIA)
        expect(page.locator("#trouble")).to_be_hidden()

        # when
        built.sandbox.stop()

        # then
        expect(page.locator("#trouble")).to_contain_text("The sandbox does not answer.")
        page.get_by_label("Write a message").fill("Anybody?")
        page.get_by_role("button", name="Send").click()
        expect(page.locator(".toast")).to_contain_text("The sandbox does not answer.")
        expect(page.get_by_label("Write a message")).to_have_value("Anybody?")
        built.troubles.clear()  # the browser itself complains of the lost connection


@pytest.mark.browser
def test_after_a_restart_the_page_shows_the_new_world_and_keeps_what_is_half_written(
    browser: Browser,
) -> None:
    with stage(browser) as built:
        # given
        built.people.say(CHANNEL, ANA, "Of the first run")
        page = built.open(ANA)
        expect(page.locator(".message")).to_have_text(re.compile("Of the first run"))
        page.get_by_label("Write a message").fill("half a sent")
        port = int(built.sandbox.url.rstrip("/").rpartition(":")[2])

        # when
        built.sandbox.stop()
        expect(page.locator("#trouble")).to_be_visible()
        with start_sandbox(sandbox_options(), port=port):
            # then
            expect(page.locator("#trouble")).to_be_hidden()
            expect(page.locator(".message")).to_have_count(0)
            expect(page.get_by_label("You are")).to_have_value("Ana Reyes (Globalcall)")
            expect(page.get_by_label("Write a message")).to_have_value("half a sent")
            page.get_by_label("Write a message").press("Enter")
            expect(page.locator(".message")).to_have_text(re.compile("half a sent"))
            page.close()
        built.troubles.clear()  # the browser itself complains of the lost connection


def test_the_page_is_whole_and_asks_for_nothing_outside() -> None:
    # given
    modules = {path.name for path in PAGE.glob("*.js")}
    index = (PAGE / "index.html").read_text(encoding="utf-8")

    # then
    # what the first modules name themselves needs no line: they are asked for at once
    first = "".join((PAGE / f"{name}.js").read_text() for name in ("main", "app", "screen", "top"))
    named = index + first.replace('"./', '"/page/')
    assert {name for name in modules if f'"/page/{name}"' not in named} == set()
    for path in PAGE.iterdir():
        content = path.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
        assert "innerHTML" not in content, path.name
        assert not re.search(r"""["'(]\s*(https?:)?//""", content), path.name
