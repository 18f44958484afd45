"""Table of the changes of settings."""

from typing import Final

SQL: Final[tuple[str, ...]] = (
    """
    CREATE TABLE changes (
        team_id TEXT NOT NULL,
        id TEXT NOT NULL,
        partnership_id TEXT NOT NULL,
        side TEXT NOT NULL,          -- that made or proposed it
        state TEXT NOT NULL,
        old_values TEXT NOT NULL,    -- JSON by setting; holds a side's name, which is typed
        new_values TEXT NOT NULL,
        made_by TEXT NOT NULL,
        made_at TEXT NOT NULL,
        settled_side TEXT,           -- null while proposed
        settled_at TEXT,             -- null while proposed
        outbox_key TEXT,             -- the post that tells of it; null: nobody was told
        PRIMARY KEY (team_id, id),
        FOREIGN KEY (team_id, partnership_id) REFERENCES partnerships (team_id, id)
    )
    """,
    "CREATE INDEX changes_by_partnership ON changes (team_id, partnership_id, state)",
    "CREATE INDEX changes_by_settled ON changes (settled_at)",
)
