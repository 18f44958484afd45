"""Tables of what people owe, the history of its dates, and the daily messages that ask about it."""

from typing import Final

SQL: Final[tuple[str, ...]] = (
    """
    CREATE TABLE commitments (
        team_id TEXT NOT NULL,
        id TEXT NOT NULL,
        partnership_id TEXT NOT NULL,
        kind TEXT NOT NULL,
        title TEXT NOT NULL,         -- typed words, may be blanked
        owner_id TEXT NOT NULL,
        side TEXT NOT NULL,          -- the owner's
        state TEXT NOT NULL,
        due_at TEXT NOT NULL,
        first_due_at TEXT NOT NULL,  -- as accepted first
        moves INTEGER NOT NULL,      -- after it was accepted
        created_by TEXT NOT NULL,
        created_at TEXT NOT NULL,
        closed_at TEXT,              -- null while open
        asked_at TEXT,               -- null until its owner was asked after it was due
        PRIMARY KEY (team_id, id),
        FOREIGN KEY (team_id, partnership_id) REFERENCES partnerships (team_id, id),
        FOREIGN KEY (team_id, owner_id) REFERENCES people (team_id, id)
    ) WITHOUT ROWID
    """,
    """
    CREATE INDEX commitments_open ON commitments (team_id, partnership_id, due_at)
    WHERE closed_at IS NULL
    """,
    """
    CREATE INDEX commitments_by_owner ON commitments (team_id, owner_id, due_at)
    WHERE closed_at IS NULL
    """,
    """
    CREATE INDEX commitments_closed ON commitments (team_id, partnership_id, closed_at)
    WHERE closed_at IS NOT NULL
    """,
    """
    CREATE TABLE commitment_dates (
        team_id TEXT NOT NULL,
        commitment_id TEXT NOT NULL,
        position INTEGER NOT NULL,   -- 1 is the first date
        due_at TEXT NOT NULL,
        old_due_at TEXT,             -- null for the first date
        changed_by TEXT NOT NULL,
        side TEXT,                   -- on whose behalf; null: of somebody on no side
        changed_at TEXT NOT NULL,
        was_early INTEGER NOT NULL,  -- told before the old date had passed
        reason TEXT,                 -- typed words, may be blanked; null: none given
        PRIMARY KEY (team_id, commitment_id, position),
        FOREIGN KEY (team_id, commitment_id) REFERENCES commitments (team_id, id)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE daily_messages (
        team_id TEXT NOT NULL,
        id TEXT NOT NULL,
        person_id TEXT NOT NULL,
        day_on TEXT NOT NULL,        -- the day on which the shift starts, YYYY-MM-DD
        partnership_id TEXT NOT NULL, -- '' for a direct message about all of them
        outbox_key TEXT NOT NULL,
        items TEXT NOT NULL,         -- JSON list of commitment ids
        hidden INTEGER NOT NULL,     -- put aside until the next shift
        put_at TEXT NOT NULL,
        PRIMARY KEY (team_id, id),
        UNIQUE (team_id, person_id, day_on, partnership_id),
        FOREIGN KEY (team_id, person_id) REFERENCES people (team_id, id)
    )
    """,
)

SECTIONS: Final[tuple[str, ...]] = (
    # Since then a message also holds what is nothing owed: [kind, partnership id, subject id].
    "UPDATE daily_messages SET items = '[]'",
    "CREATE INDEX commitments_by_author ON commitments (team_id, created_by, closed_at)",
)

NAMED_DAY: Final[tuple[str, ...]] = (
    # The day that was named for this date when its owner does not work on it, and why; else null.
    "ALTER TABLE commitment_dates ADD COLUMN named_on TEXT",
    "ALTER TABLE commitment_dates ADD COLUMN named_why TEXT",
)

PROMISES: Final[tuple[str, ...]] = (
    "ALTER TABLE commitments ADD COLUMN details TEXT",  # typed words, may be blanked
    "ALTER TABLE commitments ADD COLUMN audience TEXT NOT NULL DEFAULT 'both'",
    "ALTER TABLE commitments ADD COLUMN importance TEXT NOT NULL DEFAULT 'normal'",
    # person, side or duty: owner_id is who is asked at present.
    "ALTER TABLE commitments ADD COLUMN owner_kind TEXT NOT NULL DEFAULT 'person'",
    "ALTER TABLE commitments ADD COLUMN declined_why TEXT",  # not_mine, cannot_promise
    "ALTER TABLE commitments ADD COLUMN closed_reason TEXT",  # typed words, may be blanked
    "ALTER TABLE commitments ADD COLUMN review TEXT",  # approved, no_objection; null: neither
    "ALTER TABLE commitments ADD COLUMN review_until TEXT",
    "ALTER TABLE commitments ADD COLUMN reviewed_at TEXT",
    "ALTER TABLE commitments ADD COLUMN sent_back INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE commitments ADD COLUMN snoozed_until TEXT",
    "ALTER TABLE commitments ADD COLUMN acknowledged_at TEXT",
    "ALTER TABLE commitments ADD COLUMN next_at TEXT",  # when its owner is next told of it
    # The message from which it was tracked; null: from none.
    "ALTER TABLE commitments ADD COLUMN source_channel TEXT",
    "ALTER TABLE commitments ADD COLUMN source_ts TEXT",
    "ALTER TABLE commitments ADD COLUMN source_thread_ts TEXT",
    "ALTER TABLE commitments ADD COLUMN cadence_id TEXT",  # of what recurs; null: stands alone
)
