"""Which stretches without listening were read again, and which threads are still to be read."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlite_utils import Database

from data.listening import Hole
from data.moments import from_text, to_text
from domain.partnerships import Partnership

Outcome = Literal["read", "unknown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreadToRead:
    """A thread in which a stretch is still to be read."""

    thread_ts: str
    from_at: datetime
    until_at: datetime


def mark(db: Database, partnership: Partnership, stretch: Hole, outcome: Outcome) -> None:
    """A stretch was read, or cannot be."""
    db.execute(
        """
        INSERT INTO recovered (team_id, partnership_id, from_at, until_at, outcome)
        VALUES (:team, :partnership, :from, :until, :outcome)
        ON CONFLICT (team_id, partnership_id, from_at, until_at)
        DO UPDATE SET outcome = excluded.outcome
        """,
        _keys(partnership)
        | {
            "from": to_text(stretch.from_at),
            "until": to_text(stretch.until_at),
            "outcome": outcome,
        },
    )


def marked(
    db: Database, partnership: Partnership, since: datetime, outcome: Outcome | None = None
) -> list[Hole]:
    """The stretches after ``since`` that were dealt with, oldest first.

    Args:
        outcome: None: both.
    """
    rows = db.query(
        """
        SELECT from_at, until_at FROM recovered
        WHERE team_id = :team AND partnership_id = :partnership AND until_at > :since
            AND outcome = COALESCE(:outcome, outcome)
        ORDER BY from_at, until_at
        """,
        _keys(partnership) | {"since": to_text(since), "outcome": outcome},
    )
    return [Hole(from_text(row["from_at"]), from_text(row["until_at"])) for row in rows]


def marked_everywhere(db: Database, team_id: str, since: datetime) -> dict[str, list[Hole]]:
    """The stretches after ``since`` that were dealt with, by partnership."""
    rows = db.query(
        """
        SELECT partnership_id, from_at, until_at FROM recovered
        WHERE team_id = :team AND until_at > :since ORDER BY from_at, until_at
        """,
        {"team": team_id, "since": to_text(since)},
    )
    found: dict[str, list[Hole]] = {}
    for row in rows:
        stretch = Hole(from_text(row["from_at"]), from_text(row["until_at"]))
        found.setdefault(row["partnership_id"], []).append(stretch)
    return found


def with_threads(db: Database, team_id: str) -> frozenset[str]:
    """The partnerships that have threads still to be read."""
    sql = "SELECT DISTINCT partnership_id FROM recovering_threads WHERE team_id = :team"
    return frozenset(row["partnership_id"] for row in db.query(sql, {"team": team_id}))


def put_thread(db: Database, partnership: Partnership, thread: ThreadToRead) -> None:
    """Read a thread later, from there on."""
    db.execute(
        """
        INSERT INTO recovering_threads (team_id, partnership_id, thread_ts, from_at, until_at)
        VALUES (:team, :partnership, :thread, :from, :until)
        ON CONFLICT (team_id, partnership_id, thread_ts, until_at)
        DO UPDATE SET from_at = excluded.from_at
        """,
        _thread_keys(partnership, thread) | {"from": to_text(thread.from_at)},
    )


def drop_thread(db: Database, partnership: Partnership, thread: ThreadToRead) -> None:
    db.execute(
        """
        DELETE FROM recovering_threads
        WHERE team_id = :team AND partnership_id = :partnership AND thread_ts = :thread
            AND until_at = :until
        """,
        _thread_keys(partnership, thread),
    )


def threads(db: Database, partnership: Partnership) -> list[ThreadToRead]:
    """The threads still to be read, in which was written last first."""
    rows = db.query(
        """
        SELECT thread_ts, from_at, until_at FROM recovering_threads
        WHERE team_id = :team AND partnership_id = :partnership
        ORDER BY until_at DESC, thread_ts DESC
        """,
        _keys(partnership),
    )
    return [
        ThreadToRead(
            thread_ts=row["thread_ts"],
            from_at=from_text(row["from_at"]),
            until_at=from_text(row["until_at"]),
        )
        for row in rows
    ]


def listened_until(db: Database, team_id: str) -> datetime | None:
    """The last moment at which any run was listening; None before the first."""
    rows = db.query(
        "SELECT MAX(until_at) AS until_at FROM listening WHERE team_id = :team", {"team": team_id}
    )
    row = next(iter(rows))
    return None if row["until_at"] is None else from_text(row["until_at"])


def _keys(partnership: Partnership) -> dict[str, object]:
    return {"team": partnership.team_id, "partnership": partnership.id}


def _thread_keys(partnership: Partnership, thread: ThreadToRead) -> dict[str, object]:
    return _keys(partnership) | {"thread": thread.thread_ts, "until": to_text(thread.until_at)}
