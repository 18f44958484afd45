"""Reads the teams, people, channels and the app of a world file."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Final

from sandbox.errors import WorldError
from sandbox.ports import Json
from sandbox.world import Channel, Installation, Team, User, World, is_zone
from sandbox.world_text import Types, check_id, check_known, entries_of, entry_of

_APP: Final[Types] = {"team": str, "name": str, "id": str, "user": str, "bot_id": str}
_TEAMS: Final[Types] = {"id": str, "name": str, "domain": str, "url": str}
_USERS: Final[Types] = {
    "id": str,
    "team": str,
    "name": str,
    "real_name": str,
    "tz": str,
    "locale": str,
    "guest": str,
    "deleted": bool,
    "bot": bool,
    "status_text": str,
    "status_emoji": str,
}
_CHANNELS: Final[Types] = {
    "id": str,
    "name": str,
    "team": str,
    "shared_with": list,
    "members": list,
    "private": bool,
    "is_archived": bool,
    "bot": bool,
    "created": int,
}
_DIRECT: Final[Types] = {"id": str, "user": str, "created": int}
_CHANNEL_NAME: Final = re.compile(r"[\w-]{1,80}")
_DOMAIN: Final = re.compile(r"[A-Za-z0-9-]+")


def read_people(top: Json) -> World:
    """Everything of a world but what was said in it.

    Raises:
        WorldError: With the key of what is wrong.
    """
    app = entry_of(top.get("app"), "app", types=_APP, required=("team",), kind="app")
    teams = {team.id: team for team in _teams(top)}
    check_known(app["team"], teams, "app.team", "team")
    users = {user.id: user for user in _users(top, teams)}
    installation = _app(app, users)
    world = World(teams=teams, users=users, channels={}, app=installation)
    for channel in _channels(top, world):
        world.channels[channel.id] = channel
    for channel in _direct(top, world):
        world.channels[channel.id] = channel
    return world


def _teams(top: Json) -> Iterator[Team]:
    found = entries_of(top.get("teams"), "teams", types=_TEAMS, required=("id", "name", "domain"))
    for key, entry in found:
        if not _DOMAIN.fullmatch(entry["domain"]):
            raise WorldError("must consist of letters, digits and hyphens", key=f"{key}.domain")
        url = entry.get("url", f"https://{entry['domain']}.slack.com/")
        if not url.startswith(("https://", "http://")) or not url.endswith("/"):
            raise WorldError("must begin with https:// and end with a slash", key=f"{key}.url")
        yield Team(id=entry["id"], name=entry["name"], domain=entry["domain"], url=url)


def _users(top: Json, teams: Mapping[str, Team]) -> Iterator[User]:
    names: set[str] = set()
    required = ("id", "team", "name", "real_name")
    for key, entry in entries_of(top.get("users"), "users", types=_USERS, required=required):
        check_known(entry["team"], teams, f"{key}.team", "team")
        if entry["name"] in names:
            raise WorldError(f"{json.dumps(entry['name'])} is used twice", key=f"{key}.name")
        names.add(entry["name"])
        if not is_zone(entry.get("tz", "UTC")):
            raise WorldError(f"there is no time zone {json.dumps(entry['tz'])}", key=f"{key}.tz")
        if entry.get("guest", "") not in {"", "multi", "single"}:
            raise WorldError("must be multi or single", key=f"{key}.guest")
        yield _user(entry)


def _user(entry: Json) -> User:
    return User(
        id=entry["id"],
        team_id=entry["team"],
        name=entry["name"],
        real_name=entry["real_name"],
        tz=entry.get("tz", "UTC"),
        locale=entry.get("locale", "en-US"),
        guest=entry.get("guest", ""),
        deleted=entry.get("deleted", False),
        is_bot=entry.get("bot", False),
        status_text=entry.get("status_text", ""),
        status_emoji=entry.get("status_emoji", ""),
    )


def _app(app: Json, users: dict[str, User]) -> Installation:
    installation = Installation(
        id=app.get("id", "A0SANDBOX01"),
        name=app.get("name", "app"),
        team_id=app["team"],
        user_id=app.get("user", "U0SANDBOXBOT"),
        bot_id=app.get("bot_id", "B0SANDBOX01"),
    )
    ids = {"id": installation.id, "user": installation.user_id, "bot_id": installation.bot_id}
    for name, given in ids.items():
        check_id(given, f"app.{name}")
    if installation.user_id in users:
        raise WorldError(f"{installation.user_id} is a user of the world", key="app.user")
    users[installation.user_id] = User(
        id=installation.user_id,
        team_id=installation.team_id,
        name=installation.name,
        real_name=installation.name,
        is_bot=True,
    )
    return installation


def _channels(top: Json, world: World) -> Iterator[Channel]:
    by_name = {user.name: user.id for user in world.users.values()}
    found = entries_of(
        top.get("channels"), "channels", types=_CHANNELS, required=("id", "name", "team")
    )
    names: set[str] = set()
    for key, entry in found:
        check_channel_name(entry["name"], f"{key}.name")
        if entry["name"] in names:
            raise WorldError(f"{json.dumps(entry['name'])} is used twice", key=f"{key}.name")
        names.add(entry["name"])
        team_ids = list(_team_ids(entry, world, key))
        members = dict.fromkeys(_members(entry, world, by_name, (key, team_ids)))
        if entry.get("bot", False):
            members[world.app.user_id] = None
        yield Channel(
            id=entry["id"],
            name=entry["name"],
            team_ids=team_ids,
            members=members,
            private=entry.get("private", False),
            archived=entry.get("is_archived", False),
            created=entry.get("created", 0),
        )


def check_channel_name(name: str, key: str) -> None:
    """Slack: lower case, without spaces and points, at most 80 characters."""
    if not _CHANNEL_NAME.fullmatch(name) or name != name.lower():
        raise WorldError(
            "must be lower case letters, digits, hyphens and underscores, at most 80", key=key
        )


def _team_ids(entry: Json, world: World, key: str) -> Iterator[str]:
    check_known(entry["team"], world.teams, f"{key}.team", "team")
    yield entry["team"]
    seen = {entry["team"]}
    for n, team_id in enumerate(entry.get("shared_with", [])):
        check_known(team_id, world.teams, f"{key}.shared_with[{n}]", "team")
        if team_id in seen:
            raise WorldError(f"{team_id} is named twice", key=f"{key}.shared_with[{n}]")
        seen.add(team_id)
        yield team_id


def _members(
    entry: Json, world: World, by_name: Mapping[str, str], where: tuple[str, list[str]]
) -> Iterator[str]:
    """Their ids; ``where`` is the channel's key and its teams."""
    key, team_ids = where
    seen: set[str] = set()
    for n, member in enumerate(entry.get("members", [])):
        at = f"{key}.members[{n}]"
        user_id = by_name.get(member, member) if isinstance(member, str) else member
        check_known(user_id, world.users, at, "user")
        if user_id in seen:
            raise WorldError(f"{json.dumps(member)} is named twice", key=at)
        seen.add(user_id)
        user = world.users[user_id]
        # The app's own user is a member wherever it was added.
        if user_id != world.app.user_id and user.team_id not in team_ids:
            raise WorldError(
                f"{json.dumps(user.name)} is in a team that the channel is not shared with", key=at
            )
        yield user_id


def _direct(top: Json, world: World) -> Iterator[Channel]:
    taken: set[str] = set()
    listed = top.get("direct_messages", [])
    for key, entry in entries_of(listed, "direct_messages", types=_DIRECT, required=("id", "user")):
        if entry["id"] in world.channels:
            raise WorldError(f"{entry['id']} is used twice", key=f"{key}.id")
        check_known(entry["user"], world.users, f"{key}.user", "user")
        if entry["user"] in taken:
            raise WorldError(f"{entry['user']} is named twice", key=f"{key}.user")
        taken.add(entry["user"])
        yield world.direct_messages(entry["id"], entry["user"], entry.get("created", 0))
