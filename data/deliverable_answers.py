"""What became of what somebody asked for, and of whom it is said that they are done."""

from datetime import datetime

from sqlite_utils import Database

from data.moments import from_text, to_text


def declined(db: Database, team_id: str, author_id: str, since: datetime) -> list[str]:
    """Ids of what a person asked somebody else for, and was not taken on since a moment."""
    rows = db.query(
        """
        SELECT id FROM commitments
        WHERE team_id = :team AND created_by = :author AND closed_at >= :since
            AND state = 'declined' AND owner_id <> :author
        ORDER BY closed_at, id
        """,
        {"team": team_id, "author": author_id, "since": to_text(since)},
    )
    return [row["id"] for row in rows]


def other_dates(db: Database, team_id: str, author_id: str, since: datetime) -> list[str]:
    """Ids of what a person asked for, and its owner has since taken on for another date."""
    rows = db.query(
        """
        SELECT c.id FROM commitments c INDEXED BY commitments_by_author
        WHERE c.team_id = :team AND c.created_by = :author AND c.closed_at IS NULL
            AND c.state = 'accepted' AND c.moves = 0 AND c.owner_id <> :author
            AND EXISTS (
                SELECT 1 FROM commitment_dates d
                WHERE d.team_id = c.team_id AND d.commitment_id = c.id AND d.due_at = c.due_at
                    AND d.changed_by = c.owner_id AND d.old_due_at IS NOT NULL
                    AND d.changed_at >= :since)
        ORDER BY c.created_at, c.id
        """,
        {"team": team_id, "author": author_id, "since": to_text(since)},
    )
    return [row["id"] for row in rows]


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
