import json
import socket
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from queue import Queue
from threading import Thread

import httpx
import pytest
from slack_sdk.signature import SignatureVerifier
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from sandbox.patience import Patience
from sandbox.server import Sandbox
from tests.people import ActRefused, Json, Slack
from tests.sandbox.raw_app import RawApp
from tests.sandbox.test_webapi_posts import error_of
from tests.sandbox.waiting import connected, meanwhile, until
from tests.wire import is_patient, manifest_with, start_sandbox, web_client

CHANNEL = "C0ACMEGLOB"


@pytest.fixture
def app(sandbox: Sandbox) -> Iterator[RawApp]:
    with RawApp(sandbox.url) as raw:
        yield raw


def heard(slack: Slack, app: RawApp, call: str, **body: object) -> Json:
    """The payload that the app gets from an act, with the frame around it acked."""
    act = meanwhile(slack, call, **body)
    payload = app.next_acked()
    assert act.result(60)["ok"]
    return payload


def test_hello_says_how_many_sockets_are_open(sandbox: Sandbox, app: RawApp) -> None:
    with RawApp(sandbox.url) as second:
        assert app.hello["num_connections"] == 1
        assert second.hello["num_connections"] == 2
        assert second.hello["connection_info"] == {"app_id": "A0SANDBOX01"}


def test_a_payload_goes_to_one_socket_in_turn(sandbox: Sandbox, slack: Slack, app: RawApp) -> None:
    with RawApp(sandbox.url) as second:
        meanwhile(slack, "message", channel=CHANNEL, user="ana", text="one")
        first_text = app.event()["text"]
        meanwhile(slack, "message", channel=CHANNEL, user="ana", text="two")

        assert (first_text, second.event()["text"]) == ("one", "two")
        with pytest.raises(TimeoutError):
            app.frame(0.1)


def test_an_outsiders_message_says_where_they_are_from(slack: Slack, app: RawApp) -> None:
    payload = heard(slack, app, "message", channel=CHANNEL, user="ana", text="hi")

    event = payload["event"]
    assert (event["user_team"], event["source_team"]) == ("T0GLOBAL01", "T0GLOBAL01")
    assert event["user_profile"]["real_name"] == "Ana Reyes"
    assert (event["channel_type"], event["event_ts"]) == ("channel", event["ts"])
    assert (payload["team_id"], payload["context_team_id"]) == ("T0ACME0001", "T0ACME0001")
    assert payload["is_ext_shared_channel"]
    assert [a["user_id"] for a in payload["authorizations"]] == ["U0SANDBOXBOT"]


def test_a_message_of_the_own_team_says_nothing_of_the_kind(slack: Slack, app: RawApp) -> None:
    event = heard(slack, app, "message", channel=CHANNEL, user="maria", text="hi")["event"]

    assert "user_team" not in event
    assert event["team"] == "T0ACME0001"


def test_an_edit_a_deletion_and_a_reaction_are_told(slack: Slack, app: RawApp) -> None:
    spot = {"channel": CHANNEL, "user": "ana"}
    ts = heard(slack, app, "message", **spot, text="old")["event"]["ts"]

    with pytest.raises(ActRefused, match="invalid_name"):
        slack.react(spot["channel"], ts, spot["user"], "not a name")
    reacted = heard(slack, app, "reaction", **spot, ts=ts, name="eyes")["event"]
    changed = heard(slack, app, "edit", **spot, ts=ts, text="new")["event"]
    deleted = heard(slack, app, "delete", **spot, ts=ts)["event"]

    assert (reacted["type"], reacted["item"]["ts"]) == ("reaction_added", ts)
    assert changed["message"]["text"] == "new"
    assert changed["previous_message"]["text"] == "old"
    assert (deleted["subtype"], deleted["deleted_ts"]) == ("message_deleted", ts)


def test_a_click_of_an_outsider_names_both_teams(
    sandbox: Sandbox, slack: Slack, app: RawApp
) -> None:
    button = {
        "type": "button",
        "action_id": "go",
        "value": "1",
        "text": {"type": "plain_text", "text": "Go"},
    }
    blocks = [{"type": "actions", "block_id": "row", "elements": [button]}]
    ts = _bot_post(sandbox, app, blocks)

    body = heard(slack, app, "click", user="ana", channel=CHANNEL, ts=ts, action_id="go")

    assert body["team"]["id"] == "T0ACME0001"
    assert body["user"]["team_id"] == "T0GLOBAL01"
    assert body["container"] == {
        "type": "message",
        "message_ts": ts,
        "channel_id": CHANNEL,
        "is_ephemeral": False,
    }
    assert body["message"]["ts"] == ts
    assert (body["actions"][0]["value"], body["actions"][0]["block_id"]) == ("1", "row")
    assert body["response_url"].startswith(sandbox.url)
    assert (body["is_enterprise_install"], body["enterprise"]) == (False, None)


def _bot_post(sandbox: Sandbox, app: RawApp, blocks: list[Json]) -> str:
    ts = web_client(sandbox).chat_postMessage(channel=CHANNEL, text="x", blocks=blocks)["ts"]
    assert app.event()["bot_id"] == "B0SANDBOX01"
    return str(ts)


def test_an_unacked_event_comes_again_at_once_and_then_on_the_worlds_clock(
    sandbox: Sandbox, slack: Slack, app: RawApp
) -> None:
    assert Patience().ack_s == 3
    sandbox.patience.ack_s = 0.2
    act = meanwhile(slack, "message", channel=CHANNEL, user="ana", text="hi")
    first = app.frame()
    again = app.frame()
    answer = act.result(60)
    until(lambda: slack.world()["next_due"])
    is_patient(sandbox)
    walked = meanwhile(slack, "clock", advance="PT1M")
    third = app.frame()
    app.ack(third)

    assert walked.result(60)["ok"]
    assert [f["retry_attempt"] for f in (first, again, third)] == [0, 1, 2]
    assert (again["retry_reason"], third["retry_reason"]) == ("timeout", "timeout")
    assert len({f["payload"]["event_id"] for f in (first, again, third)}) == 1
    assert answer["error"] == "operation_timeout"
    assert answer["ts"] == first["payload"]["event"]["ts"]


def test_events_without_an_app_are_kept_in_order(sandbox: Sandbox, slack: Slack) -> None:
    for text in ("one", "two", "three"):
        slack.say(CHANNEL, "ana", text)

    with RawApp(sandbox.url) as late:
        assert [late.event()["text"] for _ in range(3)] == ["one", "two", "three"]


def test_a_disconnect_is_announced_and_what_was_unacked_comes_on_the_next_socket(
    sandbox: Sandbox, slack: Slack, app: RawApp
) -> None:
    act = meanwhile(slack, "message", channel=CHANNEL, user="ana", text="hi")
    app.frame()

    slack.fault("*", "disconnect")

    assert app.frame()["type"] == "disconnect"
    until(lambda: not connected(slack))
    with RawApp(sandbox.url) as next_app:
        frame = next_app.frame()
        next_app.ack(frame)
        assert frame["retry_attempt"] == 1
        assert act.result(60)["ok"]


def test_a_ticket_opens_one_socket(sandbox: Sandbox, app: RawApp) -> None:
    address = sandbox.url.replace("http", "ws") + "link/?ticket=made-up"

    with pytest.raises(InvalidStatus), connect(address, proxy=None):
        pass


def test_without_an_app_a_command_says_so(slack: Slack) -> None:
    with pytest.raises(ActRefused) as refused:
        slack.command(CHANNEL, "maria", "/x")

    assert refused.value.error == "no_app_connected"


def test_an_outsider_cannot_run_a_command(slack: Slack, app: RawApp) -> None:
    with pytest.raises(ActRefused) as refused:
        slack.command(CHANNEL, "ana", "/x")

    assert refused.value.error == "not_a_valid_command"
    with pytest.raises(TimeoutError):
        app.frame(0.1)


def test_a_command_that_nobody_acks_times_out(sandbox: Sandbox, slack: Slack, app: RawApp) -> None:
    sandbox.patience.ack_s = 0.1
    with pytest.raises(ActRefused) as refused:
        slack.command(CHANNEL, "maria", "/x")

    assert refused.value.error == "operation_timeout"
    assert app.frame()["accepts_response_payload"]


def test_the_same_event_can_come_several_times(slack: Slack, app: RawApp) -> None:
    event = {"type": "team_join", "user": {"id": "U1"}}
    act = meanwhile(slack, "event", event=event, event_id="Ev1", team="T0ACME0001", times=3)

    payloads = [app.next_acked() for _ in range(3)]

    assert [p["event_id"] for p in payloads] == ["Ev1"] * 3
    assert act.result(60)["ok"]


def test_a_response_url_works_five_times_in_thirty_minutes(
    sandbox: Sandbox, slack: Slack, app: RawApp
) -> None:
    def answer(url: str) -> int:
        return httpx.post(url, json={"text": "later"}, trust_env=False).status_code

    first = heard(slack, app, "command", channel=CHANNEL, user="maria", command="/x")
    second = heard(slack, app, "command", channel=CHANNEL, user="maria", command="/x")

    assert [answer(first["response_url"]) for _ in range(6)] == [200] * 5 + [404]
    slack.advance("PT31M")
    assert answer(second["response_url"]) == 404
    assert {m["ephemeral_to"] for m in slack.messages(CHANNEL)} == {"U0MARIA0000"}


def test_a_manifest_says_what_the_app_hears() -> None:
    manifest = manifest_with(events=["reaction_added"], commands=["/known"])
    with (
        start_sandbox(manifest=manifest) as sandbox,
        Slack(sandbox.url) as slack,
        RawApp(sandbox.url) as app,
    ):
        ts = slack.say(CHANNEL, "ana", "not subscribed")
        reacted = heard(slack, app, "reaction", channel=CHANNEL, user="ana", ts=ts, name="eyes")
        unknown = slack.post("command", channel=CHANNEL, user="maria", command="/other")

        assert reacted["event"]["type"] == "reaction_added"
        assert unknown["error"] == "not_a_valid_command"
        assert slack.world()["app"]["name"] == "helper"


Received = Queue[tuple[dict[str, str], str]]


@pytest.fixture
def endpoint() -> Iterator[tuple[str, Received, list[int]]]:
    """An HTTP endpoint: its URL, what it received, and the statuses it will answer with."""
    received: Received = Queue()
    statuses: list[int] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            received.put(({k.lower(): v for k, v in self.headers.items()}, body))
            self.send_response(statuses.pop(0) if statuses else 200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/", received, statuses
    server.shutdown()
    thread.join()
    server.server_close()


def test_over_http_each_request_is_signed(endpoint: tuple[str, Received, list[int]]) -> None:
    url, received, _ = endpoint
    with start_sandbox(events_url=url) as sandbox, Slack(sandbox.url) as slack:
        slack.say(CHANNEL, "ana", "hi")
        slack.command(CHANNEL, "maria", "/x", "words & more")
        headers, event = received.get(timeout=60)
        form_headers, form = received.get(timeout=60)

    verifier = SignatureVerifier("sandbox")
    assert verifier.is_valid_request(event, headers)
    assert verifier.is_valid_request(form, form_headers)
    assert not SignatureVerifier("other").is_valid_request(event, headers)
    assert json.loads(event)["event"]["text"] == "hi"
    assert "text=words+%26+more" in form


def test_over_http_a_refused_event_is_sent_again(
    endpoint: tuple[str, Received, list[int]],
) -> None:
    url, received, statuses = endpoint
    statuses.extend([500, 500])
    with start_sandbox(events_url=url) as sandbox, Slack(sandbox.url) as slack:
        act = meanwhile(slack, "message", channel=CHANNEL, user="ana", text="hi")
        got = [received.get(timeout=60)[0] for _ in range(2)]
        until(lambda: slack.world()["next_due"])
        slack.advance("PT1M")
        got.append(received.get(timeout=60)[0])

        assert [h.get("x-slack-retry-num") for h in got] == [None, "1", "2"]
        assert got[1]["x-slack-retry-reason"] == "http_error"
        assert act.result(60)["ok"]


def test_over_http_an_act_says_what_the_app_answered_and_the_world_whether_it_is_there(
    endpoint: tuple[str, Received, list[int]],
) -> None:
    url, _, statuses = endpoint
    statuses.append(404)
    with start_sandbox(events_url=url) as sandbox, Slack(sandbox.url) as slack:
        answer = slack.post("command", channel=CHANNEL, user="maria", command="/x", text="")
        assert answer["error"] == "operation_timeout"
        assert answer["message"] == f"The app answered 404 at {url}."
        assert connected(slack)

        sandbox.patience.ack_s = 0.5
        statuses.extend([500, 500])
        said = slack.post("message", channel=CHANNEL, user="ana", text="hi")
        assert (said["error"], bool(said["ts"])) == ("operation_timeout", True)
        assert said["message"] == f"The app answered 500 at {url}."


def test_over_http_an_address_where_nobody_listens_is_named() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/slack/events"
        with start_sandbox(events_url=url) as sandbox, Slack(sandbox.url) as slack:
            answer = slack.post("command", channel=CHANNEL, user="maria", command="/x", text="")

            assert answer["error"] == "no_app_connected"
            assert answer["message"] == f"Nothing answers at {url}."
            assert not connected(slack)


def test_over_http_socket_mode_is_off(endpoint: tuple[str, Received, list[int]]) -> None:
    with start_sandbox(events_url=endpoint[0]) as sandbox:
        client = web_client(sandbox, "xapp-sandbox")

        refused = error_of(lambda: client.api_call("apps.connections.open"))

    assert refused == "socket_mode_not_enabled"
