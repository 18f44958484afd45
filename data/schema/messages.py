"""Tables of who wrote when, and of what was read again after a time without listening."""

from typing import Final

SQL: Final[tuple[str, ...]] = (
    # Who wrote when in which thread; nothing of what was written.
    """
    CREATE TABLE messages (
        team_id TEXT NOT NULL,
        channel TEXT NOT NULL,
        ts TEXT NOT NULL,            -- Slack's id of the message
        partnership_id TEXT NOT NULL,
        person_id TEXT NOT NULL,
        side TEXT NOT NULL,          -- of the writer, when it was written
        thread_ts TEXT,              -- the root it replies to; null at the top level
        at TEXT NOT NULL,
        PRIMARY KEY (team_id, channel, ts)
    )
    """,
    "CREATE INDEX messages_by_side ON messages (team_id, partnership_id, side, at)",
    "CREATE INDEX messages_by_age ON messages (at)",
    # A stretch of a hole in listening that was read in the channel's history, or cannot be.
    """
    CREATE TABLE recovered (
        team_id TEXT NOT NULL,
        partnership_id TEXT NOT NULL,
        from_at TEXT NOT NULL,
        until_at TEXT NOT NULL,
        outcome TEXT NOT NULL,       -- read, or unknown where Slack does not let us read
        PRIMARY KEY (team_id, partnership_id, from_at, until_at)
    )
    """,
    # Threads in which a stretch is still to be read.
    """
    CREATE TABLE recovering_threads (
        team_id TEXT NOT NULL,
        partnership_id TEXT NOT NULL,
        thread_ts TEXT NOT NULL,
        from_at TEXT NOT NULL,
        until_at TEXT NOT NULL,
        PRIMARY KEY (team_id, partnership_id, thread_ts, until_at)
    )
    """,
)
