"""What happens to the shared channel, and what Touchbase makes of it."""

import pytest

from tests.flows.conftest import CHANNEL, Touchbase, texts
from tests.flows.test_away import private, typed
from tests.people import Json


def posted_since(touchbase: Touchbase, before: list[Json]) -> list[str]:
    known = {m["ts"] for m in before}
    return [m["text"] for m in touchbase.from_bot() if m["ts"] not in known]


def test_a_third_company_silences_the_channel_and_the_leads_are_asked_once(
    touchbase: Touchbase,
) -> None:
    touchbase.agreed()
    touchbase.slack.advance("PT1M")
    before = touchbase.from_bot()

    touchbase.slack.do("member", channel=CHANNEL, user="nora", joined=True)
    touchbase.slack.do("member", channel=CHANNEL, user="felix", joined=True)
    touchbase.slack.advance("P8D")

    assert posted_since(touchbase, before) == []
    for lead in ("maria", "ana"):
        told = [m for m in private(touchbase, lead) if "Another company" in m["text"]]
        assert len(told) == 1


def test_once_the_third_company_has_left_touchbase_goes_on(touchbase: Touchbase) -> None:
    touchbase.agreed()
    touchbase.slack.do("member", channel=CHANNEL, user="nora", joined=True)
    touchbase.slack.advance("P8D")
    before = touchbase.from_bot()

    touchbase.slack.do("channel", channel=CHANNEL, shared=["T0GLOBAL01"])
    touchbase.slack.advance("P1D")

    assert any("This week" in text or "Week of" in text for text in posted_since(touchbase, before))


def test_removed_from_the_channel_it_rests_and_invited_again_it_goes_on(
    touchbase: Touchbase,
) -> None:
    touchbase.agreed()
    touchbase.slack.do("member", channel=CHANNEL, user="touchbase", joined=False)
    touchbase.slack.advance("P1D")
    calls = len(touchbase.slack.calls("chat.postMessage"))
    touchbase.slack.advance("P7D")
    during = len(touchbase.slack.calls("chat.postMessage"))
    hub = typed(touchbase, "")["text"]
    before = touchbase.from_bot()

    touchbase.slack.do("member", channel=CHANNEL, user="touchbase", joined=True)
    touchbase.calm()

    assert during == calls
    assert hub.startswith("I am not in this channel. Write `/invite @touchbase` there")
    assert "Touchbase goes on here." in posted_since(touchbase, before)
    assert "not in this channel" not in typed(touchbase, "")["text"]


def test_archived_it_rests_and_no_lead_can_wake_it(touchbase: Touchbase) -> None:
    touchbase.agreed()
    touchbase.slack.do("channel", channel=CHANNEL, archived=True)

    said = typed(touchbase, "resume channel")
    touchbase.slack.do("channel", channel=CHANNEL, archived=False)
    touchbase.calm()

    assert "archived" in said["text"]
    assert "Touchbase goes on here." in [m["text"] for m in touchbase.from_bot()]


@pytest.mark.parametrize("words", ["pause channel", "pause channel until monday"])
def test_a_rest_that_a_lead_asked_for_does_not_end_while_the_bot_is_out(
    touchbase: Touchbase, words: str
) -> None:
    touchbase.agreed()
    typed(touchbase, words)
    touchbase.slack.do("member", channel=CHANNEL, user="touchbase", joined=False)
    touchbase.slack.advance("P1D")
    calls = len(touchbase.slack.calls("chat.postMessage"))
    touchbase.slack.advance("P9D")
    said = typed(touchbase, "resume channel")
    during = len(touchbase.slack.calls("chat.postMessage"))

    touchbase.slack.do("member", channel=CHANNEL, user="touchbase", joined=True)
    touchbase.calm()

    assert during == calls
    assert "not in this channel" in said["text"]
    assert "Touchbase goes on here." in [m["text"] for m in touchbase.from_bot()]


def test_a_channel_with_another_id_keeps_its_partnership(touchbase: Touchbase) -> None:
    touchbase.agreed()

    touchbase.slack.do("channel", channel=CHANNEL, new_id="C0NEWID0001")
    typed(touchbase, 'dayoff friday "moving"')
    touchbase.calm()

    assert "moving" in texts(touchbase.message_with("hub.more"))


def test_a_new_name_of_the_channel_changes_nothing(touchbase: Touchbase) -> None:
    touchbase.agreed()

    touchbase.slack.do("channel", channel=CHANNEL, name="acme-and-globalcall")
    said = touchbase.slack.command("acme-and-globalcall", "maria", "/touchbase", "people")

    assert "Acme Retail" in texts(said)


def test_cut_off_from_the_other_company_it_rests(touchbase: Touchbase) -> None:
    touchbase.agreed()
    touchbase.slack.do("channel", channel=CHANNEL, shared=False)
    before = touchbase.from_bot()
    touchbase.slack.advance("P8D")

    assert posted_since(touchbase, before) == []


def test_who_invites_the_bot_is_told_how_to_begin(touchbase: Touchbase) -> None:
    touchbase.slack.do("member", channel=CHANNEL, user="touchbase", joined=False)
    event = {
        "type": "member_joined_channel",
        "user": touchbase.slack.user_id("touchbase"),
        "channel": "C0ACMEGLOB",
        "channel_type": "C",
        "team": "T0ACME0001",
        "inviter": touchbase.slack.user_id("maria"),
    }
    touchbase.slack.do("member", channel=CHANNEL, user="touchbase", joined=True)

    touchbase.slack.do("event", team="T0ACME0001", event=event, event_id="Ev0HELLO", times=2)
    touchbase.calm()

    told = [m for m in private(touchbase, "maria") if "/touchbase setup" in m["text"]]
    assert len(told) == 1


def test_a_new_zone_of_a_person_is_taken_over(touchbase: Touchbase) -> None:
    touchbase.agreed()

    touchbase.slack.do("user", user="maria", tz="Europe/Berlin")

    # Whole days are her side's; hours are said on her own clock.
    assert typed(touchbase, "off fri pm")["text"].endswith("Berlin.")
