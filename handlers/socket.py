"""Keeps the app's Socket Mode connection and lets it end without losing what is under way."""

import logging
import socket
import ssl
import threading
import time
from contextlib import suppress
from copy import copy
from typing import Any, Final

from slack_bolt import App
from slack_bolt.adapter.socket_mode.base_handler import BaseSocketModeHandler
from slack_bolt.adapter.socket_mode.internals import run_bolt_app

from domain.slack_errors import SlackError, SlackRefused
from handlers.plausible import UNREADABLE, trouble
from handlers.socket_client import Client
from services.directory import read_socket_address

CONCURRENCY: Final = 20
DRAIN_WITHIN_SECONDS: Final = 3.0
# Longer than Slack takes to replace a connection that it closes itself.
DISCONNECTED_FOR_SECONDS: Final = 15.0
# The default of 1 kB takes a dozen reads for the event of a person of another company.
RECEIVE_BUFFER_BYTES: Final = 64 * 1024

log = logging.getLogger(__name__)


class NoConnection(Exception):
    """Socket Mode cannot be opened; the message says why in one sentence."""


class _Handler(BaseSocketModeHandler):
    """Counts what is under way, and takes nothing new once it drains."""

    def __init__(self, app: App, app_token: str) -> None:
        self.app = app
        self.app_token = app_token
        self._under_way = 0
        self._draining = False
        self._changed = threading.Condition()
        self.client = Client(
            app_token=app_token,
            logger=app.logger,
            web_client=app.client,
            proxy=app.client.proxy,
            concurrency=CONCURRENCY,
            receive_buffer_size=RECEIVE_BUFFER_BYTES,
        )
        self.client.message_listeners.append(_answer_at_once)
        self.client.socket_mode_request_listeners.append(self.handle)
        _read_nothing_yet(self.client)

    def handle(self, client: Any, req: Any) -> None:
        with self._changed:
            if self._draining:
                # Not acked: Slack sends an event again.
                return
            self._under_way += 1
        if trouble(req.payload) is not None:
            # Bolt would fail before it asks the app, which refuses this, too, and acks it.
            req.payload = UNREADABLE
        try:
            client.ack(req.envelope_id, run_bolt_app(self.app, req))
        finally:
            with self._changed:
                self._under_way -= 1
                self._changed.notify_all()

    def drain(self, within_seconds: float) -> bool:
        """Take nothing new, and wait until all that is under way is acked."""
        with self._changed:
            self._draining = True
            return self._changed.wait_for(lambda: self._under_way == 0, within_seconds)


class SocketConnection:
    """A Socket Mode connection from ``start`` to ``stop``; it mends itself in between.

    Args:
        app: Gets what Slack sends.
        app_token: The app-level token.
        patience_seconds: For how long a connection may be gone before the log says so.
    """

    def __init__(
        self, app: App, app_token: str, *, patience_seconds: float = DISCONNECTED_FOR_SECONDS
    ) -> None:
        self._patience_seconds = patience_seconds
        self._handler = _Handler(app, app_token)
        self._ended = threading.Event()
        self._watch = threading.Thread(target=self._watch_health, name="socket-watch", daemon=True)

    def is_connected(self) -> bool:
        return bool(self._handler.client.is_connected())

    def start(self) -> None:
        """Return when Slack can reach us.

        Raises:
            NoConnection: The app-level token is not good, or Slack cannot be reached.
        """
        client = self._handler.client
        try:
            client.wss_uri = read_socket_address(client.web_client, self._handler.app_token)
        except SlackRefused as error:
            raise NoConnection(_refusal(error.code)) from error
        except SlackError as error:
            raise NoConnection("Slack cannot be reached for Socket Mode.") from error
        if client.wss_uri.startswith("ws:"):
            _spare_certificates(client)
        client.connect()
        _read(client)
        self._watch.start()

    def stop(self) -> None:
        """Take no more envelopes, ack those under way, and hang up."""
        self._ended.set()
        if not self._handler.drain(DRAIN_WITHIN_SECONDS):
            log.warning("hung up while listeners were still at work; Slack asks again")
        _wake_readers(self._handler.client)
        self._handler.client.close()

    def _watch_health(self) -> None:
        """Say once when the connection is gone for long, and once when it is back."""
        gone_since: float | None = None
        told = False
        while not self._ended.wait(self._patience_seconds / 3):
            if self.is_connected():
                if told:
                    log.warning("Socket Mode is connected again.")
                gone_since, told = None, False
                continue
            gone_since = time.monotonic() if gone_since is None else gone_since
            if not told and time.monotonic() - gone_since > self._patience_seconds:
                told = True
                log.error("Socket Mode is not connected; it is tried again every ten seconds.")


def _read_nothing_yet(client: Any) -> None:
    """Who would read while the connection is being made may never notice its end."""
    client.current_session_runner.shutdown()


def _read(client: Any) -> None:
    """Read what Slack sends; the SDK would begin with it up to a tenth of a second later."""
    reader = client.current_session_runner
    client.current_session_runner = type(reader)(reader.target).start()


def _spare_certificates(client: Any) -> None:
    """The SDK loads all certificates of the machine for each connection, also where none count."""
    client.web_client = copy(client.web_client)
    # Knows nobody: a connection that is encrypted after all is refused.
    client.web_client.ssl = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def _answer_at_once(client: Any, message: dict[str, Any], _raw: str | None) -> None:
    """On each new connection: send acks at once instead of waiting to send several together."""
    session = client.current_session
    if message.get("type") == "hello" and session is not None and session.sock is not None:
        session.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


def _wake_readers(client: Any) -> None:
    """Closing waits for two threads: one sleeps on its queue, the other reads for three seconds."""
    client.auto_reconnect_enabled = False
    client.closed = True
    client.message_queue.put(None)
    session = client.current_session
    if session is not None and session.sock is not None:
        with suppress(OSError):
            session.sock.shutdown(socket.SHUT_RDWR)


def _refusal(code: str) -> str:
    if code in {"invalid_auth", "not_authed", "account_inactive", "token_revoked"}:
        return (
            f"Slack does not accept SLACK_APP_TOKEN ({code}). It starts with xapp- and is made"
            " under api.slack.com/apps > your app > Basic Information > App-Level Tokens."
        )
    if code in {"missing_scope", "not_allowed_token_type"}:
        return f"SLACK_APP_TOKEN lacks the scope connections:write ({code})."
    return f"Slack does not open a Socket Mode connection ({code})."
