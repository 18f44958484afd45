import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.sandbox.page_stage import (
    ANA,
    CHANNEL,
    MARIA,
    Stage,
    post,
    scroll,
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
    expect(page.locator(".own")).to_have_text("Mon 9 Nov 2026, 07:00 New York")
    expect(page.get_by_role("heading", name="#acme-globalcall")).to_be_visible()
    expect(page.locator(".about")).to_contain_text("shared by Acme Retail and Globalcall")
    expect(page.get_by_text("Nothing has been said here yet.")).to_be_visible()


def test_one_can_be_anybody_of_either_company(empty: Stage) -> None:
    # given
    page = empty.open(MARIA)
    who = page.get_by_role("combobox", name="You are")
    who.click()
    offered = page.locator(".people-list [role=option]")
    expect(page.locator(".people-head")).to_have_text(
        ["Acme Retail", "Globalcall", "Northwind Audit"]
    )
    expect(offered.first).to_have_accessible_name("Maria Alvarez (Acme Retail)")
    expect(page.locator(".people-note")).to_contain_text("more: type a name or a company")
    who.fill("kim s")
    expect(offered).to_have_accessible_name("Kim Sato (Acme Retail, guest)")

    # when
    who.fill("Ana Reyes (Globalcall)")

    # then
    expect(who).to_have_value("Ana Reyes (Globalcall)")
    expect(page.locator(".workspace")).to_have_text("Globalcall")
    expect(page.locator(".own")).to_have_text("Mon 9 Nov 2026, 20:00 Manila")
    page.reload()
    expect(page.locator(".own .zone")).to_have_text("Manila")


@pytest.mark.parametrize("typed", ["ana", "Miguel S", "northwind"])
def test_a_part_of_a_name_or_company_finds_somebody(empty: Stage, typed: str) -> None:
    found = {"ana": "Ana Reyes", "Miguel S": "Miguel Santos", "northwind": "Nora Haddad"}
    page = empty.open(MARIA)
    who = page.get_by_role("combobox", name="You are")

    who.fill(typed)
    who.press("Enter")

    expect(who).to_have_value(re.compile(found[typed]))
    expect(page.locator(".workspace")).not_to_have_text("Acme Retail")


def test_a_name_that_nobody_has_changes_nothing(empty: Stage) -> None:
    page = empty.open(MARIA)
    who = page.get_by_role("combobox", name="You are")

    who.fill("nobody")
    who.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Nobody here is called nobody.")
    who.press("Escape")

    expect(who).to_have_value("Maria Alvarez (Acme Retail)")


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
    page.get_by_role("combobox", name="You are").fill("Maria Alvarez (Acme Retail)")
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


def test_the_home_tab_says_tomorrow_only_until_that_day_has_come(empty: Stage) -> None:
    # given: what is due on Tuesday, seen on Monday
    empty.people.move_to("2026-11-09T12:00:00+00:00")
    words = "Due <!date^1794330000^{date_pretty}|then>"
    block = {"type": "section", "text": {"type": "mrkdwn", "text": words}}
    empty.client.views_publish(user_id=MARIA, view={"type": "home", "blocks": [block]})
    page = empty.open(MARIA, at="home")
    expect(page.locator(".home")).to_contain_text("Due tomorrow")

    # when
    empty.people.move_to("2026-11-10T16:00:00+00:00")

    # then
    expect(page.locator(".home")).to_contain_text("Due today")


def test_an_empty_channel_says_where_to_begin(empty: Stage) -> None:
    empty.people.do("guide", title="Hello", empty="Begin as Maria.", channel=CHANNEL)
    page = empty.open(MARIA)

    expect(page.locator("#messages")).to_have_text("Begin as Maria.")
    page.locator('.place[data-id="dm"]').click()
    expect(page.locator("#messages")).to_have_text("Nothing has been said here yet.")


def test_a_thread_says_how_many_replies_are_new(empty: Stage) -> None:
    # given
    ts = post(empty, "Root")
    empty.people.do("message", channel=CHANNEL, user=ANA, text="Old", thread_ts=ts)
    empty.people.advance("PT1M")
    page = empty.open(MARIA)
    thread = page.locator(".replies")
    expect(thread).to_contain_text("1 reply")
    expect(page.locator(".replies-new")).to_have_text("1 new")

    # when: she answers, which she does not without having read, and then others do
    empty.people.do("message", channel=CHANNEL, user=MARIA, text="Mine", thread_ts=ts)
    expect(page.locator(".replies-new")).to_have_count(0)
    empty.people.do("message", channel=CHANNEL, user=ANA, text="New", thread_ts=ts)

    # then: a reload loses nothing of it
    expect(thread).to_contain_text("3 replies")
    expect(page.locator(".replies-new")).to_have_text("1 new")
    page.reload()
    expect(page.locator(".replies-new")).to_have_text("1 new")

    # when
    thread.click()
    expect(page.locator("#thread .new-line")).to_be_visible()
    page.get_by_role("button", name="Close thread").click()

    # then
    expect(page.locator(".replies-new")).to_have_count(0)


def test_an_own_act_shows_what_it_brought_and_others_do_not(empty: Stage) -> None:
    # given: she reads what is far up
    for number in range(60):
        post(empty, f"Line {number}")
    page = empty.open(MARIA)
    expect(page.get_by_text("Line 59", exact=True)).to_be_in_viewport()
    scroll(page, 0)
    expect(page.get_by_text("Line 59", exact=True)).not_to_be_in_viewport()

    # when, then
    post(empty, "Of somebody else")
    expect(page.get_by_text("Of somebody else")).to_be_attached()
    expect(page.get_by_text("Of somebody else")).not_to_be_in_viewport()
    write(page, "My own")
    expect(page.get_by_text("My own")).to_be_in_viewport()


def test_on_a_narrow_window_the_places_fold_away(empty: Stage) -> None:
    # given
    page = empty.open(MARIA, viewport={"width": 390, "height": 844})
    place = page.locator('.place[data-id="home"]')
    expect(place).to_be_hidden()

    # when
    fold = page.get_by_role("button", name="Places")
    fold.click()
    expect(place).to_be_visible()
    fold.click()
    expect(place).to_be_hidden()
    fold.click()
    place.click()

    # then
    expect(page.get_by_role("heading", name=": Home")).to_be_visible()
    expect(place).to_be_hidden()
    page.wait_for_function("document.documentElement.scrollWidth === 390")


def test_days_have_headings_and_one_persons_messages_stand_together(empty: Stage) -> None:
    # given
    empty.people.do("message", channel=CHANNEL, user=MARIA, text="One")
    empty.people.do("message", channel=CHANNEL, user=MARIA, text="Two")
    empty.people.do("clock", advance="P1D")
    empty.people.do("message", channel=CHANNEL, user=MARIA, text="Three")

    # when
    page = empty.open(MARIA)

    # then
    expect(page.locator(".message")).to_have_count(3)
    expect(page.locator(".day")).to_have_text(["Yesterday", "Today"])
    expect(page.locator(".message .head")).to_have_count(2)
