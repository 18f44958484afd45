"""What was delivered and lies with the other side, as stored."""

from sqlite_utils import Database

from data import deliverables
from domain.deliverables import Commitment
from domain.partnerships import Partnership


def with_other_side(db: Database, partnership: Partnership) -> list[Commitment]:
    """What both sides may read of it, the longest delivered first."""
    rows = db.query(
        """
        SELECT id FROM commitments INDEXED BY commitments_delivered
        WHERE team_id = :team AND partnership_id = :partnership AND state = 'done'
            AND review IS NULL AND review_until IS NOT NULL AND audience = 'both'
        """,
        {"team": partnership.team_id, "partnership": partnership.id},
    )
    found = deliverables.every(db, partnership.team_id, [row["id"] for row in rows])
    return sorted(found.values(), key=lambda one: (one.closed_at or one.due_at, one.id))
