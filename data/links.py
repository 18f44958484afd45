"""Links that people gave as evidence of deliverables, as stored."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlite_utils import Database

from data.moments import from_text, to_text
from data.remembering import remembered
from domain.deliverables import Commitment
from domain.links import EVERY_MOST, Link


def add(db: Database, commitment: Commitment, new: Iterable[Link]) -> int:
    """Keep links behind those that it has, each once and so many at most; how many were new."""
    given = list(new)
    if not given:
        return 0
    known = {one.url for one in every(db, commitment)}
    fresh = [one for one in given if one.url not in known]
    added = fresh[: max(0, EVERY_MOST - len(known))]
    for position, one in enumerate(added, start=len(known) + 1):
        db.execute(
            """
            INSERT INTO commitment_links (team_id, commitment_id, position, url, added_by, side,
                added_at)
            VALUES (:team, :id, :position, :url, :by, :side, :at)
            """,
            _key(commitment)
            | {
                "position": position,
                "url": one.url,
                "by": one.added_by,
                "side": one.side,
                "at": to_text(one.added_at),
            },
        )
    return len(added)


def every(db: Database, commitment: Commitment) -> Sequence[Link]:
    """In the order in which they were given."""
    key = (commitment.team_id, commitment.id)
    return remembered(db, "commitment_links", key, lambda: _every(db, commitment))


def _every(db: Database, commitment: Commitment) -> Sequence[Link]:
    rows = db.query(
        """
        SELECT url, added_by, side, added_at FROM commitment_links
        WHERE team_id = :team AND commitment_id = :id ORDER BY position
        """,
        _key(commitment),
    )
    return [
        Link(
            url=row["url"],
            added_by=row["added_by"],
            side=row["side"],
            added_at=from_text(row["added_at"]),
        )
        for row in rows
    ]


def _key(commitment: Commitment) -> dict[str, Any]:
    return {"team": commitment.team_id, "id": commitment.id}
