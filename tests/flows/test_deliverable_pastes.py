"""A list pasted in one go, by somebody of either company."""

from tests.flows.conftest import CHANNEL, Touchbase, texts

LIST = "@ana product database by friday\nMaria: forecast by tomorrow"


def test_an_outsider_pastes_a_list_by_buttons_alone(touchbase: Touchbase) -> None:
    touchbase.agreed()
    slack = touchbase.slack
    touchbase.press("ana", "hub.deliverable")

    slack.click("ana", "deliverable.paste", view_id=slack.modal("ana")["id"])
    slack.submit("ana", values={"list": {"value": f"{LIST}\nscript by friday"}})
    unclear = texts(slack.modal("ana"))
    slack.submit("ana", values={"list": {"value": LIST}})
    looked = slack.modal("ana")
    closed = slack.submit("ana")
    touchbase.calm()

    assert "3. “script by friday”: *Who owes it?*" in unclear
    assert looked["submit"]["text"] == "Create 2"
    assert closed["action"] == "closed"
    assert any(m["text"].startswith("2 new deliverables: ") for m in touchbase.from_bot())


def test_lines_behind_a_mention_are_read_when_the_form_opens(touchbase: Touchbase) -> None:
    touchbase.agreed()
    slack = touchbase.slack
    ts = slack.say(CHANNEL, "ana", f"<@{slack.user_id('touchbase')}> paste\n{LIST}")
    touchbase.calm()
    (asked,) = touchbase.replies(ts)

    slack.click("ana", "deliverable.paste", channel=CHANNEL, ts=asked["ts"])

    form = slack.modal("ana")
    assert form["submit"]["text"] == "Create 2"
    assert form["blocks"][0]["element"]["initial_value"] == LIST.replace("@ana", "@Ana")
    assert "product database" not in asked["text"]


def test_lines_behind_the_command_are_looked_through_at_once(touchbase: Touchbase) -> None:
    touchbase.agreed()

    touchbase.slack.command(CHANNEL, "maria", "/deliverable", LIST)

    assert touchbase.slack.modal("maria")["submit"]["text"] == "Create 2"
    refused = touchbase.slack.command(CHANNEL, "maria", "/deliverable", "x\n" * 5000)
    assert "5000 lines" in refused["text"]
