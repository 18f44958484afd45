"""Tables of what is tracked from messages, and of the links that people give as evidence."""

from typing import Final

LINKS: Final[tuple[str, ...]] = (
    """
    CREATE TABLE commitment_links (
        team_id TEXT NOT NULL,
        commitment_id TEXT NOT NULL,
        position INTEGER NOT NULL,   -- from 1
        url TEXT NOT NULL,           -- typed words, may be blanked
        added_by TEXT NOT NULL,
        side TEXT,                   -- on whose behalf; null: of somebody on no side
        added_at TEXT NOT NULL,
        PRIMARY KEY (team_id, commitment_id, position),
        FOREIGN KEY (team_id, commitment_id) REFERENCES commitments (team_id, id)
    ) WITHOUT ROWID
    """,
    # Whether a message is tracked already is asked before it is tracked.
    """
    CREATE INDEX commitments_by_source ON commitments (team_id, source_channel, source_ts)
    WHERE source_ts IS NOT NULL
    """,
)

PINS: Final[tuple[str, ...]] = (
    """
    CREATE TABLE pin_questions (
        team_id TEXT NOT NULL,
        channel TEXT NOT NULL,
        ts TEXT NOT NULL,            -- the message that was pinned
        id TEXT NOT NULL,
        partnership_id TEXT NOT NULL,
        thread_ts TEXT,              -- null: it stands at the top level
        pinned_by TEXT NOT NULL,
        author_id TEXT NOT NULL,     -- of the message
        asked_at TEXT NOT NULL,
        state TEXT NOT NULL,         -- asked, taken_back, no
        PRIMARY KEY (team_id, channel, ts),
        UNIQUE (team_id, id)
    )
    """,
)

SERIES: Final[tuple[str, ...]] = (
    """
    CREATE INDEX commitments_by_cadence ON commitments (team_id, cadence_id, created_at)
    WHERE cadence_id IS NOT NULL
    """,
)
