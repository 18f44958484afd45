"""Reads a world from a JSON file and says exactly what is wrong with one that cannot be read.

A world file is an object with four keys:

- ``app``: ``{"team", "name"?, "id"?, "user"?, "bot_id"?}``: who installed the app, and its ids.
- ``teams``: a list of ``{"id", "name", "domain", "url"?}``.
- ``users``: a list of ``{"id", "team", "name", "real_name", "tz"?, "locale"?, "guest"?,
  "deleted"?, "bot"?}``; names are unique; ``guest`` is ``multi`` or ``single``.
- ``channels``: a list of ``{"id", "name", "team", "shared_with"?, "members"?, "private"?,
  "is_archived"?, "bot"?}``; members are names or ids; with ``bot`` the app is a member.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from sandbox.errors import WorldError
from sandbox.ports import Json
from sandbox.world import Channel, Installation, Team, User, World, is_zone

DEFAULT_WORLD: Final = Path(__file__).parent / "worlds" / "two-companies.json"

_KEYS: Final[Mapping[str, Mapping[str, type]]] = {
    "app": {"team": str, "name": str, "id": str, "user": str, "bot_id": str},
    "teams": {"id": str, "name": str, "domain": str, "url": str},
    "users": {
        "id": str,
        "team": str,
        "name": str,
        "real_name": str,
        "tz": str,
        "locale": str,
        "guest": str,
        "deleted": bool,
        "bot": bool,
    },
    "channels": {
        "id": str,
        "name": str,
        "team": str,
        "shared_with": list,
        "members": list,
        "private": bool,
        "is_archived": bool,
        "bot": bool,
    },
}
_REQUIRED: Final[Mapping[str, tuple[str, ...]]] = {
    "app": ("team",),
    "teams": ("id", "name", "domain"),
    "users": ("id", "team", "name", "real_name"),
    "channels": ("id", "name", "team"),
}
_WORDS: Final[Mapping[type, str]] = {str: "text", bool: "true or false", list: "a list"}


def load_world(path: Path | None = None) -> World:
    """Read the world in ``path``; None means two companies that share one channel.

    Raises:
        WorldError: The file cannot be read; the sentence names the key, or the line.
    """
    where = path or DEFAULT_WORLD
    try:
        text = where.read_text(encoding="utf-8")
    except OSError as error:
        raise WorldError(f"{where}: cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise WorldError(f"{where}: cannot be read: it is not UTF-8 text.") from error
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        raise WorldError(f"{where}: line {error.lineno}: {error.msg}") from error
    return _Reading(where).world(data)


@dataclass(frozen=True, slots=True)
class _Reading:
    where: Path

    def world(self, data: object) -> World:
        top = self._object(data, "the file")
        unknown = [key for key in top if key not in _KEYS]
        if unknown:
            raise self._wrong(unknown[0], "is not a key of a world")
        app = self._entry("app", top.get("app"), "app")
        teams = {t.id: t for t in self._teams(top)}
        self._known(app["team"], teams, "app.team", "team")
        users = {u.id: u for u in self._users(top, teams)}
        installation = self._app(app, users)
        channels = {c.id: c for c in self._channels(top, teams, users, installation)}
        return World(teams=teams, users=users, channels=channels, app=installation)

    def _teams(self, top: Json) -> Iterator[Team]:
        for key, entry in self._entries(top, "teams"):
            url = entry.get("url", f"https://{entry['domain']}.slack.com/")
            if not url.endswith("/"):
                raise self._wrong(f"{key}.url", "must end with a slash")
            yield Team(id=entry["id"], name=entry["name"], domain=entry["domain"], url=url)

    def _users(self, top: Json, teams: Mapping[str, Team]) -> Iterator[User]:
        names: set[str] = set()
        for key, entry in self._entries(top, "users"):
            self._known(entry["team"], teams, f"{key}.team", "team")
            if entry["name"] in names:
                raise self._wrong(f"{key}.name", f"{entry['name']!r} is used twice")
            names.add(entry["name"])
            self._zone(entry.get("tz", "UTC"), f"{key}.tz")
            if entry.get("guest", "") not in {"", "multi", "single"}:
                raise self._wrong(f"{key}.guest", "must be multi or single")
            yield User(
                id=entry["id"],
                team_id=entry["team"],
                name=entry["name"],
                real_name=entry["real_name"],
                tz=entry.get("tz", "UTC"),
                locale=entry.get("locale", "en-US"),
                guest=entry.get("guest", ""),
                deleted=entry.get("deleted", False),
                is_bot=entry.get("bot", False),
            )

    def _app(self, app: Json, users: dict[str, User]) -> Installation:
        installation = Installation(
            id=app.get("id", "A0SANDBOX01"),
            name=app.get("name", "app"),
            team_id=app["team"],
            user_id=app.get("user", "U0SANDBOXBOT"),
            bot_id=app.get("bot_id", "B0SANDBOX01"),
        )
        if installation.user_id in users:
            raise self._wrong("app.user", f"{installation.user_id} is a user of the world")
        users[installation.user_id] = User(
            id=installation.user_id,
            team_id=installation.team_id,
            name=installation.name,
            real_name=installation.name,
            is_bot=True,
        )
        return installation

    def _channels(
        self, top: Json, teams: Mapping[str, Team], users: Mapping[str, User], app: Installation
    ) -> Iterator[Channel]:
        by_name = {u.name: u.id for u in users.values()}
        for key, entry in self._entries(top, "channels"):
            team_ids = [entry["team"], *entry.get("shared_with", [])]
            for team_id in team_ids:
                self._known(team_id, teams, f"{key}.shared_with", "team")
            members: dict[str, None] = {}
            for n, member in enumerate(entry.get("members", [])):
                user_id = by_name.get(member, member) if isinstance(member, str) else ""
                self._known(user_id, users, f"{key}.members[{n}]", "user")
                self._in_team(users[user_id], team_ids, f"{key}.members[{n}]")
                members[user_id] = None
            if entry.get("bot", False):
                members[app.user_id] = None
            yield Channel(
                id=entry["id"],
                name=entry["name"],
                team_ids=team_ids,
                members=members,
                private=entry.get("private", False),
                archived=entry.get("is_archived", False),
            )

    def _entries(self, top: Json, kind: str) -> Iterator[tuple[str, Json]]:
        listed = top.get(kind)
        if not isinstance(listed, list):
            raise self._wrong(kind, "must be a list")
        ids: set[str] = set()
        for n, value in enumerate(listed):
            key = f"{kind}[{n}]"
            entry = self._entry(kind, value, key)
            if entry["id"] in ids:
                raise self._wrong(f"{key}.id", f"{entry['id']} is used twice")
            ids.add(entry["id"])
            yield key, entry

    def _entry(self, kind: str, value: object, key: str) -> Json:
        entry = self._object(value, key)
        for name in _REQUIRED[kind]:
            if name not in entry:
                raise self._wrong(f"{key}.{name}", "is missing")
        for name, given in entry.items():
            wanted = _KEYS[kind].get(name)
            if wanted is None:
                raise self._wrong(f"{key}.{name}", f"is not a key of {kind}")
            if not isinstance(given, wanted):
                raise self._wrong(f"{key}.{name}", f"must be {_WORDS[wanted]}")
        return entry

    def _object(self, value: object, key: str) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise self._wrong(key, "must be an object")
        return value

    def _known(self, id: object, known: Mapping[str, object], key: str, what: str) -> None:
        if id not in known:
            raise self._wrong(key, f"there is no {what} {id!r}")

    def _in_team(self, user: User, team_ids: list[str], key: str) -> None:
        if user.team_id not in team_ids:
            raise self._wrong(key, f"{user.name} is in a team that the channel is not shared with")

    def _zone(self, name: str, key: str) -> None:
        if not is_zone(name):
            raise self._wrong(key, f"there is no time zone {name!r}")

    def _wrong(self, key: str, problem: str) -> WorldError:
        return WorldError(f"{self.where}: {key}: {problem}")
