"""Blocks, selects and forms on the page, as people use them while the app takes its time."""

import base64
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

import httpx
import pytest
from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect

from sandbox.world_files import load_world
from tests.sandbox import kitchen_sink as sink
from tests.sandbox.page_stage import (
    ANA,
    CHANNEL,
    MARIA,
    Json,
    Stage,
    button,
    form,
    post,
    stage,
    text,
)
from tests.sandbox.raw_app import RawApp
from tests.sandbox.test_page_looks import CONTRASTS
from tests.waiting import wait_until
from tests.wire import is_patient

pytestmark = pytest.mark.browser

WIDE: Final[ViewportSize] = {"width": 1280, "height": 720}


@dataclass(kw_only=True)
class Scene:
    """A stage with 500 people more, and an app that acks only what it is told to."""

    stage: Stage
    app: RawApp
    page: Page

    def show(self, *blocks: Json) -> Locator:
        """A message of the app with these blocks, once it is drawn."""
        ts = post(self.stage, "Blocks", list(blocks))
        shown = self.page.locator(f"#messages [data-ts='{ts}']")
        shown.wait_for()
        return shown

    def heard(self) -> Json:
        """The next frame with what a person did, which is not acked yet."""
        while (frame := self.app.frame())["type"] != "interactive":
            self.app.ack(frame)
        return frame

    def told(self) -> Json:
        """What a person did next, acked at once."""
        frame = self.heard()
        self.app.ack(frame)
        payload: Json = frame["payload"]
        return payload

    def forget(self) -> None:
        """Ack what was not looked at, and put the window back."""
        with suppress(TimeoutError):
            while True:
                self.app.ack(self.app.frame(within_s=0.01))
        self.page.set_viewport_size(WIDE)

    def action(self) -> Json:
        action: Json = self.told()["actions"][0]
        return action

    def open_form(self, *blocks: Json, title: str = "A form", **fields: object) -> Locator:
        """A form of the app, opened by the person of the page."""
        message = self.show(sink.actions("opener", button("Open", "open")))
        message.get_by_role("button", name="Open").click()
        trigger = self.told()["trigger_id"]
        self.stage.client.views_open(trigger_id=trigger, view=form(title, *blocks, **fields))
        return self.dialog(title)

    def dialog(self, title: str) -> Locator:
        dialog = self.page.get_by_role("dialog", name=title)
        dialog.wait_for()
        return dialog


@pytest.fixture(scope="module")
def whole(browser: Browser) -> Iterator[Scene]:
    world = load_world()
    sink.crowd(world, 500)
    with stage(browser, world=world) as built, RawApp(built.sandbox.url) as app:
        yield Scene(stage=built, app=app, page=built.open(MARIA))


@pytest.fixture
def scene(whole: Scene) -> Iterator[Scene]:
    """The one scene for all tests; no form stays open from one to the next."""
    yield whole
    whole.forget()
    people = whole.stage.people
    for view in people.views(MARIA)["modals"][:1]:
        people.do("close", user=MARIA, view_id=view["id"])
    expect(whole.page.get_by_role("dialog")).to_have_count(0)


def control(message: Locator, action_id: str) -> Locator:
    return message.locator(f"[data-action-id='{action_id}']")


def box_of(node: Locator) -> dict[str, float]:
    box: dict[str, float] = node.evaluate("node => node.getBoundingClientRect().toJSON()")
    return box


def test_every_block_of_a_message_is_drawn(scene: Scene) -> None:
    # when, then: one after the other, since what is far from the window is not drawn
    words = scene.show(*sink.words_message())
    expect(words.locator(".block-image")).to_contain_text(sink.OUTSIDE)
    expect(words.locator(".lines", has_text="Dates:")).to_contain_text(
        "Dates: November 9th · 2026-11-09 · 09/11/2026 · Nov 9, 2026 · Monday, November 9th, 2026"
        " · November 9, 2026 · today · today · today · today · 19:00 · 19:00:00 · in 12 hours"
    )
    expect(words.locator(".rich")).to_contain_text("🧪 a link #16794c Monday, November 9th, 2026")
    assert words.locator("ol").get_attribute("start") == "6"
    assert whole_and_own(words)
    assert whole_and_own(scene.show(*sink.controls_message()))
    table = scene.show(*sink.table_message())
    expect(table.locator(".block").last).to_have_class(re.compile("block-table"))
    assert whole_and_own(table)
    figures = [sink.data_table(), sink.chart("bar", ["Acme", "Globalcall"]), sink.pie()]
    assert whole_and_own(scene.show(*figures))


def whole_and_own(message: Locator) -> bool:
    """Whether everything in it is drawn, and nothing of it comes from outside."""
    return message.locator(".block-unknown, .unknown-element, img").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_in_blocks_and_forms_stand_out(scene: Scene, scheme: str) -> None:
    # given
    scene.show(*sink.controls_message(), *sink.words_message()[:3])
    scene.show(*sink.table_message(), sink.chart("line", ["Acme", "Globalcall"]))
    dialog = scene.open_form(*sink.fields())
    dialog.get_by_label("Title").fill("x" * 21)
    dialog.get_by_role("button", name="Save").click()
    dialog.get_by_role("alert").first.wait_for()
    dialog.get_by_label("City").click()
    scene.page.get_by_role("option").first.wait_for()

    # when
    scene.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    contrasts = scene.page.evaluate(CONTRASTS)
    scene.page.emulate_media(color_scheme="light")

    # then: WCAG AA asks for 4.5
    assert len(contrasts) > 100
    assert [one for one in contrasts if one[1] < 4.5] == []


def test_nothing_widens_a_narrow_window_and_a_wide_table_scrolls_by_itself(scene: Scene) -> None:
    # given
    page = scene.page
    scene.show(*sink.words_message())
    scene.show(*sink.controls_message())
    frame = scene.show(*sink.table_message()).get_by_role("region", name="Table")

    # when
    page.set_viewport_size({"width": 390, "height": 844})

    # then
    frame.evaluate("node => { window.frame = node; }")
    page.wait_for_function("frame.closest('.messages').scrollWidth === 390")
    page.wait_for_function("frame.clientWidth < 390 && frame.scrollWidth > 390")


def test_what_is_markup_in_a_chart_or_a_table_is_text(scene: Scene) -> None:
    # given
    bad = "<b onx=1>"
    script = "<script>window.ran = true</script>"
    chart = sink.chart("bar", [bad], title=script)
    chart["chart"]["axis_config"] |= {"categories": [bad], "x_label": script}
    chart["chart"]["series"][0]["data"] = [{"label": bad, "value": 1}]
    table = sink.data_table()
    table["caption"] = table["rows"][0][0]["text"] = table["rows"][1][0]["text"] = script

    # when
    shown = scene.show(chart, table)

    # then
    expect(shown.locator("figcaption")).to_have_text(script)
    expect(shown.locator(".legend")).to_have_text(bad)
    expect(shown.get_by_role("rowheader", name=script)).to_be_visible()
    assert shown.locator("script, b").count() == 0
    assert not scene.page.evaluate("'ran' in window")


def test_pictures_of_the_sandbox_are_drawn_and_what_is_none_is_named(scene: Scene) -> None:
    # given
    pixel = base64.b64decode(PIXEL)
    ids = [uploaded(scene.stage, name, data) for name, data in (("a", pixel), ("b", b"<svg/>"))]

    # when
    shown = scene.show(
        {"type": "image", "slack_file": {"id": ids[0]}, "alt_text": "A pixel"},
        {"type": "image", "slack_file": {"id": ids[1]}, "alt_text": "No picture"},
    )

    # then
    drawn = shown.get_by_role("img", name="A pixel")
    expect(drawn).to_have_js_property("naturalWidth", 1)
    expect(shown.locator(".picture")).to_have_text(" No picture")


def test_a_file_can_be_saved(scene: Scene) -> None:
    # given
    scene.stage.client.files_upload_v2(
        content="BEGIN:VCALENDAR", filename="review.ics", title="Review", channel=CHANNEL
    )

    # when
    with scene.page.expect_download() as saving:
        scene.page.get_by_role("link", name="Review").click()

    # then
    assert saving.value.suggested_filename == "review.ics"
    assert saving.value.path().read_text() == "BEGIN:VCALENDAR"


PIXEL: Final = "R0lGODlhAQABAIAAAP///wAAACwAAAAAAQABAAACAkQBADs="


def uploaded(stage: Stage, name: str, data: bytes) -> str:
    """The id of a file that the app uploaded."""
    place = stage.client.files_getUploadURLExternal(filename=name, length=len(data))
    httpx.post(place["upload_url"], content=data)
    stage.client.files_completeUploadExternal(files=[{"id": place["file_id"]}])
    return str(place["file_id"])


def test_a_chart_has_axes_a_legend_and_its_figures_as_a_table(scene: Scene) -> None:
    # when
    shown = scene.show(sink.chart("bar", ["Acme", "Globalcall"]), sink.chart("area", ["Acme"]))

    # then
    drawn = shown.get_by_role("img", name="Bar chart: Answers in time")
    expect(drawn.locator("rect")).to_have_count(16)
    words = drawn.locator("text").evaluate_all("all => all.map((one) => one.firstChild.data)")
    assert {"0", "100", "Percent", "2026", "Week 40"} <= set(words)
    expect(shown.locator(".legend").first.locator("li")).to_have_text(["Acme", "Globalcall"])
    shown.get_by_text("As a table").first.click()
    row = shown.get_by_role("row").filter(has=scene.page.get_by_text("Week 45", exact=True))
    expect(row.first.locator("td")).to_have_text(["95.5", "79"])
    heights = [box_of(one)["height"] for one in drawn.locator("rect").all()[:2]]
    assert abs(heights[0] / heights[1] - 72 / 85) < 0.01


def test_a_data_table_is_turned_page_by_page_and_sorted(scene: Scene) -> None:
    # given
    shown = scene.show(sink.data_table())
    names = shown.locator("tbody th")
    expect(names).to_have_text([f"Week {number}" for number in range(1, 6)])

    # when, then
    shown.get_by_role("button", name="Next").click()
    expect(names.first).to_have_text("Week 6")
    expect(shown.locator(".pager")).to_contain_text("6 to 10 of 12")
    shown.get_by_role("button", name="Count").click()
    expect(shown.locator("tbody td")).to_have_text(["0", "1", "2", "3", "4"])
    shown.get_by_role("button", name="Count").click()
    expect(shown.locator("tbody td").first).to_have_text("11")
    expect(shown.get_by_role("columnheader", name="Count")).to_have_attribute(
        "aria-sort", "descending"
    )


def test_a_button_waits_for_the_app_and_two_presses_are_two(scene: Scene) -> None:
    # given
    message = scene.show(sink.actions("one", button("Slow", "slow", value="7")))
    slow = message.get_by_role("button", name="Slow")

    # when
    slow.dblclick()

    # then
    expect(slow).to_have_attribute("aria-busy", "true")
    frames = [scene.heard(), scene.heard()]
    presses = [frame["payload"]["actions"][0] for frame in frames]
    assert [one["value"] for one in presses] == ["7", "7"]
    assert presses[0]["action_ts"] != presses[1]["action_ts"]
    for frame in frames:
        scene.app.ack(frame)
    expect(slow).not_to_have_attribute("aria-busy", "true")


def test_one_of_five_hundred_people_is_found_by_typing(scene: Scene) -> None:
    # given
    select = control(scene.show(*sink.controls_message()), "user").get_by_role("combobox")
    page = scene.page

    # when: everybody, by company, then one
    select.click()
    expect(page.get_by_role("group", name="Globalcall")).to_be_visible()
    expect(page.get_by_role("option")).to_have_count(100)
    expect(page.locator(".options-note:visible")).to_contain_text("more: type to find them")
    select.press_sequentially("globalcall 499")
    expect(page.get_by_role("option")).to_have_count(1)
    select.press("Enter")

    # then
    expect(select).to_have_value("Agent 499")
    assert scene.action()["selected_user"] == "U0CROWD0499"


def test_a_list_is_gone_through_by_key_and_given_up_with_escape(scene: Scene) -> None:
    # given
    select = control(scene.show(*sink.controls_message()), "group").get_by_role("combobox")
    options = scene.page.get_by_role("option")

    # when, then
    select.focus()
    select.press("ArrowDown")
    select.press("ArrowDown")
    expect(select).to_have_attribute(
        "aria-activedescendant", str(options.nth(1).get_attribute("id"))
    )
    select.press("Escape")
    expect(options).to_have_count(0)
    expect(select).to_have_value("")
    select.press("Enter")
    select.press("ArrowDown")
    select.press("ArrowDown")
    select.press("Enter")
    assert scene.action()["selected_option"]["value"] == "manila"
    expect(select).to_have_value("Manila")


def test_a_select_asks_the_app_what_it_offers(scene: Scene) -> None:
    # given
    select = control(scene.show(*sink.controls_message()), "outside").get_by_role("combobox")

    # when
    select.click()
    expect(scene.page.locator(".options-note:visible")).to_have_text("Type 1 letter or more.")
    select.press_sequentially("ma")
    frame = scene.heard()
    assert (frame["payload"]["type"], frame["payload"]["value"]) == ("block_suggestion", "ma")
    expect(scene.page.locator(".options-note:visible")).to_have_text("Looking…")
    scene.app.ack(frame, {"option_groups": sink.GROUPS})
    scene.page.get_by_role("option", name="Manila").click()

    # then
    expect(select).to_have_value("Manila")
    assert scene.action()["selected_option"] == sink.option("Manila")


@pytest.mark.parametrize("top", [True, False], ids=["at the top", "at the bottom"])
def test_an_open_list_never_leaves_the_window(scene: Scene, top: bool) -> None:
    # given
    page = scene.page
    page.set_viewport_size({"width": 390, "height": 600})
    message = scene.show(*sink.controls_message()[1:2])
    select = control(message, "hundred").get_by_role("combobox")
    select.evaluate(f"node => node.scrollIntoView({{ block: '{'start' if top else 'end'}' }})")

    # when
    select.click()

    # then
    wait_until(lambda: is_inside(box_of(page.get_by_role("listbox")), 390, 600))
    select.press("Escape")


def is_inside(listed: dict[str, float], width: float, height: float) -> bool:
    """Whether a list of some height lies within a window of that size."""
    across = listed["left"] >= 0 and listed["right"] <= width
    down = listed["top"] >= 0 and listed["bottom"] <= height
    return across and down and listed["height"] > 150


def test_several_are_chosen_up_to_the_most_and_told_when_one_is_done(scene: Scene) -> None:
    # given: one is chosen already, two are allowed
    message = scene.show(*sink.controls_message()[5:6])
    select = control(message, "people")
    box = select.get_by_role("combobox")

    # when
    box.fill("maria")
    box.press("Enter")
    expect(scene.page.locator(".options-note:visible")).to_have_text("You can choose 2 at most.")
    select.get_by_role("button", name="Remove Ana Reyes").click()
    box.fill("ben ortiz")
    box.press("Enter")
    box.press("Tab")

    # then
    assert scene.action()["selected_users"] == [MARIA, "U0BEN000000"]
    expect(select.locator(".token")).to_have_text(["Maria Alvarez", "Ben Ortiz"])


def test_who_would_rather_not_keeps_what_was_chosen_before(scene: Scene) -> None:
    # given
    element = {
        "type": "static_select",
        "action_id": "city",
        "option_groups": sink.GROUPS,
        "initial_option": sink.option("Cebu"),
        "confirm": sink.CONFIRM,
    }
    box = scene.show(sink.actions("one", element)).get_by_role("combobox")

    # when
    box.fill("manila")
    box.press("Enter")
    scene.page.get_by_role("button", name="Rather not").click()

    # then
    expect(box).to_have_value("Cebu")
    box.fill("manila")
    box.press("Enter")
    scene.page.get_by_role("button", name="Yes, do it").click()
    assert scene.action()["selected_option"]["value"] == "manila"


def test_a_menu_is_used_by_key(scene: Scene) -> None:
    # given
    message = scene.show(*sink.controls_message()[:1])
    more = control(message, "more").get_by_role("button", name="More")

    # when
    more.focus()
    more.press("ArrowDown")
    scene.page.keyboard.press("End")
    scene.page.keyboard.press("Enter")

    # then
    assert scene.action()["selected_option"]["value"] == "remove"
    expect(more).to_be_focused()


def test_a_form_says_what_is_wrong_keeps_what_was_typed_and_is_sent(scene: Scene) -> None:
    # given
    dialog = scene.open_form(*sink.fields())
    expect(dialog.get_by_label("Title")).to_be_focused()
    expect(dialog.get_by_label("Due")).to_have_value("2026-11-20")
    expect(dialog.get_by_label("Note")).to_have_value("It begins so")

    # when: too long, no number, and much left out
    dialog.get_by_label("Note").fill("مرحبا " + "x" * 2900)
    counter = dialog.locator("[data-block-id='title'] .counter")
    for length, told in ((2, "2, at least 3"), (10, ""), (17, "3 left"), (21, "1 too many")):
        dialog.get_by_label("Title").fill("x" * length)
        expect(counter).to_have_text(told)
    dialog.get_by_label("Count").fill("a few")
    dialog.get_by_role("button", name="Save").click()

    # then
    expect(dialog.get_by_role("alert")).to_have_text(
        [
            "Please use at most 20 characters.",
            "Please enter a number.",
            *["Please complete this required field."] * 3,
        ]
    )
    title = dialog.get_by_label("Title")
    expect(title).to_be_focused()
    expect(title).to_have_accessible_description(re.compile("at most 20 characters. A few words"))

    # when
    fill(dialog)
    dialog.get_by_role("button", name="Save").click()
    frame = scene.heard()
    expect(dialog.get_by_role("button", name="Save")).to_have_attribute("aria-busy", "true")
    scene.app.ack(frame, {"response_action": "errors", "errors": {"city": "Nobody is there."}})

    # then
    expect(dialog.get_by_role("alert")).to_have_text(["Nobody is there."])
    expect(dialog.get_by_label("City")).to_be_focused()
    expect(dialog.get_by_label("Owner")).to_have_value("Ana Reyes")
    dialog.get_by_label("City").fill("cebu")
    dialog.get_by_label("City").press("Enter")
    dialog.get_by_role("button", name="Save").click()
    values = scene.told()["view"]["state"]["values"]
    expect(dialog).to_have_count(0)
    assert given(values) == {
        "title": "Deck",
        "count": "12",
        "owner": ANA,
        "people": [MARIA, ANA],
        "city": "cebu",
        "due": "2026-11-27",
        "often": "monthly",
        "also": ["weekly"],
    }


def fill(dialog: Locator) -> None:
    dialog.get_by_label("Title").fill("Deck")
    dialog.get_by_label("Count").fill("12")
    dialog.get_by_label("Mail").fill("ana@example.com")
    for label, typed in (("Owner", "ana r"), ("People", "ana r"), ("City", "chicago")):
        dialog.get_by_label(label).fill(typed)
        dialog.get_by_label(label).press("Enter")
    dialog.get_by_label("Due").fill("2026-11-27")
    dialog.get_by_role("radio", name="Monthly").check()
    dialog.get_by_role("checkbox", name="Weekly").check()


def given(values: Json) -> Json:
    """What the fields hold that tell something, in short."""
    held = {name: fields["value"] for name, fields in values.items()}
    return {
        "title": held["title"]["value"],
        "count": held["count"]["value"],
        "owner": held["owner"]["selected_user"],
        "people": held["people"]["selected_users"],
        "city": held["city"]["selected_option"]["value"],
        "due": held["due"]["selected_date"],
        "often": held["often"]["selected_option"]["value"],
        "also": [one["value"] for one in held["also"]["selected_options"]],
    }


def name_block(name: str = "name", **fields: object) -> Json:
    return sink.field(name, name.capitalize(), {"type": "plain_text_input", **fields})


def test_a_form_that_is_not_acknowledged_says_so_in_slacks_words(scene: Scene) -> None:
    # given
    dialog = scene.open_form(name_block())
    dialog.get_by_label("Name").fill("Ana")

    # when: the app hears of it and says nothing
    scene.stage.sandbox.patience.ack_s = 0.1
    dialog.get_by_label("Name").press("Control+Enter")
    scene.heard()

    # then
    expect(dialog.get_by_role("alert")).to_have_text("We had some trouble connecting. Try again?")
    is_patient(scene.stage.sandbox)
    expect(dialog.get_by_label("Name")).to_have_value("Ana")
    expect(scene.page.locator(".toast")).to_have_count(0)
    dialog.get_by_role("button", name="Save").click()
    scene.told()
    expect(dialog).to_have_count(0)


def test_forms_lie_on_each_other_and_close_one_by_one_or_all_at_once(scene: Scene) -> None:
    # given
    page = scene.page
    first = scene.open_form(
        name_block(), sink.actions("more", button("Next", "next")), notify_on_close=True
    )
    first.get_by_label("Name").fill("half a na")

    def put_on_top() -> Locator:
        first.get_by_role("button", name="Next", exact=True).click()
        trigger = scene.told()["trigger_id"]
        scene.stage.client.views_push(trigger_id=trigger, view=form("Second", name_block()))
        return scene.dialog("Second")

    # when, then: one back, with what was typed and the focus where it was
    second = put_on_top()
    expect(first).to_be_hidden()
    second.get_by_role("button", name="Back").click()
    expect(second).to_have_count(0)
    expect(first.get_by_label("Name")).to_have_value("half a na")
    expect(first.get_by_role("button", name="Next", exact=True)).to_be_focused()

    # when, then: all at once
    put_on_top().get_by_role("button", name="Close").click()
    closed = scene.told()
    assert (closed["type"], closed["is_cleared"]) == ("view_closed", True)
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_role("button", name="Open").last).to_be_focused()


def test_a_form_drawn_anew_keeps_words_place_and_focus(scene: Scene) -> None:
    # given
    names = [name_block(f"name{number}") for number in range(20)]
    dialog = scene.open_form(*names)
    field = dialog.get_by_label("Name15")
    field.fill("half a sentence")
    field.press("ArrowLeft")
    caret = "node => [node.selectionStart, node.closest('.modal-body').scrollTop > 100]"
    before = field.evaluate(caret)

    # when: the app adds a line and changes another field
    view = scene.stage.people.views(MARIA)["modals"][0]
    names[3]["label"] = text("Another name")
    told = {"type": "section", "block_id": "told", "text": text("New line")}
    scene.stage.client.views_update(view_id=view["id"], view=form("A form", *names, told))

    # then
    expect(dialog.get_by_label("Another name")).to_be_attached()
    expect(field).to_have_value("half a sentence")
    expect(field).to_be_focused()
    assert field.evaluate(caret) == before == [14, True]


def test_what_was_typed_and_chosen_is_there_after_a_reload(scene: Scene) -> None:
    # given
    where = sink.field("where", "Where", {"type": "external_select", "min_query_length": 0})
    dialog = scene.open_form(name_block(), where)
    dialog.get_by_label("Name").fill("half a sentence")
    dialog.get_by_label("Where").click()
    scene.app.ack(scene.heard(), {"options": sink.options("Manila")})
    scene.page.get_by_role("option", name="Manila").click()
    dialog.get_by_role("button", name="Save").click()
    scene.app.ack(scene.heard(), {"response_action": "errors", "errors": {"name": "Not yet."}})
    dialog.get_by_role("alert").wait_for()

    # when
    scene.page.reload()

    # then
    expect(dialog.get_by_label("Name")).to_have_value("half a sentence")
    expect(dialog.get_by_label("Where")).to_have_value("Manila")


def test_escape_closes_a_list_first_and_the_form_then(scene: Scene) -> None:
    # given
    dialog = scene.open_form(sink.field("owner", "Owner", {"type": "users_select"}))
    dialog.get_by_label("Owner").click()
    scene.page.get_by_role("option").first.wait_for()

    # when, then
    scene.page.keyboard.press("Escape")
    expect(scene.page.get_by_role("option")).to_have_count(0)
    expect(dialog).to_be_visible()
    scene.page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)


def test_the_focus_stays_in_the_form(scene: Scene) -> None:
    # given
    scene.open_form(name_block(focus_on_load=True), name_block("other"))

    # when
    places = set()
    for _ in range(12):
        scene.page.keyboard.press("Tab")
        places.add(
            scene.page.evaluate(
                "document.activeElement.closest('dialog') ? 'in'"
                " : document.activeElement === document.body ? 'browser' : 'out'"
            )
        )

    # then
    assert places <= {"in", "browser"}


@pytest.mark.parametrize("moment", ["on_enter_pressed", "on_character_entered"])
def test_a_field_that_is_told_as_it_is_typed(scene: Scene, moment: str) -> None:
    # given
    block = name_block(dispatch_action_config={"trigger_actions_on": [moment]})
    dialog = scene.open_form(block | {"dispatch_action": True})

    # when
    dialog.get_by_label("Name").press_sequentially("Ana")
    if moment == "on_enter_pressed":
        dialog.get_by_label("Name").press("Enter")

    # then: who types slowly is told of in between
    told = scene.action()["value"]
    while moment == "on_character_entered" and told != "Ana":
        assert "Ana".startswith(told)
        told = scene.action()["value"]
    assert told == "Ana"
    expect(dialog).to_be_visible()


def test_a_home_is_drawn_block_by_block(scene: Scene) -> None:
    # given
    page, client = scene.page, scene.stage.client
    blocks = [*sink.words_message(), *sink.controls_message(), *sink.fields()[:3]]
    for number, block in enumerate(blocks):
        block.setdefault("block_id", f"block{number}")
    view = {"type": "home", "blocks": blocks}
    client.views_publish(user_id=MARIA, view=view)
    page.locator(".place", has_text="Home").click()
    home = page.locator(".home")
    expect(home.locator(".block")).to_have_count(len(blocks))
    assert whole_and_own(home)

    # when: one block changes while somebody types in another
    home.get_by_label("Note").fill("half a sentence")
    blocks[0]["text"] = text("Another header")
    client.views_publish(user_id=MARIA, view=view)

    # then
    expect(home.get_by_role("heading", name="Another header")).to_be_visible()
    expect(home.get_by_label("Note")).to_be_focused()
    home.get_by_role("button", name="Primary").click()
    assert scene.told()["view"]["state"]["values"]["note"]["value"]["value"] == "half a sentence"
    page.locator(".place", has_text="acme-globalcall").click()


def test_a_day_typed_part_by_part_is_told_once(scene: Scene) -> None:
    # given
    element = {"type": "datepicker", "action_id": "day", "initial_date": "2026-11-20"}
    message = scene.show(sink.actions("one", element, button("Other", "other")))
    day = control(message, "day")

    # when
    day.focus()
    scene.page.keyboard.type("12242027")
    message.get_by_role("button", name="Other").click()

    # then
    assert scene.action()["selected_date"] == "2027-12-24"
    assert scene.action()["action_id"] == "other"
