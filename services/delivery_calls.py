"""Which call of Slack a row of the outbox becomes; whether and when is decided elsewhere."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, Final

from domain.outgoing import INSTEAD, Kind, Row

EVENT_TYPE: Final = "touchbase"
RESPOND: Final = "response_url"
METHODS: Final[Mapping[Kind, str]] = {
    "post": "chat.postMessage",
    "update": "chat.update",
    "home": "views.publish",
    "pin": "pins.add",
    "unpin": "pins.remove",
    "ephemeral": "chat.postEphemeral",
    "respond": RESPOND,
    "file": "files.completeUploadExternal",
}


# Enough to tell a file from all others of one thread within some minutes.
_MARK: Final = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """The Slack ids of what a row is about.

    Attributes:
        channel: None for a Home tab or a response_url, or while a direct message is not open.
        user: The Slack id of the person of the place; None for a channel.
        thread_ts: The root of the thread to reply in.
        target_ts: The message to change or pin.
    """

    channel: str | None = None
    user: str | None = None
    thread_ts: str | None = None
    target_ts: str | None = None


class MalformedPayload(ValueError):
    """A row that cannot be made a call; a mistake of the subject that put it."""


def arguments_of(row: Row, where: Where) -> dict[str, Any]:
    """The arguments of the call of ``METHODS[row.kind]``.

    Raises:
        MalformedPayload: Something that the kind needs is missing.
    """
    values = _values(row, where)
    missing = sorted(name for name, value in values.items() if value is None)
    if missing:
        raise MalformedPayload(f"{row.kind} without {', '.join(missing)}")
    return values


def _values(row: Row, where: Where) -> dict[str, Any]:
    drawn = {name: value for name, value in row.payload.items() if name != INSTEAD}
    thread = {"thread_ts": where.thread_ts} if where.thread_ts else {}
    match row.kind:
        case "post":
            return {"channel": where.channel, **drawn, **thread, "metadata": metadata(row)}
        case "update":
            # Without `metadata` Slack keeps what the post carries: its id.
            return {"channel": where.channel, "ts": where.target_ts, **drawn}
        case "home":
            return {"user_id": where.user, "view": drawn.get("view")}
        case "pin" | "unpin":
            return {"channel": where.channel, "timestamp": where.target_ts}
        case "ephemeral":
            return {"channel": where.channel, "user": drawn.get("user"), **drawn, **thread}
        case "respond":
            return drawn
        case "file":
            wanted = {name: drawn.get(name) for name in ("content", "title", "comment")}
            return {"channel": where.channel, "name": file_name(row), **wanted, **thread}


def metadata(row: Row) -> dict[str, Any]:
    """What rides along so that the post can be recognised: a random id, and nothing else."""
    return {"event_type": EVENT_TYPE, "event_payload": {"id": row.id}}


def file_name(row: Row) -> str:
    """The name under which a file is sent: part of the row's id makes it like no other."""
    name = PurePosixPath(str(row.payload.get("name") or "file"))
    return f"{name.stem}-{row.id[:_MARK]}{name.suffix}"


def id_in(message: Mapping[str, Any]) -> str | None:
    """Our id in a message of Slack; None when it carries none."""
    found = message.get("metadata")
    if not isinstance(found, dict) or found.get("event_type") != EVENT_TYPE:
        return None
    payload = found.get("event_payload")
    value = payload.get("id") if isinstance(payload, dict) else None
    return value if isinstance(value, str) else None
