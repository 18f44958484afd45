"""A bare Bolt app as a process of its own, in the servers of the product: the floors of the acks.

``default`` only acks. ``committing`` acks after one row is committed by plain sqlite3.
"""

import argparse
import sqlite3
import threading
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

from handlers.http import Health, HttpServer
from handlers.socket import SocketConnection


class Rows:
    """One durable row per ack, on one connection per thread."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._of_thread = threading.local()
        with self._connection() as db:
            db.execute("CREATE TABLE IF NOT EXISTS acks (id INTEGER PRIMARY KEY, text TEXT)")

    def commit(self, text: str) -> None:
        with self._connection() as db:
            db.execute("INSERT INTO acks (text) VALUES (?)", (text,))

    def _connection(self) -> sqlite3.Connection:
        kept: sqlite3.Connection | None = getattr(self._of_thread, "db", None)
        if kept is None:
            # Its five seconds of waiting are the usual ones.
            kept = sqlite3.connect(self._path, timeout=5)
            kept.execute("PRAGMA journal_mode = WAL")
            kept.execute("PRAGMA synchronous = FULL")
            self._of_thread.db = kept
        return kept


def acking(client: WebClient, secret: str) -> App:
    """As Bolt's own guide shows it."""
    app = App(client=client, signing_secret=secret)

    @app.command("/deliverable")
    def command(ack: Ack) -> None:
        ack()

    @app.action("deliverable.done")
    def done(ack: Ack) -> None:
        ack()

    return app


def committing(client: WebClient, secret: str, rows: Rows) -> App:
    app = App(client=client, signing_secret=secret, process_before_response=True)

    @app.command("/deliverable")
    def command(ack: Ack, body: dict[str, Any]) -> None:
        rows.commit(body["text"])
        ack()

    @app.action("deliverable.done")
    def done(ack: Ack, body: dict[str, Any]) -> None:
        rows.commit(body["actions"][0]["value"])
        ack()

    return app


def main() -> None:
    parser = argparse.ArgumentParser()
    for name in ("kind", "transport", "api", "secret", "app-token", "database"):
        parser.add_argument(f"--{name}", required=True)
    asked = parser.parse_args()
    client = WebClient(token="xoxb-bench", base_url=asked.api, retry_handlers=[])
    if asked.kind == "committing":
        app = committing(client, asked.secret, Rows(asked.database))
    else:
        app = acking(client, asked.secret)
    if asked.transport == "http":
        server = HttpServer(app, "127.0.0.1", 0, lambda: Health(parts={}))
        server.start()
        print(f"ready at http://127.0.0.1:{server.port}/slack/events", flush=True)
    else:
        SocketConnection(app, asked.app_token).start()
        print("ready", flush=True)
    threading.Event().wait()


if __name__ == "__main__":
    main()
