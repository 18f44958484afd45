"""The workspaces in which the bot is installed; tokens are not kept here."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from data.moments import from_text, to_text
from data.remembering import remembered


@dataclass(frozen=True, slots=True, kw_only=True)
class Workspace:
    """An installation.

    Attributes:
        url: With its trailing slash; links to messages start with it.
        draws_charts: False since Slack refused one here: its newer blocks come step by step, and
            with every start of the bot they are tried anew.
    """

    team_id: str
    name: str
    url: str
    bot_user_id: str
    bot_id: str
    installed_at: datetime
    draws_charts: bool = True


def save(db: Database, workspace: Workspace) -> None:
    """Store what the workspace says of itself; the day of the installation stays the first one."""
    db.execute(
        """
        INSERT INTO workspaces (team_id, name, url, bot_user_id, bot_id, installed_at)
        VALUES (:team, :name, :url, :bot_user, :bot, :installed)
        ON CONFLICT (team_id) DO UPDATE SET name = excluded.name, url = excluded.url,
            bot_user_id = excluded.bot_user_id, bot_id = excluded.bot_id, draws_charts = 1
        """,
        {
            "team": workspace.team_id,
            "name": workspace.name,
            "url": workspace.url,
            "bot_user": workspace.bot_user_id,
            "bot": workspace.bot_id,
            "installed": to_text(workspace.installed_at),
        },
    )


def get(db: Database, team_id: str) -> Workspace | None:
    return remembered(db, "workspaces", team_id, lambda: _read(db, team_id))


def _read(db: Database, team_id: str) -> Workspace | None:
    sql = "SELECT * FROM workspaces WHERE team_id = :team"
    return next((_workspace(row) for row in db.query(sql, {"team": team_id})), None)


def set_charts(db: Database, team_id: str, *, are_drawn: bool) -> None:
    sql = "UPDATE workspaces SET draws_charts = :drawn WHERE team_id = :team"
    db.execute(sql, {"team": team_id, "drawn": int(are_drawn)})


def every(db: Database) -> list[Workspace]:
    return [_workspace(row) for row in db.query("SELECT * FROM workspaces ORDER BY team_id")]


def _workspace(row: Mapping[str, Any]) -> Workspace:
    return Workspace(
        team_id=row["team_id"],
        name=row["name"],
        url=row["url"],
        bot_user_id=row["bot_user_id"],
        bot_id=row["bot_id"],
        installed_at=from_text(row["installed_at"]),
        draws_charts=bool(row["draws_charts"]),
    )
