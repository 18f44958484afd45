"""When people are away, as stored: from when until when, and never why."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlite_utils import Database

from data.ids import new_id
from data.moments import from_text, to_text
from domain.away import Absence
from domain.calendars import Away

# Those away for whom somebody was named, and whose side a person leads.
LED_AND_AWAY: Final = """
    members m JOIN away a INDEXED BY away_by_person ON a.team_id = m.team_id
        AND a.person_id = m.person_id AND a.until_at > :now
    WHERE m.team_id = :team AND m.partnership_id IN (
        SELECT l.partnership_id FROM members l INDEXED BY members_by_person
        WHERE l.team_id = :team AND l.person_id = :person AND l.left_at IS NULL
            AND l.role = 'lead')
    AND m.left_at IS NULL AND m.person_id <> :person AND a.stand_in IS NOT NULL
    AND m.side = (
        SELECT s.side FROM members s
        WHERE s.team_id = m.team_id AND s.partnership_id = m.partnership_id
            AND s.person_id = :person)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Covered:
    """Somebody away for whom a person may be asked.

    Attributes:
        partnership_id: Of the place in which a lead sees to what the stand-in cannot; None: the
            person was named for it, wherever both take part.
    """

    person_id: str
    from_at: datetime
    until_at: datetime
    partnership_id: str | None


def add(db: Database, team_id: str, person_id: str, away: Away, stand_in: str | None = None) -> str:
    """Note an absence, and who stands in; returns its id."""
    away_id = new_id()
    db.execute(
        """
        INSERT INTO away (team_id, id, person_id, from_at, until_at, stand_in)
        VALUES (:team, :id, :person, :from, :until, :stand_in)
        """,
        {
            "team": team_id,
            "id": away_id,
            "person": person_id,
            "from": to_text(away.from_at),
            "until": to_text(away.until_at),
            "stand_in": stand_in,
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
        SELECT * FROM away
        WHERE team_id = :team AND person_id = :person AND until_at > :now
        ORDER BY from_at, id
        """,
        {"team": team_id, "person": person_id, "now": to_text(now)},
    )
    return [_absence(row) for row in rows]


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


def get(db: Database, team_id: str, away_id: str) -> tuple[str, Absence] | None:
    """The person and their absence of this id."""
    sql = "SELECT * FROM away WHERE team_id = :team AND id = :id"
    rows = db.query(sql, {"team": team_id, "id": away_id})
    return next(((row["person_id"], _absence(row)) for row in rows), None)


def running(db: Database, team_id: str, person_id: str, now: datetime) -> list[Absence]:
    """The absences of a person that hold now, the one that ends last first."""
    sql = """
        SELECT * FROM away WHERE team_id = :team AND person_id = :person
            AND until_at > :now AND from_at <= :now
        ORDER BY until_at DESC, id
    """
    values = {"team": team_id, "person": person_id, "now": to_text(now)}
    return [_absence(row) for row in db.query(sql, values)]


def overlaps(
    db: Database, team_id: str, person_id: str, from_at: datetime, until_at: datetime
) -> bool:
    """Whether a person is, or was, away at any time between two moments."""
    sql = """
        SELECT 1 FROM away WHERE team_id = :team AND person_id = :person
            AND until_at > :from AND from_at < :until LIMIT 1
    """
    values = {"team": team_id, "person": person_id}
    values |= {"from": to_text(from_at), "until": to_text(until_at)}
    return any(True for _ in db.query(sql, values))


def covered_by(db: Database, team_id: str, person_id: str, now: datetime) -> list[Covered]:
    """Those away now for whom a person was named, or whose side they lead where one was named."""
    sql = f"""
        SELECT a.person_id, a.from_at, a.until_at, NULL AS partnership_id
        FROM away a INDEXED BY away_by_stand_in
        WHERE a.team_id = :team AND a.stand_in = :person AND a.until_at > :now
            AND a.from_at <= :now
        UNION ALL
        SELECT a.person_id, a.from_at, a.until_at, m.partnership_id
        FROM {LED_AND_AWAY} AND a.from_at <= :now AND a.stand_in <> :person
        ORDER BY until_at, person_id
    """  # noqa: S608  # the part is a constant
    values = {"team": team_id, "person": person_id, "now": to_text(now)}
    return [
        Covered(
            person_id=row["person_id"],
            from_at=from_text(row["from_at"]),
            until_at=from_text(row["until_at"]),
            partnership_id=row["partnership_id"],
        )
        for row in db.query(sql, values)
    ]


def concerns(db: Database, team_id: str, person_id: str, now: datetime) -> bool:
    """Whether an absence that is not over is the person's own, or they may be asked during it."""
    sql = f"""
        SELECT EXISTS (
            SELECT 1 FROM away INDEXED BY away_by_person
            WHERE team_id = :team AND person_id = :person AND until_at > :now
        ) OR EXISTS (
            SELECT 1 FROM away INDEXED BY away_by_stand_in
            WHERE team_id = :team AND stand_in = :person AND until_at > :now
        ) OR EXISTS (
            SELECT 1 FROM {LED_AND_AWAY}
        ) AS found
    """  # noqa: S608  # the part is a constant
    values = {"team": team_id, "person": person_id, "now": to_text(now)}
    return any(row["found"] for row in db.query(sql, values))


def _absence(row: Mapping[str, Any]) -> Absence:
    return Absence(
        id=row["id"],
        from_at=from_text(row["from_at"]),
        until_at=from_text(row["until_at"]),
        stand_in=row["stand_in"],
    )
