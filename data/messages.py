"""Who wrote when in which thread, as stored: never what was written."""

from datetime import datetime

from sqlite_utils import Database

from data.moments import from_text, to_text
from domain.messages import Written
from domain.partnerships import Partnership
from domain.people import Side


def add(db: Database, partnership: Partnership, written: Written) -> bool:
    """Keep that somebody wrote; False when it was known."""
    added = db.execute(
        """
        INSERT INTO messages (team_id, channel, ts, partnership_id, person_id, side, thread_ts, at)
        VALUES (:team, :channel, :ts, :partnership, :person, :side, :thread, :at)
        ON CONFLICT (team_id, channel, ts) DO NOTHING
        """,
        {
            "team": partnership.team_id,
            "channel": written.channel,
            "ts": written.ts,
            "partnership": partnership.id,
            "person": written.person_id,
            "side": written.side,
            "thread": written.thread_ts,
            "at": to_text(written.at),
        },
    )
    return added.rowcount == 1


def remove(db: Database, team_id: str, channel: str, ts: str) -> bool:
    """Its writer deleted it; False when it was not kept."""
    removed = db.execute(
        "DELETE FROM messages WHERE team_id = :team AND channel = :channel AND ts = :ts",
        {"team": team_id, "channel": channel, "ts": ts},
    )
    return removed.rowcount == 1


def thread_of(db: Database, team_id: str, channel: str, ts: str) -> str | None:
    """The root that a message replies to; None at the top level, or of what was not heard."""
    rows = db.query(
        "SELECT thread_ts FROM messages WHERE team_id = :team AND channel = :channel AND ts = :ts",
        {"team": team_id, "channel": channel, "ts": ts},
    )
    return next((row["thread_ts"] for row in rows), None)


def last_of_side(
    db: Database, partnership: Partnership, side: Side, until: datetime | None = None
) -> Written | None:
    """The newest message of a side; None when none is known. ``until`` None: of all."""
    rows = db.query(
        """
        SELECT * FROM messages
        WHERE team_id = :team AND partnership_id = :partnership AND side = :side
            AND (:until IS NULL OR at <= :until)
        ORDER BY at DESC, ts DESC LIMIT 1
        """,
        {
            "team": partnership.team_id,
            "partnership": partnership.id,
            "side": side,
            "until": None if until is None else to_text(until),
        },
    )
    return next(map(_written, rows), None)


def between(
    db: Database, partnership: Partnership, since: datetime, until: datetime
) -> list[Written]:
    """Who wrote in [since, until), oldest first."""
    rows = db.query(
        """
        SELECT * FROM messages
        WHERE team_id = :team AND partnership_id = :partnership AND side IN ('client', 'vendor')
            AND at >= :since AND at < :until
        ORDER BY at, ts
        """,
        {
            "team": partnership.team_id,
            "partnership": partnership.id,
            "since": to_text(since),
            "until": to_text(until),
        },
    )
    return [_written(row) for row in rows]


def recent_threads(db: Database, partnership: Partnership, since: datetime, most: int) -> list[str]:
    """The roots of threads in which somebody wrote since, the latest first."""
    rows = db.query(
        """
        SELECT thread_ts, MAX(at) AS last_at FROM messages
        WHERE team_id = :team AND partnership_id = :partnership AND side IN ('client', 'vendor')
            AND at >= :since AND thread_ts IS NOT NULL
        GROUP BY thread_ts ORDER BY last_at DESC, thread_ts LIMIT :most
        """,
        {
            "team": partnership.team_id,
            "partnership": partnership.id,
            "since": to_text(since),
            "most": most,
        },
    )
    return [str(row["thread_ts"]) for row in rows]


def move_channel(db: Database, team_id: str, old: str, new: str) -> None:
    """Slack gave the channel another id."""
    db.execute(
        "UPDATE messages SET channel = :new WHERE team_id = :team AND channel = :old",
        {"team": team_id, "old": old, "new": new},
    )


def forget(db: Database, before: datetime, limit: int) -> int:
    """Delete what was written before a moment; returns how many rows went."""
    cursor = db.execute(
        """
        DELETE FROM messages WHERE (team_id, channel, ts) IN (
            SELECT team_id, channel, ts FROM messages WHERE at < :before LIMIT :limit
        )
        """,
        {"before": to_text(before), "limit": limit},
    )
    return cursor.rowcount


def _written(row: dict[str, str | None]) -> Written:
    side: Side = "client" if row["side"] == "client" else "vendor"
    return Written(
        channel=str(row["channel"]),
        ts=str(row["ts"]),
        person_id=str(row["person_id"]),
        side=side,
        at=from_text(str(row["at"])),
        thread_ts=row["thread_ts"],
    )
