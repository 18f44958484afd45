"""The clock, the guide and the tools of the page; what stands in channels is tested elsewhere."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.people import Slack
from tests.sandbox.page_stage import (
    ANA,
    CHANNEL,
    MARIA,
    Stage,
    actions,
    button,
    lively_stage,
    post,
)
from tests.waiting import wait_until

pytestmark = pytest.mark.browser

Json = dict[str, Any]
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


@pytest.fixture(scope="module")
def running(browser: Browser) -> Iterator[Stage]:
    """One world for all of these tests: its clock only goes on."""
    with lively_stage(browser) as built:
        yield built


@pytest.fixture
def there(running: Stage) -> Iterator[Stage]:
    # A clock that ran for a moment stands between two seconds.
    running.people.move_to(f"{now_of(running) + timedelta(minutes=1):%Y-%m-%dT%H:%M:00+00:00}")
    yield running
    running.people.do("fault", clear=True)
    running.people.do("guide", title="None")
    running.sandbox.accompany(None)
    for context in running.browser.contexts:
        context.close()


@dataclass(frozen=True, kw_only=True)
class Due:
    at: datetime
    what: str
    where: str | None


@dataclass(kw_only=True)
class Plans:
    """A companion for which something is due at each moment, and what it does then."""

    people: Slack
    due: list[tuple[datetime, Callable[[], object]]]
    words: dict[datetime, str] = field(default_factory=dict)

    def next_due(self) -> datetime | None:
        return self.due[0][0] if self.due else None

    def idle(self) -> bool:
        now = datetime.fromisoformat(self.people.world()["now"])
        while self.due and self.due[0][0] <= now:
            _, act = self.due.pop(0)
            act()
        return True

    def upcoming(self, limit: int) -> list[Due]:
        moments = [at for at, _ in self.due[:limit]]
        return [Due(at=at, what=self.words.get(at, "Work"), where=CHANNEL) for at in moments]

    def wake(self) -> None:
        """It looks when it is asked whether it is idle, which is never on the sandbox's loop."""


def now_of(stage: Stage) -> datetime:
    return datetime.fromisoformat(stage.people.world()["now"])


def plan(
    stage: Stage, *acts: tuple[timedelta, Callable[[], object]], **words: Any
) -> list[datetime]:
    """Let a companion act at these distances from now, and answer the moments."""
    moments = [now_of(stage) + distance for distance, _ in acts]
    due = [(at, act) for at, (_, act) in zip(moments, acts, strict=True)]
    named = dict(zip(moments, words.get("words", ()), strict=False))
    stage.sandbox.accompany(Plans(people=stage.people, due=due, words=named))
    # The page reads the world anew when something happens in it.
    stage.people.say(CHANNEL, ANA, "Something is planned by this")
    return moments


def open_tools(page: Page, tab: str) -> Locator:
    page.get_by_role("button", name="Tools").click()
    page.get_by_role("tab", name=tab).click()
    return page.get_by_role("tabpanel", name=tab)


def test_the_clock_stands_in_the_zones_of_both_companies_the_viewers_first(there: Stage) -> None:
    there.people.move_to("2026-11-10T01:00:00+00:00")
    maria, ana = there.open(MARIA), there.open(ANA)

    expect(maria.locator(".face-time").first).to_have_text("Mon 9 Nov 2026, 20:00 New York")
    expect(maria.locator(".face-time").last).to_have_text("Tue 10 Nov, 09:00 Manila")
    expect(ana.locator(".face-time").first).to_have_text("Tue 10 Nov 2026, 09:00 Manila")
    expect(ana.locator(".face-time").last).to_have_text("Mon 9 Nov, 20:00 New York")


def test_the_clock_goes_on_by_steps_and_to_the_next_working_day(there: Stage) -> None:
    # given
    page = there.open(MARIA)
    before = now_of(there)
    own = page.locator(".own .moment")

    # when, then
    page.get_by_role("button", name="+10 min").click()
    expect(own).to_have_attribute("datetime", iso(before + timedelta(minutes=10)))
    page.get_by_role("button", name="+1 hour").click()
    expect(own).to_have_attribute("datetime", iso(before + timedelta(minutes=70)))
    page.get_by_role("button", name="Next working day").click()
    expect(own).to_have_text("Tue 10 Nov 2026, 09:00")
    page.get_by_role("button", name="Paused").click()
    page.get_by_role("button", name="Running").click()
    expect(page.get_by_role("button", name="Paused")).to_be_visible()


def iso(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%S.000Z")


WORKING_DAYS = [
    ["2026-11-13T22:00:00Z", "America/New_York", "2026-11-16T14:00:00.000Z"],
    ["2026-11-16T13:59:00Z", "America/New_York", "2026-11-16T14:00:00.000Z"],
    ["2026-11-16T14:00:00Z", "America/New_York", "2026-11-17T14:00:00.000Z"],
    ["2026-10-30T14:00:00Z", "America/New_York", "2026-11-02T14:00:00.000Z"],
    ["2027-03-12T15:00:00Z", "America/New_York", "2027-03-15T13:00:00.000Z"],
    ["2026-11-15T23:30:00Z", "Asia/Manila", "2026-11-16T01:00:00.000Z"],
]


def test_a_working_day_begins_at_nine_from_monday_to_friday_on_the_viewers_clock(
    there: Stage,
) -> None:
    page = there.open(MARIA)

    found = page.evaluate(
        """async (cases) => {
          const { nextWorkingDay } = await import("/page/clock.js");
          const next = ([now, zone]) => nextWorkingDay(Date.parse(now), zone);
          return cases.map((one) => new Date(next(one)).toJSON());
        }""",
        WORKING_DAYS,
    )

    assert found == [wanted for _, _, wanted in WORKING_DAYS]


def test_the_clock_goes_on_to_the_next_event_that_shows(there: Stage) -> None:
    # given: two events of which nothing is seen, one that is, and one more
    page = there.open(MARIA)
    expect(page.get_by_role("button", name="Next event")).to_be_hidden()
    moments = plan(
        there,
        (HOUR, int),
        (2 * HOUR, int),
        (3 * HOUR, lambda: post(there, "Good morning")),
        (4 * HOUR, int),
    )

    # when
    page.get_by_role("button", name="Next event").click()

    # then
    expect(page.get_by_role("status")).to_contain_text("News in #acme-globalcall.")
    expect(page.locator(".own .moment")).to_have_attribute("datetime", iso(moments[2]))
    expect(page.locator(".message").last).to_contain_text("Good morning")

    # when: what is left shows nothing
    page.get_by_role("button", name="Next event").click()

    # then
    expect(page.get_by_role("status")).to_contain_text("No message")
    expect(page.get_by_role("button", name="Next event")).to_be_hidden()


def test_a_week_is_played_event_by_event_and_says_what_was_said_where(there: Stage) -> None:
    # given
    page = there.open(MARIA)
    began = now_of(there)
    plan(
        there,
        (DAY, lambda: post(there, "On the first day <b>of it</b>")),
        (2 * DAY, int),
        (3 * DAY, lambda: there.client.chat_postMessage(channel=ANA, text="For Ana alone")),
        (9 * DAY, lambda: post(there, "After the week")),
    )

    # when
    page.get_by_role("button", name="Play the week").click()

    # then
    strip = page.locator("#walk")
    expect(strip).to_contain_text("On the first day <b>of it</b>")
    expect(strip).to_contain_text("The week went by. 2 messages in 2 places.")
    assert now_of(there) == began + 7 * DAY
    strip.get_by_role("button", name="All that was said").click()
    said = page.get_by_role("tabpanel", name="Timeline").locator(".said")
    expect(said).to_have_count(2)
    expect(said.first).not_to_contain_text("For Ana alone")

    # when: what somebody else was told is looked at
    said.first.click()

    # then
    expect(page.locator(".workspace")).to_have_text("Globalcall")
    expect(page.locator(".message").last).to_contain_text("For Ana alone")


def test_a_walk_is_stopped_by_whoever_sees_it(there: Stage) -> None:
    # given: a walk that stays where it is until it is let go on
    page, other = there.open(MARIA), there.open(ANA)
    began = now_of(there)
    goes_on = threading.Event()
    plan(there, (DAY, lambda: goes_on.wait(20)), (2 * DAY, lambda: post(there, "Too late")))
    page.get_by_role("button", name="Next working day").click()
    page.get_by_role("button", name="Next working day").click()

    # when
    strip = other.locator("#walk")
    expect(strip).to_contain_text("The clock is being moved")
    strip.get_by_role("button", name="Stop").click()
    goes_on.set()

    # then
    expect(strip).to_be_hidden()
    expect(page.locator("#walk")).to_be_hidden()
    assert now_of(there) <= began + DAY


def test_the_timeline_says_what_comes_next_and_goes_there(there: Stage) -> None:
    # given
    page = there.open(MARIA)
    panel = open_tools(page, "Timeline")
    expect(panel).to_contain_text("Nothing is planned.")
    words = ["Review starts", "<i>Pulse</i> closes"]
    moments = plan(there, (DAY, int), (DAY + HOUR, int), words=words)

    # then
    expect(panel.locator(".due")).to_have_count(2)
    expect(panel.locator(".timeline-day")).to_contain_text(["Tomorrow"])
    expect(panel.locator(".due").last).to_contain_text("<i>Pulse</i> closes")
    expect(panel.locator(".due").last).to_contain_text("#acme-globalcall")

    # when
    panel.get_by_role("button", name="Go to").first.click()

    # then
    expect(panel.locator(".due")).to_have_count(1)
    assert now_of(there) == moments[0]


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
    expect(page.get_by_role("status")).to_contain_text("at least 1")
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
    assert height_of(guide) < 60

    # when: the step is taken by whom it is for
    guide.get_by_role("button", name="Be Ana Reyes").click()
    expect(guide).to_contain_text("You are Ana Reyes")
    there.people.click(ANA, "count", channel=CHANNEL, ts=ts)

    # then
    for page in (maria, other):
        expect(page.locator("#guide")).to_contain_text("Step 2 of 2")
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


def height_of(node: Locator) -> float:
    box = node.bounding_box()
    assert box is not None
    return box["height"]


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
    load(page, broken)

    # then
    expect(panel.get_by_role("alert")).to_contain_text("<b>broken.json was not loaded: line 2")
    panel.get_by_role("button", name="Load Two companies").click()
    page.get_by_role("button", name="Load it").click()
    for one in (page, other):
        expect(one.locator("#messages")).to_have_text("Nothing has been said here yet.")
    expect(panel.get_by_role("alert")).to_be_hidden()
    load(page, saved)
    for one in (page, other):
        expect(one.locator(".message").last).to_contain_text("Said before it was saved")
    wait_until(lambda: bool(there.people.world()["connected"]), within_seconds=15)


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

    for width in (390, 820, 1280, 1600):
        # when
        page.set_viewport_size({"width": width, "height": 800})

        # then
        assert page.evaluate("document.documentElement.scrollWidth") == width
        assert height_of(page.locator("#guide")) <= 200
        expect(page.get_by_role("combobox", name="You are")).to_be_in_viewport()
        expect(page.get_by_label("Write a message")).to_be_in_viewport()


def test_the_whole_page_weighs_less_than_300_kb() -> None:
    page = Path("sandbox/page")
    assert sum(file.stat().st_size for file in page.iterdir()) < 300_000
