"""Somebody of a side sees to another's things, for a while or for good, from outside by buttons."""

from typing import Any

from tests.flows.conftest import CHANNEL, Touchbase, texts
from tests.flows.test_deliverables import CALLED, DATABASE, card, press, say
from tests.people import Json

# The world begins on Monday 19 October 2026, 09:00 in New York, 21:00 in Manila.
TUESDAY_MANILA = "2026-10-20T09:30:00+08:00"
FRIDAY_MANILA = "2026-10-23T09:30:00+08:00"


def with_carlo(touchbase: Touchbase) -> None:
    """Ana, a lead of the other company, has Carlo on her list."""
    touchbase.agreed()
    slack = touchbase.slack
    from_more(touchbase, "ana", "hub.people")
    slack.click("ana", "people.pick", view_id=slack.modal("ana")["id"])
    carlo = {"members": {"value": [slack.user_id("carlo")]}}
    slack.submit("ana", values=carlo)


def from_more(touchbase: Touchbase, user: str, action_id: str) -> None:
    slack, hub = touchbase.slack, touchbase.message_with("hub.more")
    slack.click(user, "hub.more", channel=CHANNEL, ts=hub["ts"])
    slack.click(user, action_id, view_id=slack.modal(user)["id"])


def daily(touchbase: Touchbase, user: str) -> Json:
    """The newest message of the thread that begins the day of somebody of the other company."""
    called = f"<@{touchbase.slack.user_id(user)}>, good"
    return [m for m in touchbase.from_bot() if m["text"].startswith(called)][-1]


def offered(form: Json, field: str) -> list[str]:
    """The people whom a field lets one choose."""
    found = next(one for one in form["blocks"] if one.get("block_id") == field)
    return [one["value"] for one in found["element"]["options"]]


def in_channel(touchbase: Touchbase) -> list[str]:
    own = [m for m in touchbase.messages() if not m.get("ephemeral_to")]
    return [CALLED.sub("", texts(m)) for m in own]


def test_a_stand_in_closes_it_and_who_is_back_reads_so(touchbase: Touchbase) -> None:
    with_carlo(touchbase)
    slack = touchbase.slack
    say(touchbase, DATABASE.replace("friday", "wednesday"))
    press(touchbase, "ana", "product database", "deliverable.accept")
    from_more(touchbase, "ana", "hub.away")
    days: dict[str, Any] = {"from": {"value": "2026-10-20"}, "until": {"value": "2026-10-22"}}
    form = slack.modal("ana")
    noted = slack.submit("ana", values=days | {"stand_in": {"value": slack.user_id("carlo")}})

    slack.move_to("2026-10-21T09:30:00+08:00")
    asked = daily(touchbase, "carlo")
    slack.click("carlo", "deliverable.done", channel=CHANNEL, ts=asked["ts"])
    touchbase.calm()
    slack.move_to(FRIDAY_MANILA)

    assert offered(form, "stand_in") == [slack.user_id("carlo")]
    assert "stands in." in texts(noted["view"])
    assert "*product database* for Acme Retail" in asked["text"]
    assert "*product database* (Globalcall): delivered." in daily(touchbase, "ana")["text"]
    assert [text for text in in_channel(touchbase) if "away" in text] == []


def test_an_outsider_hands_over_and_the_other_takes_it_on(touchbase: Touchbase) -> None:
    with_carlo(touchbase)
    slack = touchbase.slack
    say(touchbase, DATABASE)
    press(touchbase, "ana", "product database", "deliverable.accept")
    touchbase.press("ana", "hub.mine")
    slack.click("ana", "deliverable.hand_over", view_id=slack.modal("ana")["id"])
    form = slack.modal("ana")
    asked = slack.submit("ana", values={"owner": {"value": slack.user_id("carlo")}})
    slack.move_to(TUESDAY_MANILA)
    question = daily(touchbase, "carlo")

    slack.click("carlo", "hand_over.take", channel=CHANNEL, ts=question["ts"])
    touchbase.calm()
    slack.click("carlo", "deliverable.done", channel=CHANNEL, ts=card_ts(touchbase))
    touchbase.calm()

    assert offered(form, "owner") == [slack.user_id("carlo")]
    assert "Until then it stays with you." in texts(asked["view"])
    assert "Will you take it on?" in question["text"]
    assert "ana" not in question["text"].casefold().replace("manila", "")
    told = [text for text in in_channel(touchbase) if "somebody else at Globalcall" in text]
    assert len(told) == 1
    assert "delivered" in card(touchbase, "product database")["text"]


def card_ts(touchbase: Touchbase) -> str:
    return str(card(touchbase, "product database")["ts"])
