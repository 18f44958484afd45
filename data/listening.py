"""When the bot was listening, one row for each run; and the holes between."""

from datetime import datetime
from typing import NamedTuple

from sqlite_utils import Database

from data.moments import from_text, to_text


class Hole(NamedTuple):
    """A stretch in which nobody was listening."""

    from_at: datetime
    until_at: datetime


def listen(db: Database, team_id: str, instance: str, now: datetime) -> None:
    """This run is listening now, and has been since it first said so."""
    db.execute(
        """
        INSERT INTO listening (team_id, instance, from_at, until_at)
        VALUES (:team, :instance, :now, :now)
        ON CONFLICT (team_id, instance) DO UPDATE SET until_at = excluded.until_at
        WHERE excluded.until_at > listening.until_at
        """,
        {"team": team_id, "instance": instance, "now": to_text(now)},
    )


def forget_after(db: Database, team_id: str, now: datetime) -> None:
    """Nobody has listened in a time to come: such notes were made by a clock that was ahead."""
    values = {"team": team_id, "now": to_text(now)}
    db.execute("DELETE FROM listening WHERE team_id = :team AND from_at > :now", values)
    db.execute(
        "UPDATE listening SET until_at = :now WHERE team_id = :team AND until_at > :now", values
    )


def holes(db: Database, team_id: str, since: datetime, until: datetime) -> list[Hole]:
    """The stretches between two moments in which no run was listening, oldest first."""
    sql = """
        SELECT from_at, until_at FROM listening
        WHERE team_id = :team AND until_at > :since AND from_at < :until
        ORDER BY from_at, until_at
    """
    values = {"team": team_id, "since": to_text(since), "until": to_text(until)}
    found: list[Hole] = []
    reached_at = since
    for row in db.query(sql, values):
        from_at = from_text(row["from_at"])
        if from_at > reached_at:
            found.append(Hole(reached_at, from_at))
        reached_at = max(reached_at, from_text(row["until_at"]))
    if reached_at < until:
        found.append(Hole(reached_at, until))
    return found
