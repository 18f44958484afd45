import contextlib
import json
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest
from slack_bolt import Ack, App
from slack_sdk.signature import SignatureVerifier

from handlers import catch_all
from handlers.app import build_app
from handlers.http import AddressUnusable, Health, HttpServer, PortTaken
from services.deps import Deps
from tests.handlers.ground import TEAM, Ground, command, event, ground
from tests.people import Slack
from tests.waiting import wait_until
from tests.wire import start_sandbox

SECRET = "signing-secret"
FORM = "application/x-www-form-urlencoded"


class Gate:
    """Holds a listener until the test lets it go."""

    def __init__(self) -> None:
        self.reached = threading.Semaphore(0)
        self.opened = threading.Event()

    def pass_through(self) -> None:
        self.reached.release()
        assert self.opened.wait(10)


@contextlib.contextmanager
def serving(here: Ground, gate: Gate | None = None) -> Iterator[HttpServer]:
    def register(app: App, _deps: Deps) -> None:
        def handle_slow(ack: Ack) -> None:
            assert gate is not None
            gate.pass_through()
            ack(text="done")

        app.command("/slow")(handle_slow)

    registrars = [register, catch_all.register]
    app = build_app(here.deps, registrars, team_id=TEAM, signing_secret=SECRET)
    server = HttpServer(app, "127.0.0.1", 0, lambda: Health(parts={"database": True}))
    server.start()
    try:
        yield server
    finally:
        if gate is not None:
            gate.opened.set()
        server.stop()


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    with ground(tmp_path_factory.mktemp("http"), [catch_all.register]) as made:
        yield made


@pytest.fixture(scope="module")
def server(here: Ground) -> Iterator[HttpServer]:
    with serving(here) as made:
        yield made


def post(
    server: HttpServer, body: str, *, content_type: str = "application/json", **headers: str
) -> httpx.Response:
    """What Slack would send, signed; ``headers`` change what is sent."""
    stamp = str(int(time.time()))
    signature = SignatureVerifier(SECRET).generate_signature(timestamp=stamp, body=body)
    signed = {
        "Content-Type": content_type,
        "X-Slack-Request-Timestamp": stamp,
        "X-Slack-Signature": signature or "",
    }
    url = f"http://127.0.0.1:{server.port}/slack/events"
    return httpx.post(url, content=body, headers=signed | headers, trust_env=False)


def slow(server: HttpServer) -> httpx.Response:
    return post(server, urlencode(command("/slow")), content_type=FORM)


def test_a_signed_command_is_answered(server: HttpServer) -> None:
    response = post(server, urlencode(command("/unknown")), content_type=FORM)

    assert response.status_code == 200
    assert "/unknown" in response.json()["text"]


def test_a_signed_event_is_acked(server: HttpServer) -> None:
    response = post(server, json.dumps(event("message", channel="C1", user="U1", text="hi")))

    assert response.status_code == 200


def test_slack_finds_out_that_the_address_is_ours(server: HttpServer) -> None:
    body = json.dumps({"type": "url_verification", "challenge": "abc"})

    response = post(server, body)

    assert response.json() == {"challenge": "abc"}


@pytest.mark.parametrize(
    "headers",
    [
        pytest.param({"X-Slack-Signature": "v0=0000"}, id="a wrong signature"),
        pytest.param({"X-Slack-Signature": ""}, id="no signature"),
        pytest.param({"X-Slack-Request-Timestamp": "1"}, id="an old one"),
        pytest.param({"X-Slack-Request-Timestamp": "soon"}, id="no time at all"),
        pytest.param({"X-Slack-Request-Timestamp": "9" * 400}, id="a time beyond all time"),
    ],
)
def test_what_is_not_signed_by_slack_is_refused(
    server: HttpServer, headers: dict[str, str], caplog: pytest.LogCaptureFixture
) -> None:
    response = post(server, json.dumps(event("message", text="secret words")), **headers)

    assert response.status_code == 401
    assert "secret words" not in caplog.text


def test_a_body_longer_than_any_of_slacks_is_refused(server: HttpServer) -> None:
    assert post(server, "x" * 2_100_000).status_code == 413


def test_half_a_request_leaves_no_traceback_in_the_log(
    server: HttpServer, caplog: pytest.LogCaptureFixture
) -> None:
    for _ in range(5):
        with socket.create_connection(("127.0.0.1", server.port)) as caller:
            caller.sendall(
                b"POST /slack/events HTTP/1.1\r\nHost: here\r\nContent-Length: 9\r\n\r\n"
            )
            caller.sendall(b"half")

    # Answered after the others: connections are heard in the order in which they come.
    assert post(server, "x" * 2_100_000).status_code == 413
    assert [record for record in caplog.records if record.exc_info] == []


def test_a_body_that_is_no_text_is_refused(server: HttpServer) -> None:
    url = f"http://127.0.0.1:{server.port}/slack/events"

    response = httpx.post(url, content=b"\xff\xfe", trust_env=False)

    assert response.status_code == 400


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        pytest.param("not json", "application/json", id="no JSON"),
        pytest.param("[]", "application/json", id="a list"),
        pytest.param("null", "application/json", id="null"),
        pytest.param("{", FORM, id="half of an object"),
        pytest.param("payload=not-json", FORM, id="a form with no JSON in it"),
        pytest.param("payload=5", FORM, id="a form with a number in it"),
        pytest.param("[" * 200_000, "application/json", id="nested deeply"),
    ],
)
def test_what_a_stranger_sends_is_refused_without_a_traceback_in_the_log(
    server: HttpServer, body: str, content_type: str, caplog: pytest.LogCaptureFixture
) -> None:
    response = post(server, body, content_type=content_type, **{"X-Slack-Signature": "v0=0"})

    assert response.status_code in {400, 401}
    assert [record for record in caplog.records if record.exc_info] == []


@pytest.mark.parametrize("path", ["/", "/slack/install", "/slack/oauth_redirect", "/docs"])
def test_nothing_else_is_served(server: HttpServer, path: str) -> None:
    response = httpx.get(f"http://127.0.0.1:{server.port}{path}", trust_env=False)

    assert response.status_code == 404


def test_nobody_reads_where_slack_writes(server: HttpServer) -> None:
    response = httpx.get(f"http://127.0.0.1:{server.port}/slack/events", trust_env=False)

    assert response.status_code == 405


def test_a_health_check_says_what_works(server: HttpServer) -> None:
    response = httpx.get(f"http://127.0.0.1:{server.port}/healthz", trust_env=False)

    assert (response.status_code, response.json()) == (200, {"ok": True, "database": True})


def test_a_health_check_fails_when_a_part_does_not_work(here: Ground) -> None:
    health = Health(parts={"database": True, "schedules": False})
    server = HttpServer(here.app, "127.0.0.1", 0, lambda: health)
    server.start()
    try:
        response = httpx.get(f"http://127.0.0.1:{server.port}/healthz", trust_env=False)
    finally:
        server.stop()

    assert response.status_code == 503
    assert response.json()["schedules"] is False


def test_slow_listeners_do_not_hold_up_health_checks(here: Ground) -> None:
    gate = Gate()
    with serving(here, gate) as server, ThreadPoolExecutor(8) as callers:
        answers = [callers.submit(slow, server) for _ in range(8)]
        for _ in answers:
            assert gate.reached.acquire(timeout=60)

        health = httpx.get(f"http://127.0.0.1:{server.port}/healthz", trust_env=False)
        gate.opened.set()

        assert health.status_code == 200
        assert {answer.result(60).text for answer in answers} == {"done"}


def test_what_is_under_way_at_the_end_is_still_answered(here: Ground) -> None:
    gate = Gate()
    with serving(here, gate) as server, ThreadPoolExecutor(2) as callers:
        answer: Any = callers.submit(slow, server)
        assert gate.reached.acquire(timeout=60)

        ending = callers.submit(server.stop)
        gate.opened.set()
        ending.result(60)

        assert answer.result(60).status_code == 200


def test_a_taken_port_is_named(here: Ground) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]

        with pytest.raises(PortTaken, match=f"Port {port} of 127.0.0.1 is taken"):
            HttpServer(here.app, "127.0.0.1", port, lambda: Health(parts={})).start()


def test_an_address_of_another_machine_is_named(here: Ground) -> None:
    with pytest.raises(AddressUnusable, match=r"192\.0\.2\.1"):
        HttpServer(here.app, "192.0.2.1", 0, lambda: Health(parts={})).start()


def test_a_server_that_never_started_stops_quietly(here: Ground) -> None:
    HttpServer(here.app, "127.0.0.1", 0, lambda: Health(parts={})).stop()


def test_an_answer_on_a_kept_connection_is_sent_at_once(server: HttpServer) -> None:
    url = f"http://127.0.0.1:{server.port}/healthz"
    with httpx.Client(trust_env=False) as client:

        def took_seconds() -> float:
            began = time.perf_counter()
            client.get(url)
            return time.perf_counter() - began

        # Held back for the other side's acknowledgement, every answer would take 40 ms.
        wait_until(lambda: took_seconds() < 0.02)


def test_an_event_that_cannot_be_taken_in_is_tried_three_times_then_noted(
    here: Ground,
) -> None:
    attempts: list[str] = []

    def fail(event: dict[str, str]) -> None:
        attempts.append(event["ts"])
        raise KeyError("broken")

    def register(app: App, _deps: Deps) -> None:
        app.event("message")(fail)

    app = build_app(here.deps, [register], team_id=TEAM, signing_secret="sandbox")
    server = HttpServer(app, "127.0.0.1", 0, lambda: Health(parts={}))
    server.start()
    url = f"http://127.0.0.1:{server.port}/slack/events"
    with start_sandbox(events_url=url) as sandbox, Slack(sandbox.url) as slack:
        said = {"type": "message", "channel": "C1", "user": "U1", "ts": "1.1", "text": "hello"}
        telling = threading.Thread(
            target=slack.post, args=["event"], kwargs={"team": "T0ACME0001", "event": said}
        )
        telling.start()
        wait_until(lambda: len(attempts) == 2)
        slack.advance("PT10M")
        wait_until(lambda: len(attempts) == 3)
        telling.join(60)
        server.stop()

    noted = [row["verb"] for row in here.rows("journal")]
    assert len(attempts) == 3
    assert len(set(attempts)) == 1
    assert noted == ["gave_up"]
