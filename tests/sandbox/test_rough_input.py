"""Arguments of every wrong kind are answered, never fallen over."""

import random
import socket
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from sandbox.control.desk import READS, WRITES
from sandbox.server import Sandbox
from sandbox.webapi.registry import METHODS
from tests.people import Slack

ROUGH: list[Any] = [
    None,
    "",
    0,
    -1,
    3.5,
    True,
    [],
    {},
    [1],
    [None],
    {"a": [{}]},
    "{",
    "[1]",
    {"type": "modal"},
    {"type": "modal", "blocks": [1]},
    [{"type": "section"}],
    [{"type": "actions", "elements": [{"type": "button"}]}],
    {"event_type": 3},
    [{"id": {}}],
    "U0ANA000000",
    "U0SANDBOXBOT",
    "1792414800.000000",
]
ROUGH_NUMBERS = ["", "x", "-1", "nan", "inf", "1e400", "9" * 30, "0", "1.5", "\x00"]
NO_JSON = [
    b"{",
    b"7",
    b"\xff\xfe",
    b'{"timeout": NaN, "user": "ana"}',
    b'{"blocks": ' + b"[" * 3000 + b"]" * 3000 + b"}",
    b"[" * 200_000,
]
API_WORDS = (
    "text ts timestamp user users blocks metadata attachments view view_id trigger_id hash limit "
    "cursor oldest latest types thread_ts name files filename length file message message_ts "
    "external_id user_id channels channel_id team bot inclusive"
).split()
CONTROL_WORDS = (
    "text ts thread_ts name removed command action_id view_id block_id value selected values "
    "callback_id joined tz deleted status_text archived new_id shared team event event_id times "
    "now advance method fault retry_after title steps stop running blocks surface limit"
).split()


def rough(chance: random.Random, words: list[str]) -> dict[str, Any]:
    return {word: chance.choice(ROUGH) for word in chance.sample(words, chance.randint(0, 10))}


@pytest.mark.parametrize("method", sorted(METHODS))
def test_the_web_api_answers_anything(shared_sandbox: Sandbox, method: str) -> None:
    chance = random.Random(method)
    token = "xapp-sandbox" if method == "apps.connections.open" else "xoxb-sandbox"
    with httpx.Client(trust_env=False, verify=False) as http:
        for _ in range(20):
            args = rough(chance, API_WORDS) | {"channel": "C0ACMEGLOB", "token": token}

            answer = http.post(f"{shared_sandbox.url}api/{method}", json=args)

            assert answer.status_code in {200, 429}, args
            assert isinstance(answer.json()["ok"], bool)


def test_half_a_request_leaves_no_traceback_in_the_log(
    shared_sandbox: Sandbox, caplog: pytest.LogCaptureFixture
) -> None:
    address = urlsplit(shared_sandbox.url)
    for _ in range(5):
        with socket.create_connection((address.hostname, address.port)) as caller:
            head = f"POST /api/auth.test HTTP/1.1\r\nHost: {address.netloc}\r\n"
            caller.sendall(f"{head}Content-Length: 9\r\n\r\nhalf".encode())

    # Answered after the others: connections are heard in the order in which they come.
    assert httpx.get(f"{shared_sandbox.url}_control/world", trust_env=False).status_code == 200
    assert [record for record in caplog.records if record.exc_info] == []


@pytest.mark.parametrize("call", sorted(set(WRITES) - {"settle"}))
def test_the_control_calls_answer_anything(shared_sandbox: Sandbox, call: str) -> None:
    chance = random.Random(call)
    with httpx.Client(trust_env=False, verify=False) as http:
        for _ in range(20):
            args = {"channel": "acme-globalcall", "user": "maria"} | rough(chance, CONTROL_WORDS)

            answer = http.post(f"{shared_sandbox.url}_control/{call}", json=args)

            assert answer.status_code < 500, args
            assert isinstance(answer.json()["ok"], bool)


@pytest.mark.parametrize("call", sorted(set(READS) - {"world_file"}))
def test_what_can_be_read_answers_any_query(shared_sandbox: Sandbox, call: str) -> None:
    with httpx.Client(trust_env=False, verify=False) as http:
        for number in ROUGH_NUMBERS:
            query = dict.fromkeys(("after", "limit", "before", "thread"), number)
            where = {"channel": "acme-globalcall", "user": "maria"}
            for given in ({**query, **where}, {**where, "limit": number, "before": number}):
                answer = http.get(f"{shared_sandbox.url}_control/{call}", params=given)

                assert answer.status_code < 500, given


@pytest.mark.parametrize("body", NO_JSON, ids=lambda body: repr(body[:24]))
def test_what_is_no_json_or_too_deep_is_refused(shared_sandbox: Sandbox, body: bytes) -> None:
    kind = {"Content-Type": "application/json"}
    with httpx.Client(trust_env=False, verify=False, headers=kind) as http:
        refused = http.post(f"{shared_sandbox.url}_control/check", content=body)
        called = http.post(f"{shared_sandbox.url}api/chat.postMessage", content=body)

    assert (refused.status_code, refused.json()["error"]) == (400, "invalid_arguments")
    assert refused.json()["message"].endswith(".")
    assert called.json()["error"] == "not_authed"


def test_half_a_character_is_shown_as_what_cannot_be_shown(sandbox: Sandbox, slack: Slack) -> None:
    half = b'{"channel": "acme-globalcall", "user": "ana", "text": "half \\ud83d of it"}'
    httpx.post(f"{sandbox.url}_control/message", content=half, trust_env=False)
    slack.say("acme-globalcall", "ana", "whole \U0001f600")

    said = [message["text"] for message in slack.messages("acme-globalcall")]
    assert said == ["half \ufffd of it", "whole \U0001f600"]
