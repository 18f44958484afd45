"""The table of what sponsors are to be told, and which sides want them to be."""

from typing import Final

SQL: Final[tuple[str, ...]] = (
    """
    CREATE TABLE sponsor_notices (
        team_id TEXT NOT NULL,
        commitment_id TEXT NOT NULL,
        number INTEGER NOT NULL,     -- from 1; the last one counts
        partnership_id TEXT NOT NULL,
        due_at TEXT NOT NULL,        -- the date for which it was asked
        owner_id TEXT NOT NULL,      -- who is heard
        side TEXT NOT NULL,          -- on whose behalf
        asked_by TEXT NOT NULL,
        asked_at TEXT NOT NULL,
        from_at TEXT NOT NULL,       -- the shift in which its owner is heard
        until_at TEXT NOT NULL,
        state TEXT NOT NULL,         -- runs, told, helped, answered, taken_back, ended
        changed_at TEXT NOT NULL,
        PRIMARY KEY (team_id, commitment_id, number),
        FOREIGN KEY (team_id, commitment_id) REFERENCES commitments (team_id, id),
        FOREIGN KEY (team_id, partnership_id) REFERENCES partnerships (team_id, id)
    ) WITHOUT ROWID
    """,
    """
    CREATE INDEX sponsor_notices_by_partnership
    ON sponsor_notices (team_id, partnership_id, changed_at)
    """,
    "ALTER TABLE partnerships ADD COLUMN sponsors_client INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE partnerships ADD COLUMN sponsors_vendor INTEGER NOT NULL DEFAULT 0",
)
