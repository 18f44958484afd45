"""What is handed over from one person to another, as stored: the last time of each."""

from collections.abc import Mapping
from typing import Any

from sqlite_utils import Database

from data.moments import from_text, to_text
from domain.hand_overs import HandOver
from domain.partnerships import Partnership


def save(db: Database, one: HandOver) -> None:
    """Note it in the place of what was noted of the same deliverable before."""
    db.execute(
        """
        INSERT INTO hand_overs (team_id, commitment_id, from_id, to_id, state, changed_at)
        VALUES (:team, :commitment, :from, :to, :state, :at)
        ON CONFLICT (team_id, commitment_id) DO UPDATE SET from_id = excluded.from_id,
            to_id = excluded.to_id, state = excluded.state, changed_at = excluded.changed_at
        """,
        {
            "team": one.team_id,
            "commitment": one.commitment_id,
            "from": one.from_id,
            "to": one.to_id,
            "state": one.state,
            "at": to_text(one.changed_at),
        },
    )


def remove(db: Database, team_id: str, commitment_id: str) -> None:
    db.execute(
        "DELETE FROM hand_overs WHERE team_id = :team AND commitment_id = :commitment",
        {"team": team_id, "commitment": commitment_id},
    )


def of(db: Database, team_id: str, commitment_id: str) -> HandOver | None:
    sql = "SELECT * FROM hand_overs WHERE team_id = :team AND commitment_id = :commitment"
    rows = db.query(sql, {"team": team_id, "commitment": commitment_id})
    return next((_hand_over(row) for row in rows), None)


def asked_of(db: Database, partnership: Partnership) -> list[HandOver]:
    """What somebody is asked to take over in a partnership and has not answered."""
    sql = """
        SELECT h.* FROM commitments c INDEXED BY commitments_open
        JOIN hand_overs h ON h.team_id = c.team_id AND h.commitment_id = c.id
        WHERE c.team_id = :team AND c.partnership_id = :partnership AND c.closed_at IS NULL
            AND h.state = 'asked'
    """
    values = {"team": partnership.team_id, "partnership": partnership.id}
    return [_hand_over(row) for row in db.query(sql, values)]


def _hand_over(row: Mapping[str, Any]) -> HandOver:
    return HandOver(
        team_id=row["team_id"],
        commitment_id=row["commitment_id"],
        from_id=row["from_id"],
        to_id=row["to_id"],
        state=row["state"],
        changed_at=from_text(row["changed_at"]),
    )
