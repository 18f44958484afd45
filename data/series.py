"""The deliverables of what recurs: the latest of each, and whether somebody took it on for good."""

from sqlite_utils import Database

from data import deliverables
from domain.cadences import Cadence
from domain.deliverables import Commitment


def latest(db: Database, cadence: Cadence) -> Commitment | None:
    """What was asked for last; the next one is like it."""
    rows = db.query(
        """
        SELECT id FROM commitments INDEXED BY commitments_by_cadence
        WHERE team_id = :team AND cadence_id = :cadence
        ORDER BY created_at DESC, id DESC LIMIT 1
        """,
        {"team": cadence.team_id, "cadence": cadence.id},
    )
    found = next(iter(rows), None)
    return None if found is None else deliverables.get(db, cadence.team_id, found["id"])


def was_taken_on(db: Database, cadence: Cadence, person_id: str) -> bool:
    """Whether a person has accepted one of it: that holds for those that follow."""
    rows = db.query(
        """
        SELECT 1 FROM commitments INDEXED BY commitments_by_cadence
        WHERE team_id = :team AND cadence_id = :cadence AND owner_id = :person
            AND state IN ('accepted', 'done')
        LIMIT 1
        """,
        {"team": cadence.team_id, "cadence": cadence.id, "person": person_id},
    )
    return bool(list(rows))
