from tests.flows.conftest import CHANNEL, Touchbase, action_ids, texts
from tests.flows.test_deliverables import DATABASE, card, dailies, press, private, say
from tests.people import Json


def day(touchbase: Touchbase, moment: str, user: str = "ana") -> Json:
    """The daily message of a person that stands at a moment."""
    touchbase.slack.move_to(moment)
    touchbase.calm()
    return dailies(touchbase, user)[-1]


def act(touchbase: Touchbase, user: str, message: Json, action_id: str, **more: str) -> str:
    """What the message says after a press in it."""
    ts = message["ts"]
    touchbase.slack.click(user, action_id, channel=CHANNEL, ts=ts, **more)
    touchbase.calm()
    return texts(next(m for m in touchbase.from_bot() if m["ts"] == ts))


def test_an_outsider_puts_off_is_on_it_and_the_other_side_brings_it_up(
    touchbase: Touchbase,
) -> None:
    touchbase.agreed()
    say(touchbase, DATABASE)
    press(touchbase, "ana", "product database", "deliverable.accept")
    commitment = card(touchbase, "product database")["blocks"][-1]["elements"][0]["value"]

    friday = day(touchbase, "2026-10-23T01:05:00Z")
    asked = texts(friday)
    put_off = act(
        touchbase, "ana", friday, "deliverable.not_today", selected=f"next_week|{commitment}"
    )
    again = act(touchbase, "ana", friday, "deliverable.show_again")
    monday = day(touchbase, "2026-10-26T05:05:00Z")
    on_it = act(touchbase, "ana", monday, "deliverable.on_it")
    late = touchbase.message_with("deliverable.raise")
    chosen = f"deliverable.raise|{commitment}"
    act(
        touchbase, "maria", card(touchbase, "product database"), "deliverable.menu", selected=chosen
    )
    brought = texts(next(m for m in touchbase.from_bot() if m["ts"] == late["ts"]))

    assert "Next word: " in asked
    assert "put off, you hear of it again" in put_off
    assert "put off" not in again
    assert "deliverable.not_today" in action_ids(friday)
    assert "You are on it: I ask no more about this date" in on_it
    assert "Globalcall is on it." in brought
    assert "Brought to the leads of both sides by Acme Retail." in brought
    assert private(touchbase, "maria", "the leads of both sides read it")
    read = day(touchbase, "2026-10-26T13:05:00Z", "maria")
    assert "Brought to the leads of both sides by Acme Retail." in texts(read)
    assert "Ana" not in texts(late)
