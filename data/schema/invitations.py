"""Tables of what calendars were given of check-ins, so that a later file can correct it."""

from typing import Final

SQL: Final[tuple[str, ...]] = (
    """
    CREATE TABLE invitations (
        team_id TEXT NOT NULL,
        cadence_id TEXT NOT NULL,
        sequence INTEGER NOT NULL,   -- 0 for the first file, higher for every newer one
        digest TEXT NOT NULL,        -- of title and link, to see that they changed
        made_by TEXT NOT NULL,       -- the person who asked for it
        made_at TEXT NOT NULL,
        PRIMARY KEY (team_id, cadence_id, sequence),
        FOREIGN KEY (team_id, cadence_id) REFERENCES cadences (team_id, id)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE invitation_entries (
        team_id TEXT NOT NULL,
        cadence_id TEXT NOT NULL,
        position INTEGER NOT NULL,
        entry TEXT NOT NULL,         -- JSON: a series or a single turn; rule, times, no words
        PRIMARY KEY (team_id, cadence_id, position),
        FOREIGN KEY (team_id, cadence_id) REFERENCES cadences (team_id, id)
    ) WITHOUT ROWID
    """,
)
