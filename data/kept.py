"""What was promised for a stretch of time, as stored."""

from datetime import datetime

from sqlite_utils import Database

from data import deliverable_dates, deliverables
from data.moments import to_text
from domain.kept import Promise, slips
from domain.partnerships import Partnership


def due_between(
    db: Database, partnership: Partnership, from_at: datetime, until_at: datetime
) -> list[Promise]:
    """What both sides may read of what was due from one moment until another, in that order."""
    rows = db.query(
        """
        SELECT id FROM commitments INDEXED BY commitments_open
        WHERE team_id = :team AND partnership_id = :partnership AND closed_at IS NULL
            AND due_at >= :from AND due_at < :until AND audience = 'both' AND state = 'accepted'
        UNION ALL
        SELECT id FROM commitments INDEXED BY commitments_closed
        WHERE team_id = :team AND partnership_id = :partnership AND closed_at IS NOT NULL
            AND due_at >= :from AND due_at < :until AND audience = 'both' AND state = 'done'
        """,
        {
            "team": partnership.team_id,
            "partnership": partnership.id,
            "from": to_text(from_at),
            "until": to_text(until_at),
        },
    )
    found = deliverables.every(db, partnership.team_id, [row["id"] for row in rows])
    every = sorted(found.values(), key=lambda one: (one.due_at, one.id))
    return [
        Promise(
            commitment=one,
            changes=slips(one, deliverable_dates.history(db, one)) if one.moves else (),
        )
        for one in every
    ]
