from collections.abc import Callable
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from sandbox.server import Sandbox
from tests.people import Slack
from tests.wire import manifest_with, start_sandbox, web_client

CHANNEL = "C0ACMEGLOB"
TEXT = {"type": "plain_text", "text": "x"}


def error_of(call: Callable[[], Any]) -> str:
    with pytest.raises(SlackApiError) as refused:
        call()
    return str(refused.value.response["error"])


def post(client: WebClient, **more: Any) -> str:
    return str(client.chat_postMessage(**({"channel": CHANNEL, "text": "hi"} | more))["ts"])


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        pytest.param({"channel": "C0NOWHERE0"}, "channel_not_found", id="no such channel"),
        pytest.param({"text": ""}, "no_text", id="nothing said"),
        pytest.param({"text": None}, "no_text", id="no text at all"),
        pytest.param({"blocks": "{"}, "invalid_blocks_format", id="blocks that are no JSON"),
        pytest.param({"blocks": [{"type": "sect"}]}, "invalid_blocks", id="unknown block"),
        pytest.param(
            {"blocks": [{"type": "header", "text": {"type": "plain_text", "text": "x" * 151}}]},
            "invalid_blocks",
            id="a header one too long",
        ),
        pytest.param(
            {
                "blocks": [{"type": "section", "text": {"type": "plain_text", "text": "x" * 2900}}]
                * 5
            },
            "msg_blocks_too_long",
            id="14,500 characters in blocks",
        ),
        pytest.param({"blocks": [{"type": "divider"}] * 51}, "invalid_blocks", id="51 blocks"),
        pytest.param({"attachments": [{}] * 101}, "too_many_attachments", id="101 attachments"),
        pytest.param({"metadata": "x"}, "invalid_metadata_format", id="metadata no JSON"),
        pytest.param({"metadata": {"event_type": "e"}}, "invalid_metadata_format", id="no payload"),
        pytest.param(
            {"metadata": {"event_type": "e", "event_payload": {"a": [{"b": 1}]}}},
            "invalid_metadata_schema",
            id="metadata too deep",
        ),
        pytest.param({"thread_ts": "x"}, "invalid_thread_ts", id="a thread that is no stamp"),
        pytest.param({"thread_ts": "1.000001"}, "thread_not_found", id="no such thread"),
        pytest.param({"channel": "U0NORA00000"}, "channel_not_found", id="a stranger"),
    ],
)
def test_a_post_is_refused(shared_sandbox: Sandbox, arguments: dict[str, Any], error: str) -> None:
    client = web_client(shared_sandbox)
    given = {"channel": CHANNEL, "text": "hi"} | arguments

    # The client's own method warns about missing text before it sends anything.
    assert error_of(lambda: client.api_call("chat.postMessage", json=given)) == error


def test_bad_blocks_are_named_by_their_place(client: WebClient) -> None:
    with pytest.raises(SlackApiError) as refused:
        client.chat_postMessage(channel=CHANNEL, text="x", blocks=[{"type": "header"}])

    assert "[json-pointer:/blocks/0" in refused.value.response["response_metadata"]["messages"][0]


def test_a_reply_to_a_reply_is_refused(client: WebClient) -> None:
    parent = post(client)
    reply = post(client, thread_ts=parent)

    refused = error_of(lambda: post(client, thread_ts=reply))

    assert refused == "cannot_reply_to_message"


def test_a_place_without_the_bot_is_refused(client: WebClient, slack: Slack) -> None:
    slack.do("member", channel=CHANNEL, user=slack.world()["app"]["user_id"], joined=False)

    assert error_of(lambda: post(client)) == "not_in_channel"
    assert error_of(lambda: client.conversations_history(channel=CHANNEL)) == "not_in_channel"


def test_an_archived_channel_takes_no_post(client: WebClient, slack: Slack) -> None:
    slack.do("channel", channel=CHANNEL, archived=True)

    assert error_of(lambda: post(client)) == "is_archived"
    assert slack.post("message", channel=CHANNEL, user="ana", text="x")["error"] == "is_archived"


def test_long_text_is_cut_in_a_post_and_refused_in_an_update(client: WebClient) -> None:
    message = client.chat_postMessage(channel=CHANNEL, text="x" * 40_001)

    assert len(message["message"]["text"]) == 40_000
    update = error_of(
        lambda: client.chat_update(channel=CHANNEL, ts=message["ts"], text="x" * 4001)
    )
    assert update == "msg_too_long"


def test_an_update_keeps_metadata_and_drops_blocks_that_are_left_out(client: WebClient) -> None:
    known = {"event_type": "e", "event_payload": {"id": "1"}}
    ts = post(client, blocks=[{"type": "section", "text": TEXT}], metadata=known)

    changed = client.chat_update(channel=CHANNEL, ts=ts, text="new")["message"]
    cleared = client.chat_update(channel=CHANNEL, ts=ts, text="newer", metadata={})["message"]

    assert "blocks" not in changed
    assert changed["metadata"] == known
    assert "metadata" not in cleared


def test_only_own_messages_can_be_changed(client: WebClient, slack: Slack) -> None:
    ts = slack.say(CHANNEL, "ana", "mine")
    own = post(client)

    update = error_of(lambda: client.chat_update(channel=CHANNEL, ts=ts, text="x"))
    delete = error_of(lambda: client.chat_delete(channel=CHANNEL, ts=ts))
    client.chat_delete(channel=CHANNEL, ts=own)

    assert (update, delete) == ("cant_update_message", "cant_delete_message")
    assert error_of(lambda: client.chat_delete(channel=CHANNEL, ts=own)) == "message_not_found"
    assert [m["ts"] for m in slack.messages(CHANNEL)] == [ts]


def test_a_whisper_is_seen_by_one_person_and_never_read_back(
    client: WebClient, slack: Slack
) -> None:
    whisper = client.chat_postEphemeral(channel=CHANNEL, user="U0ANA000000", text="psst")

    assert slack.messages(CHANNEL)[-1]["ephemeral_to"] == "U0ANA000000"
    assert client.conversations_history(channel=CHANNEL)["messages"] == []
    ts = whisper["message_ts"]
    updated = error_of(lambda: client.chat_update(channel=CHANNEL, ts=ts, text="x"))
    assert updated == "message_not_found"
    outside = error_of(
        lambda: client.chat_postEphemeral(channel=CHANNEL, user="U0KIM000000", text="x")
    )
    assert outside == "user_not_in_channel"


def test_a_link_names_the_message(client: WebClient) -> None:
    ts = post(client)

    link = client.chat_getPermalink(channel=CHANNEL, message_ts=ts)["permalink"]

    assert link == f"https://acme-retail.slack.com/archives/{CHANNEL}/p{ts.replace('.', '')}"


def test_reactions_and_pins_come_once(client: WebClient, slack: Slack) -> None:
    ts = post(client)
    spot = {"channel": CHANNEL, "timestamp": ts}

    client.reactions_add(name="eyes", **spot)
    client.pins_add(**spot)

    assert error_of(lambda: client.reactions_add(name="eyes", **spot)) == "already_reacted"
    assert error_of(lambda: client.reactions_add(name="no such", **spot)) == "invalid_name"
    assert error_of(lambda: client.pins_add(**spot)) == "already_pinned"
    assert client.pins_list(channel=CHANNEL)["items"][0]["message"]["ts"] == ts
    shown = slack.messages(CHANNEL)[-1]
    assert shown["pinned"]
    assert shown["reactions"] == [{"name": "eyes", "users": ["U0SANDBOXBOT"], "count": 1}]
    client.reactions_remove(name="eyes", **spot)
    assert error_of(lambda: client.reactions_remove(name="eyes", **spot)) == "no_reaction"


def test_a_file_is_uploaded_and_shared(client: WebClient, slack: Slack) -> None:
    file = client.files_upload_v2(content="hello", filename="a.ics", channel=CHANNEL)["file"]

    assert slack.messages(CHANNEL)[-1]["files"][0]["id"] == file["id"]
    assert client.files_info(file=file["id"])["file"]["size"] == 5


def test_a_file_is_not_finished_before_its_bytes_came(client: WebClient) -> None:
    begun = client.files_getUploadURLExternal(filename="a.txt", length=3)

    finish = error_of(lambda: client.files_completeUploadExternal(files=[{"id": begun["file_id"]}]))

    assert finish == "file_update_failed"


@pytest.mark.parametrize(
    ("token", "error"),
    [
        pytest.param("", "not_authed", id="no token"),
        pytest.param("xoxb-other", "invalid_auth", id="a foreign token"),
        pytest.param("xapp-sandbox", "not_allowed_token_type", id="the app's token"),
    ],
)
def test_the_token_is_checked(shared_sandbox: Sandbox, token: str, error: str) -> None:
    assert error_of(lambda: post(web_client(shared_sandbox, token))) == error


def test_an_unknown_method_is_named(client: WebClient) -> None:
    assert error_of(lambda: client.api_call("chat.shout")) == "unknown_method"


def test_the_manifests_scopes_are_what_a_token_may() -> None:
    with start_sandbox(manifest=manifest_with(scopes=["chat:write"])) as sandbox:
        client = web_client(sandbox)

        with pytest.raises(SlackApiError) as refused:
            client.conversations_history(channel=CHANNEL)

        assert refused.value.response["error"] == "missing_scope"
        assert refused.value.response["needed"] == "channels:history"
        assert refused.value.response["provided"] == "chat:write"
        assert client.auth_test().headers["x-oauth-scopes"] == "chat:write"


def test_posts_to_one_channel_have_a_pace_on_the_worlds_clock(
    client: WebClient, slack: Slack
) -> None:
    for _ in range(4):
        post(client)

    with pytest.raises(SlackApiError) as refused:
        post(client)
    slack.advance("PT1S")

    assert refused.value.response.status_code == 429
    assert refused.value.response.headers["Retry-After"] == "1"
    assert post(client)


def test_methods_have_tiers_each_on_its_own(client: WebClient, slack: Slack) -> None:
    for _ in range(20):
        client.users_list()

    assert error_of(client.users_list) == "ratelimited"
    assert client.users_info(user="U0ANA000000")["ok"]
    slack.advance("PT1M")
    assert client.users_list()["ok"]
