from tests.flows.conftest import CHANNEL, Touchbase, action_ids, texts
from tests.flows.test_deliverables import DATABASE, FORECAST, card, press, private, say
from tests.people import Json


def menu(touchbase: Touchbase, user: str, title: str, choice: str) -> Json:
    """Choose from the menu of a card; returns the form that opens."""
    shown = card(touchbase, title)
    options = [
        option["value"]
        for block in shown["blocks"]
        for element in block.get("elements", [])
        for option in element.get("options", [])
    ]
    chosen = next(value for value in options if value.startswith(f"{choice}|"))
    touchbase.slack.click(
        user, "deliverable.menu", channel=CHANNEL, ts=shown["ts"], selected=chosen
    )
    return touchbase.slack.modal(user)


def thread(touchbase: Touchbase, words: str) -> list[str]:
    """What the thread says for everybody, where it holds some words."""
    return [m["text"] for m in touchbase.from_bot() if words in m["text"] and m.get("thread_ts")]


def test_what_an_outsider_delivers_is_sent_back_delivered_again_and_accepted(
    touchbase: Touchbase,
) -> None:
    touchbase.agreed()
    say(touchbase, DATABASE)
    title = "product database"
    press(touchbase, "ana", title, "deliverable.accept")
    press(touchbase, "ana", title, "deliverable.done")
    assert "can accept it or send it back until" in card(touchbase, title)["text"]

    # Whoever delivered it has no word in whether it is good.
    press(touchbase, "ana", title, "deliverable.approve")
    assert private(touchbase, "ana", "leads and members of the side for which it is")

    press(touchbase, "maria", title, "deliverable.send_back")
    sent = touchbase.slack.submit("maria", values={"reason": {"value": "Prices are <missing>"}})
    touchbase.calm()
    assert sent["action"] == "closed"
    assert thread(touchbase, "“Prices are &lt;missing&gt;”")
    assert (
        "Acme Retail sent it back: “Prices are &lt;missing&gt;”." in card(touchbase, title)["text"]
    )

    press(touchbase, "ana", title, "deliverable.done")
    press(touchbase, "maria", title, "deliverable.approve")
    accepted = card(touchbase, title)
    assert accepted["text"].endswith("delivered, accepted by Acme Retail.")
    assert action_ids(accepted) == {"deliverable.undo", "deliverable.menu"}

    told = texts(menu(touchbase, "ana", title, "deliverable.history"))
    assert told.index("Acme Retail sent it back") < told.index("accepted what was delivered")


def test_two_who_change_one_at_once_lose_nothing_of_what_they_typed(touchbase: Touchbase) -> None:
    touchbase.agreed()
    say(touchbase, DATABASE)
    title = "product database"
    press(touchbase, "ana", title, "deliverable.accept")
    form = menu(touchbase, "maria", title, "deliverable.withdraw")
    press(touchbase, "ana", title, "deliverable.done")

    values = {"reason": {"value": "Called off"}}
    again = touchbase.slack.submit("maria", form["id"], values=values)

    assert again["action"] == "updated"
    assert "Globalcall delivered it" in texts(again["view"])
    assert again["view"]["blocks"][-1]["element"]["initial_value"] == "Called off"
    refused = touchbase.slack.submit("maria", form["id"])
    assert "It is done already." in texts(refused["view"]) or refused["errors"]
    assert "can accept it or send it back until" in card(touchbase, title)["text"]


def test_an_outsiders_deliverable_waits_and_moves_by_what_it_lost(touchbase: Touchbase) -> None:
    touchbase.agreed()
    say(touchbase, DATABASE)
    say(touchbase, FORECAST)
    press(touchbase, "ana", "product database", "deliverable.accept")
    press(touchbase, "ana", "product database", "deliverable.waiting")
    form = touchbase.slack.modal("ana")
    inputs = next(block for block in form["blocks"] if block.get("block_id") == "input")
    (forecast,) = inputs["element"]["options"]
    touchbase.slack.submit("ana", values={"input": {"value": forecast["value"]}})
    touchbase.calm()
    assert (
        "Waits for *volume forecast* (Acme Retail)" in card(touchbase, "product database")["text"]
    )
    assert (
        "*product database* (Globalcall) waits for it."
        in card(touchbase, "volume forecast")["text"]
    )

    # Due on Tuesday evening in New York; on Thursday morning there it is still not in.
    touchbase.slack.move_to("2026-10-22T13:00:00Z")
    assert "its clock stands still" in card(touchbase, "product database")["text"]
    press(touchbase, "maria", "volume forecast", "deliverable.done")

    (told,) = thread(touchbase, "of working time for *volume forecast* (Acme Retail)")
    # Wednesday and Thursday in Manila, nine hours each: from Friday evening to Tuesday evening.
    assert "It waited 18 hours" in told
    assert "now Tue 27 Oct 18:00 Manila" in told
    assert "clock stands still" not in card(touchbase, "product database")["text"]
