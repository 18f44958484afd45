from tests.flows.conftest import CHANNEL, Touchbase, action_ids, texts
from tests.flows.test_changes import opens_settings
from tests.flows.test_deliverables import DATABASE, press, private, say
from tests.flows.test_ladder import act, day

TOLD = "Brought to the sponsors of both sides by Acme Retail."


def both_want_it(touchbase: Touchbase) -> None:
    """Each lead names a sponsor, and says that sponsors may be told."""
    touchbase.slack.advance("PT1M")
    for lead, sponsor in (("maria", "james"), ("ana", "carlo")):
        whom = touchbase.slack.user_id(lead)
        asked = next(
            m
            for m in reversed(touchbase.messages())
            if m.get("ephemeral_to") == whom and "people.pick" in action_ids(m)
        )
        touchbase.slack.click(lead, "people.pick", channel=CHANNEL, ts=asked["ts"])
        named = {"value": [touchbase.slack.user_id(sponsor)]}
        touchbase.slack.submit(lead, values={"sponsors": named})
        touchbase.calm()
        opens_settings(touchbase, lead)
        touchbase.slack.submit(lead, values={"sponsors": {"value": "told"}})
        touchbase.calm()


def test_the_owner_is_heard_for_a_day_before_sponsors_of_both_sides_read_it(
    touchbase: Touchbase,
) -> None:
    touchbase.agreed()
    both_want_it(touchbase)
    say(touchbase, DATABASE)
    press(touchbase, "ana", "product database", "deliverable.accept")
    day(touchbase, "2026-10-23T01:05:00Z")
    day(touchbase, "2026-10-26T05:05:00Z")

    late = touchbase.message_with("deliverable.raise")
    act(touchbase, "maria", late, "deliverable.raise")
    brought = act(touchbase, "maria", late, "sponsors.bring")
    undone = act(touchbase, "maria", late, "sponsors.undo")
    act(touchbase, "maria", late, "sponsors.bring")
    owner = day(touchbase, "2026-10-27T01:05:00Z")

    assert "Acme Retail wants to tell the sponsors of both sides" in brought
    assert "sponsors" not in undone.replace("Bring to the sponsors", "")
    assert private(touchbase, "maria", "its owner is heard first")
    assert "*I need help* tells your side's leads" in texts(owner)
    assert "sponsors.help" in action_ids(owner)
    james = day(touchbase, "2026-10-27T13:05:00Z", "james")
    carlo = day(touchbase, "2026-10-28T01:05:00Z", "carlo")
    assert TOLD in texts(james)
    assert TOLD in texts(carlo)
    assert "Ana" not in texts(james) + texts(carlo)
    assert TOLD in texts(next(m for m in touchbase.from_bot() if m["ts"] == late["ts"]))
