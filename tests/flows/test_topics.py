"""Agendas that build themselves, and their topics, over the wire, as both sides and an outsider."""

from tests.flows.checkin_acts import about, choose, sole_check_in
from tests.flows.conftest import CHANNEL, Touchbase, texts


def agenda_text(touchbase: Touchbase) -> str:
    return texts(about(touchbase, "Agenda:")[-1])


def test_both_sides_shape_an_agenda_that_nobody_wrote(touchbase: Touchbase) -> None:
    sole_check_in(touchbase)
    (agenda,) = about(touchbase, "Agenda:")
    before = texts(agenda)

    thread = agenda.get("thread_ts")
    for text in ("add refund script", "add refund script <!here>"):
        mention = f"<@{touchbase.slack.user_id('touchbase')}> {text}"
        touchbase.slack.say(CHANNEL, "ana", mention, thread_ts=thread)
    touchbase.press("ana", "topics.none")
    touchbase.press("maria", "topics.none")
    touchbase.slack.command(CHANNEL, "maria", "/deliverable", "@ana deck by tomorrow")
    touchbase.calm()

    assert "To talk about: volume forecast, quality, staffing, training," in before
    assert "2 topics for the leads." in before
    assert "pricing" not in str(touchbase.from_bot())
    after = agenda_text(touchbase)
    assert "• refund script (Globalcall)" in after
    assert "refund script &lt;!here&gt; (Globalcall)" in after
    assert "Upcoming changes: none at Acme Retail and none at Globalcall." in after
    assert "*deck* (Globalcall), asked for by Tue 20 Oct, not taken on yet" in after
    answers = [m["text"] for m in touchbase.replies(str(thread)) if "On the agenda of" in m["text"]]
    assert len(answers) == 2


def test_what_is_for_the_leads_is_read_by_leads_alone(touchbase: Touchbase) -> None:
    sole_check_in(touchbase)

    touchbase.press("hank", "topics.for_leads")
    refused = touchbase.slack.views("hank")["modals"]
    touchbase.press("ana", "topics.for_leads")
    shown = texts(touchbase.slack.modal("ana"))
    choose(touchbase, "ana", "topics")
    touchbase.slack.click("ana", "topics.new", view_id=touchbase.slack.modal("ana")["id"])
    empty = touchbase.slack.submit("ana", values={"words": {"value": "  "}})
    saved = touchbase.slack.submit(
        "ana", values={"words": {"value": "night rates"}, "audience": {"value": "leads"}}
    )
    touchbase.calm()

    assert refused == []
    assert "Pricing and invoices: not talked about yet." in shown
    assert set(empty["errors"]) == {"words"}
    assert "*Night rates*: at least every 4 weeks, not talked about yet. For the leads." in texts(
        saved["view"]
    )
    told = touchbase.message_with("topics.undo")
    assert told["text"] == "Globalcall changed a topic of check-ins that is for the leads."
    assert "night rates" not in str(touchbase.from_bot())
    assert "3 topics for the leads." in agenda_text(touchbase)

    touchbase.press("maria", "topics.undo")
    touchbase.calm()

    assert "2 topics for the leads." in agenda_text(touchbase)
