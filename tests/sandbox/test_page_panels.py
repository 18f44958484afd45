"""The guide and the tools of the page: wire, faults, worlds, and the JSON behind things."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.sandbox.page_stage import (
    ANA,
    CHANNEL,
    MARIA,
    Stage,
    actions,
    button,
    post,
    stage,
)
from tests.sandbox.panel_stage import height_of, open_tools
from tests.waiting import wait_until
from tests.wire import manifest_with

pytestmark = pytest.mark.browser


def test_the_wire_shows_each_call_and_press_with_request_and_answer(there: Stage) -> None:
    # given
    page = there.open(MARIA)
    panel = open_tools(page, "Wire")
    rows = panel.locator(".wire summary")

    # when
    post(there, "<script>alert(1)</script>", actions(button("Count", "count", value="1")))
    page.get_by_role("button", name="Count").last.click()

    # then
    panel.get_by_label("Filter by text").fill("count maria")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("Press")
    expect(rows).to_contain_text("acked")
    panel.get_by_label("Filter by text").fill("")
    panel.get_by_label("Filter by kind").select_option(label="Web API call")
    panel.get_by_label("Filter by text").fill("postmessage")
    rows.first.press("Enter")
    details = panel.locator("details[open]")
    expect(details.locator("pre").first).to_contain_text("<script>alert(1)</script>")
    expect(details.locator("pre").last).to_contain_text('"ok": true')
    panel.get_by_label("Filter by text").fill("nothing is called this")
    expect(panel).to_contain_text("Nothing on the wire fits this filter.")
    page.reload()
    expect(panel.get_by_label("Filter by kind")).to_have_value("call")
    expect(panel).to_contain_text("Nothing on the wire fits this filter.")


def test_a_long_wire_is_drawn_in_parts_and_can_be_held(there: Stage) -> None:
    # given
    for _ in range(130):
        there.client.api_test()
    page = there.open(MARIA)
    panel = open_tools(page, "Wire")
    panel.get_by_label("Filter by text").fill("api.test")
    rows = panel.locator(".wire summary")
    expect(rows).to_have_count(100)

    # when, then
    panel.get_by_role("button", name="Show 30 more").click()
    expect(rows).to_have_count(130)
    panel.get_by_role("button", name="Pause").click()
    there.client.api_test()
    there.people.say(CHANNEL, ANA, "The wire is held meanwhile")
    expect(page.locator(".message").last).to_contain_text("The wire is held meanwhile")
    expect(rows).to_have_count(130)
    panel.get_by_role("button", name="Go on").click()
    expect(rows).to_have_count(131)


def test_the_wire_is_cut_with_one_press_and_mended_by_what_was_lost(there: Stage) -> None:
    # given
    page = there.open(MARIA)
    panel = open_tools(page, "Break things")
    expect(panel).to_contain_text("Nothing is broken.")

    # when
    panel.get_by_role("button", name="Cut the wire").click()

    # then
    badge = page.get_by_role("button", name="Broken on purpose: 1")
    expect(badge).to_be_visible()
    expect(panel.locator(".planned-fault")).to_contain_text("Answer lost, though done")
    with pytest.raises(OSError, match=r"closed|reset|response"):
        post(there, "Its answer is lost")
    expect(badge).to_be_hidden()
    expect(page.locator(".message").last).to_contain_text("Its answer is lost")
    wait_until(lambda: bool(there.people.world()["connected"]))


def test_what_goes_wrong_where_and_how_often_is_chosen_and_cleared(there: Stage) -> None:
    # given
    page = there.open(MARIA)
    panel = open_tools(page, "Break things")

    # when
    panel.get_by_label("What goes wrong").select_option(label="Too many requests (429)")
    panel.get_by_label("In which method").select_option("chat.update")
    panel.get_by_label("How often").fill("3")
    panel.get_by_label("Retry-After").fill("7")
    panel.get_by_role("button", name="Break it").click()

    # then
    planned = panel.locator(".planned-fault")
    expect(planned).to_contain_text("3 times more")
    assert there.people.get("faults")["faults"] == [
        {"method": "chat.update", "fault": "ratelimited", "times": 3, "retry_after": 7}
    ]
    panel.get_by_label("How often").fill("0")
    panel.get_by_role("button", name="Break it").click()
    expect(panel.get_by_role("alert").first).to_have_text("A whole number from 1 to 1000.")
    expect(panel.get_by_label("How often")).to_be_focused()
    panel.get_by_role("button", name="Clear all").click()
    expect(planned).to_have_count(0)
    expect(page.get_by_role("button", name="Broken on purpose")).to_be_hidden()


def test_the_json_behind_a_message_is_shown_and_checked(there: Stage) -> None:
    # given
    words = "Look <script>alert(1)</script> behind"
    post(there, words, actions(button("Count", "count", value="1")))
    page = there.open(MARIA)
    message = page.locator("#messages .message").last
    expect(message).to_contain_text("Count")

    # when
    message.hover()
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("menuitem", name="Raw JSON").click()

    # then
    dialog = page.get_by_role("dialog", name="Raw JSON of this message")
    expect(dialog.locator("pre")).to_contain_text('"action_id": "count"')
    expect(dialog).to_contain_text("1 of 50")
    expect(dialog).to_contain_text("Slack would take these blocks.")
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)


def test_the_json_of_the_home_tab_is_there_too(there: Stage) -> None:
    page = there.open(MARIA)
    page.locator('.place[data-id="home"]').click()

    page.get_by_role("button", name="Raw JSON of this Home tab").click()

    expect(page.get_by_role("dialog").locator("pre")).to_contain_text("Your list")


def test_an_apps_shortcuts_stand_in_the_menu_of_a_message(browser: Browser) -> None:
    # given: an app that offers a shortcut, and is not there
    manifest = dict(manifest_with(scopes=["chat:write"]))
    offered = {"callback_id": "keep", "name": "Keep <b>this</b>", "type": "message"}
    manifest["features"]["shortcuts"] = [offered]
    with stage(browser, manifest=manifest) as alone:
        alone.people.say(CHANNEL, ANA, "Worth keeping")
        page = alone.open(MARIA)

        # when
        page.locator("#messages .message").last.hover()
        page.get_by_role("button", name="More actions").click()
        page.get_by_role("menuitem", name="Keep <b>this</b>").click()

        # then
        expect(page.get_by_role("status")).to_contain_text("No app is connected")


def test_blocks_that_slack_would_refuse_are_named_with_their_place(there: Stage) -> None:
    page = there.open(MARIA)
    blocks = [{"type": "divider"}, {"type": "section", "text": {"type": "mrkdwn", "text": ""}}]

    page.evaluate(
        """async (blocks) => {
          const { inspect } = await import("/page/inspect.js");
          await inspect({}, "Modal", { blocks }, { surface: "modal" });
        }""",
        blocks,
    )

    expect(page.get_by_role("dialog").locator(".problems li")).to_contain_text(["1"])
    expect(page.get_by_role("dialog").locator(".problems li")).to_have_count(1)


STEPS = [
    {
        "text": "Press *Count*",
        "user": "ana",
        "until": [{"act": "click", "user": "ana", "action_id": "count"}],
    },
    {"text": "Break <b>it</b>", "until": [{"act": "fault"}]},
]


def test_the_guide_ticks_for_everybody_and_ends(there: Stage) -> None:
    # given
    ts = post(there, "Press it", actions(button("Count", "count", value="1")))
    ending = "Use it in your Slack\nRead the README."
    there.people.do("guide", title="Two things", steps=STEPS, ending=ending)
    maria, other = there.open(MARIA), there.open(ANA)
    guide = maria.locator("#guide")
    expect(guide).to_contain_text("Step 1 of 2")
    expect(guide).not_to_contain_text("Break")
    expect(guide).to_contain_text("Two things")
    wait_until(lambda: height_of(guide) < 75)

    # when: the step is taken by whom it is for
    guide.get_by_role("button", name="Be Ana Reyes").click()
    expect(guide).to_contain_text("You are Ana Reyes")
    there.people.click(ANA, "count", channel=CHANNEL, ts=ts)

    # then
    for page in (maria, other):
        expect(page.locator("#guide")).to_contain_text("Step 2 of 2")
        expect(page.locator("#guide")).not_to_contain_text("Two things")
        expect(page.locator("#guide")).to_contain_text("Break <b>it</b>")
    maria.reload()
    guide.get_by_role("button", name="All steps").click()
    expect(guide.locator("li.done")).to_contain_text("Press Count")
    expect(guide.locator('[aria-current="step"]')).to_contain_text("Break")

    # when
    there.people.fault("chat.update", "timeout")

    # then
    expect(guide).to_contain_text("Read the README.")
    expect(other.locator("#guide")).to_contain_text("All done")
    expect(other.locator("#guide")).to_contain_text("Use it in your Slack")


def test_a_guide_that_only_is_read_shows_its_steps_and_can_be_put_away(there: Stage) -> None:
    # given
    steps = ["Press *New date*", {"user": "maria", "text": "Look again"}]
    there.people.do("guide", title="You are Ana", steps=steps)
    page = there.open(ANA)
    guide = page.locator("#guide")
    expect(guide).to_contain_text("You are Ana")
    expect(guide.locator("li").first).to_have_text("Press New date")

    # when: a step of somebody else's is taken
    page.get_by_role("button", name="Be Maria Alvarez").click()

    # then
    expect(page.locator(".workspace")).to_have_text("Acme Retail")
    expect(guide.locator("li").last).to_contain_text("You are Maria Alvarez")

    # when: it is folded, then put away
    guide.get_by_role("button", name="Fold").click()
    expect(guide.locator("li")).to_have_count(0)
    guide.get_by_role("button", name="Close the guide").click()
    page.reload()

    # then
    expect(guide).to_be_hidden()
    page.get_by_role("button", name="What to try").click()
    expect(guide).to_contain_text("Press New date")


def test_a_world_is_saved_and_loaded_and_an_error_in_a_file_stays_on_the_screen(
    there: Stage, tmp_path: Path
) -> None:
    # given
    there.people.say(CHANNEL, ANA, "Said before it was saved")
    page, other = there.open(MARIA), there.open(ANA)
    panel = open_tools(page, "Worlds")

    # when
    with page.expect_download() as download:
        panel.get_by_role("button", name="Save this world").click()
    saved = tmp_path / "saved.json"
    download.value.save_as(saved)

    # then
    assert download.value.suggested_filename.startswith("acme-retail-globalcall-2026-")
    assert "Said before it was saved" in saved.read_text(encoding="utf-8")

    # when: a file with an error, whose name is no markup, then an empty world, then the saved one
    broken = tmp_path / "<b>broken.json"
    broken.write_text('{"teams": [],\n "users": <script>alert(1)</script>}', encoding="utf-8")
    page.locator('input[type="file"]').set_input_files(broken)

    # then: it is said at once, and nobody is asked whether to lose what is here
    sentence = "<b>broken.json was not loaded: This is no world file: line 2"
    expect(panel.get_by_role("alert")).to_contain_text(sentence)
    expect(page.get_by_role("alertdialog")).to_have_count(0)
    panel.get_by_role("button", name="Load Two companies").click()
    page.get_by_role("button", name="Load it").click()
    for one in (page, other):
        expect(one.locator("#messages")).to_have_text("Nothing has been said here yet.")
    expect(panel.get_by_role("alert")).to_be_hidden()
    load(page, saved)
    for one in (page, other):
        expect(one.locator(".message").last).to_contain_text("Said before it was saved")
    wait_until(lambda: bool(there.people.world()["connected"]))


def load(page: Page, file: Path) -> None:
    page.locator('input[type="file"]').set_input_files(file)
    page.get_by_role("button", name="Load it").click()


def test_the_tools_are_reached_and_left_by_keyboard_and_stay_over_a_reload(there: Stage) -> None:
    # given
    page = there.open(MARIA)
    opener = page.get_by_role("button", name="Tools")
    opener.focus()

    # when, then
    page.keyboard.press("Enter")
    expect(page.get_by_role("tab", name="Timeline")).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_role("tab", name="Worlds")).to_be_focused()
    expect(page.get_by_role("tabpanel", name="Worlds")).to_be_visible()
    page.reload()
    expect(page.get_by_role("tab", name="Worlds")).to_have_attribute("aria-selected", "true")
    page.get_by_role("tab", name="Worlds").focus()
    page.keyboard.press("Escape")
    expect(page.get_by_role("complementary", name="Tools")).to_be_hidden()


def test_nothing_hangs_out_of_the_window_at_any_width(there: Stage) -> None:
    # given
    there.people.do("guide", title="Two things", steps=STEPS)
    there.people.fault("chat.update", "timeout")
    page = there.open(MARIA)
    open_tools(page, "Break things")

    for width in (390, 700, 820, 1280, 1600):
        # when
        page.set_viewport_size({"width": width, "height": 800})

        # then
        page.wait_for_function("w => document.documentElement.scrollWidth === w", arg=width)
        wait_until(lambda: height_of(page.locator("#guide")) <= 200)
        expect(page.get_by_role("combobox", name="You are")).to_be_in_viewport()
        expect(page.locator(".clock-buttons button").last).to_be_in_viewport(ratio=1)
        expect(page.get_by_label("Write a message")).to_be_in_viewport()


def test_the_whole_page_weighs_less_than_300_kb() -> None:
    page = Path("sandbox/page")
    assert sum(file.stat().st_size for file in page.iterdir()) < 300_000
