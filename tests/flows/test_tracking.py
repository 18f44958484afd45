"""Tracking a message over the wire: by shortcut, by pushpin, by a mention in reply."""

from tests.flows.conftest import CHANNEL, Touchbase, texts
from tests.flows.test_deliverables import card, mention
from tests.people import Json

# The world begins on Monday 19 October 2026, 09:00 in New York, 21:00 in Manila.
ANA, MARIA = "U0ANA000000", "U0MARIA0000"
WORDS = "Could you send the refund script?\nIt is for Friday."


def fill(touchbase: Touchbase, user: str, **fields: str) -> Json:
    answer = touchbase.slack.submit(user, values={k: {"value": v} for k, v in fields.items()})
    touchbase.calm()
    return answer


def title_in_form(touchbase: Touchbase, user: str) -> str:
    blocks = touchbase.slack.modal(user)["blocks"]
    title = next(b for b in blocks if b["block_id"] == "title")
    return str(title["element"].get("initial_value", ""))


def thread(touchbase: Touchbase, ts: str) -> list[str]:
    return [texts(m) or m["text"] for m in touchbase.replies(ts)]


def test_a_message_is_tracked_by_shortcut_once(touchbase: Touchbase) -> None:
    touchbase.agreed()
    ts = touchbase.slack.say(CHANNEL, "ana", WORDS)
    where = {"channel": CHANNEL, "ts": ts, "callback_id": "deliverable.track"}

    touchbase.slack.do("shortcut", user="maria", **where)
    assert title_in_form(touchbase, "maria") == "Could you send the refund script?"
    touchbase.slack.click("maria", "deliverable.more", view_id=touchbase.slack.modal("maria")["id"])
    assert title_in_form(touchbase, "maria") == "Could you send the refund script?"
    fill(
        touchbase,
        "maria",
        title="Refund script",
        owner=MARIA,
        due="2026-10-23",
        details="Version 2",
        links="https://docs.example/script",
    )
    touchbase.slack.do("shortcut", user="maria", **where)

    shown = texts(card(touchbase, "Refund script"))
    assert "Version 2" in shown
    assert "https://docs.example/script" in shown
    assert "this message" in shown
    assert "tracked already" in texts(touchbase.slack.modal("maria"))


def test_a_pushpin_asks_and_an_outsider_tracks_it(touchbase: Touchbase) -> None:
    touchbase.agreed()
    ts = touchbase.slack.say(CHANNEL, "maria", WORDS)
    touchbase.slack.react(CHANNEL, ts, "ana", "pushpin")
    touchbase.calm()
    (question,) = touchbase.replies(ts)

    touchbase.slack.click("ana", "tracking.track", channel=CHANNEL, ts=question["ts"])
    assert title_in_form(touchbase, "ana") == "Could you send the refund script?"
    fill(touchbase, "ana", owner=ANA, due="2026-10-23")

    assert question["text"].startswith(f"<@{MARIA}>: ")
    (became,) = thread(touchbase, ts)
    assert became == "Tracked: *Could you send the refund script?* (Globalcall)."
    assert "this message" in texts(card(touchbase, "Could you send the refund script?"))


def test_where_messages_may_not_be_read_the_form_opens_without_a_title(
    touchbase: Touchbase,
) -> None:
    touchbase.agreed()
    ts = touchbase.slack.say(CHANNEL, "maria", WORDS)
    touchbase.slack.react(CHANNEL, ts, "maria", "round_pushpin")
    touchbase.calm()
    (question,) = touchbase.replies(ts)
    touchbase.slack.fault("conversations.replies", "error:missing_scope")

    touchbase.slack.click("ana", "tracking.track", channel=CHANNEL, ts=question["ts"])

    assert title_in_form(touchbase, "ana") == ""
    fill(touchbase, "ana", title="Script", owner=ANA, due="2026-10-23")
    assert thread(touchbase, ts) == ["Tracked: *Script* (Globalcall)."]


def test_a_mention_in_reply_tracks_it_at_once_or_asks_what_is_missing(
    touchbase: Touchbase,
) -> None:
    touchbase.agreed()
    bot = next(u["id"] for u in touchbase.slack.world()["users"] if u["is_bot"])
    first = touchbase.slack.say(CHANNEL, "maria", WORDS)
    second = touchbase.slack.say(CHANNEL, "maria", "The roster of next week")

    touchbase.slack.say(CHANNEL, "ana", f"<@{bot}> track this", thread_ts=first)
    touchbase.calm()
    asked = touchbase.replies(first)[-1]
    touchbase.slack.click("ana", "deliverable.form_open", channel=CHANNEL, ts=asked["ts"])
    title = title_in_form(touchbase, "ana")
    words = f"<@{bot}> track roster by friday <@{ANA}>"
    touchbase.slack.say(CHANNEL, "ana", words, thread_ts=second)
    touchbase.calm()

    assert title == "Could you send the refund script?"
    assert "Noted: *roster*" in thread(touchbase, second)[-1]
    assert "this message" in texts(card(touchbase, "roster"))
    assert "Which message?" in mention(touchbase, "ana", "track this")
