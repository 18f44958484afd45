"""A bare Bolt app that is nobody's product: it shows that the sandbox serves any app."""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from slack_bolt import Ack, App, BoltRequest, Say
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

Json = dict[str, Any]


def foreign_app(url: str) -> App:
    client = WebClient(token="xoxb-sandbox", base_url=f"{url}api/", retry_handlers=[])
    app = App(client=client, signing_secret="sandbox", token_verification_enabled=False)

    @app.message("hello")
    def greet(message: Json, say: Say) -> None:
        button = {"type": "button", "action_id": "wave", "value": "7", "text": plain("Wave")}
        blocks = [{"type": "actions", "block_id": "row", "elements": [button]}]
        say(text=f"Hi <@{message['user']}>", blocks=blocks)

    @app.event("app_mention")
    def mentioned(event: Json, say: Say) -> None:
        say(text="You called?", thread_ts=event["ts"])

    @app.command("/ask")
    def ask(ack: Ack, command: Json, client: WebClient) -> None:
        client.views_open(trigger_id=command["trigger_id"], view=form())
        ack(f"Got {command['text']}")

    @app.action("wave")
    def wave(ack: Ack, action: Json, respond: Any) -> None:
        ack()
        respond(text=f"Waved {action['value']}")

    @app.view("form")
    def filled(ack: Ack, view: Json, body: Json, client: WebClient) -> None:
        answer = view["state"]["values"]["why"]["value"]["value"]
        if answer == "no":
            ack(response_action="errors", errors={"why": "Please say more."})
            return
        ack()
        client.chat_postMessage(channel=body["user"]["id"], text=f"Noted: {answer}")

    @app.event("app_home_opened")
    def home(event: Json, client: WebClient) -> None:
        blocks = [{"type": "section", "text": plain("At home")}]
        client.views_publish(user_id=event["user"], view={"type": "home", "blocks": blocks})

    @app.event("message")
    def other_messages() -> None:
        """Acknowledge what is not for this app."""

    return app


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def form() -> Json:
    field = {
        "type": "input",
        "block_id": "why",
        "label": plain("Why?"),
        "element": {"type": "plain_text_input", "action_id": "value"},
    }
    return {
        "type": "modal",
        "callback_id": "form",
        "title": plain("Ask"),
        "submit": plain("Send"),
        "blocks": [field],
    }


@contextmanager
def connected(app: App) -> Iterator[None]:
    """The app on Socket Mode, connected when the block begins."""
    handler: Any = SocketModeHandler(app, "xapp-sandbox")
    handler.connect()
    # Slack's client lets go of its socket only between two reads of three seconds each.
    handler.client.current_session.sock.settimeout(0.1)
    try:
        yield
    finally:
        handler.close()


@contextmanager
def served(app: App) -> Iterator[str]:
    """The app behind a plain HTTP server; gives its request URL."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            headers: dict[str, str | Sequence[str]] = {
                key.lower(): [value] for key, value in self.headers.items()
            }
            answer = app.dispatch(BoltRequest(body=body, headers=headers))
            data = answer.body.encode()
            self.send_response(answer.status)
            for key, values in answer.headers.items():
                self.send_header(key, values[0])
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, format: str, *args: object) -> None:
            """Keep the terminal quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/slack/events"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
