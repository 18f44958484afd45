"""What Slack says about workspaces, people and channels, as values; asking for it is not here."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

GuestKind = Literal["single_channel", "multi_channel"]


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkspaceReading:
    """The installation: the workspace and our bot user in it.

    Attributes:
        url: Of the workspace, with its trailing slash; links to messages start with it.
        scopes: What the token may do; None where the server does not say.
        slack_now: The server's own time at the answer, to the second; None where it does not say.
    """

    team_id: str
    name: str
    url: str
    bot_user_id: str
    bot_id: str
    scopes: frozenset[str] | None = None
    slack_now: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonReading:
    """A Slack user as Slack shows them to us.

    Attributes:
        zone: IANA name; None where Slack does not say (it need not for other companies' people).
        locale: Such as ``en-US``; None for people of other companies.
        guest: None for full members.
    """

    slack_id: str
    home_team: str
    name: str
    zone: str | None = None
    locale: str | None = None
    guest: GuestKind | None = None
    is_bot: bool = False
    deleted: bool = False
    is_stranger: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelReading:
    """A channel as Slack shows it to us.

    Attributes:
        connected_teams: Workspaces of other companies it is shared with; empty when none.
    """

    channel: str
    name: str
    is_private: bool = False
    is_archived: bool = False
    is_shared_outside: bool = False
    bot_is_member: bool = False
    host_team: str | None = None
    connected_teams: frozenset[str] = field(default_factory=frozenset)


def person_reading(user: Mapping[str, Any]) -> PersonReading:
    """Read Slack's user object; names fall back from the shown one to the id."""
    profile = user.get("profile") or {}
    name = profile.get("display_name") or profile.get("real_name") or user.get("real_name")
    return PersonReading(
        slack_id=str(user["id"]),
        home_team=str(user.get("team_id") or ""),
        name=str(name or user.get("name") or user["id"]),
        zone=user.get("tz") or None,
        locale=user.get("locale") or None,
        guest=_guest_kind(user),
        # Slack: is_bot is false for Slackbot.
        is_bot=bool(user.get("is_bot")) or user["id"] == "USLACKBOT",
        deleted=bool(user.get("deleted")),
        is_stranger=bool(user.get("is_stranger")),
    )


def channel_reading(channel: Mapping[str, Any]) -> ChannelReading:
    """Read Slack's channel object; ``is_shared`` also means within one company: not looked at."""
    connected = channel.get("connected_team_ids") or ()
    return ChannelReading(
        channel=str(channel["id"]),
        name=str(channel.get("name") or channel["id"]),
        is_private=bool(channel.get("is_private")),
        is_archived=bool(channel.get("is_archived")),
        is_shared_outside=bool(channel.get("is_ext_shared")),
        bot_is_member=bool(channel.get("is_member")),
        host_team=channel.get("conversation_host_id") or None,
        connected_teams=frozenset(str(team) for team in connected),
    )


def _guest_kind(user: Mapping[str, Any]) -> GuestKind | None:
    if user.get("is_ultra_restricted"):
        return "single_channel"
    return "multi_channel" if user.get("is_restricted") else None
