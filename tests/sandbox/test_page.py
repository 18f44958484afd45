from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.sandbox.page_stage import (
    ANA,
    CHANNEL,
    MARIA,
    Json,
    Stage,
    actions,
    button,
    connected,
    foreign_app,
    post,
    stage,
    text,
)

pytestmark = pytest.mark.browser


@pytest.fixture
def empty(browser: Browser) -> Iterator[Stage]:
    """Two companies, and no app that listens."""
    with stage(browser) as built:
        yield built


@pytest.fixture
def lively(browser: Browser) -> Iterator[Stage]:
    """Two companies, and an app that is not ours."""
    with stage(browser) as built, connected(foreign_app(built.sandbox.url)):
        yield built


def last(page: Page) -> str:
    return page.locator("#messages .message").last.inner_text()


def write(page: Page, words: str) -> None:
    box = page.get_by_label("Write a message")
    box.fill(words)
    box.press("Enter")


def test_the_page_says_whose_slack_it_is_and_what_time_it_is_for_the_person(empty: Stage) -> None:
    page = empty.open(MARIA)

    expect(page.locator(".workspace")).to_have_text("Acme Retail")
    expect(page.locator(".moment")).to_have_text("Mon 9 Nov 2026, 07:00")
    expect(page.locator(".zone")).to_have_text("New York, GMT-5")
    expect(page.get_by_role("heading", name="#acme-globalcall")).to_be_visible()
    expect(page.locator(".about")).to_contain_text("shared by Acme Retail and Globalcall")
    expect(page.get_by_text("Nothing has been said here yet.")).to_be_visible()


def test_one_can_be_anybody_of_either_company(empty: Stage) -> None:
    # given
    page = empty.open(MARIA)
    groups = page.locator(".people optgroup")
    labels = [groups.nth(index).get_attribute("label") for index in range(groups.count())]

    # when
    page.get_by_role("combobox", name="You are").select_option(ANA)

    # then
    assert labels == ["Acme Retail", "Globalcall", "Northwind Audit"]
    expect(page.locator(".workspace")).to_have_text("Globalcall")
    expect(page.locator(".moment")).to_have_text("Mon 9 Nov 2026, 20:00")
    page.reload()
    expect(page.locator(".zone")).to_have_text("Manila, GMT+8")


def test_a_person_of_a_third_company_sees_no_channel(empty: Stage) -> None:
    page = empty.open("U0NORA00000", at="dm")

    expect(page.locator("#places")).to_contain_text("In no channel")


def test_what_people_write_arrives_and_what_arrives_is_shown_at_once(empty: Stage) -> None:
    # given
    page = empty.open(MARIA)

    # when: somebody else writes, then the person of the page does
    empty.act("message", channel=CHANNEL, user=ANA, text="Good evening")
    expect(page.locator(".message").last).to_contain_text("Good evening")
    write(page, "Hello @ana & <all>")

    # then
    expect(page.locator(".message")).to_have_count(2)
    expect(page.locator(".message").first).to_contain_text("Globalcall")
    expect(page.locator(".message").last.locator(".tag")).to_have_count(0)
    expect(page.locator(".message").last).to_contain_text("Hello @Ana Reyes & <all>")
    newest = empty.messages()[-1]
    assert (newest["user"], newest["text"]) == (MARIA, f"Hello <@{ANA}> &amp; &lt;all&gt;")


def test_typing_a_name_offers_the_people_who_have_it(empty: Stage) -> None:
    # given
    page = empty.open(MARIA)
    box = page.get_by_label("Write a message")

    # when
    box.press_sequentially("ask @mig")
    page.get_by_role("option", name="Miguel Santos miguel").wait_for()
    box.press("Enter")
    box.press_sequentially("today")

    # then
    expect(box).to_have_value("ask @miguel today")


def test_a_button_reaches_the_app_and_its_answer_is_drawn(lively: Stage) -> None:
    # given
    post(lively, "Press", actions(button("Count", "count", value="0")))
    page = lively.open(ANA)

    # when
    page.get_by_role("button", name="Count").click()
    expect(page.locator(".message")).to_contain_text("Pressed 1 by ana")
    page.get_by_role("button", name="Count").click()

    # then
    expect(page.locator(".message")).to_contain_text("Pressed 2 by ana")


def test_a_button_that_asks_first_is_pressed_only_on_yes(lively: Stage) -> None:
    # given
    confirm = {
        "title": text("Really?"),
        "text": text("It counts."),
        "confirm": text("Yes"),
        "deny": text("No"),
    }
    post(lively, "Press", actions(button("Count", "count", value="0", confirm=confirm)))
    page = lively.open(MARIA)

    # when
    page.get_by_role("button", name="Count").click()
    page.get_by_role("button", name="No", exact=True).click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert "Pressed" not in last(page)
    page.get_by_role("button", name="Count").click()
    page.get_by_role("button", name="Yes", exact=True).click()

    # then
    expect(page.locator(".message")).to_contain_text("Pressed 1 by maria")


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
    page.locator(control("one")).select_option(label="Two")
    expect_told("pick.one is two")
    page.locator(control("user")).select_option(label="Maria Alvarez")
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
    page.locator(control("more")).locator("summary").click()
    page.locator(control("more")).get_by_role("button", name="Three").click()
    expect_told("pick.more is three")
    page.locator(control("radio")).get_by_label("One").check()
    expect_told("pick.radio is one")
    page.locator(control("boxes")).get_by_label("Three").check()
    expect_told("pick.boxes is ['three']")


def test_a_form_opens_keeps_what_was_typed_after_an_error_and_is_sent(lively: Stage) -> None:
    # given
    post(lively, "Form", actions(button("Open", "form")))
    page = lively.open(MARIA)
    page.get_by_role("button", name="Open").click()
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
    post(lively, "Form", actions(button("Open", "form")))
    page = lively.open(MARIA)
    page.get_by_role("button", name="Open").click()
    page.get_by_role("dialog", name="First form").get_by_label("Name").fill("more")

    # when: a second one is opened and closed, and the first is sent
    page.get_by_role("button", name="Second").click()
    expect(page.get_by_role("dialog", name="Second form")).to_contain_text("2 open")
    page.keyboard.press("Escape")
    first = page.get_by_role("dialog", name="First form")
    expect(first.get_by_label("Name")).to_have_value("more")
    first.get_by_role("button", name="Save").click()

    # then
    expect(page.get_by_role("dialog", name="Third form")).to_be_visible()
    page.get_by_role("button", name="Close").click()
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_replies_stand_in_the_thread_and_not_in_the_channel(empty: Stage) -> None:
    # given
    root = empty.act("message", channel=CHANNEL, user=MARIA, text="Root of it")["ts"]
    empty.act("message", channel=CHANNEL, user=ANA, text="First reply", thread_ts=root)
    page = empty.open(MARIA)
    expect(page.locator("#messages .message")).to_have_count(1)

    # when
    page.get_by_role("button", name="1 reply").click()
    thread = page.get_by_role("complementary", name="Thread")
    thread.get_by_label("Reply").fill("Second reply")
    thread.get_by_role("button", name="Send").click()

    # then
    expect(thread.locator(".message")).to_have_count(3)
    expect(page.locator("#messages .message")).to_have_count(1)
    expect(page.get_by_role("button", name="2 replies")).to_be_visible()
    assert empty.messages()[-1]["thread_ts"] == root
    page.get_by_role("button", name="Close thread").click()
    expect(thread).to_be_hidden()


def test_what_is_for_one_person_is_seen_by_that_person_alone(empty: Stage) -> None:
    # given
    empty.slack.chat_postEphemeral(channel=CHANNEL, user=ANA, text="For Ana only")
    post(empty, "For all")
    page = empty.open(ANA)

    # then
    expect(page.locator(".message.ephemeral")).to_contain_text("Only visible to you")
    expect(page.locator(".message.ephemeral")).to_contain_text("For Ana only")
    page.get_by_role("combobox", name="You are").select_option(MARIA)
    expect(page.locator(".message")).to_have_count(1)


def test_pins_and_reactions_are_shown_and_a_reaction_is_taken_back(empty: Stage) -> None:
    # given
    ts = post(empty, "Important")
    empty.slack.pins_add(channel=CHANNEL, timestamp=ts)
    empty.act("reaction", channel=CHANNEL, ts=ts, user=ANA, name="eyes")
    page = empty.open(MARIA)
    expect(page.locator(".message.pinned")).to_contain_text("Pinned")

    # when
    eyes = page.locator(".reaction")
    eyes.click()
    expect(eyes).to_have_attribute("aria-pressed", "true")
    expect(eyes).to_contain_text("2")
    eyes.click()

    # then
    expect(eyes).to_contain_text("1")
    page.locator(".message").hover()
    page.get_by_role("button", name="React with white check mark").click()
    expect(page.locator(".reaction")).to_have_count(2)


def test_a_command_is_answered_to_the_one_who_typed_it(lively: Stage) -> None:
    page = lively.open(MARIA)

    write(page, "/hello from here")

    expect(page.locator(".message.ephemeral")).to_contain_text("Hello, you said: from here")


def test_an_outsider_is_told_that_the_command_is_not_valid(lively: Stage) -> None:
    page = lively.open(ANA)

    write(page, "/hello from there")

    expect(page.locator(".toast")).to_contain_text("/hello is not a valid command")
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


def test_one_can_write_to_the_app_before_it_ever_wrote(lively: Stage) -> None:
    # given
    page = lively.open(MARIA)
    page.locator("#places").get_by_role("button").filter(has_not_text="Home").last.click()

    # when
    write(page, "Are you there?")

    # then
    expect(page.locator(".message")).to_contain_text("Are you there?")


def test_the_clock_is_moved_and_stopped(empty: Stage) -> None:
    # given
    page = empty.open(MARIA)

    # when, then
    page.get_by_role("button", name="+10 min").click()
    expect(page.locator(".moment")).to_have_text("Mon 9 Nov 2026, 07:10")
    page.get_by_role("button", name="+1 day").click()
    expect(page.locator(".moment")).to_have_text("Tue 10 Nov 2026, 07:10")
    page.get_by_role("button", name="Paused").click()
    expect(page.get_by_role("button", name="Running")).to_be_visible()


def test_a_guide_stands_on_top(empty: Stage) -> None:
    # given
    page = empty.open(ANA)
    expect(page.locator("#guide")).to_be_hidden()

    # when
    empty.act("guide", title="You are Ana", steps=["Press *New date*"])

    # then
    expect(page.locator("#guide")).to_contain_text("You are Ana")
    expect(page.locator("#guide strong").last).to_have_text("New date")


def test_days_have_headings_and_one_persons_messages_stand_together(empty: Stage) -> None:
    # given
    empty.act("message", channel=CHANNEL, user=MARIA, text="One")
    empty.act("message", channel=CHANNEL, user=MARIA, text="Two")
    empty.act("clock", advance="P1D")
    empty.act("message", channel=CHANNEL, user=MARIA, text="Three")

    # when
    page = empty.open(MARIA)

    # then
    assert page.locator(".day").all_inner_texts() == ["Yesterday", "Today"]
    expect(page.locator(".message")).to_have_count(3)
    expect(page.locator(".message .head")).to_have_count(2)
