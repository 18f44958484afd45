"""Tables of what recurs, its turns, and what people said about a check-in."""

from typing import Final

SQL: Final[tuple[str, ...]] = (
    """
    CREATE TABLE cadences (
        team_id TEXT NOT NULL,
        id TEXT NOT NULL,
        partnership_id TEXT NOT NULL,
        kind TEXT NOT NULL,
        title TEXT NOT NULL,         -- typed words, may be blanked
        link TEXT,                   -- typed words, may be blanked; null: none given
        rule TEXT NOT NULL,          -- RFC 5545, our own vocabulary
        local_start TEXT NOT NULL,   -- wall time of the first turn, YYYY-MM-DDTHH:MM
        zone TEXT NOT NULL,
        minutes INTEGER NOT NULL,
        settings TEXT NOT NULL,      -- JSON of codes and figures
        state TEXT NOT NULL,
        created_by TEXT,             -- null: came with a template
        created_at TEXT NOT NULL,
        PRIMARY KEY (team_id, id),
        FOREIGN KEY (team_id, partnership_id) REFERENCES partnerships (team_id, id)
    )
    """,
    "CREATE INDEX cadences_by_partnership ON cadences (team_id, partnership_id, kind, state)",
    """
    CREATE TABLE occurrences (
        team_id TEXT NOT NULL,
        id TEXT NOT NULL,
        cadence_id TEXT NOT NULL,
        partnership_id TEXT NOT NULL,
        kind TEXT NOT NULL,
        original TEXT NOT NULL,      -- wall time by the rule, YYYY-MM-DDTHH:MM
        starts_at TEXT NOT NULL,
        ends_at TEXT NOT NULL,
        state TEXT NOT NULL,
        known_from TEXT NOT NULL,    -- since when this start could be told; nothing is due before
        PRIMARY KEY (team_id, id),
        UNIQUE (team_id, cadence_id, original),
        FOREIGN KEY (team_id, cadence_id) REFERENCES cadences (team_id, id)
    )
    """,
    """
    CREATE INDEX occurrences_by_start
    ON occurrences (team_id, partnership_id, kind, starts_at)
    """,
    """
    CREATE TABLE agenda_points (
        team_id TEXT NOT NULL,
        id TEXT NOT NULL,
        occurrence_id TEXT NOT NULL,
        position INTEGER NOT NULL,
        person_id TEXT NOT NULL,
        side TEXT NOT NULL,
        words TEXT NOT NULL,         -- typed words, may be blanked
        added_at TEXT NOT NULL,
        PRIMARY KEY (team_id, id),
        FOREIGN KEY (team_id, occurrence_id) REFERENCES occurrences (team_id, id)
    )
    """,
    "CREATE INDEX agenda_points_by_turn ON agenda_points (team_id, occurrence_id, position)",
    """
    CREATE TABLE confirmations (
        team_id TEXT NOT NULL,
        occurrence_id TEXT NOT NULL,
        side TEXT NOT NULL,
        said TEXT NOT NULL,          -- held, other_day, not_held
        person_id TEXT NOT NULL,
        said_at TEXT NOT NULL,
        PRIMARY KEY (team_id, occurrence_id, side),
        FOREIGN KEY (team_id, occurrence_id) REFERENCES occurrences (team_id, id)
    )
    """,
)
