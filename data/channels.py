"""The channels we know of, as Slack described them; their names are not kept."""

import json
from collections.abc import Mapping
from dataclasses import field
from typing import Any

from sqlite_utils import Database

from data.remembering import remembered
from domain.values import value


@value
class Channel:
    """A channel.

    Attributes:
        host_team: The workspace that owns it; None until Slack told us.
        connected_teams: The other workspaces that share it.
    """

    team_id: str
    channel: str
    bot_is_member: bool
    is_archived: bool = False
    is_private: bool = False
    is_ext_shared: bool = False
    host_team: str | None = None
    connected_teams: frozenset[str] = field(default_factory=frozenset)


def save(db: Database, channel: Channel) -> None:
    """Store a channel as it is now, new or not."""
    db.execute(
        """
        INSERT INTO channels (team_id, channel, bot_is_member, is_archived, is_private,
            is_ext_shared, host_team, connected_teams)
        VALUES (:team, :channel, :member, :archived, :private, :shared, :host, :connected)
        ON CONFLICT (team_id, channel) DO UPDATE SET
            bot_is_member = excluded.bot_is_member, is_archived = excluded.is_archived,
            is_private = excluded.is_private, is_ext_shared = excluded.is_ext_shared,
            host_team = excluded.host_team, connected_teams = excluded.connected_teams
        """,
        {
            "team": channel.team_id,
            "channel": channel.channel,
            "member": int(channel.bot_is_member),
            "archived": int(channel.is_archived),
            "private": int(channel.is_private),
            "shared": int(channel.is_ext_shared),
            "host": channel.host_team,
            "connected": json.dumps(sorted(channel.connected_teams)),
        },
    )


def get(db: Database, team_id: str, channel: str) -> Channel | None:
    return remembered(db, "channels", (team_id, channel), lambda: _read(db, team_id, channel))


def _read(db: Database, team_id: str, channel: str) -> Channel | None:
    sql = "SELECT * FROM channels WHERE team_id = :team AND channel = :channel"
    rows = db.query(sql, {"team": team_id, "channel": channel})
    return next((_channel(row) for row in rows), None)


def every(db: Database, team_id: str) -> list[Channel]:
    sql = "SELECT * FROM channels WHERE team_id = :team ORDER BY channel"
    return [_channel(row) for row in db.query(sql, {"team": team_id})]


def organisations(db: Database, team_id: str, channel: str) -> frozenset[str]:
    """The workspaces whose people may be in a channel; empty when the channel is not known."""
    found = get(db, team_id, channel)
    if found is None:
        return frozenset()
    hosts = {found.host_team} if found.host_team else {team_id}
    return found.connected_teams | hosts


def set_member(db: Database, team_id: str, channel: str, *, is_member: bool) -> None:
    """The bot joined or was removed."""
    db.execute(
        "UPDATE channels SET bot_is_member = :member WHERE team_id = :team AND channel = :channel",
        {"team": team_id, "channel": channel, "member": int(is_member)},
    )


def set_archived(db: Database, team_id: str, channel: str, *, is_archived: bool) -> None:
    db.execute(
        "UPDATE channels SET is_archived = :archived WHERE team_id = :team AND channel = :channel",
        {"team": team_id, "channel": channel, "archived": int(is_archived)},
    )


def rename(db: Database, team_id: str, old: str, new: str) -> None:
    """Slack gave the channel a new id; what was known of the new id gives way."""
    values = {"team": team_id, "old": old, "new": new}
    db.execute("DELETE FROM channels WHERE team_id = :team AND channel = :new", values)
    db.execute(
        "UPDATE channels SET channel = :new WHERE team_id = :team AND channel = :old", values
    )


def _channel(row: Mapping[str, Any]) -> Channel:
    return Channel(
        team_id=row["team_id"],
        channel=row["channel"],
        bot_is_member=bool(row["bot_is_member"]),
        is_archived=bool(row["is_archived"]),
        is_private=bool(row["is_private"]),
        is_ext_shared=bool(row["is_ext_shared"]),
        host_team=row["host_team"],
        connected_teams=frozenset(json.loads(row["connected_teams"])),
    )
