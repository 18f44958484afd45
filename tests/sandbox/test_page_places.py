"""A familiar place: what is unread, drafts, own messages, members, pins, being somebody else."""

import re
from collections.abc import Iterator
from copy import copy

import pytest
from playwright.sync_api import Browser, Page, expect

from sandbox.world_files import load_world
from tests.sandbox.page_stage import (
    ANA,
    BEN,
    CHANNEL,
    MARIA,
    Stage,
    close_pages,
    post,
    stage,
    write,
)

pytestmark = pytest.mark.browser

MANIFEST = {
    "features": {
        "slash_commands": [
            {"command": "/deliverable", "description": "Promise something", "usage_hint": "[what]"},
            {"command": "/pulse", "description": "Ask how it goes"},
        ]
    },
    "oauth_config": {"scopes": {"bot": ["chat:write", "pins:write"]}},
}


@pytest.fixture(scope="module")
def world(browser: Browser) -> Iterator[Stage]:
    with stage(browser, manifest=MANIFEST) as built:
        yield built


@pytest.fixture
def there(world: Stage) -> Iterator[Stage]:
    """Nothing was said yet."""
    world.people.do("load", name="two-companies")
    yield world
    close_pages(world.browser)


def test_where_nothing_was_said_the_commands_are_named(there: Stage) -> None:
    page = there.open(MARIA)

    hint = "Nothing has been said here yet. Type / for commands."
    expect(page.locator("#messages")).to_have_text(hint)


def test_what_is_unread_is_the_same_in_every_browser(there: Stage) -> None:
    # given: Maria has read the channel and is elsewhere, in two browsers
    there.people.say(CHANNEL, ANA, "Old")
    there.people.do("seen", user="*")
    one, other = there.open(MARIA, at="dm"), there.open(MARIA, at="dm")
    place = f'.place[data-id="{CHANNEL}"]'

    # when
    there.people.say(CHANNEL, ANA, "For all")
    there.people.say(CHANNEL, ANA, f"<@{MARIA}>, for you")

    # then
    for page in (one, other):
        expect(page.locator(f"{place}.unread .badge")).to_contain_text("1")
    one.reload()
    expect(one.locator(f"{place}.unread")).to_contain_text("2 new")

    # when
    one.locator(place).click()

    # then
    expect(one.locator("#messages li").filter(has_text="New").first).to_be_visible()
    after_line = one.locator("#messages .new-line + li")
    expect(after_line).to_contain_text("For all")
    expect(other.locator(f"{place}.unread")).to_have_count(0)


def test_a_place_opens_where_new_begins_and_what_fills_half_the_window_is_read(
    there: Stage,
) -> None:
    # given: Maria was in the channel, and is elsewhere while more comes than the window holds
    there.people.say(CHANNEL, ANA, "Old")
    there.people.do("seen", user="*")
    page = there.open(MARIA)
    expect(page.locator("#messages")).to_contain_text("Old")
    page.locator('.place[data-id="dm"]').click()
    long = there.people.say(CHANNEL, ANA, "\n".join(f"Line {n}" for n in range(80)))
    there.people.say(CHANNEL, ANA, "The last word")
    place = page.locator(f'.place[data-id="{CHANNEL}"]')
    expect(place).to_contain_text("2 new")

    # when
    place.click()

    # then
    expect(page.locator("#messages .new-line")).to_be_in_viewport()
    expect(page.get_by_role("button", name="Jump to newest, 1 new")).to_be_visible()
    assert there.people.get("marks", user=MARIA)["channels"][CHANNEL]["read"] == long


def test_a_draft_belongs_to_one_person_in_one_place_and_survives_a_reload(there: Stage) -> None:
    # given: words in a field of a message, and words in the box
    element = {"type": "plain_text_input", "action_id": "value"}
    label = {"type": "plain_text", "text": "Reason"}
    post(there, "Why?", [{"type": "input", "label": label, "element": element}])
    page = there.open(MARIA)
    page.get_by_label("Reason").fill("because")
    box = page.get_by_label("Write a message")
    box.fill("half a sent")

    # when, then
    page.locator('.place[data-id="dm"]').click()
    expect(box).to_have_value("")
    page.reload()
    expect(page.locator('.place[data-id="dm"]')).to_have_attribute("aria-current", "page")
    page.locator(f'.place[data-id="{CHANNEL}"]').click()
    expect(box).to_have_value("half a sent")
    expect(page.get_by_label("Reason")).to_have_value("because")
    become(page, "ana")
    expect(box).to_have_value("")
    expect(page.get_by_label("Reason")).to_have_value("")
    become(page, "maria")
    expect(box).to_have_value("half a sent")
    box.press("Enter")
    expect(page.locator(".message").last).to_contain_text("half a sent")
    page.reload()
    expect(page.locator(".message").last).to_contain_text("half a sent")
    expect(box).to_have_value("")


def become(page: Page, typed: str) -> None:
    who = page.get_by_role("combobox", name="You are")
    who.fill(typed)
    who.press("Enter")
    expect(who).to_have_value(re.compile(typed, re.IGNORECASE))


def test_own_messages_are_changed_and_taken_back(there: Stage) -> None:
    # given
    there.people.say(CHANNEL, MARIA, f"<@{ANA}>, the first & last")
    there.people.say(CHANNEL, ANA, "Not mine")
    page, other = there.open(MARIA), there.open(ANA)
    box = page.get_by_label("Write a message")
    expect(page.locator(".message")).to_have_count(2)

    # when
    box.press("ArrowUp")
    editor = page.get_by_label("Edit message")
    expect(editor).to_have_value("@ana, the first & last")
    editor.fill("@ana, the second")
    page.reload()
    expect(editor).to_have_value("@ana, the second")
    editor.press("Enter")

    # then
    for one in (page, other):
        expect(one.locator(".message").first).to_contain_text("@Ana Reyes, the second(edited)")
    assert there.people.messages(CHANNEL)[0]["text"] == f"<@{ANA}>, the second"

    # when
    page.locator(".message").first.hover()
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("menuitem", name="Delete message").click()
    page.get_by_role("button", name="Delete", exact=True).click()

    # then
    for one in (page, other):
        expect(one.locator(".message")).to_have_count(1)
    page.locator(".message").hover()
    page.get_by_role("button", name="More actions").click()
    expect(page.get_by_role("menuitem", name="Edit message")).to_have_count(0)


def test_commands_are_offered_where_they_run(there: Stage) -> None:
    # given
    ts = there.people.say(CHANNEL, MARIA, "Root")
    there.people.say(CHANNEL, ANA, "A reply", thread_ts=ts)
    page = there.open(MARIA)
    box = page.get_by_label("Write a message")

    # when
    box.press_sequentially("/")
    expect(page.get_by_role("option")).to_have_count(2)
    expect(page.get_by_role("option").first).to_have_text("/deliverable [what] Promise something")
    box.press_sequentially("pu")
    expect(page.get_by_role("option")).to_have_count(1)
    box.press("Tab")

    # then
    expect(box).to_have_value("/pulse ")

    # when: the same in a thread
    page.get_by_role("button", name="1 reply").click()
    reply = page.get_by_label("Reply", exact=True)
    reply.press_sequentially("/pulse")
    expect(page.get_by_role("option")).to_contain_text("Commands do not run in threads.")
    reply.press("Enter")

    # then
    said = page.locator("#thread .message.ephemeral")
    expect(said).to_contain_text("/pulse is not supported in threads. Sorry!")


def test_members_are_found_taken_in_and_put_out(there: Stage) -> None:
    # given
    page, other = there.open(MARIA), there.open(ANA)
    count = len(next(c for c in there.people.world()["channels"] if c["id"] == CHANNEL)["members"])
    page.get_by_role("button", name=f"{count} members").click()
    people = page.get_by_role("dialog", name="People in #acme-globalcall")
    expect(people.locator(".member-head").first).to_contain_text("Acme Retail")
    people.get_by_label("Find people").fill("nora")
    expect(people).to_contain_text("Nobody here is called that.")

    # when
    people.get_by_label("Find people").fill("ben or")
    people.get_by_role("button", name="Remove Ben Ortiz").click()

    # then
    expect(people.get_by_role("button", name="Add Ben Ortiz")).to_be_visible()
    expect(other.locator(".coming")).to_have_text(re.compile("Ben Ortiz left the channel"))
    people.get_by_role("button", name="Add Ben Ortiz").click()
    expect(people.get_by_role("button", name="Remove Ben Ortiz")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name=f"{count} members")).to_be_focused()
    assert BEN in next(c for c in there.people.world()["channels"] if c["id"] == CHANNEL)["members"]


def test_a_pinned_message_is_gone_to(there: Stage) -> None:
    # given
    ts = post(there, "Keep this")
    there.client.pins_add(channel=CHANNEL, timestamp=ts)
    for number in range(60):
        there.people.say(CHANNEL, ANA, f"Line {number}")
    page = there.open(MARIA)
    expect(page.get_by_text("Line 59", exact=True)).to_be_in_viewport()

    # when
    page.get_by_role("button", name="1 pinned message").click()
    page.get_by_role("menuitem").filter(has_text="Keep this").press("Enter")

    # then
    expect(page.locator(".message.pinned")).to_be_in_viewport()


def test_a_link_leads_to_a_message_in_its_thread(there: Stage) -> None:
    ts = there.people.say(CHANNEL, MARIA, "Root")
    replies = [there.people.say(CHANNEL, ANA, f"Reply {n}", thread_ts=ts) for n in range(40)]

    page = there.open(MARIA, at=f"{CHANNEL}&thread={ts}&ts={replies[3]}")

    expect(page.locator("#thread").get_by_text("Reply 3", exact=True)).to_be_in_viewport()
    expect(page.locator("#thread").get_by_text("Reply 39", exact=True)).not_to_be_in_viewport()


def test_a_message_is_acted_on_by_key_alone(there: Stage) -> None:
    # given
    there.people.say(CHANNEL, ANA, "Hello")
    page = there.open(MARIA)
    expect(page.locator(".message")).to_be_visible()
    page.locator("#messages").focus()

    # when: to the message, on to its bar, and a reaction from the small picker
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Tab")
    for _ in range(4):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.get_by_role("menu", name="Reactions")).to_be_visible()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")

    # then
    expect(page.locator(".reaction")).to_contain_text("1")
    assert there.people.messages(CHANNEL)[0]["reactions"][0]["name"] == "white_check_mark"
    expect(page.get_by_role("button", name="Add a reaction").last).to_be_focused()


def test_people_are_chosen_by_key_from_a_list_by_company(there: Stage) -> None:
    # given
    page = there.open(MARIA)
    who = page.get_by_role("combobox", name="You are")

    # when
    who.press_sequentially("globalcall")
    expect(page.locator(".people-head")).to_have_text(["Globalcall"])
    who.press("ArrowDown")
    who.press("Enter")

    # then
    expect(who).to_have_value("Miguel Santos (Globalcall)")
    expect(who).not_to_be_focused()


def test_of_a_world_before_only_who_and_where_one_was_and_the_draft_are_left(there: Stage) -> None:
    # given: Ana, who is not the one as whom a page begins
    ts = there.people.say(CHANNEL, MARIA, "Root")
    there.people.say(CHANNEL, MARIA, "A reply", thread_ts=ts)
    page = there.open(ANA)
    page.get_by_role("button", name="1 reply").click()
    page.get_by_label("Write a message").fill("half a sent")

    # when: in another browser
    there.people.do("load", name="two-companies")

    # then
    expect(page.locator("#messages .message")).to_have_count(0)
    expect(page.locator("#thread")).to_be_hidden()
    expect(page.locator(".toast")).to_have_text("Two companies is loaded.")
    expect(page.get_by_label("You are")).to_have_value("Ana Reyes (Globalcall)")
    expect(page.get_by_label("Write a message")).to_have_value("half a sent")
    write(page, "Anew")
    expect(page.locator("#messages .message")).to_have_text(re.compile("Anew"))


def test_of_many_channels_the_open_one_is_in_sight_and_the_rest_a_key_away(
    browser: Browser,
) -> None:
    # given
    world = load_world()
    for number in range(60):
        channel = copy(world.channels[CHANNEL])
        channel.id, channel.name = f"C0MANY{number:04}", f"project-{number:03}"
        world.channels[channel.id] = channel
    with stage(browser, world=world) as many:
        # when
        page = many.open(MARIA, at="C0MANY0040")
        here = page.locator(".place[aria-current]")

        # then: the Tab key comes by once
        expect(here).to_have_text(re.compile("project-040"))
        expect(here).to_be_in_viewport()
        expect(page.locator('.place:not([tabindex="-1"])')).to_have_count(1)

        # when, then
        here.press("ArrowDown")
        page.keyboard.press("Enter")
        expect(here).to_have_text(re.compile("project-041"))
        here.press("Home")
        page.keyboard.press("Enter")
        expect(here).to_have_attribute("data-id", "dm")
        expect(here).to_be_in_viewport()


def test_an_archived_channel_is_last_and_takes_nothing_more(there: Stage) -> None:
    # given
    page = there.open(MARIA)

    # when
    there.people.do("channel", channel=CHANNEL, archived=True)

    # then
    expect(page.locator("#main .closed")).to_be_visible()
    expect(page.get_by_label("Write a message")).to_be_hidden()
