"""Who is on duty for a side, as stored."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from data.moments import from_text, maybe_from, maybe_text, to_text
from domain.duties import Duty
from domain.partnerships import Partnership


def add(db: Database, partnership: Partnership, one: Duty) -> None:
    db.execute(
        """
        INSERT INTO duties (team_id, id, partnership_id, side, person_id, from_at, until_at, set_at)
        VALUES (:team, :id, :partnership, :side, :person, :from, :until, :set)
        """,
        {
            "team": partnership.team_id,
            "id": one.id,
            "partnership": partnership.id,
            "side": one.side,
            "person": one.person_id,
            "from": to_text(one.from_at),
            "until": maybe_text(one.until_at),
            "set": to_text(one.set_at),
        },
    )


def remove(db: Database, partnership: Partnership, duty_id: str) -> bool:
    """Take it back; False when there is none such."""
    removed = db.execute(
        "DELETE FROM duties WHERE team_id = :team AND partnership_id = :partnership AND id = :id",
        {"team": partnership.team_id, "partnership": partnership.id, "id": duty_id},
    )
    return removed.rowcount == 1


def end(db: Database, partnership: Partnership, duty_id: str, until_at: datetime) -> None:
    db.execute(
        "UPDATE duties SET until_at = :until WHERE team_id = :team AND id = :id",
        {"team": partnership.team_id, "id": duty_id, "until": to_text(until_at)},
    )


def standing(db: Database, partnership: Partnership, now: datetime) -> list[Duty]:
    """Those that hold now or later, the one said last first."""
    sql = """
        SELECT * FROM duties
        WHERE team_id = :team AND partnership_id = :partnership
            AND (until_at IS NULL OR until_at > :now)
        ORDER BY set_at DESC, id
    """
    values = {"team": partnership.team_id, "partnership": partnership.id, "now": to_text(now)}
    return [_duty(row) for row in db.query(sql, values)]


def get(db: Database, team_id: str, duty_id: str) -> tuple[str, Duty] | None:
    """The partnership's id and the duty of this id."""
    rows = db.query(
        "SELECT * FROM duties WHERE team_id = :team AND id = :id",
        {"team": team_id, "id": duty_id},
    )
    return next(((row["partnership_id"], _duty(row)) for row in rows), None)


def _duty(row: Mapping[str, Any]) -> Duty:
    return Duty(
        id=row["id"],
        side=row["side"],
        person_id=row["person_id"],
        from_at=from_text(row["from_at"]),
        until_at=maybe_from(row["until_at"]),
        set_at=from_text(row["set_at"]),
    )
