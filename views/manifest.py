"""Draws the app manifest from which a workspace makes the app, out of what the code listens to."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from views.surface import (
    COMMANDS,
    EVENTS,
    HISTORY_SCOPES,
    METHODS,
    SCOPES,
    Scope,
    Shortcut,
    Subscription,
)

NAME: Final = "Touchbase"
DESCRIPTION: Final = "Keeps a client and its vendor talking: check-ins, promises, a weekly look."
LONG_DESCRIPTION: Final = (
    "Touchbase looks after one shared channel of a client and its vendor. It plans their check-ins,"
    " reminds people of what they promised, asks both sides each week how it is going, and says"
    " kindly and with evidence where an answer or a next step is open. It keeps no text of messages"
    " that people write to each other, shows no figure about a single person, and talks to nobody"
    " but Slack. The other company installs nothing."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listening:
    """What the code listens to.

    Attributes:
        commands: With their slash.
        events: By the type that the listeners name.
    """

    commands: frozenset[str]
    events: frozenset[str]
    shortcuts: tuple[Shortcut, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """How the app is to be installed.

    Attributes:
        request_url: Where Slack delivers over HTTP; None for Socket Mode.
        basic: Without the scopes that read messages.
        prefix: Stands before each command, for a workspace in which the plain names are taken.
    """

    request_url: str | None = None
    basic: bool = False
    prefix: str = ""


def manifest(listening: Listening, wishes: Wishes) -> dict[str, Any]:
    """The manifest, ready for JSON."""
    events = subscriptions(listening, basic=wishes.basic)
    return {
        "_metadata": {"major_version": 1, "minor_version": 1},
        "display_information": {
            "name": NAME,
            "description": DESCRIPTION,
            "long_description": LONG_DESCRIPTION,
            "background_color": "#1f5f5b",
        },
        "features": _features(listening, wishes),
        "oauth_config": {"scopes": {"bot": sorted(scopes(listening, basic=wishes.basic))}},
        "settings": {
            "event_subscriptions": _at(wishes) | {"bot_events": [one.name for one in events]},
            "interactivity": {"is_enabled": True} | _at(wishes),
            "org_deploy_enabled": False,
            "socket_mode_enabled": wishes.request_url is None,
            "token_rotation_enabled": False,
        },
    }


def scopes(listening: Listening, *, basic: bool = False) -> Mapping[str, Scope]:
    """The scopes that the listeners and the calls need, by name."""
    needed = {scope for found in METHODS.values() for scope in found}
    needed |= {scope for one in subscriptions(listening) for scope in one.scopes}
    if listening.commands or listening.shortcuts:
        needed.add("commands")
    left_out = HISTORY_SCOPES if basic else frozenset()
    return {name: SCOPES[name] for name in sorted(needed - left_out)}


def subscriptions(listening: Listening, *, basic: bool = False) -> list[Subscription]:
    """The events of the manifest; ``basic``: without those that carry people's messages."""
    found = [one for event in sorted(listening.events) for one in EVENTS[event]]
    return [one for one in found if not (basic and HISTORY_SCOPES & set(one.scopes))]


def scope_table(listening: Listening) -> list[str]:
    """The rows of a Markdown table: each scope, why, and what is lost without it."""
    rows = [
        f"| `{name}` | {scope.why} | {scope.without} |" for name, scope in scopes(listening).items()
    ]
    return ["| scope | why | without it |", "|---|---|---|", *rows]


def prefixed(command: str, prefix: str) -> str:
    """``/checkin`` with the prefix ``tb`` is ``/tb-checkin``."""
    return f"/{prefix}-{command.removeprefix('/')}" if prefix else command


def without_prefix(command: str) -> str:
    """The command that a prefixed one stands for; none of ours has a hyphen."""
    return "/" + command.removeprefix("/").rpartition("-")[2]


def _features(listening: Listening, wishes: Wishes) -> dict[str, Any]:
    features: dict[str, Any] = {
        "app_home": {
            "home_tab_enabled": "app_home_opened" in listening.events,
            "messages_tab_enabled": True,
            "messages_tab_read_only_enabled": False,
        },
        "bot_user": {"display_name": NAME.lower(), "always_online": False},
    }
    if listening.commands:
        features["slash_commands"] = list(_commands(sorted(listening.commands), wishes))
    if listening.shortcuts:
        features["shortcuts"] = [_shortcut(one) for one in listening.shortcuts]
    return features


def _commands(names: Iterable[str], wishes: Wishes) -> Iterable[dict[str, Any]]:
    url = {} if wishes.request_url is None else {"url": wishes.request_url}
    for name in names:
        yield {
            "command": prefixed(name, wishes.prefix),
            "description": COMMANDS[name].description,
            "usage_hint": COMMANDS[name].hint,
            # Slack: @ana arrives as <@U123|ana>, never as a name that could be anybody's.
            "should_escape": True,
        } | url


def _shortcut(one: Shortcut) -> dict[str, str]:
    return {
        "name": one.name,
        "type": "message",
        "callback_id": one.callback_id,
        "description": one.description,
    }


def _at(wishes: Wishes) -> dict[str, Any]:
    return {} if wishes.request_url is None else {"request_url": wishes.request_url}
