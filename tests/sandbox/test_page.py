from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, expect

from tests.sandbox.page_stage import (
    ANA,
    CHANNEL,
    MARIA,
    Stage,
    post,
    stage,
    write,
)

pytestmark = pytest.mark.browser


@pytest.fixture
def empty(browser: Browser) -> Iterator[Stage]:
    """Two companies, and no app that listens."""
    with stage(browser) as built:
        yield built


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
    empty.people.do("message", channel=CHANNEL, user=ANA, text="Good evening")
    expect(page.locator(".message").last).to_contain_text("Good evening")
    write(page, "Hello @ana & <all>")

    # then
    expect(page.locator(".message")).to_have_count(2)
    expect(page.locator(".message").first).to_contain_text("Globalcall")
    expect(page.locator(".message").last.locator(".tag")).to_have_count(0)
    expect(page.locator(".message").last).to_contain_text("Hello @Ana Reyes & <all>")
    newest = empty.people.messages(CHANNEL)[-1]
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


def test_replies_stand_in_the_thread_and_not_in_the_channel(empty: Stage) -> None:
    # given
    root = empty.people.do("message", channel=CHANNEL, user=MARIA, text="Root of it")["ts"]
    empty.people.do("message", channel=CHANNEL, user=ANA, text="First reply", thread_ts=root)
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
    assert empty.people.messages(CHANNEL)[-1]["thread_ts"] == root
    page.get_by_role("button", name="Close thread").click()
    expect(thread).to_be_hidden()


def test_what_is_for_one_person_is_seen_by_that_person_alone(empty: Stage) -> None:
    # given
    empty.client.chat_postEphemeral(channel=CHANNEL, user=ANA, text="For Ana only")
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
    empty.client.pins_add(channel=CHANNEL, timestamp=ts)
    empty.people.do("reaction", channel=CHANNEL, ts=ts, user=ANA, name="eyes")
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


class OneThingDue:
    """A companion for which one thing is due, at ten in New York."""

    due_at: datetime | None = datetime(2026, 11, 9, 15, 0, tzinfo=UTC)

    def next_due(self) -> datetime | None:
        return self.due_at

    def idle(self) -> bool:
        return True

    def wake(self) -> None:
        self.due_at = None


def test_the_clock_goes_to_what_is_due_next(empty: Stage) -> None:
    # given
    page = empty.open(MARIA)
    expect(page.get_by_role("button", name="Next event")).to_be_hidden()
    empty.sandbox.accompany(OneThingDue())
    empty.people.say(CHANNEL, ANA, "Something is planned by this")

    # when
    page.get_by_role("button", name="Next event").click()

    # then
    expect(page.locator(".moment")).to_have_text("Mon 9 Nov 2026, 10:00")
    expect(page.get_by_role("button", name="Next event")).to_be_hidden()


def test_a_guide_stands_on_top(empty: Stage) -> None:
    # given
    page = empty.open(ANA)
    expect(page.locator("#guide")).to_be_hidden()

    # when
    empty.people.do("guide", title="You are Ana", steps=["Press *New date*"])

    # then
    expect(page.locator("#guide")).to_contain_text("You are Ana")
    expect(page.locator("#guide strong").last).to_have_text("New date")


def test_days_have_headings_and_one_persons_messages_stand_together(empty: Stage) -> None:
    # given
    empty.people.do("message", channel=CHANNEL, user=MARIA, text="One")
    empty.people.do("message", channel=CHANNEL, user=MARIA, text="Two")
    empty.people.do("clock", advance="P1D")
    empty.people.do("message", channel=CHANNEL, user=MARIA, text="Three")

    # when
    page = empty.open(MARIA)

    # then
    assert page.locator(".day").all_inner_texts() == ["Yesterday", "Today"]
    expect(page.locator(".message")).to_have_count(3)
    expect(page.locator(".message .head")).to_have_count(2)
