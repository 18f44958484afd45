"""Why something was done about a deliverable, as typed; what was done stands in the journal."""

from datetime import datetime

from sqlite_utils import Database

from data.moments import from_text, to_text


def add(db: Database, team_id: str, commitment_id: str, reason: str | None, now: datetime) -> None:
    """Keep the reason of what is noted in the journal at the same moment, if one was given."""
    if not reason:
        return
    db.execute(
        """
        INSERT INTO commitment_reasons (team_id, commitment_id, said_at, reason)
        VALUES (:team, :id, :now, :reason)
        ON CONFLICT (team_id, commitment_id, said_at) DO UPDATE SET reason = excluded.reason
        """,
        {"team": team_id, "id": commitment_id, "now": to_text(now), "reason": reason},
    )


def every(db: Database, team_id: str, commitment_id: str) -> dict[datetime, str]:
    """By the moment of what they explain."""
    rows = db.query(
        """
        SELECT said_at, reason FROM commitment_reasons
        WHERE team_id = :team AND commitment_id = :id
        """,
        {"team": team_id, "id": commitment_id},
    )
    return {from_text(row["said_at"]): row["reason"] for row in rows}
