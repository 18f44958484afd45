"""The report on check-ins, as both companies get to it."""

from datetime import UTC, datetime

import pytest

from tests.flows.checkin_acts import press_private, say, sole_check_in
from tests.flows.conftest import CHANNEL, Touchbase, action_ids, texts


@pytest.fixture
def start_at() -> datetime:
    """Thursday, 10:00 in New York: the first turn is on Tuesday 20 October."""
    return datetime(2026, 10, 15, 14, tzinfo=UTC)


def both_say(touchbase: Touchbase, maria: str, ana: str) -> None:
    touchbase.press("maria", maria)
    touchbase.press("ana", ana)
    touchbase.calm()


def a_month_and_a_half(touchbase: Touchbase) -> None:
    """Held; moved on its own day and held; skipped a week ahead; told differently."""
    slack = touchbase.slack
    sole_check_in(touchbase)
    slack.move_to("2026-10-20T14:31:00Z")
    both_say(touchbase, "checkin.held", "checkin.held")
    slack.move_to("2026-10-27T09:30:00Z")
    say(touchbase, "move to wed 10am")
    press_private(touchbase, "maria", "checkin.move")
    slack.move_to("2026-10-28T14:31:00Z")
    both_say(touchbase, "checkin.held", "checkin.held")
    words = f"<@{slack.user_id('touchbase')}> checkin skip next week"
    ts = slack.say(CHANNEL, "ana", words)
    touchbase.calm()
    reply = touchbase.replies(ts)[-1]
    slack.click("ana", "checkin.skip", channel=CHANNEL, ts=reply["ts"])
    slack.move_to("2026-11-10T15:31:00Z")
    both_say(touchbase, "checkin.not_held", "checkin.held")


def pick_in_message(touchbase: Touchbase, months: str) -> str:
    """Choose other months in the private report, and read what takes its place."""
    ours = "compliance.pick"
    shown = next(m for m in touchbase.messages() if ours in action_ids(m))
    row = next(b for b in shown["blocks"] if b.get("block_id") == "compliance")
    options = row["elements"][0]["options"]
    chosen = next(one["value"] for one in options if one["text"]["text"] == months)
    touchbase.slack.click("maria", ours, channel=CHANNEL, ts=shown["ts"], selected=chosen)
    touchbase.calm()
    found: str = next(m["text"] for m in touchbase.messages() if ours in action_ids(m))
    return found


def test_both_companies_read_the_same_figures_by_side_and_month(touchbase: Touchbase) -> None:
    slack = touchbase.slack
    a_month_and_a_half(touchbase)

    # Maria types, and chooses other months in the answer.
    october = say(touchbase, "report last month")
    unread = say(touchbase, "report next summer")
    picked = pick_in_message(touchbase, "November 2026")
    # Ana presses under *More*, and in what a mention offers.
    touchbase.press("ana", "hub.more")
    slack.click("ana", "hub.compliance", view_id=slack.modal("ana")["id"])
    november = slack.modal("ana")
    menu = november["blocks"][-1]["elements"][0]
    last = next(one for one in menu["options"] if one["text"]["text"] == "October 2026")
    slack.click("ana", "compliance.pick", view_id=november["id"], selected=last["value"])
    chosen = slack.modal("ana")
    for _ in range(2):
        slack.post("close", user="ana", view_id=slack.modal("ana")["id"])
    words = f"<@{slack.user_id('touchbase')}> checkin report this quarter"
    ts = slack.say(CHANNEL, "ana", words)
    touchbase.calm()
    offered = touchbase.replies(ts)[-1]
    slack.click("ana", "compliance.open", channel=CHANNEL, ts=offered["ts"])
    quarter = slack.modal("ana")
    slack.do("home", user="maria")
    touchbase.calm()
    home = slack.views("maria")["home"]
    slack.click("maria", "compliance.open", view_id=home["id"])

    counted = [
        "Planned 2, held 2.",
        "Acme Retail: moved with notice 0, moved at short notice 1, did not take place 0.",
        "Globalcall: moved with notice 0, moved at short notice 0, did not take place 0.",
    ]
    assert october["text"].splitlines()[1:4] == counted
    assert "\n".join(counted) in texts(chosen)
    assert chosen["id"] == november["id"]
    assert "I did not understand which months “next summer” are." in unread["text"]
    assert picked.splitlines()[1].startswith("Planned 2, held 0,")
    so_far = (
        "Planned 2, held 0, called off with notice 1, told differently 1.\n"
        "Acme Retail: moved with notice 0, moved at short notice 0, did not take place 0.\n"
        "Globalcall: moved with notice 0, moved at short notice 0, called off with notice 1,"
        " did not take place 0."
    )
    assert so_far in texts(november)
    assert "only you see it" in offered["text"]
    assert "*All*\nPlanned 4, held 2, called off with notice 1, told differently 1." in texts(
        quarter
    )
    assert so_far in texts(slack.modal("maria"))


def test_who_only_reads_along_gets_no_figures(touchbase: Touchbase) -> None:
    touchbase.agreed()

    refused = touchbase.slack.command(CHANNEL, "hank", "/checkin", "report")

    assert "You read along here." in refused["text"]
