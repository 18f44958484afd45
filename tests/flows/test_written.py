"""A check-in in writing over the wire, as both sides; Ana of Globalcall has no commands."""

from tests.flows.checkin_acts import about, press_private, say
from tests.flows.conftest import Touchbase, action_ids, texts
from tests.people import Json

TITLE = "*Written check-in*"
# Thursday, 9:00 in New York; Manila's Friday ends at 18:00.
OPENS_AT, CLOSES_AT = "2026-10-22T13:00:00Z", "2026-10-23T10:00:00Z"


def planned(touchbase: Touchbase) -> None:
    """Maria plans one by its name alone, and Ana agrees to it."""
    touchbase.agreed()
    said = say(touchbase, "weekly written check-in")
    assert "It asks: 1. What got done? 2. What comes next? 3." in said["text"]
    press_private(touchbase, "maria", "checkin.create")
    touchbase.calm()
    touchbase.press("ana", "proposal.agree")
    touchbase.calm()


def test_its_form_asks_nothing_about_a_meeting_and_keeps_its_kind(touchbase: Touchbase) -> None:
    touchbase.agreed()
    say(touchbase, "every two weeks written check-in")

    asked = {block["block_id"] for block in fields(touchbase, "maria")}
    shown = touchbase.slack.submit("maria", values={"days": {"value": ["3"]}})

    assert asked & {"minutes", "link", "reminders", "calendars"} == set()
    assert "in writing." in texts(shown["view"])
    touchbase.slack.submit("maria")
    touchbase.calm()
    touchbase.press("ana", "proposal.another")
    touchbase.slack.submit("ana", values={"time": {"value": "10:30"}})
    touchbase.slack.submit("ana")
    touchbase.calm()
    (card,) = about(touchbase, "in writing.", "*written check-in*")
    assert "10:30" in card["text"]


def write(touchbase: Touchbase, user: str, *words: str, message: Json | None = None) -> Json:
    """Press *Answer* in the newest post that has it, or in a direct message; send the form."""
    if message is None:
        touchbase.press(user, "written.answer")
    else:
        where = {"channel": touchbase.slack.user_id("touchbase"), "ts": message["ts"]}
        touchbase.slack.click(user, "written.answer", **where)
    values = {f"q{n}": {"value": one} for n, one in enumerate(words, start=1)}
    return touchbase.slack.submit(user, values=values)


def thread(touchbase: Touchbase, words: str) -> Json:
    """The newest post about it for everybody in which these words stand."""
    found = [m for m in touchbase.from_bot() if TITLE in texts(m) and words in texts(m)]
    assert found, [m["text"] for m in touchbase.from_bot()]
    return found[-1]


def test_both_sides_write_by_button_and_read_each_other_side_by_side(touchbase: Touchbase) -> None:
    planned(touchbase)
    touchbase.slack.move_to(OPENS_AT)
    touchbase.calm()

    empty = write(touchbase, "ana", "", "")
    sent = write(touchbase, "ana", "The *deck* <!channel>", "Training")
    touchbase.press("ana", "written.answer")
    again = texts(touchbase.slack.modal("ana"))
    filled = [block["element"].get("initial_value") for block in fields(touchbase, "ana")]
    touchbase.slack.submit("ana")
    (asked,) = [
        m for m in touchbase.slack.direct_messages("maria") if "written.answer" in action_ids(m)
    ]
    write(touchbase, "maria", "The forecast", message=asked)
    touchbase.calm()
    open_post = thread(touchbase, "Answered so far")
    touchbase.slack.move_to(CLOSES_AT)
    touchbase.calm()

    assert list(empty["errors"]) == ["q1"]
    assert sent["action"] == "closed"
    assert "Everybody in this channel reads the answers, with your name." in again
    assert filled == ["The *deck* <!channel>", "Training", None]
    assert "Acme Retail 1, Globalcall 1." in texts(open_post)
    told = thread(touchbase, "the answers.")
    assert told["thread_ts"] == open_post["thread_ts"]
    first = next(block for block in told["blocks"] if "fields" in block)
    client, vendor = [one["text"] for one in first["fields"]]
    assert client == "*Acme Retail*\nMaria: The forecast"
    assert vendor.startswith("*Globalcall*\nAna: The \u200b*\u200bdeck\u200b*\u200b &lt;!ch")
    touchbase.press("ana", "written.read")
    assert "Ana (Globalcall): The *deck* <!channel>" in texts(touchbase.slack.modal("ana"))
    assert not about(touchbase, "Coming up", TITLE)
    assert not about(touchbase, "take place?", TITLE)


def test_an_outsider_chooses_the_questions_and_answers_late(touchbase: Touchbase) -> None:
    planned(touchbase)

    touchbase.press("ana", "written.questions")
    shown = touchbase.slack.submit(
        "ana", values={"q2": {"value": ""}, "q3": {"value": "Who is off next week?"}}
    )
    touchbase.slack.submit("ana")
    touchbase.calm()
    touchbase.slack.move_to(OPENS_AT)
    touchbase.calm()
    asked = thread(touchbase, "two questions, until")
    write(touchbase, "maria", "The forecast", "Nobody")
    touchbase.slack.move_to(CLOSES_AT)
    touchbase.calm()
    before = texts(thread(touchbase, "the answers."))
    late = write(touchbase, "ana", "", "Carlo")
    touchbase.calm()
    after = thread(touchbase, "the answers.")
    touchbase.slack.move_to("2026-10-29T13:01:00Z")
    touchbase.calm()

    assert "Globalcall changed what" in texts(shown["view"])
    assert about(touchbase, "Globalcall changed what", TITLE)
    assert "Who is off next week?" in texts(asked)
    assert "No answers yet." in before
    assert late["action"] == "closed"
    assert "Ana (late): Carlo" in texts(after)
    over = next(m for m in touchbase.messages() if m["ts"] == after["ts"])
    assert action_ids(over) == {"written.read"}
    assert "of Thu 29 Oct" in texts(touchbase.message_with("written.answer"))


def fields(touchbase: Touchbase, user: str) -> list[Json]:
    return [b for b in touchbase.slack.modal(user)["blocks"] if b["type"] == "input"]
