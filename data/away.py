"""When people are away, as stored: from when until when, and never why."""

from datetime import datetime

from sqlite_utils import Database

from data.ids import new_id
from data.moments import from_text, to_text
from domain.away import Absence


def add(db: Database, team_id: str, person_id: str, from_at: datetime, until_at: datetime) -> str:
    """Note an absence; returns its id."""
    away_id = new_id()
    db.execute(
        """
        INSERT INTO away (team_id, id, person_id, from_at, until_at)
        VALUES (:team, :id, :person, :from, :until)
        """,
        {
            "team": team_id,
            "id": away_id,
            "person": person_id,
            "from": to_text(from_at),
            "until": to_text(until_at),
        },
    )
    return away_id


def remove(db: Database, team_id: str, person_id: str, away_id: str) -> bool:
    """Take back an absence of the person; False when there is none such."""
    removed = db.execute(
        "DELETE FROM away WHERE team_id = :team AND person_id = :person AND id = :id",
        {"team": team_id, "person": person_id, "id": away_id},
    )
    return removed.rowcount == 1


def coming(db: Database, team_id: str, person_id: str, now: datetime) -> list[Absence]:
    """The absences of a person that hold now or later, soonest first."""
    rows = db.query(
        """
        SELECT id, from_at, until_at FROM away
        WHERE team_id = :team AND person_id = :person AND until_at > :now
        ORDER BY from_at, id
        """,
        {"team": team_id, "person": person_id, "now": to_text(now)},
    )
    return [
        Absence(
            id=row["id"], from_at=from_text(row["from_at"]), until_at=from_text(row["until_at"])
        )
        for row in rows
    ]


def end_at(db: Database, team_id: str, person_id: str, away_id: str, until_at: datetime) -> bool:
    """Let an absence of the person end then; False when there is none such."""
    changed = db.execute(
        """
        UPDATE away SET until_at = :until
        WHERE team_id = :team AND person_id = :person AND id = :id AND from_at < :until
        """,
        {"team": team_id, "person": person_id, "id": away_id, "until": to_text(until_at)},
    )
    return changed.rowcount == 1
