"""A side owes something: by words, form and buttons, from home and from outside."""

from tests.flows.conftest import CHANNEL, Touchbase, texts
from tests.flows.test_deliverables import card, mention, press, say


def test_an_outsider_says_who_is_on_duty_and_what_is_given_to_the_side_is_theirs_to_accept(
    touchbase: Touchbase,
) -> None:
    touchbase.agreed()
    slack = touchbase.slack
    hub = touchbase.message_with("hub.more")
    slack.click("ana", "hub.more", channel=CHANNEL, ts=hub["ts"])
    slack.click("ana", "hub.duty", view_id=slack.modal("ana")["id"])
    wrong = slack.submit("ana", values={"person": {"value": slack.user_id("maria")}})
    noted = slack.submit("ana", values={"person": {"value": slack.user_id("ana")}})["view"]

    echo = say(touchbase, "globalcall send the roster by friday")
    press(touchbase, "ana", "send the roster", "deliverable.accept")

    assert "your own side" in wrong["errors"]["person"]
    assert "is on duty for Globalcall from" not in texts(noted)
    assert "is on duty for Globalcall" in texts(noted)
    assert "*send the roster*, Globalcall, due" in echo["text"]
    assert "Accepted." in card(touchbase, "send the roster")["text"]
    assert "nobody" in mention(touchbase, "ana", "duty nobody").casefold()


def test_the_form_takes_a_side_in_the_place_of_a_person(touchbase: Touchbase) -> None:
    touchbase.agreed()
    say(touchbase, "send the refund script")
    due = {"due": {"value": "2026-10-23"}}

    neither = touchbase.slack.submit("maria", values=due)
    both = {"owner": {"value": touchbase.slack.user_id("maria")}, "side": {"value": "vendor"}}
    across = touchbase.slack.submit("maria", values=due | both)
    side = {"owner": {"value": None}, "side": {"value": "vendor"}}
    right = touchbase.slack.submit("maria", values=due | side)
    touchbase.calm()

    assert neither["errors"] == {"owner": "Who owes it?"}
    assert "Choose the person or the side, not both." in across["errors"]["owner"]
    assert right["action"] == "closed"
    assert "(Globalcall)" in card(touchbase, "send the refund script")["text"]
