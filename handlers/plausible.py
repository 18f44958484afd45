"""Whether a payload has the shape that Slack documents, as far as anything here relies on it.

What is signed may still be nonsense, from a proxy or a test: it is refused as a whole, so that no
listener has to ask again what each part is.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from handlers.payloads import Kind, kind_of

UNREADABLE: Final = {"type": "unreadable"}
"""Stands in the place of a payload that cannot even be handed on; refused like it."""

# Epoch seconds and microseconds, up to a year that a calendar knows.
_TS: Final = re.compile(r"\d{1,11}\.\d{1,6}")

_ON_ITEMS: Final = frozenset({"reaction_added", "reaction_removed"})

Check = Callable[[Mapping[str, Any]], str | None]
Needs = tuple[str, ...]

_NEEDED: Final[Mapping[str, Needs]] = {
    "app_home_opened": ("user",),
    "app_mention": ("channel", "ts"),
    "channel_archive": ("channel",),
    "channel_deleted": ("channel",),
    "channel_id_changed": ("old_channel_id", "new_channel_id"),
    "channel_left": ("channel",),
    "channel_shared": ("channel", "connected_team_id"),
    "channel_unarchive": ("channel",),
    "channel_unshared": ("channel", "previously_connected_team_id"),
    "group_archive": ("channel",),
    "group_deleted": ("channel",),
    "group_left": ("channel",),
    "group_unarchive": ("channel",),
    "member_joined_channel": ("channel", "user"),
    "member_left_channel": ("channel", "user"),
    "message": ("channel", "ts"),
    "reaction_added": ("user", "reaction"),
    "reaction_removed": ("user", "reaction"),
}


def trouble(body: Any) -> str | None:
    """What is wrong with a payload, without a word of its contents; None when nothing is."""
    if not isinstance(body, Mapping):
        return "no object"
    if "type" in body and not isinstance(body["type"], str):
        return "type"
    if body.get("type") == UNREADABLE["type"]:
        return "unreadable"
    return _CHECKS[kind_of(body)](body)


def _event(body: Mapping[str, Any]) -> str | None:
    event, authorizations = body.get("event"), body.get("authorizations")
    if not isinstance(event, Mapping) or not isinstance(event.get("type"), str):
        return "event"
    if not isinstance(body.get("event_id"), str):
        return "event_id"
    if not _are_objects(authorizations):
        return "authorizations"
    if event["type"] == "user_change":
        user = event.get("user")
        return None if isinstance(user, Mapping) and _is_id(user.get("id")) else "event.user"
    needed = _NEEDED.get(event["type"], ())
    if event.get("subtype") == "message_deleted":
        needed = ("channel", "deleted_ts")
    if event["type"] in _ON_ITEMS and not _is_item(event.get("item")):
        return "event.item"
    missing = next((name for name in needed if not _is_id(event.get(name))), None)
    return f"event.{missing}" if missing else _parts_of_event(event)


def _parts_of_event(event: Mapping[str, Any]) -> str | None:
    for name in ("ts", "thread_ts", "deleted_ts"):
        value = event.get(name)
        if value is not None and not (isinstance(value, str) and _TS.fullmatch(value)):
            return f"event.{name}"
    for name in ("user", "channel"):
        if not isinstance(event.get(name), str | Mapping | None):
            return f"event.{name}"
    return None if isinstance(event.get("text"), str | None) else "event.text"


def _command(body: Mapping[str, Any]) -> str | None:
    needed = ("command", "user_id", "trigger_id")
    missing = next((name for name in needed if not _is_id(body.get(name))), None)
    texts = ("text", "channel_id", "team_id")
    wrong = next((name for name in texts if not isinstance(body.get(name), str | None)), None)
    return missing or wrong


def _click(body: Mapping[str, Any]) -> str | None:
    actions = body.get("actions")
    if not actions or not _are_objects(actions):
        return "actions"
    if not all(isinstance(one.get("action_id"), str) for one in actions):
        return "action_id"
    message = body.get("message")
    if isinstance(message, Mapping) and not _are_objects(message.get("blocks")):
        return "message.blocks"
    return _by_somebody(body)


def _submission(body: Mapping[str, Any]) -> str | None:
    view = body.get("view")
    if not isinstance(view, Mapping) or not isinstance(view.get("callback_id"), str):
        return "view"
    if not _are_objects(view.get("blocks")):
        return "view.blocks"
    if not isinstance(view.get("private_metadata"), str | None):
        return "view.private_metadata"
    return "view.state" if not _is_state(view.get("state")) else _by_somebody(body)


def _closed(body: Mapping[str, Any]) -> str | None:
    return None if isinstance(body.get("view"), Mapping) else "view"


def _shortcut(body: Mapping[str, Any]) -> str | None:
    if not isinstance(body.get("callback_id"), str):
        return "callback_id"
    if body["type"] == "message_action":
        channel, message = body.get("channel"), body.get("message")
        if not isinstance(channel, Mapping) or not _is_id(channel.get("id")):
            return "channel"
        if not isinstance(message, Mapping) or not _is_ts(message.get("ts")):
            return "message"
    return _by_somebody(body)


def _suggestion(body: Mapping[str, Any]) -> str | None:
    return _by_somebody(body) if isinstance(body.get("action_id"), str) else "action_id"


def _other(_body: Mapping[str, Any]) -> str | None:
    return None


def _by_somebody(body: Mapping[str, Any]) -> str | None:
    user = body.get("user")
    return None if isinstance(user, Mapping) and _is_id(user.get("id")) else "user"


def _is_state(state: Any) -> bool:
    if state is None:
        return True
    values = state.get("values") if isinstance(state, Mapping) else None
    if not isinstance(values, Mapping):
        return values is None and isinstance(state, Mapping)
    fields = list(values.values())
    return _are_objects(fields) and all(_are_elements(list(one.values())) for one in fields)


def _are_elements(elements: list[Any]) -> bool:
    if not _are_objects(elements):
        return False
    chosen = [one.get("selected_option") for one in elements]
    many = [one.get("selected_options") for one in elements]
    return all(isinstance(one, Mapping | None) for one in chosen) and all(map(_are_objects, many))


def _are_objects(value: Any) -> bool:
    """A list of objects, or nothing."""
    return value is None or (
        isinstance(value, list) and all(isinstance(one, Mapping) for one in value)
    )


def _is_item(value: Any) -> bool:
    """What a reaction stands on: a message has a place, anything else is not looked at."""
    if not isinstance(value, Mapping):
        return False
    return value.get("type") != "message" or (
        _is_id(value.get("channel")) and _is_ts(value.get("ts"))
    )


def _is_ts(value: Any) -> bool:
    return isinstance(value, str) and _TS.fullmatch(value) is not None


def _is_id(value: Any) -> bool:
    return isinstance(value, str) and bool(value)


_CHECKS: Final[Mapping[Kind, Check]] = {
    "event": _event,
    "command": _command,
    "click": _click,
    "submission": _submission,
    "closed": _closed,
    "shortcut": _shortcut,
    "suggestion": _suggestion,
    "other": _other,
}
