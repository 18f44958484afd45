"""A bare Bolt app that is nobody's product: it shows that the sandbox serves any app."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from slack_bolt import Ack, App, Say
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

from sandbox.server import Sandbox

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
def connected(app: App, sandbox: Sandbox) -> Iterator[None]:
    """The app on Socket Mode, connected when the block begins."""
    handler: Any = SocketModeHandler(app, "xapp-sandbox")
    handler.connect()
    try:
        yield
    finally:
        handler.close()
