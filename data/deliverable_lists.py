"""What lists and files are made of: deliverables with their cards, as stored."""

from datetime import datetime
from typing import Any, Final

from sqlite_utils import Database

from data.deliverables import MOST_LISTED, Carded, carded_rows
from data.moments import to_text
from domain.partnerships import Partnership

# More rows than a spreadsheet is read for.
MOST_IN_FILE: Final = 5000


def open_of(db: Database, partnership: Partnership, person_id: str) -> list[Carded]:
    """What one person owes in a partnership, the longest due first."""
    where = "c.owner_id = :person AND c.partnership_id = :partnership AND c.closed_at IS NULL"
    values = _keys(partnership) | {"person": person_id, "most": MOST_LISTED}
    return carded_rows(db, where, values, "commitments_by_owner")


def closed_of(
    db: Database, partnership: Partnership, person_id: str, since: datetime
) -> list[Carded]:
    """What one person owed that was closed since then, in any way, the longest due first."""
    where = """
        c.partnership_id = :partnership AND c.closed_at >= :since AND c.owner_id = :person
    """
    values = _keys(partnership) | {
        "since": to_text(since),
        "person": person_id,
        "most": MOST_LISTED,
    }
    return carded_rows(db, where, values, "commitments_closed")


def delivered_in(db: Database, partnership: Partnership) -> list[Carded]:
    """What is delivered and lies with the other side; whoever asks looks who may read each."""
    where = """
        c.partnership_id = :partnership AND c.state = 'done' AND c.review IS NULL
        AND c.review_until IS NOT NULL
    """
    values = _keys(partnership) | {"most": MOST_LISTED}
    return carded_rows(db, where, values, "commitments_delivered")


def for_file(db: Database, partnership: Partnership, since: datetime) -> list[Carded]:
    """What is open, and what was closed since then; whoever asks looks who may read each."""
    values = _keys(partnership) | {"since": to_text(since), "most": MOST_IN_FILE}
    now_open = carded_rows(
        db, "c.partnership_id = :partnership AND c.closed_at IS NULL", values, "commitments_open"
    )
    closed = carded_rows(
        db,
        "c.partnership_id = :partnership AND c.closed_at >= :since",
        values,
        "commitments_closed",
    )
    every = [*now_open, *closed]
    return sorted(every, key=lambda one: one.commitment.due_at)[:MOST_IN_FILE]


def _keys(partnership: Partnership) -> dict[str, Any]:
    return {"team": partnership.team_id, "partnership": partnership.id}
