"""What people have read, and what is unread since, as two open pages would count it."""

import pytest
from slack_sdk import WebClient

from sandbox.server import Sandbox
from tests.people import ActRefused, Json, Slack
from tests.sandbox.news import listening

CHANNEL = "C0ACMEGLOB"
ANA = "U0ANA000000"


def marks(slack: Slack, user: str) -> Json:
    return slack.get("marks", user=user)


def counts(slack: Slack, user: str) -> tuple[int, int]:
    """Unread messages and mentions in the shared channel."""
    mark = marks(slack, user)["channels"][CHANNEL]
    return mark["unread"], mark["mentions"]


def test_what_others_said_is_unread_until_it_was_seen(slack: Slack) -> None:
    slack.say(CHANNEL, "maria", "one")
    second = slack.say(CHANNEL, "maria", "two, @ana")
    slack.say(CHANNEL, "maria", "three <!here>")

    assert counts(slack, "ana") == (3, 2)
    assert counts(slack, "ben") == (3, 1)
    assert counts(slack, "maria") == (0, 0)

    slack.do("seen", user="ana", channel=CHANNEL, ts=second)

    assert marks(slack, "ana")["channels"][CHANNEL] == {"read": second, "unread": 1, "mentions": 1}
    assert counts(slack, "ben") == (3, 1)

    slack.do("seen", user="ana", channel=CHANNEL)
    slack.do("seen", user="ana", channel=CHANNEL, ts=second)

    assert counts(slack, "ana") == (0, 0)


def test_who_writes_has_read_what_stands_there(slack: Slack) -> None:
    slack.say(CHANNEL, "maria", "one")
    slack.say(CHANNEL, "ana", "two")

    assert counts(slack, "ana") == (0, 0)
    assert counts(slack, "maria") == (1, 0)


def test_replies_are_unread_in_their_thread_alone(slack: Slack) -> None:
    root = slack.say(CHANNEL, "maria", "root")
    slack.do("seen", user="ana", channel=CHANNEL)
    slack.say(CHANNEL, "maria", "first", thread_ts=root)
    last = slack.say(CHANNEL, "ben", "second, @ana", thread_ts=root)
    key = f"{CHANNEL}/{root}"

    assert counts(slack, "ana") == (0, 0)
    assert marks(slack, "ana")["threads"] == {key: {"read": None, "unread": 2, "mentions": 1}}
    assert marks(slack, "maria")["threads"][key]["unread"] == 1

    slack.do("seen", user="ana", channel=CHANNEL, ts=last, thread_ts=root)
    assert marks(slack, "ana")["threads"] == {}
    slack.do("delete", channel=CHANNEL, ts=last, user="ben")
    assert marks(slack, "maria")["threads"] == {}


def test_what_the_app_says_to_one_person_is_unread_for_that_person(
    slack: Slack, client: WebClient
) -> None:
    client.chat_postEphemeral(channel=CHANNEL, user=ANA, text="psst")
    direct = client.chat_postMessage(channel=ANA, text="for you")["channel"]

    assert counts(slack, "ana") == (1, 0)
    assert counts(slack, "ben") == (0, 0)
    assert marks(slack, "ana")["channels"][direct] == {"read": None, "unread": 1, "mentions": 1}


def test_a_mention_in_blocks_counts(slack: Slack, client: WebClient) -> None:
    section = {"type": "section", "text": {"type": "mrkdwn", "text": f"<@{ANA}>, please"}}
    user = {"type": "user", "user_id": ANA}
    rich = {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [user]}]}
    for block in (section, rich):
        client.chat_postMessage(channel=CHANNEL, text="x", blocks=[block])

    assert counts(slack, "ana") == (2, 2)
    assert counts(slack, "ben") == (2, 0)


def test_a_newcomer_has_nothing_to_catch_up_with_and_lines_of_joining_are_no_news(
    slack: Slack,
) -> None:
    slack.say(CHANNEL, "maria", "before")
    slack.do("seen", user="ana", channel=CHANNEL)

    slack.do("member", channel=CHANNEL, user="kim", joined=True)

    assert counts(slack, "kim") == (0, 0)
    assert counts(slack, "ana") == (0, 0)


def test_everything_can_be_marked_as_read_for_everybody(slack: Slack, client: WebClient) -> None:
    root = slack.say(CHANNEL, "maria", "root")
    slack.say(CHANNEL, "maria", "reply", thread_ts=root)
    client.chat_postMessage(channel=ANA, text="for you")

    slack.do("seen", user="*")

    found = marks(slack, "ana")
    assert {mark["unread"] for mark in found["channels"].values()} == {0}
    assert found["threads"] == {}
    slack.say(CHANNEL, "maria", "news")
    assert counts(slack, "ana") == (1, 0)


def test_a_second_page_hears_what_was_read_in_the_first(sandbox: Sandbox, slack: Slack) -> None:
    slack.say(CHANNEL, "maria", "one")
    with listening(sandbox.url) as page:
        slack.do("seen", user="ana", channel=CHANNEL)

        assert page.next("marks")["user"] == ANA


@pytest.mark.parametrize(
    ("body", "error"),
    [
        pytest.param({"user": "nobody", "channel": CHANNEL}, "user_not_found", id="nobody"),
        pytest.param({"user": "nora", "channel": CHANNEL}, "not_in_channel", id="not a member"),
        pytest.param({"user": "ana"}, "invalid_arguments", id="nowhere"),
        pytest.param({"user": "ana", "channel": CHANNEL, "ts": "9"}, "invalid_arguments", id="ts"),
    ],
)
def test_reading_is_refused_where_nobody_can_read(
    shared_slack: Slack, body: Json, error: str
) -> None:
    with pytest.raises(ActRefused) as refused:
        shared_slack.do("seen", **body)

    assert refused.value.error == error
