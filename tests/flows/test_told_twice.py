"""What Slack tells twice has its effect once."""

import sqlite3
from contextlib import closing

from tests.flows.conftest import CHANNEL, Touchbase
from tests.flows.test_messages import rows


def test_a_message_event_that_comes_again_is_noted_once(touchbase: Touchbase) -> None:
    touchbase.agreed()
    touchbase.slack.advance("PT1M")
    event = {
        "type": "message",
        "channel": "C0ACMEGLOB",
        "channel_type": "channel",
        "user": touchbase.slack.user_id("ana"),
        "user_team": "T0GLOBAL01",
        "text": "words",
        "ts": touchbase.slack.say(CHANNEL, "ana", "words"),
    }

    touchbase.slack.do("event", team="T0ACME0001", event=event, event_id="Ev0AGAIN", times=3)

    assert rows(touchbase.database) == [("vendor", None)]


def test_an_absence_told_by_a_mention_that_comes_again_is_noted_once(touchbase: Touchbase) -> None:
    touchbase.agreed()
    bot_user = touchbase.slack.user_id("touchbase")
    ts = touchbase.slack.say(CHANNEL, "ana", "hello")
    event = {
        "type": "app_mention",
        "channel": "C0ACMEGLOB",
        "user": touchbase.slack.user_id("ana"),
        "text": f"<@{bot_user}> away until friday",
        "ts": ts,
    }

    touchbase.slack.do("event", team="T0ACME0001", event=event, event_id="Ev0STORM", times=3)
    touchbase.calm()

    assert len(touchbase.replies(ts)) == 1
    with closing(sqlite3.connect(touchbase.database)) as db:
        assert db.execute("SELECT COUNT(*) FROM away").fetchone() == (1,)
