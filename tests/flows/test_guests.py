"""Where the other company's people are guests inside the home workspace."""

from tests.flows.conftest import CHANNEL, Touchbase, texts


def guest_of(touchbase: Touchbase) -> str:
    guests = [u for u in touchbase.slack.world()["users"] if u.get("guest")]
    assert guests, "the world has a guest"
    return str(guests[0]["name"])


def test_a_guest_who_was_named_their_lead_agrees(touchbase: Touchbase) -> None:
    name = guest_of(touchbase)
    touchbase.slack.do("channel", channel=CHANNEL, shared=False)
    touchbase.slack.do("member", channel=CHANNEL, user=name, joined=True)
    touchbase.set_up(other_lead=touchbase.slack.user_id(name))
    touchbase.slack.advance("PT2M")  # by then Slack has told who of 54 people is a guest

    touchbase.agree(name)

    assert "Globalcall agreed" in touchbase.from_bot()[0]["text"]


def test_a_guest_whom_nobody_named_does_not_speak_for_them(touchbase: Touchbase) -> None:
    name = guest_of(touchbase)
    touchbase.slack.do("member", channel=CHANNEL, user=name, joined=True)
    touchbase.set_up()

    touchbase.press(name, "consent.agree")

    assert touchbase.slack.views(name)["modals"] == []
    assert "Hello, I'm Touchbase" in texts(touchbase.from_bot()[0])
