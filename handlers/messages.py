"""Messages: in channels, that somebody wrote or deleted one; what is said to us is answered."""

from functools import partial
from typing import Any

from slack_bolt import App

from domain.messages import heard
from handlers.direct import handle_direct
from handlers.payloads import Body
from handlers.told import told_of
from services import messages
from services.deps import Deps
from views.verbs import is_typed_command


def register(app: App, deps: Deps) -> None:
    app.event("message")(partial(handle_message, deps=deps))


def handle_message(body: Body, event: dict[str, Any], *, deps: Deps) -> None:
    channel = str(event.get("channel") or "")
    if event.get("subtype") == "message_deleted":
        messages.forget_deleted(deps, told_of(body, deps), channel, str(event["deleted_ts"]))
        return
    if event.get("channel_type") == "im":
        handle_direct(body, event, deps=deps)
        return
    found = heard(event, channel)
    if found is not None:
        is_command = is_typed_command(str(event.get("text") or ""))
        messages.take_note(deps, told_of(body, deps), found, is_command=is_command)
