"""Hands the app what happened, and keeps in the log of the wire how it took it."""

from collections.abc import Mapping
from typing import Any, Final

from sandbox.errors import NotConnected
from sandbox.ports import Json
from sandbox.transport import Ack, Envelope, Transport
from sandbox.wire_log import Traffic, WireLog

ACKED: Final = "acked"
NOT_CONNECTED: Final = "not_connected"
_KINDS: Final[Mapping[str, str]] = {
    "block_actions": "action",
    "view_submission": "submit",
    "view_closed": "close",
    "message_action": "shortcut",
    "shortcut": "shortcut",
    "block_suggestion": "options",
}


async def send_logged(log: WireLog, transport: Transport, envelope: Envelope, at: str) -> Ack:
    """Deliver once, as ``Transport.send`` does.

    Args:
        at: The moment of the world's clock, ISO 8601.

    Raises:
        NotConnected: No app is there.
    """
    entry = log.begin(_traffic(envelope, at), _without_token(envelope.payload))
    try:
        ack = await transport.send(envelope)
    except NotConnected:
        log.end(entry, status=NOT_CONNECTED, answer=None)
        raise
    log.end(entry, status=ACKED if ack.acked else ack.reason, answer=ack.body)
    return ack


def _without_token(payload: Json) -> Json:
    return {key: value for key, value in payload.items() if key != "token"}


def _traffic(envelope: Envelope, at: str) -> Traffic:
    payload = envelope.payload
    if envelope.type == "events_api":
        return _event(envelope, payload["event"], at)
    if envelope.type == "slash_commands":
        who, place = payload["user_id"], payload["channel_id"]
        return Traffic(at=at, kind="command", name=payload["command"], who=who, place=place)
    return Traffic(
        at=at,
        kind=_KINDS[payload["type"]],
        name=_own_name(payload),
        who=payload["user"]["id"],
        place=_id(payload.get("channel")),
    )


def _own_name(payload: Json) -> str:
    """The app's own word for what was pressed, sent or closed."""
    if "actions" in payload:
        return str(payload["actions"][0]["action_id"])
    own = payload if "callback_id" in payload else payload.get("view", {})
    return str(own.get("callback_id") or payload.get("action_id") or "")


def _event(envelope: Envelope, event: Json, at: str) -> Traffic:
    item = event.get("item")
    place = event.get("channel") or event.get("channel_id")
    if place is None and isinstance(item, dict):
        place = item.get("channel")
    kinds = [event["type"], *([event["subtype"]] if event.get("subtype") else [])]
    return Traffic(
        at=at,
        kind="event",
        name=".".join(map(str, kinds)),
        who=_id(event.get("user")),
        place=_id(place),
        attempt=envelope.retry_attempt,
        reason=envelope.retry_reason,
    )


def _id(given: Any) -> str | None:
    """The id, also of an object that stands for itself."""
    found = given.get("id") if isinstance(given, dict) else given
    return found if isinstance(found, str) and found else None
