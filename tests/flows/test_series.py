"""A deliverable that repeats, by words and by the form, and its end, over the wire."""

from tests.flows.conftest import CHANNEL, Touchbase, texts
from tests.flows.test_deliverables import card, say

# The world begins on Monday 19 October 2026, 09:00 in New York, 21:00 in Manila.
ANA = "U0ANA000000"


def test_a_roster_repeats_by_words_and_an_outsider_takes_on_all_of_it(touchbase: Touchbase) -> None:
    touchbase.agreed()

    echo = say(touchbase, "<@U0ANA000000|ana> weekly roster every thursday")
    first = card(touchbase, "weekly roster")
    touchbase.slack.click("ana", "deliverable.accept", channel=CHANNEL, ts=first["ts"])
    touchbase.slack.advance("P4D")

    assert "every Thursday" in echo["text"]
    cards = [m for m in touchbase.from_bot() if "*weekly roster* (" in m["text"]]
    assert [m["text"].endswith("Accepted.") for m in cards if "29 Oct" in texts(m)] == [True]


def test_an_outsider_begins_and_ends_it_with_buttons_alone(touchbase: Touchbase) -> None:
    touchbase.agreed()
    slack = touchbase.slack
    touchbase.press("ana", "hub.deliverable")
    slack.click("ana", "deliverable.more", view_id=slack.modal("ana")["id"])
    fields = {"title": "Invoice", "owner": ANA, "due": "2026-10-20", "repeats": "now and then"}

    refused = slack.submit("ana", values={k: {"value": v} for k, v in fields.items()})
    fields["repeats"] = "last working day of the month"
    slack.submit("ana", values={k: {"value": v} for k, v in fields.items()})
    touchbase.calm()
    touchbase.press("ana", "hub.more")
    slack.click("ana", "hub.repeats", view_id=slack.modal("ana")["id"])
    listed = texts(slack.modal("ana"))
    slack.click("ana", "series.end", view_id=slack.modal("ana")["id"])
    touchbase.calm()

    assert set(refused["errors"]) == {"repeats"}
    assert "Fri 30 Oct" in texts(card(touchbase, "Invoice"))
    assert "*Invoice*" in listed
    assert "the last working day of each month" in listed
    assert "repeats no more" in texts(slack.modal("ana"))
    assert any(
        "*Invoice* (Globalcall): repeats no more." in m["text"] for m in touchbase.from_bot()
    )
