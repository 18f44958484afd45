"""The table of who is on duty for a side."""

from typing import Final

SQL: Final[tuple[str, ...]] = (
    """
    CREATE TABLE duties (
        team_id TEXT NOT NULL,
        id TEXT NOT NULL,
        partnership_id TEXT NOT NULL,
        side TEXT NOT NULL,
        person_id TEXT NOT NULL,
        from_at TEXT NOT NULL,
        until_at TEXT,               -- null: until somebody else is
        set_at TEXT NOT NULL,        -- of two that hold, the one said last counts
        PRIMARY KEY (team_id, id),
        FOREIGN KEY (team_id, partnership_id) REFERENCES partnerships (team_id, id)
    ) WITHOUT ROWID
    """,
    "CREATE INDEX duties_by_partnership ON duties (team_id, partnership_id, side, set_at)",
)
