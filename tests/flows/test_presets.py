"""Kinds of check-ins, chosen by words and from the form, over the wire."""

from tests.flows.checkin_acts import about, press_private, say
from tests.flows.conftest import Touchbase, texts


def test_a_kind_is_planned_by_its_name_alone(touchbase: Touchbase) -> None:
    touchbase.agreed()

    said = say(touchbase, "monthly service review")
    press_private(touchbase, "maria", "checkin.create")
    touchbase.calm()
    exact = say(touchbase, "quarterly business review first tuesday 10am")
    say(touchbase, "FREQ=DAILY;COUNT=3")
    raw = touchbase.slack.views("maria")["modals"][-1]
    say(touchbase, "every year on 30 february 10am")
    never = touchbase.slack.views("maria")["modals"][-1]

    assert "*Service review*, 1 hour." in said["text"]
    assert "The second Wednesday of each month" in said["text"]
    assert "Expected: leads of both sides." in said["text"]
    (card,) = about(touchbase, "planned a check-in", "*Service review*")
    assert "not yet agreed by Globalcall" in card["text"]
    assert "*Business review*, 1 hour 30 minutes." in exact["text"]
    assert "The first Tuesday of January, April, July and October 10:00 New York" in exact["text"]
    assert "I take a rhythm in words, not as a rule. As in:" in texts(raw)
    assert "There is no such day." in texts(never)


def test_an_outsider_chooses_a_kind_in_the_form(touchbase: Touchbase) -> None:
    touchbase.agreed()
    touchbase.press("ana", "hub.checkin")
    form = touchbase.slack.views("ana")["modals"][-1]

    touchbase.slack.click("ana", "preset.use", view_id=form["id"], selected="business_review")
    early = {"starts_on": {"value": "2026-12-01"}, "until": {"value": "2026-11-01"}}
    wrong = touchbase.slack.submit("ana", values=early)
    chosen = touchbase.slack.modal("ana")["id"]
    touchbase.slack.click("ana", "checkin.rhythm", view_id=chosen, selected="quarter_date")
    by_date = touchbase.slack.modal("ana")
    shown = touchbase.slack.submit("ana", values={"until": {"value": "2027-12-01"}})
    touchbase.slack.submit("ana")
    touchbase.calm()

    assert set(wrong["errors"]) == {"until"}
    assert "where the partnership stands" in texts(by_date)
    assert "where the partnership stands" in texts(shown["view"])
    assert "The 1st of January, April, July and October" in texts(shown["view"])
    assert touchbase.slack.views("ana")["modals"] == []
    (card,) = about(touchbase, "planned a check-in", "*Business review*")
    assert card["text"].startswith("Globalcall planned")
    stands = "For: where the partnership stands, and the next quarter."
    assert f"{stands} Expected: leads and sponsors of both sides. First: " in card["text"]
    assert card["text"].endswith("Proposed by Globalcall, not yet agreed by Acme Retail.")
