"""All that people do with Touchbase, done by hand on the sandbox's page.

One story: each test goes on where the one before it ended, so the file is run as a whole.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

import bot
from clock import MovableClock
from sandbox.world_files import load_world
from tests.flows.small_world import small_world
from tests.hands import Hands
from tests.people import Slack
from tests.wire import MONDAY_MORNING, is_patient

pytestmark = pytest.mark.browser

CHANNEL = "acme-globalcall"
WEEK, NEXT_WEEK = "Mon 19 Oct to Sun 25 Oct", "Mon 26 Oct to Sun 1 Nov"
MARIA, JAMES, PRIYA, ANA = "Maria Alvarez", "James Carter", "Priya Raman", "Ana Reyes"


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """A page on which nothing may fail."""
    shown = browser.new_context(viewport={"width": 1280, "height": 800}).new_page()
    troubles: list[str] = []
    shown.on("pageerror", lambda error: troubles.append(str(error)))
    yield shown
    shown.context.close()
    assert troubles == []


@pytest.fixture(scope="module")
def hands(page: Page, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hands]:
    """At a world in which nothing has happened yet."""
    folder = tmp_path_factory.mktemp("by-hand")
    clock = MovableClock(MONDAY_MORNING, running=False)
    world = load_world(small_world(folder))
    with (
        bot.demo(world, clock, port=0, database=folder / "touchbase.sqlite") as sandbox,
        Slack(sandbox.url) as slack,
    ):
        is_patient(sandbox)
        built = Hands(page=page, slack=slack)
        built.begin(sandbox.url)
        yield built


@pytest.fixture(scope="module")
def broken() -> list[str]:
    """Where the story broke off."""
    return []


@pytest.fixture(autouse=True)
def _goes_on(broken: list[str], request: pytest.FixtureRequest) -> Iterator[None]:
    """What comes after a failure would only wait in vain."""
    if broken:
        pytest.fail(f"The story broke off at {broken[0]}.")
    before = request.session.testsfailed
    yield
    if request.session.testsfailed > before:
        broken.append(request.node.name)


def test_a_form_says_at_the_field_what_is_wrong_and_goes_on_once_mended(hands: Hands) -> None:
    hands.be(MARIA)
    hands.types("/touchbase setup")
    hands.fills("Name of the vendor", "Globalcall")
    hands.fills("Their time zone", "Manilla")
    hands.presses("Preview")

    expect(hands.form.get_by_role("alert")).to_contain_text("I know no time zone called Manilla")
    expect(hands.form.get_by_label("Name of the vendor")).to_have_value("Globalcall")

    hands.fills("Their time zone", "Manila")
    hands.presses("Preview")

    expect(hands.form).to_contain_text("The first post, exactly as both sides will read it")


def test_a_partnership_is_set_up_after_a_preview(hands: Hands) -> None:
    expect(hands.page.locator(".message")).to_have_count(0)

    hands.presses("Post")
    hands.lets_pass()

    expect(hands.form).to_have_count(0)
    expect(hands.message("Hello, I'm Touchbase")).to_be_visible()
    expect(hands.message("No commands needed").get_by_text("Pinned")).to_be_visible()

    hands.presses("All of them")

    expect(hands.message("Confirmed")).to_contain_text("Priya Raman")


def test_the_other_side_agrees_with_a_press(hands: Hands) -> None:
    hands.be(ANA)
    hands.presses("Agree for Globalcall")
    hands.presses("I agree")
    hands.lets_pass()

    expect(hands.message("Hello, I'm Touchbase")).to_contain_text("Globalcall agreed on Mon 19 Oct")
    expect(hands.message(WEEK)).to_contain_text("This week")

    hands.presses("All of them")

    expect(hands.message("Confirmed")).to_contain_text("Miguel Santos")


def test_a_command_of_an_outsider_is_answered_as_in_slack(hands: Hands) -> None:
    hands.types("/deliverable roster by friday")

    expect(hands.message("/deliverable is not a valid command")).to_contain_text(
        "Only visible to you"
    )
    expect(hands.page.get_by_label("Write a message")).to_have_value(
        "/deliverable roster by friday"
    )


def test_a_check_in_is_planned_by_command_and_seen_before_it_is(hands: Hands) -> None:
    hands.be(MARIA)
    hands.types("/checkin weekly wed 9am ops review")

    said = hands.message("Nothing is created or posted before")
    expect(said).to_contain_text("Every Wednesday 09:00 New York = 21:00 or 22:00 Manila")
    expect(said).to_contain_text("Next: Wed 21 Oct, Wed 28 Oct, Wed 4 Nov")

    hands.presses("Create")
    hands.lets_pass()

    expect(hands.opens_thread(WEEK)).to_contain_text("ops review")


def test_a_check_in_is_planned_with_the_hubs_form(hands: Hands) -> None:
    hands.be(ANA)
    hands.presses("Check-in")
    hands.fills("What is it called", "Hand-over")
    hands.fills("Or say it in your own words", "last working day of the month, 9pm")
    hands.presses("Preview")

    expect(hands.form).to_contain_text("Hand-over, 30 minutes")
    expect(hands.form).to_contain_text("Fri 30 Oct")

    hands.presses("Create")
    hands.lets_pass()

    expect(hands.opens_thread(WEEK)).to_contain_text("Hand-over")


def test_a_deliverable_is_promised_taken_on_and_given_a_new_date(hands: Hands) -> None:
    hands.be(MARIA)
    hands.types("/deliverable @ana training deck by tomorrow")

    expect(hands.message("Noted: training deck")).to_contain_text("Globalcall is asked to accept")

    hands.be(ANA)
    hands.lets_pass()
    hands.opens_thread(WEEK)
    hands.presses("Accept", in_message="Waiting for Globalcall to accept it")
    hands.lets_pass()
    hands.presses("New date", in_message="training deck (Globalcall), due tomorrow")
    hands.fills("Due", "2026-10-22")
    hands.fills("Why", "the data came late")
    hands.presses("Save")
    hands.lets_pass()

    expect(hands.message("the data came late")).to_contain_text("now Thu 22 Oct 18:00 Manila")


def test_the_vendor_presses_done_and_both_read_it(hands: Hands) -> None:
    hands.presses("Done", in_message="training deck (Globalcall), due Thursday")
    hands.lets_pass()

    expect(hands.message("training deck (Globalcall): done. Thank you.")).to_be_visible()

    hands.be(MARIA)
    hands.opens_thread(WEEK)

    expect(hands.message("training deck (Globalcall): done. Thank you.")).to_be_visible()


def test_three_people_answer_a_pulse_and_read_what_came_of_it(hands: Hands) -> None:
    hands.types("/pulse how was the hand-over?")

    expect(hands.message("Asked in the channel: Acme Retail 6, Globalcall 6")).to_be_visible()

    hands.presses("Post")
    hands.lets_pass()
    for name, score in ((MARIA, "4"), (JAMES, "4"), (PRIYA, "5 very well")):
        hands.be(name)
        hands.presses(score)
    hands.lets_pass()

    expect(hands.message("One press: how was the hand-over?")).to_contain_text(
        "Answered so far: Acme Retail 3 of 6, Globalcall 0 of 6."
    )

    hands.be(MARIA)
    hands.lets_pass("Next working day", times=2)

    closed = hands.message("how was the hand-over?: closed, three answers. Thank you.")
    hands.presses("Results", in_message="how was the hand-over?: closed")
    expect(closed).to_be_visible()
    expect(hands.form).to_contain_text("Acme Retail 4.3, Globalcall: too few answers to show")

    hands.presses("Close")


def test_the_bot_answers_what_one_writes_to_it_alone(hands: Hands) -> None:
    hands.goes_to("touchbase")
    hands.types("deliverable @maria volume forecast by tomorrow")
    hands.lets_pass()

    expect(hands.message("Noted: volume forecast")).to_contain_text("due Thu 22 Oct 18:00 New York")

    hands.types("mine")
    hands.lets_pass()

    expect(hands.message("My list")).to_contain_text("volume forecast")


def test_a_lead_reads_the_draft_on_friday(hands: Hands) -> None:
    hands.lets_pass("Next working day", times=2)
    hands.lets_pass("+1 hour", times=6)

    draft = hands.message("The summary of Mon 26 Oct")
    expect(draft).to_contain_text("volume forecast was due and is not in yet")
    expect(draft).to_contain_text("What you settle by Monday")


def test_the_leads_read_the_summary_on_monday(hands: Hands) -> None:
    hands.lets_pass("Next working day")
    hands.lets_pass()

    summary = hands.message("Week of Mon 19 Oct")
    expect(summary).to_contain_text("volume forecast was due and is not in yet")
    expect(summary).to_contain_text("Kept: 1 of 2 promises.")
    expect(hands.message("The draft of the summary")).to_contain_text("stood here")


def test_home_shows_what_one_owes_and_a_press_settles_it(hands: Hands) -> None:
    hands.goes_to("Home")

    home = hands.page.locator(".home")
    expect(home).to_contain_text("volume forecast (Acme Retail)")

    hands.presses("Done")
    hands.lets_pass()

    expect(home).to_contain_text("volume forecast (Acme Retail), delivered")
    expect(home).to_contain_text("Did ops review of Wed 21 Oct take place?")


def test_one_press_ends_what_is_written_to_a_person_and_one_brings_it_back(hands: Hands) -> None:
    hands.goes_to("touchbase")
    hands.presses("Stop writing to me", in_message="Good morning, Maria")
    hands.lets_pass()

    expect(hands.message("I write to you no more. Nobody is told.")).to_be_visible()

    hands.presses("Write to me again")
    hands.lets_pass()

    daily = hands.message("Put aside until your next working day.")
    expect(daily.get_by_role("button", name="Stop writing to me")).to_be_visible()


def test_a_partnership_rests_for_both_until_who_asked_brings_it_back(hands: Hands) -> None:
    hands.goes_to(CHANNEL)
    hands.types("/touchbase pause")
    hands.presses("For this channel", in_message="Until when?")
    hands.lets_pass()
    hands.be(ANA)

    expect(hands.message(NEXT_WEEK)).to_contain_text("Resting until a lead")

    hands.be(MARIA)
    hands.presses("Resume", in_message=NEXT_WEEK)
    hands.lets_pass()

    expect(hands.message(NEXT_WEEK)).not_to_contain_text("Resting")
