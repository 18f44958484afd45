"""Tables of the steps that were taken about what is owed, and how often they are taken."""

from typing import Final

SQL: Final[tuple[str, ...]] = (
    """
    CREATE TABLE ladder_steps (
        team_id TEXT NOT NULL,
        commitment_id TEXT NOT NULL,
        due_at TEXT NOT NULL,        -- the date for which it was taken
        step TEXT NOT NULL,          -- before, due, late-1, ask-1, again-1, ...
        told_on TEXT NOT NULL,       -- the owner's working day, YYYY-MM-DD
        told_at TEXT NOT NULL,
        outbox_key TEXT NOT NULL,    -- of the daily message in which it stands
        PRIMARY KEY (team_id, commitment_id, due_at, step),
        FOREIGN KEY (team_id, commitment_id) REFERENCES commitments (team_id, id)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE ladder_raised (
        team_id TEXT NOT NULL,
        commitment_id TEXT NOT NULL,
        due_at TEXT NOT NULL,        -- the date for which it was brought up
        rung TEXT NOT NULL,          -- own_lead, both_leads
        partnership_id TEXT NOT NULL,
        raised_by TEXT,              -- null: by time
        side TEXT,                   -- on whose behalf; null: by time
        raised_at TEXT NOT NULL,
        tell_at TEXT NOT NULL,       -- from when those concerned read it
        PRIMARY KEY (team_id, commitment_id, due_at, rung),
        FOREIGN KEY (team_id, commitment_id) REFERENCES commitments (team_id, id),
        FOREIGN KEY (team_id, partnership_id) REFERENCES partnerships (team_id, id)
    ) WITHOUT ROWID
    """,
    "CREATE INDEX ladder_raised_by_partnership ON ladder_raised (team_id, partnership_id, tell_at)",
    # What has something to say comes first, and what has nothing is not looked at.
    """
    CREATE INDEX commitments_next ON commitments (team_id, owner_id, next_at)
    WHERE closed_at IS NULL
    """,
    # Days before, days between, own lead after, most; the standard until both choose another.
    "ALTER TABLE partnerships ADD COLUMN ladder TEXT NOT NULL DEFAULT '0-1-3-6'",
)
