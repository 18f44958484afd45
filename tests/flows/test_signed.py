from tests.flows.conftest import CHANNEL, Touchbase, texts


def test_the_leads_of_two_small_sides_answer_openly_and_read_each_other(
    touchbase: Touchbase,
) -> None:
    slack = touchbase.slack
    touchbase.agreed()
    touchbase.press("ana", "hub.more")
    slack.click("ana", "hub.setup", view_id=slack.modal("ana")["id"])
    slack.click("ana", "pulse.plan", view_id=slack.modal("ana")["id"])
    slack.submit("ana", values={"more": {"value": ["signed"]}})
    touchbase.calm()
    touchbase.press("maria", "settings.agree")
    slack.move_to("2026-10-21T13:01:00Z")
    touchbase.calm()

    # The command is not there for the other company; the button is.
    slack.command(CHANNEL, "maria", "/pulse")
    slack.submit("maria", values={"q1": {"value": "4"}})
    slack.move_to("2026-10-22T01:10:00Z")
    touchbase.calm()
    touchbase.press("ana", "signed.answer")
    asked = texts(slack.modal("ana"))
    slack.submit("ana", values={"q1": {"value": "2"}})
    touchbase.calm()
    touchbase.press("ana", "signed.read")
    read = texts(slack.modal("ana"))

    assert "The leads of both sides answer this openly, with their names." in asked
    assert "Maria (Acme Retail): 4 of 5" in read
    assert "Ana (Globalcall): 2 of 5" in read
    told = [message["text"] for message in touchbase.from_bot()]
    assert any("The leads of both sides answered the pulse. Thank you." in text for text in told)
    assert not any("4 of 5" in text or "One press" in text for text in told)
