"""An app on a real database, and a Web API at the network's edge that answers and remembers."""

import json
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

from slack_bolt import App, BoltRequest, BoltResponse

from data.store import Store
from handlers.app import Registrar, build_app
from services.deps import Deps
from services.directory import clients_of_one_workspace

NOW = datetime(2026, 11, 16, 17, 0, tzinfo=UTC)
TEAM = "T0ACME"
OUTSIDE = "T0GLOB"
AUTH = {
    "ok": True,
    "url": "https://acme.slack.com/",
    "team": "Acme",
    "user": "touchbase",
    "team_id": TEAM,
    "user_id": "U0BOT",
    "bot_id": "B0BOT",
}


@dataclass(kw_only=True)
class WebApi:
    """Answers by method; ``answers`` overrides, as (status, headers, body)."""

    url: str
    answers: dict[str, tuple[int, Mapping[str, str], Any]] = field(default_factory=dict)
    calls: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    def answer(
        self, method: str, body: Any, status: int = 200, headers: Mapping[str, str] | None = None
    ) -> None:
        self.answers[method] = (status, headers or {}, body)

    def called(self, method: str) -> list[dict[str, Any]]:
        return [arguments for name, arguments in self.calls if name == method]


@contextmanager
def web_api() -> Iterator[WebApi]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            method = self.path.removeprefix("/api/")
            body = self.rfile.read(int(self.headers["Content-Length"] or 0))
            api.calls.append((method, _arguments(self.headers["Content-Type"] or "", body)))
            status, headers, answer = api.answers.get(method, (404, {}, {"ok": False}))
            self.send_response_only(status)
            usual = {"Content-Type": "application/json", "Date": self.date_time_string()}
            for name, value in (usual | dict(headers)).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(answer if isinstance(answer, bytes) else json.dumps(answer).encode())

        def log_message(self, format: str, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    api = WebApi(url=f"http://127.0.0.1:{server.server_port}/api/")
    api.answer("auth.test", AUTH)
    api.answer("views.open", {"ok": True, "view": {"id": "V1"}})
    api.answer("views.push", {"ok": True, "view": {"id": "V2"}})
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield api
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@dataclass(frozen=True, kw_only=True)
class Ground:
    """An app with its deps, ready to be sent payloads."""

    app: App
    deps: Deps
    api: WebApi

    def send(self, body: Mapping[str, Any], *, retry: int = 0) -> BoltResponse:
        headers: dict[str, Any] = {"x-slack-retry-num": str(retry)} if retry else {}
        return self.app.dispatch(BoltRequest(mode="socket_mode", body=dict(body), headers=headers))

    def rows(self, table: str) -> list[dict[str, Any]]:
        return list(self.deps.store.reading().query(f"SELECT * FROM {table}"))


@contextmanager
def ground(folder: Path, registrars: Iterable[Registrar]) -> Iterator[Ground]:
    store = Store.open(folder / "touchbase.sqlite", synchronous="OFF")
    try:
        with web_api() as api:
            clients = clients_of_one_workspace("xoxb-1", api.url)
            deps = Deps(store=store, now=lambda: NOW, clients=clients)
            app = build_app(deps, registrars, team_id=TEAM, signing_secret=None)
            yield Ground(app=app, deps=deps, api=api)
    finally:
        store.close()


def event(kind: str, **fields: Any) -> dict[str, Any]:
    return {
        "type": "event_callback",
        "team_id": TEAM,
        "api_app_id": "A0",
        "event_id": "Ev1",
        "event_time": 1,
        "authorizations": [{"team_id": TEAM, "user_id": "U0BOT", "is_bot": True}],
        "event": {"type": kind, "ts": "1.1", **fields},
    }


def command(name: str, text: str = "") -> dict[str, Any]:
    return {
        "command": name,
        "text": text,
        "team_id": TEAM,
        "user_id": "U0MARIA",
        "channel_id": "C0SHARED",
        "trigger_id": "1.2.command",
        "response_url": "http://127.0.0.1:9/respond",
    }


def click(action_id: str, **fields: Any) -> dict[str, Any]:
    """Somebody of the other company presses a button in the shared channel."""
    return {
        "type": "block_actions",
        "team": {"id": TEAM, "domain": "acme"},
        "user": {"id": "U0ANA", "team_id": OUTSIDE},
        "container": {"type": "message", "message_ts": "1.1", "channel_id": "C0SHARED"},
        "channel": {"id": "C0SHARED", "name": "acme-globalcall"},
        "message": {"ts": "1.1", "thread_ts": "1.0"},
        "trigger_id": "1.2.click",
        "response_url": "http://127.0.0.1:9/respond",
        "actions": [{"type": "button", "action_id": action_id, "block_id": "b", "value": "id1"}],
    } | fields


def submission(callback_id: str, **fields: Any) -> dict[str, Any]:
    """Somebody of the other company sends a form; Slack names the submitter's own team."""
    view = {
        "id": "V1",
        "type": "modal",
        "callback_id": callback_id,
        "app_installed_team_id": TEAM,
        "root_view_id": "V1",
        "previous_view_id": None,
        "private_metadata": '{"partnership": "p1"}',
        "blocks": [
            {"type": "section", "block_id": "why"},
            {"type": "input", "block_id": "title"},
            {"type": "input", "block_id": "due"},
        ],
        "state": {
            "values": {
                "title": {"value": {"type": "plain_text_input", "value": " Deck "}},
                "due": {"value": {"type": "datepicker", "selected_date": "2026-11-20"}},
            }
        },
    } | fields
    return {
        "type": "view_submission",
        "team": {"id": OUTSIDE, "domain": "globalcall"},
        "user": {"id": "U0ANA", "team_id": OUTSIDE},
        "view": view,
        "trigger_id": "1.2.submission",
    }


def _arguments(content_type: str, body: bytes) -> dict[str, Any]:
    if content_type.startswith("application/json"):
        return dict(json.loads(body or b"{}"))
    return dict(parse_qsl(body.decode()))
