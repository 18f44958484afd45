"""What each side brings to a check-in, over the wire, as both sides and an outsider."""

from tests.flows.checkin_acts import about, choose, press_private, say, sole_check_in
from tests.flows.conftest import Touchbase, texts


def test_an_outsider_asks_for_inputs_and_the_agenda_follows_them(touchbase: Touchbase) -> None:
    sole_check_in(touchbase)
    choose(touchbase, "ana", "inputs")
    shown = touchbase.slack.modal("ana")
    touchbase.slack.click("ana", "inputs.new", view_id=shown["id"])
    wrong = touchbase.slack.submit(
        "ana",
        values={
            "words": {"value": "call <!here> forecast"},
            "side": {"value": "client"},
            "owner": {"value": touchbase.slack.user_id("ana")},
        },
    )
    maria = touchbase.slack.user_id("maria")
    saved = touchbase.slack.submit("ana", values={"owner": {"value": maria}})
    touchbase.calm()
    (agenda,) = about(touchbase, "Agenda:")

    assert "Nothing yet." in texts(shown)
    assert set(wrong["errors"]) == {"owner"}
    assert "call &lt;!here&gt; forecast (Acme Retail), 2 working days before" in texts(
        saved["view"]
    )
    told = touchbase.message_with("inputs.undo")["text"]
    assert told.startswith("Globalcall added an input to *ops review*: call &lt;!here&gt; forecast")
    # Planned on Monday for Tuesday: what is known late is due at the end of the next shift.
    assert "forecast (Acme Retail) is not in yet, due Tue 20 Oct." in texts(agenda)

    touchbase.press("maria", "deliverable.accept")
    touchbase.calm()
    touchbase.press("maria", "deliverable.done")
    touchbase.calm()

    (agenda,) = about(touchbase, "Agenda:")
    assert "forecast (Acme Retail) is in since Mon 19 Oct." in texts(agenda)

    say(touchbase, "skip")
    press_private(touchbase, "maria", "checkin.skip")
    touchbase.calm()
    touchbase.slack.advance("P6D")

    cards = [m for m in touchbase.from_bot() if "for Tue 27 Oct" in m["text"]]
    assert cards
    assert "deliverable.accept" not in str(cards)
