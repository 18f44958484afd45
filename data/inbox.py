"""Which events Slack told us: that they came, nothing of what they say."""

from datetime import datetime

from sqlite_utils import Database

from data.moments import to_text


def accept(db: Database, team_id: str, event_id: str, kind: str, now: datetime) -> bool:
    """Note an event in the transaction of its effect; False when it was seen before."""
    sql = """
        INSERT INTO inbox (team_id, event_id, kind, received_at)
        VALUES (:team, :event, :kind, :now)
        ON CONFLICT (team_id, event_id) DO NOTHING
        RETURNING event_id
    """
    values = {"team": team_id, "event": event_id, "kind": kind, "now": to_text(now)}
    return bool(list(db.query(sql, values)))


def forget(db: Database, before: datetime, limit: int) -> int:
    """Delete what came before a moment; returns how many rows went."""
    cursor = db.execute(
        """
        DELETE FROM inbox WHERE (team_id, event_id) IN (
            SELECT team_id, event_id FROM inbox WHERE received_at < :before LIMIT :limit
        )
        """,
        {"before": to_text(before), "limit": limit},
    )
    return cursor.rowcount
