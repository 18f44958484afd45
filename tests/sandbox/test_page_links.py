from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from sandbox.world_files import load_world
from tests.sandbox.page_stage import (
    ANA,
    CHANNEL,
    MARIA,
    Json,
    Stage,
    actions,
    button,
    post,
    stage,
)

pytestmark = pytest.mark.browser

OUTSIDE = "https://outside.example/page"


@pytest.fixture(scope="module")
def there(browser: Browser) -> Iterator[Stage]:
    with stage(browser, world=load_world()) as built:
        yield built


@pytest.fixture
def asked(there: Stage, page: Page) -> list[str]:
    """Every address outside the sandbox that any tab of the browser asked for; none is reached."""
    asked: list[str] = []

    def note(route: Route) -> None:
        asked.append(route.request.url)
        route.abort()

    page.context.route(lambda url: not url.startswith(there.sandbox.url), note)
    return asked


@pytest.fixture
def page(there: Stage) -> Iterator[Page]:
    page = there.open(MARIA)
    yield page
    page.context.close()


def link_to(there: Stage, ts: str) -> str:
    return str(there.client.chat_getPermalink(channel=CHANNEL, message_ts=ts)["permalink"])


def shown(page: Page, ts: str) -> Locator:
    return page.locator(f"#messages [data-ts='{ts}']")


def posted(there: Stage, page: Page, words: str, blocks: list[Json] | None = None) -> Locator:
    """The app's new message, at the end of the list."""
    message = shown(page, post(there, words, blocks))
    page.locator("#messages").press("End")
    message.wait_for()
    return message


def test_a_link_to_a_message_of_this_world_opens_it_here(
    there: Stage, page: Page, asked: list[str]
) -> None:
    # given: far above
    far = there.people.say(CHANNEL, ANA, "Far above")
    for n in range(60):
        there.people.say(CHANNEL, ANA, f"Line {n}")
    message = posted(there, page, f"Since Wednesday, <{link_to(there, far)}|see>")

    # when
    message.get_by_role("link", name="see").click()

    # then
    expect(shown(page, far)).to_be_in_viewport()
    assert len(page.context.pages) == 1
    assert asked == []


def test_a_link_to_a_reply_opens_its_thread(there: Stage, page: Page, asked: list[str]) -> None:
    # given
    root = there.people.say(CHANNEL, ANA, "Root")
    reply = there.people.say(CHANNEL, ANA, "The reply", thread_ts=root)
    address = f"{link_to(there, reply).partition('?')[0]}?thread_ts={root}&cid={CHANNEL}"
    message = posted(there, page, "Look", actions(button("See it", "go", url=address)))

    # when
    message.get_by_role("button", name="See it").click()

    # then
    expect(page.locator("#thread").get_by_text("The reply")).to_be_in_viewport()
    assert asked == []


def test_other_addresses_of_the_workspace_are_never_asked(
    there: Stage, page: Page, asked: list[str]
) -> None:
    # given
    home = next(team["url"] for team in there.people.world()["teams"])
    message = posted(there, page, f"<{home}|home> and <{home}archives/C0NOTMINE0/p1|not yours>")

    # when
    message.get_by_text("not yours").click()

    # then
    expect(message.get_by_role("link")).to_have_count(0)
    assert len(page.context.pages) == 1
    assert asked == []


def test_a_link_to_a_place_where_one_is_not_says_so(
    there: Stage, page: Page, asked: list[str]
) -> None:
    # given
    home = next(team["url"] for team in there.people.world()["teams"])
    message = posted(there, page, f"<{home}archives/C0NOTMINE0/p1794225600000000|theirs>")

    # when
    message.get_by_role("link", name="theirs").click()

    # then
    expect(page.locator(".toast")).to_contain_text("You are not in that channel")
    expect(page.get_by_role("heading", level=1)).to_have_text("#acme-globalcall")
    assert asked == []


def test_a_link_that_leads_outside_shows_its_address_and_asks(
    there: Stage, page: Page, asked: list[str]
) -> None:
    # given
    link = posted(there, page, f"<{OUTSIDE}|words>").get_by_role("link", name="words")
    question = page.get_by_role("alertdialog", name="Leave the sandbox?")

    # when
    link.click()
    expect(question).to_contain_text(OUTSIDE)
    question.get_by_role("button", name="Stay here").click()

    # then
    expect(question).to_have_count(0)
    assert len(page.context.pages) == 1
    assert asked == []

    # when
    link.click()
    with page.context.expect_event("requestfailed"):
        question.get_by_role("button", name="Open it").click()

    # then
    expect(question).to_have_count(0)
    assert asked == [OUTSIDE]
