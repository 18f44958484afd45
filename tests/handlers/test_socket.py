import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from slack_bolt import Ack, App

from data.store import Store
from handlers import catch_all
from handlers.app import Registrar, build_app
from handlers.socket import NoConnection, SocketConnection
from sandbox.server import Sandbox
from services.deps import Deps
from services.directory import clients_of_one_workspace
from tests.handlers.ground import NOW
from tests.people import Slack
from tests.waiting import wait_until
from tests.wire import sandbox_options, start_sandbox

CHANNEL = "acme-globalcall"


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with start_sandbox() as running:
        yield running


@pytest.fixture
def slack(sandbox: Sandbox) -> Iterator[Slack]:
    with Slack(sandbox.url) as people:
        yield people


def make_app(sandbox: Sandbox, store: Store, registrars: list[Registrar]) -> App:
    clients = clients_of_one_workspace("xoxb-sandbox", f"{sandbox.url}api/")
    deps = Deps(store=store, now=lambda: NOW, clients=clients)
    return build_app(deps, registrars, team_id="T0ACME0001", signing_secret=None)


@contextmanager
def connected(
    sandbox: Sandbox, folder: Path, *registrars: Registrar
) -> Iterator[tuple[SocketConnection, Store]]:
    store = Store.open(folder / "touchbase.sqlite", synchronous="OFF")
    try:
        connection = SocketConnection(make_app(sandbox, store, list(registrars)), "xapp-sandbox")
        connection.start()
        try:
            yield connection, store
        finally:
            connection.stop()
    finally:
        store.close()


def test_people_are_answered(sandbox: Sandbox, slack: Slack, tmp_path: Path) -> None:
    with connected(sandbox, tmp_path, catch_all.register):
        answer = slack.command(CHANNEL, "maria", "/unheard")

    assert "/unheard" in answer["text"]


def test_what_is_under_way_at_the_end_is_still_acked(
    sandbox: Sandbox, slack: Slack, tmp_path: Path
) -> None:
    reached, let_go = threading.Event(), threading.Event()

    def handle_slow(ack: Ack) -> None:
        reached.set()
        assert let_go.wait(60)
        ack(text="done")

    def register(app: App, _deps: Deps) -> None:
        app.command("/slow")(handle_slow)

    answers: list[str] = []
    with connected(sandbox, tmp_path, register) as (connection, _store):
        asking = threading.Thread(
            target=lambda: answers.append(slack.command(CHANNEL, "maria", "/slow")["text"])
        )
        asking.start()
        assert reached.wait(60)
        ending = threading.Thread(target=connection.stop)
        ending.start()
        let_go.set()
        asking.join(60)
        ending.join(60)

    assert answers == ["done"]


def test_a_connection_ends_quickly(sandbox: Sandbox, tmp_path: Path) -> None:
    """Slack's client reads for three seconds at a time; a busy machine may be given some tries."""
    assert any(ended_after_seconds(sandbox, tmp_path) < 2 for _ in range(5))


def ended_after_seconds(sandbox: Sandbox, folder: Path) -> float:
    with connected(sandbox, folder, catch_all.register) as (connection, _store):
        wait_until(connection.is_connected)
        began = time.monotonic()
        connection.stop()
        seconds = time.monotonic() - began

    assert not connection.is_connected()
    return seconds


def test_a_connection_that_slack_closes_is_replaced(
    sandbox: Sandbox, slack: Slack, tmp_path: Path
) -> None:
    with connected(sandbox, tmp_path, catch_all.register):
        slack.fault("*", "disconnect")
        wait_until(lambda: len(slack.calls("apps.connections.open")) == 2)
        wait_until(lambda: bool(slack.world()["connected"]))

        answer = slack.command(CHANNEL, "maria", "/unheard")

    assert "/unheard" in answer["text"]


def test_a_connection_that_stays_away_is_logged_once(
    sandbox: Sandbox, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    store = Store.open(tmp_path / "touchbase.sqlite", synchronous="OFF")
    app = make_app(sandbox, store, [])
    connection = SocketConnection(app, "xapp-sandbox", patience_seconds=0.05)
    connection.start()

    sandbox.stop()
    wait_until(lambda: "Socket Mode is not connected" in caplog.text)
    hears = connection.is_connected()
    connection.stop()
    store.close()

    assert not hears
    assert caplog.text.count("Socket Mode is not connected") == 1


def test_a_bad_app_token_is_named(tmp_path: Path) -> None:
    with (
        start_sandbox(sandbox_options(), app_token="xapp-other") as sandbox,
        pytest.raises(NoConnection, match="SLACK_APP_TOKEN"),
        connected(sandbox, tmp_path, catch_all.register),
    ):
        pass


def test_nobody_there_is_said_in_a_sentence(sandbox: Sandbox, tmp_path: Path) -> None:
    store = Store.open(tmp_path / "touchbase.sqlite", synchronous="OFF")
    connection = SocketConnection(make_app(sandbox, store, []), "xapp-sandbox")
    sandbox.stop()

    with pytest.raises(NoConnection, match="cannot be reached"):
        connection.start()

    connection.stop()
    store.close()
