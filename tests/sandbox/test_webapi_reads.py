import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from tests.people import Slack
from tests.sandbox.test_webapi_posts import error_of

CHANNEL = "C0ACMEGLOB"


def test_the_token_says_who_and_where(client: WebClient) -> None:
    who = client.auth_test()

    assert (who["team_id"], who["user_id"], who["bot_id"]) == (
        "T0ACME0001",
        "U0SANDBOXBOT",
        "B0SANDBOX01",
    )
    assert client.team_info()["team"]["domain"] == "acme-retail"


def test_people_of_the_own_team_have_a_locale_and_outsiders_never(client: WebClient) -> None:
    maria = client.users_info(user="U0MARIA0000", include_locale=True)["user"]
    ana = client.users_info(user="U0ANA000000", include_locale=True)["user"]

    assert (maria["locale"], maria["tz"], maria["tz_offset"]) == (
        "en-US",
        "America/New_York",
        -14400,
    )
    assert "locale" not in ana
    assert (ana["team_id"], ana["is_stranger"]) == ("T0GLOBAL01", False)


def test_somebody_in_no_common_channel_is_a_stranger(client: WebClient) -> None:
    nora = client.users_info(user="U0NORA00000")["user"]

    assert nora["is_stranger"]
    assert "tz" not in nora
    opened = error_of(lambda: client.conversations_open(users=["U0NORA00000"]))
    assert opened == "user_not_visible"


def test_the_list_of_people_has_no_outsiders_and_comes_in_pages(client: WebClient) -> None:
    pages = [page["members"] for page in client.users_list(limit=10)]

    names = [member["name"] for page in pages for member in page]
    assert [len(page) for page in pages] == [10, 10, 8]
    assert "maria" in names
    assert "kim" in names
    assert "ana" not in names


def test_members_come_in_pages_and_outsiders_are_among_them(client: WebClient) -> None:
    members = [
        member
        for page in client.conversations_members(channel=CHANNEL, limit=20)
        for member in page["members"]
    ]

    assert len(members) == 53
    assert "U0ANA000000" in members


def test_a_shared_channel_names_its_teams(client: WebClient) -> None:
    channel = client.conversations_info(channel=CHANNEL)["channel"]
    listed = client.conversations_list()["channels"][0]

    assert channel["is_ext_shared"]
    assert channel["connected_team_ids"] == ["T0GLOBAL01"]
    assert "connected_team_ids" not in listed
    assert [c["id"] for c in client.users_conversations()["channels"]] == [CHANNEL]


def test_history_is_newest_first_without_replies_in_pages(client: WebClient, slack: Slack) -> None:
    stamps = [slack.say(CHANNEL, "ana", f"m{n}") for n in range(5)]
    slack.say(CHANNEL, "maria", "a reply", thread_ts=stamps[0])

    pages = [
        (page["has_more"], [m["ts"] for m in page["messages"]])
        for page in client.conversations_history(channel=CHANNEL, limit=2)
    ]

    newest = stamps[::-1]
    assert pages == [(True, newest[:2]), (True, newest[2:4]), (False, newest[4:])]


@pytest.mark.parametrize(
    ("inclusive", "expected"),
    [pytest.param(False, [2], id="exclusive"), pytest.param(True, [3, 2, 1], id="inclusive")],
)
def test_history_keeps_within_its_bounds(
    client: WebClient, slack: Slack, inclusive: bool, expected: list[int]
) -> None:
    stamps = [slack.say(CHANNEL, "ana", f"m{n}") for n in range(5)]

    found = client.conversations_history(
        channel=CHANNEL, oldest=stamps[1], latest=stamps[3], inclusive=inclusive
    )["messages"]

    assert [m["text"] for m in found] == [f"m{n}" for n in expected]


def test_metadata_comes_whole_only_on_request(client: WebClient) -> None:
    known = {"event_type": "e", "event_payload": {"id": "1"}}
    client.chat_postMessage(channel=CHANNEL, text="x", metadata=known)

    plain = client.conversations_history(channel=CHANNEL)["messages"][0]
    whole = client.conversations_history(channel=CHANNEL, include_all_metadata=True)["messages"][0]

    assert plain["metadata"] == {"event_type": "e"}
    assert whole["metadata"] == known


def test_a_thread_starts_with_its_parent(client: WebClient, slack: Slack) -> None:
    parent = slack.say(CHANNEL, "ana", "parent")
    replies = [slack.say(CHANNEL, "maria", f"r{n}", thread_ts=parent) for n in range(3)]

    found = client.conversations_replies(channel=CHANNEL, ts=parent)["messages"]

    assert [m["ts"] for m in found] == [parent, *replies]
    assert found[0]["reply_count"] == 3
    missing = error_of(lambda: client.conversations_replies(channel=CHANNEL, ts="1.000001"))
    assert missing == "thread_not_found"


def test_direct_messages_open_once_and_not_with_everybody(client: WebClient, slack: Slack) -> None:
    first = client.conversations_open(users=["U0ANA000000"])["channel"]["id"]
    second = client.conversations_open(users=["U0ANA000000"])
    client.chat_postMessage(channel=first, text="only you")
    slack.do("user", user="tom", deleted=True)

    assert second["already_open"]
    assert second["channel"]["id"] == first
    assert [m["text"] for m in slack.direct_messages("ana")] == ["only you"]
    assert error_of(lambda: client.conversations_open(users=["U0TOM000000"])) == "user_disabled"
    assert error_of(lambda: client.conversations_open(users=["U0NOBODY"])) == "user_not_found"


@pytest.mark.parametrize("cursor", ["rubbish", "bmV4dF90czoxeA==", "YXQ6LTE="])
def test_a_cursor_that_slack_did_not_give_is_refused(client: WebClient, cursor: str) -> None:
    with pytest.raises(SlackApiError) as refused:
        client.conversations_members(channel=CHANNEL, cursor=cursor)

    assert refused.value.response["error"] == "invalid_cursor"
