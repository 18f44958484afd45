"""The people and places of a sandbox: teams, users, channels and the app that is installed."""

from dataclasses import dataclass, field
from typing import Literal
from zoneinfo import ZoneInfo

from sandbox.ports import Json

Guest = Literal["", "multi", "single"]


def is_zone(name: str) -> bool:
    """Whether ``name`` is an IANA time zone."""
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return False
    return True


@dataclass(slots=True, kw_only=True)
class Team:
    id: str
    name: str
    domain: str
    url: str


@dataclass(slots=True, kw_only=True)
class User:
    """A person or the bot; ``guest`` is empty for a full member of the team."""

    id: str
    team_id: str
    name: str
    real_name: str
    tz: str = "UTC"
    locale: str = "en-US"
    guest: Guest = ""
    deleted: bool = False
    is_bot: bool = False
    status_text: str = ""
    status_emoji: str = ""


@dataclass(slots=True, kw_only=True)
class Channel:
    """A channel or the direct messages of one person with the bot (``dm_of``).

    ``members`` keeps the order of joining; ``team_ids`` starts with the host.
    """

    id: str
    name: str
    team_ids: list[str]
    members: dict[str, None] = field(default_factory=dict)
    private: bool = False
    archived: bool = False
    dm_of: str | None = None
    created: int = 0

    @property
    def kind(self) -> Literal["im", "group", "channel"]:
        if self.dm_of is not None:
            return "im"
        return "group" if self.private else "channel"

    @property
    def shared(self) -> bool:
        return len(self.team_ids) > 1


@dataclass(slots=True, kw_only=True)
class Installation:
    """The app as installed in one team."""

    id: str
    name: str
    team_id: str
    user_id: str
    bot_id: str


@dataclass(slots=True, kw_only=True)
class World:
    teams: dict[str, Team]
    users: dict[str, User]
    channels: dict[str, Channel]
    app: Installation

    @property
    def home(self) -> Team:
        """The team that installed the app."""
        return self.teams[self.app.team_id]

    @property
    def bot(self) -> User:
        return self.users[self.app.user_id]

    def user_called(self, id_or_name: str) -> User | None:
        user = self.users.get(id_or_name)
        if user is not None:
            return user
        name = id_or_name.removeprefix("@")
        return next((u for u in self.users.values() if u.name == name), None)

    def channel_called(self, id_or_name: str) -> Channel | None:
        channel = self.channels.get(id_or_name)
        if channel is not None:
            return channel
        name = id_or_name.removeprefix("#")
        named = (c for c in self.channels.values() if c.dm_of is None and c.name == name)
        return next(named, None)

    def is_outsider(self, user: User) -> bool:
        return user.team_id != self.app.team_id

    def shares_a_channel_with_bot(self, user: User) -> bool:
        bot = self.app.user_id
        return any(
            user.id in c.members and bot in c.members
            for c in self.channels.values()
            if c.dm_of is None
        )

    def dm_with(self, user: User) -> Channel | None:
        return next((c for c in self.channels.values() if c.dm_of == user.id), None)

    def direct_messages(self, channel_id: str, user_id: str, created: int) -> Channel:
        """A channel of one person and the bot, which is not in the world yet."""
        return Channel(
            id=channel_id,
            name="",
            team_ids=list(dict.fromkeys([self.app.team_id, self.users[user_id].team_id])),
            members={user_id: None, self.app.user_id: None},
            dm_of=user_id,
            created=created,
        )

    def become(self, other: "World") -> None:
        """Be another world, for all who hold this one."""
        self.teams, self.users = other.teams, other.users
        self.channels, self.app = other.channels, other.app

    def rename_channel_id(self, channel: Channel, new_id: str) -> None:
        del self.channels[channel.id]
        channel.id = new_id
        self.channels[new_id] = channel


def world_listing(world: World) -> Json:
    """Teams, users and channels for people: the home team's people first, bots last."""
    home = world.app.team_id
    teams = sorted(world.teams.values(), key=lambda t: t.id != home)
    users = sorted(world.users.values(), key=lambda u: (u.is_bot, u.team_id != home))
    channels = [c for c in world.channels.values() if c.dm_of is None]
    return {
        "teams": [{"id": t.id, "name": t.name, "domain": t.domain, "url": t.url} for t in teams],
        "users": [_user_listing(u) for u in users],
        "channels": [_channel_listing(c) for c in channels],
        "ims": [
            {"id": c.id, "user": c.dm_of} for c in world.channels.values() if c.dm_of is not None
        ],
        "app": {
            "id": world.app.id,
            "name": world.app.name,
            "team_id": home,
            "user_id": world.app.user_id,
            "bot_id": world.app.bot_id,
        },
    }


def _user_listing(user: User) -> Json:
    return {
        "id": user.id,
        "team_id": user.team_id,
        "name": user.name,
        "real_name": user.real_name,
        "tz": user.tz,
        "is_bot": user.is_bot,
        "deleted": user.deleted,
        "guest": user.guest,
        "status_text": user.status_text,
        "status_emoji": user.status_emoji,
    }


def _channel_listing(channel: Channel) -> Json:
    return {
        "id": channel.id,
        "name": channel.name,
        "members": list(channel.members),
        "is_private": channel.private,
        "is_archived": channel.archived,
        "is_shared": channel.shared,
        "team_ids": list(channel.team_ids),
    }
