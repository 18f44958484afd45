"""Who wrote when is noted, and nothing of what was written; what was missed is read once."""

import sqlite3
from contextlib import closing
from pathlib import Path

from tests.flows.conftest import CHANNEL, Touchbase, texts

SECRET = "the margin is nine percent"


def rows(database: Path) -> list[tuple[str, str | None]]:
    """Side and thread of every message that is noted, oldest first."""
    with closing(sqlite3.connect(database)) as db:
        return list(db.execute("SELECT side, thread_ts FROM messages ORDER BY at"))


def test_before_agreement_nobodys_messages_are_noted(touchbase: Touchbase) -> None:
    touchbase.set_up()

    touchbase.slack.say(CHANNEL, "ana", SECRET)
    touchbase.slack.say(CHANNEL, "maria", SECRET)

    assert rows(touchbase.database) == []


def test_who_wrote_when_is_noted_and_not_a_word_of_it(touchbase: Touchbase) -> None:
    touchbase.agreed()
    touchbase.slack.advance("PT1M")

    root = touchbase.slack.say(CHANNEL, "ana", SECRET)
    touchbase.slack.say(CHANNEL, "james", SECRET, thread_ts=root)
    touchbase.calm()

    assert rows(touchbase.database) == [("vendor", None), ("client", root)]
    stored = b"".join(path.read_bytes() for path in touchbase.database.parent.glob("*.sqlite*"))
    assert b"margin" not in stored


def test_bots_guests_and_third_companies_are_not_noted(touchbase: Touchbase) -> None:
    touchbase.agreed()
    for name in ("nora", "kim"):
        touchbase.slack.do("member", channel=CHANNEL, user=name, joined=True)
    touchbase.slack.advance("PT1M")

    for name in ("nora", "kim"):
        touchbase.slack.say(CHANNEL, name, SECRET)

    assert rows(touchbase.database) == []


def test_a_deleted_message_is_forgotten_and_an_edited_one_counts_once(
    touchbase: Touchbase,
) -> None:
    touchbase.agreed()
    touchbase.slack.advance("PT1M")
    first = touchbase.slack.say(CHANNEL, "ana", "one")
    second = touchbase.slack.say(CHANNEL, "ana", "two")

    touchbase.slack.do("edit", channel=CHANNEL, ts=first, user="ana", text="One")
    touchbase.slack.do("delete", channel=CHANNEL, ts=second, user="ana")

    assert rows(touchbase.database) == [("vendor", None)]


def test_a_mention_is_noted_as_one_message(touchbase: Touchbase) -> None:
    touchbase.agreed()

    bot_user = touchbase.slack.user_id("touchbase")
    touchbase.slack.say(CHANNEL, "ana", f"<@{bot_user}> help")
    touchbase.calm()

    assert rows(touchbase.database) == [("vendor", None)]


def test_an_outsider_who_types_a_command_gets_buttons(touchbase: Touchbase) -> None:
    touchbase.agreed()

    ts = touchbase.slack.say(CHANNEL, "ana", "/deliverable @miguel deck by friday")
    own = touchbase.slack.say(CHANNEL, "maria", "/touchbase")
    touchbase.calm()

    assert "Commands work only inside" in texts(touchbase.replies(ts)[-1])
    assert touchbase.replies(own) == []
