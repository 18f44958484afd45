"""What became of what somebody asked for, and of whom it is said that they are done."""

from datetime import datetime

from sqlite_utils import Database

from data.moments import from_text


def asked_for(db: Database, team_id: str, commitment_id: str, owner_id: str) -> datetime | None:
    """The date for which it was asked before its owner named another; None when none did."""
    rows = db.query(
        """
        SELECT old_due_at FROM commitment_dates
        WHERE team_id = :team AND commitment_id = :id AND changed_by = :owner
            AND old_due_at IS NOT NULL
        ORDER BY position DESC LIMIT 1
        """,
        {"team": team_id, "id": commitment_id, "owner": owner_id},
    )
    return next((from_text(row["old_due_at"]) for row in rows), None)


def looks_done(db: Database, team_id: str, owner_id: str) -> frozenset[str]:
    """Ids of what a person owes and others take for done, said since its date was last changed."""
    rows = db.query(
        """
        SELECT c.id FROM commitments c INDEXED BY commitments_by_owner
        WHERE c.team_id = :team AND c.owner_id = :owner AND c.closed_at IS NULL
            AND EXISTS (
                SELECT 1 FROM journal j
                WHERE j.team_id = c.team_id AND j.subject_kind = 'commitment'
                    AND j.subject_id = c.id AND j.verb = 'deliverable_looks_done'
                    AND j.at >= (
                        SELECT MAX(d.changed_at) FROM commitment_dates d
                        WHERE d.team_id = c.team_id AND d.commitment_id = c.id))
        """,
        {"team": team_id, "owner": owner_id},
    )
    return frozenset(row["id"] for row in rows)
