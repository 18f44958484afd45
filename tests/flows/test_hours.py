"""Everybody listed says when they work; where they say nothing, the hours of their side hold."""

from tests.flows.conftest import CHANNEL, Touchbase, action_ids, texts
from tests.people import Json


def command(touchbase: Touchbase, words: str, user: str = "maria") -> Json:
    return touchbase.slack.command(CHANNEL, user, "/touchbase", words)


def press(touchbase: Touchbase, action_id: str) -> str:
    """Press below the newest private answer to Maria, and read what stands in its place."""
    found = [
        m for m in touchbase.messages() if m.get("ephemeral_to") and action_id in action_ids(m)
    ]
    touchbase.slack.click("maria", action_id, channel=CHANNEL, ts=found[-1]["ts"])
    touchbase.calm()
    return texts(next(m for m in touchbase.messages() if m["ts"] == found[-1]["ts"]))


def due(touchbase: Touchbase) -> str:
    """When something of Maria's that is due on Friday is due."""
    noted = command(touchbase, "deliverable @maria price list by friday")
    return texts(noted)


def test_typed_hours_hold_at_once_and_are_said_back_on_every_clock(touchbase: Touchbase) -> None:
    touchbase.agreed()

    noted = texts(command(touchbase, "hours mon-thu 9-5, fri 9-1"))

    assert "Your hours: Mon-Thu 09:00-17:00; Fri 09:00-13:00, New York." in noted
    assert "New York = " in noted
    assert "Manila" in noted
    assert "Fri 23 Oct 13:00 New York" in due(touchbase)


def test_undo_brings_back_what_held_before(touchbase: Touchbase) -> None:
    touchbase.agreed()
    command(touchbase, "hours mon-thu 9-5, fri 9-1")
    command(touchbase, "hours night 21-06 manila")

    once = press(touchbase, "hours.undo")
    command(touchbase, "hours same as my side")
    again = command(touchbase, "hours")

    assert "Mon-Thu 09:00-17:00; Fri 09:00-13:00, New York" in once
    assert again == {}
    assert "mon-fri 09:00-18:00" in str(touchbase.slack.modal("maria"))
    assert "Fri 23 Oct 18:00 New York" in due(touchbase)


def test_the_form_says_what_is_wrong_and_keeps_what_was_typed(touchbase: Touchbase) -> None:
    touchbase.agreed()
    command(touchbase, "hours")

    wrong = touchbase.slack.submit(
        "maria", values={"hours": {"value": "9-5ish"}, "zone": {"value": "EST"}}
    )
    right = touchbase.slack.submit(
        "maria", values={"hours": {"value": "night 9-6"}, "zone": {"value": "Manila"}}
    )

    assert set(wrong["errors"]) == {"hours", "zone"}
    assert "Do you mean New York" in wrong["errors"]["zone"]
    assert "Your hours: Mon-Fri 21:00-06:00, Manila." in texts(right["view"])


def test_people_of_the_other_company_say_theirs_with_a_button(touchbase: Touchbase) -> None:
    touchbase.agreed()
    touchbase.press("ana", "hub.more")
    more = touchbase.slack.modal("ana")
    touchbase.slack.click("ana", "hub.hours", view_id=more["id"])

    saved = touchbase.slack.submit("ana", values={"hours": {"value": "night 21-06"}})
    touchbase.slack.do("close", user="ana", view_id=saved["view"]["id"])
    touchbase.press("ana", "hub.more")
    touchbase.slack.click("ana", "hub.hours", view_id=touchbase.slack.modal("ana")["id"])
    touchbase.slack.click("ana", "hours.as_side", view_id=touchbase.slack.modal("ana")["id"])

    assert "Mon-Fri 21:00-06:00, Manila" in texts(saved["view"])
    assert "Your hours are those of your side" in texts(touchbase.slack.modal("ana"))


def test_whoever_reads_along_has_no_hours_here(touchbase: Touchbase) -> None:
    touchbase.agreed()

    said = command(touchbase, "hours 9-5", user="abby")

    assert "You read along here." in said["text"]
