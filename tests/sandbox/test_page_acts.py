from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.sandbox.page_stage import (
    ANA,
    MARIA,
    Json,
    Stage,
    actions,
    button,
    close_pages,
    post,
    text,
    write,
)

pytestmark = pytest.mark.browser


@pytest.fixture(autouse=True)
def _closed_pages(browser: Browser) -> Iterator[None]:
    """Each test opens its own page; one left open would draw along with the next test's."""
    yield
    close_pages(browser)


def shown(page: Page, ts: str) -> Locator:
    """The message with that ts."""
    return page.locator(f"#messages [data-ts='{ts}']")


def test_a_button_reaches_the_app_and_its_answer_is_drawn(lively: Stage) -> None:
    # given
    ts = post(lively, "Press", actions(button("Count", "count", value="0")))
    message = shown(lively.open(ANA), ts)

    # when
    message.get_by_role("button", name="Count").click()
    expect(message).to_contain_text("Pressed 1 by ana")
    message.get_by_role("button", name="Count").click()

    # then
    expect(message).to_contain_text("Pressed 2 by ana")


def test_a_button_that_asks_first_is_pressed_only_on_yes(lively: Stage) -> None:
    # given
    confirm = {
        "title": text("Really?"),
        "text": text("It counts."),
        "confirm": text("Yes"),
        "deny": text("No"),
    }
    ts = post(lively, "Press", actions(button("Count", "count", value="0", confirm=confirm)))
    page = lively.open(MARIA)
    message = shown(page, ts)

    # when
    message.get_by_role("button", name="Count").click()
    page.get_by_role("button", name="No", exact=True).click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(message).not_to_contain_text("Pressed")
    message.get_by_role("button", name="Count").click()
    page.get_by_role("button", name="Yes", exact=True).click()

    # then
    expect(message).to_contain_text("Pressed 1 by maria")


def test_pickers_tell_the_app_what_was_picked(lively: Stage) -> None:
    # given
    options = [{"text": text(word), "value": word.lower()} for word in ("One", "Two", "Three")]
    elements: list[Json] = [
        {"type": "static_select", "action_id": "pick.one", "options": options},
        {"type": "users_select", "action_id": "pick.user"},
        {"type": "datepicker", "action_id": "pick.date"},
        {"type": "timepicker", "action_id": "pick.time"},
        {"type": "datetimepicker", "action_id": "pick.moment"},
        {"type": "overflow", "action_id": "pick.more", "options": options},
        {"type": "radio_buttons", "action_id": "pick.radio", "options": options},
        {"type": "checkboxes", "action_id": "pick.boxes", "options": options},
    ]
    post(lively, "Pick", actions(*elements))
    page = lively.open(ANA)

    def control(action: str) -> str:
        return f"[data-action-id='pick.{action}']"

    def expect_told(words: str) -> None:
        expect(page.locator(".message").filter(has_text=words)).to_be_visible()

    # when, then
    page.locator(control("one")).get_by_role("combobox").fill("two")
    page.keyboard.press("Enter")
    expect_told("pick.one is two")
    page.locator(control("user")).get_by_role("combobox").click()
    page.get_by_role("option", name="Maria Alvarez").click()
    expect_told(f"pick.user is {MARIA}")
    page.locator(control("date")).fill("2026-12-24")
    page.locator(control("date")).blur()
    expect_told("pick.date is 2026-12-24")
    page.locator(control("time")).fill("09:30")
    page.locator(control("time")).blur()
    expect_told("pick.time is 09:30")
    page.locator(control("moment")).fill("2026-11-10T08:00")
    page.locator(control("moment")).blur()
    expect_told("pick.moment is 1794268800")
    page.locator(control("more")).get_by_role("button", name="More").click()
    page.get_by_role("menuitem", name="Three").click()
    expect_told("pick.more is three")
    page.locator(control("radio")).get_by_label("One").check()
    expect_told("pick.radio is one")
    page.locator(control("boxes")).get_by_label("Three").check()
    expect_told("pick.boxes is ['three']")


def test_a_form_opens_keeps_what_was_typed_after_an_error_and_is_sent(lively: Stage) -> None:
    # given
    ts = post(lively, "Form", actions(button("Open", "form")))
    page = lively.open(MARIA)
    shown(page, ts).get_by_role("button", name="Open").click()
    dialog = page.get_by_role("dialog", name="First form")
    name = dialog.get_by_label("Name")

    # when: left empty, then wrong, then right
    dialog.get_by_role("button", name="Save").click()
    expect(dialog.get_by_role("alert")).to_have_text("Please complete this required field.")
    name.fill("nobody")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog.get_by_role("alert")).to_have_text("There is no such person.")
    expect(name).to_have_value("nobody")
    expect(name).to_be_focused()
    name.fill("Training deck")
    dialog.get_by_label("Due").fill("2026-11-27")
    dialog.get_by_role("button", name="Save").click()

    # then
    expect(dialog).to_have_count(0)
    expect(page.locator(".message").last).to_contain_text("Training deck by 2026-11-27")


def test_a_form_can_be_replaced_and_another_put_on_top(lively: Stage) -> None:
    # given
    ts = post(lively, "Form", actions(button("Open", "form")))
    page = lively.open(MARIA)
    shown(page, ts).get_by_role("button", name="Open").click()
    page.get_by_role("dialog", name="First form").get_by_label("Name").fill("more")
    page.get_by_role("dialog", name="First form").get_by_label("Due").fill("2026-12-01")

    # when: a second one is opened from the half-filled one and closed, and the first is sent
    page.get_by_role("button", name="Second").click()
    expect(page.get_by_role("dialog", name="Second form")).not_to_contain_text("open")
    expect(page.locator(".message").last).to_contain_text("So far: more")
    page.keyboard.press("Escape")
    first = page.get_by_role("dialog", name="First form")
    expect(first.get_by_label("Name")).to_have_value("more")
    first.get_by_role("button", name="Save").click()

    # then
    third = page.get_by_role("dialog", name="Third form")
    third.get_by_label("Name").fill("nothing more")
    third.get_by_role("button", name="Save").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.locator(".message").last).to_contain_text("nothing more by None")


def test_escape_pressed_twice_closes_the_form_and_says_nothing(lively: Stage) -> None:
    # given
    ts = post(lively, "Form", actions(button("Open", "form")))
    page = lively.open(MARIA)
    shown(page, ts).get_by_role("button", name="Open").click()
    page.get_by_role("dialog", name="First form").get_by_label("Name").fill("more")

    # when: the second comes before the first is answered
    dialog = page.get_by_role("dialog", name="First form")
    dialog.evaluate("one => [1, 2].forEach(() => one.dispatchEvent(new Event('cancel')))")

    # then
    expect(page.get_by_role("dialog")).to_have_count(0)
    write(page, "Done")
    expect(page.locator(".message").last).to_contain_text("Done")
    expect(page.locator(".toast")).to_have_count(0)


def test_a_command_is_answered_to_the_one_who_typed_it(lively: Stage) -> None:
    page = lively.open(MARIA)

    write(page, "/hello from here")

    expect(page.locator(".message.ephemeral")).to_contain_text("Hello, you said: from here")


def test_an_outsider_is_told_that_the_command_is_not_valid(lively: Stage) -> None:
    page = lively.open(ANA)

    write(page, "/hello from there")

    expect(page.locator(".message.ephemeral")).to_contain_text("/hello is not a valid command")
    expect(page.get_by_label("Write a message")).to_have_value("/hello from there")


def test_the_home_tab_is_drawn_and_its_buttons_work(lively: Stage) -> None:
    # given
    page = lively.open(MARIA)

    # when
    page.locator(".place", has_text="Home").click()
    expect(page.get_by_role("heading", name="Your list")).to_be_visible()
    page.get_by_role("button", name="Add").click()

    # then
    expect(page.get_by_role("dialog", name="First form")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_a_page_that_begins_at_home_tells_the_app(lively: Stage) -> None:
    page = lively.open(ANA, at="home")

    expect(page.get_by_role("heading", name="Your list")).to_be_visible()


def test_one_can_write_to_the_app_before_it_ever_wrote(lively: Stage) -> None:
    # given
    page = lively.open(ANA)
    page.locator("#places").get_by_role("button").filter(has_not_text="Home").last.click()

    # when
    write(page, "Are you there?")

    # then
    expect(page.locator(".message")).to_contain_text("Are you there?")
