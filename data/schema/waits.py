"""Tables of what deliverables wait for, of moved dates' causes, and of why something was done."""

from typing import Final

SQL: Final[tuple[str, ...]] = (
    """
    CREATE TABLE commitment_waits (
        team_id TEXT NOT NULL,
        id TEXT NOT NULL,
        commitment_id TEXT NOT NULL, -- what waits
        on_id TEXT,                  -- the deliverable it waits for; null: words
        words TEXT,                  -- typed words, may be blanked; null: a deliverable
        due_at TEXT,                 -- by when it was promised; later is lost time; null: words
        since_at TEXT NOT NULL,
        until_at TEXT,               -- null while it waits
        ended_why TEXT,              -- came, gone, over; null while it waits
        said_by TEXT NOT NULL,
        PRIMARY KEY (team_id, id),
        FOREIGN KEY (team_id, commitment_id) REFERENCES commitments (team_id, id)
    ) WITHOUT ROWID
    """,
    "CREATE INDEX waits_by_waiting ON commitment_waits (team_id, commitment_id)",
    "CREATE INDEX waits_by_input ON commitment_waits (team_id, on_id)",
    """
    CREATE TABLE commitment_reasons (
        team_id TEXT NOT NULL,
        commitment_id TEXT NOT NULL,
        said_at TEXT NOT NULL,       -- the moment of the journal's entry that it explains
        reason TEXT NOT NULL,        -- typed words, may be blanked
        PRIMARY KEY (team_id, commitment_id, said_at),
        FOREIGN KEY (team_id, commitment_id) REFERENCES commitments (team_id, id)
    ) WITHOUT ROWID
    """,
    # Nobody chose this date: input (waited for the other side) or review (lay with it); else null.
    "ALTER TABLE commitment_dates ADD COLUMN cause TEXT",
    "ALTER TABLE commitment_dates ADD COLUMN cause_id TEXT",  # of the input; null: no input
    "ALTER TABLE commitment_dates ADD COLUMN cause_minutes INTEGER",  # working time it moved by
    # Since when its clock stands still, as an input of the other side is late; null: it runs.
    "ALTER TABLE commitments ADD COLUMN stopped_at TEXT",
    # What was delivered is not long with the other side: few rows.
    """
    CREATE INDEX commitments_delivered ON commitments (team_id, partnership_id, review_until)
    WHERE state = 'done' AND review IS NULL AND review_until IS NOT NULL
    """,
)

APPROVED: Final[tuple[str, ...]] = (
    """
    CREATE INDEX commitments_approved ON commitments (team_id, owner_id, reviewed_at)
    WHERE review = 'approved'
    """,
)
