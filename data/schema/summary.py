"""Tables of the weekly summary: which weeks were told, what was open, and what leads said to it."""

from typing import Final

SQL: Final[tuple[str, ...]] = (
    """
    CREATE TABLE summaries (
        team_id TEXT NOT NULL,
        partnership_id TEXT NOT NULL,
        week_on TEXT NOT NULL,       -- the Monday, YYYY-MM-DD, on the home side's calendar
        state TEXT NOT NULL,         -- planned, told, dropped
        due_at TEXT NOT NULL,
        settled_at TEXT,             -- when it was told or dropped; null while planned
        PRIMARY KEY (team_id, partnership_id, week_on),
        FOREIGN KEY (team_id, partnership_id) REFERENCES partnerships (team_id, id)
    )
    """,
    # What was open when a week was told; kept for trends, nothing typed stands in it.
    """
    CREATE TABLE summary_findings (
        team_id TEXT NOT NULL,
        partnership_id TEXT NOT NULL,
        week_on TEXT NOT NULL,
        finding TEXT NOT NULL,       -- key of the finding
        kind TEXT NOT NULL,
        turn TEXT NOT NULL,          -- client, vendor, both
        since TEXT NOT NULL,
        severity INTEGER NOT NULL,
        PRIMARY KEY (team_id, partnership_id, week_on, finding),
        FOREIGN KEY (team_id, partnership_id, week_on)
            REFERENCES summaries (team_id, partnership_id, week_on)
    )
    """,
    """
    CREATE TABLE finding_notes (
        team_id TEXT NOT NULL,
        partnership_id TEXT NOT NULL,
        finding TEXT NOT NULL,
        side TEXT NOT NULL,
        words TEXT NOT NULL,         -- typed words, may be blanked
        person_id TEXT NOT NULL,
        noted_at TEXT NOT NULL,
        PRIMARY KEY (team_id, partnership_id, finding, side),
        FOREIGN KEY (team_id, partnership_id) REFERENCES partnerships (team_id, id)
    )
    """,
    """
    CREATE TABLE settled_findings (
        team_id TEXT NOT NULL,
        partnership_id TEXT NOT NULL,
        finding TEXT NOT NULL,
        person_id TEXT NOT NULL,
        settled_at TEXT NOT NULL,
        PRIMARY KEY (team_id, partnership_id, finding),
        FOREIGN KEY (team_id, partnership_id) REFERENCES partnerships (team_id, id)
    )
    """,
)

NOTE_UNDO: Final[tuple[str, ...]] = (
    # The words before, typed too, may be blanked; empty: none. Since then `words` may be empty.
    "ALTER TABLE finding_notes ADD COLUMN old_words TEXT NOT NULL DEFAULT ''",
)

TOLD_TO: Final[tuple[str, ...]] = (
    # channel, leads; null before it is told, and for weeks told before this was kept.
    "ALTER TABLE summaries ADD COLUMN told_to TEXT",
)

AS_TOLD: Final[tuple[str, ...]] = (
    # How a week was told; null before it was, and for weeks told before this was kept.
    "ALTER TABLE summaries ADD COLUMN kept INTEGER",
    "ALTER TABLE summaries ADD COLUMN promised INTEGER",
    # What came next when the week was told, at the moment that was told.
    """
    CREATE TABLE summary_next (
        team_id TEXT NOT NULL,
        partnership_id TEXT NOT NULL,
        week_on TEXT NOT NULL,
        position INTEGER NOT NULL,   -- 1 is told first
        kind TEXT NOT NULL,          -- checkin, deliverable
        subject_id TEXT NOT NULL,    -- of the cadence or the commitment
        at TEXT NOT NULL,
        PRIMARY KEY (team_id, partnership_id, week_on, position),
        FOREIGN KEY (team_id, partnership_id, week_on)
            REFERENCES summaries (team_id, partnership_id, week_on)
    )
    """,
)
