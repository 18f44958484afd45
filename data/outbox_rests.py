"""What a rest stopped on its way out: found again, and put once more; what it says is not here."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from sqlite_utils import Database

from data.moments import to_text
from data.outbox import payload_text, row_of
from domain.outgoing import Row
from domain.partnerships import Partnership

# Why nothing could be said in a channel for a while: a pause, or another company in it.
RESTS: Final = frozenset({"paused", "third_company"})


def stopped(db: Database, partnership: Partnership, since: datetime) -> list[Row]:
    """Posts that a rest stopped, in their order, and those that were to stand below them.

    Args:
        since: Only what was stopped from then on.
    """
    sql = """
        SELECT o.* FROM journal j JOIN outbox o ON o.team_id = j.team_id AND o.id = j.subject_id
        WHERE j.team_id = :team AND j.partnership_id = :partnership AND j.at >= :since
            AND j.verb = 'message_dropped' AND o.kind = 'post' AND o.state = 'dropped'
            AND o.reason IN ('paused', 'third_company', 'target_dropped')
        ORDER BY o.position
    """
    return [row_of(row) for row in db.query(sql, _keys(partnership, since))]


def stopped_drawings(db: Database, partnership: Partnership, since: datetime) -> list[Row]:
    """Changes of posts that a rest stopped and that nothing newer followed, in their order."""
    sql = """
        SELECT o.* FROM journal j JOIN outbox o ON o.team_id = j.team_id AND o.id = j.subject_id
        WHERE j.team_id = :team AND j.partnership_id = :partnership AND j.at >= :since
            AND j.verb = 'message_dropped' AND o.kind = 'update' AND o.state = 'dropped'
            AND o.reason IN ('paused', 'third_company') AND o.payload <> '{}'
            AND NOT EXISTS (
                SELECT 1 FROM outbox newer
                WHERE newer.team_id = o.team_id AND newer.target = o.target
                    AND newer.position > o.position)
        ORDER BY o.position
    """
    return [row_of(row) for row in db.query(sql, _keys(partnership, since))]


def put_again(
    db: Database, row: Row, payload: Mapping[str, Any], thread_of: str | None, now: datetime
) -> bool:
    """Have said after all what surely was not; False when somebody else did it before."""
    changed = db.execute(
        """
        UPDATE outbox
        SET state = 'queued', reason = NULL, payload = :payload, thread_of = :thread,
            position = (SELECT MAX(position) + 1 FROM outbox), put_at = :now, leaves_at = :now,
            attempts = 0, settled_at = NULL
        WHERE team_id = :team AND id = :id AND state = 'dropped'
        """,
        {
            "team": row.team_id,
            "id": row.id,
            "payload": payload_text(payload),
            "thread": thread_of,
            "now": to_text(now),
        },
    )
    return changed.rowcount == 1


def _keys(partnership: Partnership, since: datetime) -> dict[str, str]:
    return {
        "team": partnership.team_id,
        "partnership": partnership.id,
        "since": to_text(since),
    }
