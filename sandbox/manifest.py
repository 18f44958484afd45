"""What an app's manifest lets it do; without a manifest an app may do everything."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sandbox.ports import Json

ALL_SCOPES: Final = (
    "app_mentions:read",
    "channels:history",
    "channels:join",
    "channels:read",
    "chat:write",
    "commands",
    "dnd:read",
    "files:read",
    "files:write",
    "groups:history",
    "groups:read",
    "im:history",
    "im:read",
    "im:write",
    "mpim:history",
    "mpim:read",
    "pins:read",
    "pins:write",
    "reactions:read",
    "reactions:write",
    "team:read",
    "users:read",
    "users.profile:read",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """None in a field means: anything goes."""

    name: str | None = None
    scopes: tuple[str, ...] = ALL_SCOPES
    events: frozenset[str] | None = None
    commands: tuple[Json, ...] | None = None
    shortcuts: tuple[Json, ...] | None = None
    home_tab: bool = True
    messages_tab: bool = True

    def hears(self, event: str) -> bool:
        return self.events is None or event in self.events

    def runs(self, command: str) -> bool:
        return _has(self.commands, "command", command)

    def offers(self, callback_id: str) -> bool:
        return _has(self.shortcuts, "callback_id", callback_id)

    def listing(self) -> Json:
        """The commands and shortcuts for people to choose from; none where anything goes."""
        return {"commands": list(self.commands or ()), "shortcuts": list(self.shortcuts or ())}


def read_manifest(data: Mapping[str, Any] | None) -> Manifest:
    """The manifest in Slack's format as a value; None gives one that allows everything."""
    if data is None:
        return Manifest()
    features = _section(data, "features")
    home = _section(features, "app_home")
    bot_user = _section(features, "bot_user")
    scopes = _section(_section(data, "oauth_config"), "scopes")
    subscriptions = _section(_section(data, "settings"), "event_subscriptions")
    return Manifest(
        name=bot_user.get("display_name"),
        scopes=tuple(scopes.get("bot", ())),
        events=frozenset(subscriptions.get("bot_events", ())),
        commands=_each(features, "slash_commands", ("command", "description", "usage_hint")),
        shortcuts=_each(features, "shortcuts", ("callback_id", "name", "type")),
        home_tab=bool(home.get("home_tab_enabled", False)),
        messages_tab=bool(home.get("messages_tab_enabled", True)),
    )


def _section(data: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = data.get(key, {})
    return value if isinstance(value, Mapping) else {}


def _each(features: Mapping[str, Any], key: str, names: Sequence[str]) -> tuple[Json, ...]:
    """The entries with those of their fields, as text, empty where one is missing."""
    entries = features.get(key) or ()
    return tuple({name: str(entry.get(name) or "") for name in names} for entry in entries)


def _has(entries: Sequence[Json] | None, key: str, value: str) -> bool:
    return entries is None or any(entry[key] == value for entry in entries)
