"""The log of the wire: what is kept of what went to the app and came from it."""

import asyncio
import http.client
import time

import pytest
from slack_sdk import WebClient

from sandbox.server import Sandbox
from sandbox.wire_log import MOST_ENTRIES, MOST_PART, Entry, Traffic, WireLog
from tests.people import Json, Slack
from tests.sandbox.news import listening
from tests.sandbox.raw_app import RawApp
from tests.sandbox.test_webapi_posts import error_of, post
from tests.sandbox.waiting import meanwhile, until

CHANNEL = "C0ACMEGLOB"
ANA = "U0ANA000000"
CALL = Traffic(at="2026-10-19T13:00:00+00:00", kind="call", name="chat.postMessage")


def entries(slack: Slack, kind: str, **query: int) -> list[Json]:
    return [entry for entry in slack.get("wire", **query)["entries"] if entry["kind"] == kind]


def test_what_was_not_acked_and_its_redelivery_are_in_it(sandbox: Sandbox, slack: Slack) -> None:
    with RawApp(sandbox.url) as app:
        act = meanwhile(slack, "message", channel=CHANNEL, user="ana", text="hi")
        app.frame()
        waiting = entries(slack, "event")
    with RawApp(sandbox.url) as app:
        app.ack(app.frame())
        act.result(60)
        first, again = until(lambda: _ended(entries(slack, "event")))

    assert (waiting[0]["status"], waiting[0]["took_ms"]) == (None, None)
    assert (first["status"], first["attempt"], first["reason"]) == ("timeout", 0, None)
    assert (again["status"], again["attempt"], again["reason"]) == ("acked", 1, "timeout")
    assert (again["name"], again["who"], again["place"]) == ("message", ANA, CHANNEL)
    assert first["seq"] == waiting[0]["seq"]


def _ended(found: list[Json]) -> list[Json]:
    return found if len(found) == 2 and all(entry["status"] for entry in found) else []


def test_an_act_that_reached_nobody_is_in_it(slack: Slack) -> None:
    slack.post("command", channel=CHANNEL, user="maria", command="/x", text="y")

    (entry,) = entries(slack, "command")
    assert (entry["name"], entry["status"]) == ("/x", "not_connected")
    assert entry["request"]["text"] == "y"


def test_a_fault_and_a_refusal_are_in_it(client: WebClient, slack: Slack) -> None:
    slack.fault("chat.postMessage", "lost_response")
    slack.fault("chat.postMessage", "ratelimited", retry_after=60)
    with pytest.raises((http.client.RemoteDisconnected, ConnectionResetError)):
        post(client)
    error_of(lambda: post(client))
    error_of(lambda: client.api_call("chat.shout"))

    lost, limited, unknown = entries(slack, "call")

    assert (lost["fault"], lost["status"], lost["answer"]["ok"]) == ("lost_response", None, True)
    assert (limited["fault"], limited["status"]) == ("ratelimited", 429)
    assert (unknown["name"], unknown["answer"]["error"]) == ("chat.shout", "unknown_method")


def test_a_direct_message_is_placed_in_its_channel(client: WebClient, slack: Slack) -> None:
    channel = client.chat_postMessage(channel=ANA, text="hi")["channel"]

    assert [entry["place"] for entry in entries(slack, "call")] == [channel]


def test_pages_are_told_that_there_is_more(
    sandbox: Sandbox, slack: Slack, client: WebClient
) -> None:
    with listening(sandbox.url) as page:
        post(client)
        page.next("wire")

    answer = slack.get("wire", limit=1)
    assert len(answer["entries"]) == 1
    assert slack.get("wire", after=answer["seq"])["entries"] == []
    assert len(slack.get("wire", after=answer["seq"] + 99)["entries"]) == 1


def filled(count: int, request: object = None) -> WireLog:
    async def fill() -> WireLog:
        log = WireLog(secrets=("xoxb-1",), told=lambda: None)
        for _ in range(count):
            log.end(log.begin(CALL, request), status=200, answer={"ok": True})
        return log

    return asyncio.run(fill())


def test_the_newest_are_kept_and_read_at_once() -> None:
    log = filled(MOST_ENTRIES + 5, {"text": "words " * 100})
    began_s = time.thread_time()
    newest = [entry.listing() for entry in log.after(log.count - 20, 200)]
    took_s = time.thread_time() - began_s

    assert len(newest) == 10
    assert took_s < 0.005
    assert len(log.after(0, MOST_ENTRIES * 2)) == MOST_ENTRIES


def test_of_a_long_request_only_the_beginning_is_kept() -> None:
    log = filled(1, {"text": "x" * MOST_PART + "xoxb-1"})

    (entry,) = log.after(0, 10)
    assert '"cut": ' in entry.request
    assert len(entry.request) < MOST_PART / 10


def test_no_token_is_kept() -> None:
    log = filled(1, {"text": "it is xoxb-1, keep it"})

    assert "xoxb-1" not in log.after(0, 10)[0].listing()


def test_an_entry_comes_again_when_it_has_ended() -> None:
    async def act() -> tuple[list[Entry], list[Entry], int]:
        log = WireLog(secrets=(), told=lambda: None)
        entry = log.begin(CALL, {})
        seen = log.count
        quiet = log.after(seen, 10)
        log.end(entry, status=200, answer={})
        return quiet, log.after(seen, 10), entry.seq

    quiet, again, seq = asyncio.run(act())

    assert quiet == []
    assert [(entry.seq, entry.status) for entry in again] == [(seq, 200)]
