"""What came of a check-in, told by both sides over the wire."""

from typing import Any

from tests.flows.checkin_acts import about, sole_check_in
from tests.flows.conftest import CHANNEL, Touchbase, action_ids, texts
from tests.people import Json

OPEN = "checkin_report.open"
NOTES = "https://notes.example/review"


def values(**given: Any) -> Json:
    return {field: {"value": value} for field, value in given.items()}


def question(touchbase: Touchbase) -> Json:
    return about(touchbase, "take place?")[-1]


def initial(form: Json, field: str) -> Json:
    found: Json = next(b for b in form["blocks"] if b.get("block_id") == field)["element"]
    return found


def ana_tells(touchbase: Touchbase) -> tuple[Json, Json, Json]:
    """Ana, of the other company, with what is not clear at first, and then all of it twice.

    Returns:
        What was to be changed; the question before and after.
    """
    slack = touchbase.slack
    touchbase.press("ana", "checkin.held")
    touchbase.calm()
    touchbase.press("ana", OPEN)
    form_id = slack.modal("ana")["id"]
    typed = values(
        roles=["lead", "member"],
        late="client",
        notes="see the wiki",
        promise_1="volume forecast by friday",
        promise_2="@ana refund script",
    )
    wrong = slack.submit("ana", values=typed)
    before = question(touchbase)
    slack.click("ana", "checkin_report.more", view_id=form_id)
    mended = values(
        notes=NOTES,
        promise_1="Maria: volume forecast, friday",
        promise_2="",
        promise_5="@ana refund script by friday",
    )
    slack.submit("ana", values=typed | mended)
    slack.post("submit", user="ana", view_id=form_id, values=typed | mended)
    touchbase.calm()
    return wrong, before, question(touchbase)


def test_both_sides_tell_what_came_of_it_and_promises_are_asked_of_their_owners(
    touchbase: Touchbase,
) -> None:
    slack = touchbase.slack
    sole_check_in(touchbase)
    slack.move_to("2026-10-20T14:31:00Z")
    offered_before = OPEN in action_ids(question(touchbase))

    wrong, nothing_yet, told = ana_tells(touchbase)

    # Maria two days later: it was on the day after, and nobody was late.
    slack.move_to("2026-10-22T14:00:00Z")
    slack.click("maria", "checkin.other_day", channel=CHANNEL, ts=told["ts"])
    own_day = slack.submit("maria", values=values(day="2026-10-20"))
    slack.submit("maria", values=values(day="2026-10-21", late="none"))
    touchbase.calm()
    both = question(touchbase)
    slack.click("maria", OPEN, channel=CHANNEL, ts=told["ts"])
    again = slack.modal("maria")
    slack.move_to("2026-10-27T14:01:00Z")
    closed = slack.post("submit", user="maria", view_id=again["id"], values={})

    assert not offered_before
    assert set(wrong["errors"]) == {"notes", "promise_1", "promise_2"}
    assert wrong["errors"]["promise_1"] == "Who owes it?"
    assert "promise" not in nothing_yet["text"]
    assert "There: Globalcall lead and members." in told["text"]
    assert f"<{NOTES}|Notes>" in told["text"]
    assert "2 promises noted." in told["text"]
    assert "late" not in told["text"]
    cards = [m for m in touchbase.from_bot() if "deliverable.accept" in action_ids(m)]
    assert len([m for m in cards if "volume forecast" in texts(m)]) == 1
    assert set(own_day["errors"]) == {"day"}
    assert "Acme Retail: it took place on another day (Wed 21 Oct)." in both["text"]
    assert "The sides tell its start differently." in both["text"]
    assert initial(again, "day")["initial_date"] == "2026-10-21"
    assert "• refund script" in texts(again)
    assert "The next one has begun" in texts(closed["view"])


def test_who_is_no_lead_and_who_says_no_tell_nothing(touchbase: Touchbase) -> None:
    slack = touchbase.slack
    sole_check_in(touchbase)
    slack.move_to("2026-10-20T14:31:00Z")
    touchbase.press("ana", "checkin.held")
    touchbase.press("maria", "checkin.not_held")
    touchbase.calm()

    for user in ("james", "maria"):
        touchbase.press(user, OPEN)
        touchbase.calm()

    private = "\n".join(m["text"] for m in touchbase.messages() if m.get("ephemeral_to"))
    assert "a lead of either side" in private
    assert "Your side says that it did not take place." in private
    assert not slack.views("maria")["modals"]
    assert not slack.views("james")["modals"]
