"""The workspace in which the bot is installed, asked of Slack at the start and kept."""

from datetime import datetime

from data import wakes, workspaces
from data.store import Store
from data.workspaces import Workspace
from services import housekeeping
from services.deps import Deps
from services.directory import read_installation
from services.directory_readings import WorkspaceReading


def record_installation(deps: Deps, now: datetime) -> WorkspaceReading:
    """Ask Slack whose token this is, and keep the answer.

    Raises:
        SlackRefused, SlackBusy, SlackUnreachable: Nothing was kept.
    """
    # One installation: its one client knows the token, and with it the workspace.
    reading = read_installation(deps.clients.for_team(""))
    workspace = Workspace(
        team_id=reading.team_id,
        name=reading.name,
        url=reading.url,
        bot_user_id=reading.bot_user_id,
        bot_id=reading.bot_id,
        installed_at=now,
    )
    with deps.store.writing(None) as db:
        workspaces.save(db, workspace)
        wakes.set_wake(db, reading.team_id, "channels", reading.team_id, None, now)
        housekeeping.begin(db, reading.team_id, now)
    return reading


def foreign_workspaces(store: Store, team_id: str) -> list[str]:
    """Names of the workspaces in the database that are not this one."""
    every = workspaces.every(store.reading())
    return [one.name for one in every if one.team_id != team_id]
