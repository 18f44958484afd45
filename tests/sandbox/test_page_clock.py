"""The clock of the page: both sides' moments, what moves it, and what comes next."""

import threading
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tests.sandbox.page_stage import ANA, MARIA, Stage, post
from tests.sandbox.panel_stage import iso, now_of, open_tools, plan
from tests.waiting import wait_until

pytestmark = pytest.mark.browser

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


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
    plan(there, (HOUR, lambda: goes_on.wait(60)), (2 * HOUR, lambda: post(there, "Too late")))
    page.get_by_role("button", name="Next working day").click()

    # when
    strip = other.locator("#walk")
    expect(strip).to_contain_text("The clock is being moved")
    strip.get_by_role("button", name="Stop").click()
    wait_until(lambda: there.sandbox.stops == 1)
    goes_on.set()

    # then
    expect(strip).to_be_hidden()
    expect(page.locator("#walk")).to_be_hidden()
    assert now_of(there) <= began + HOUR


def test_a_played_week_goes_on_over_a_reload_and_is_stopped_in_its_pause_by_another_browser(
    there: Stage,
) -> None:
    # given: something is said each day, and a pause that lasts until somebody acts
    page, other = there.open(MARIA), there.open(ANA)
    began = now_of(there)
    plan(there, *[(day * DAY, lambda: post(there, "The day begins")) for day in range(1, 8)])
    page.add_init_script("window.wasReloaded = true")
    there.people.do("clock", play="P7D", pause_s=60)

    # then
    expect(page.locator("#walk")).to_contain_text("Playing the week")
    expect(page.locator("#walk .said")).to_have_count(1)
    page.reload()
    assert page.evaluate("window.wasReloaded")
    for one in (page, other):
        expect(one.locator("#walk")).to_contain_text("Playing the week")
        expect(one.locator("#walk .said")).to_contain_text("The day begins")
    assert now_of(there) == began + DAY

    # when
    other.locator("#walk").get_by_role("button", name="Stop").click()

    # then
    for one in (page, other):
        expect(one.locator("#walk")).to_contain_text("Stopped. 1 message in 1 place.")
    page.reload()
    expect(page.locator("#walk")).to_contain_text("Stopped. 1 message in 1 place.")
    assert now_of(there) == began + DAY
    assert not there.people.world()["walking"]


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
    panel.get_by_role("button", name="Go there").first.click()

    # then
    expect(panel.locator(".due")).to_have_count(1)
    assert now_of(there) == moments[0]
