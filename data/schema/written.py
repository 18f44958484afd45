"""Tables of check-ins in writing: their questions, the turns that were asked, the answers."""

from typing import Final

SQL: Final[tuple[str, ...]] = (
    # The usual questions are version 0 and stand nowhere.
    """
    CREATE TABLE written_questions (
        team_id TEXT NOT NULL,
        cadence_id TEXT NOT NULL,
        version INTEGER NOT NULL,    -- from 1; the highest is asked next
        position INTEGER NOT NULL,   -- from 1
        words TEXT,                  -- typed words, may be blanked
        made_by TEXT NOT NULL,
        made_at TEXT NOT NULL,
        PRIMARY KEY (team_id, cadence_id, version, position),
        FOREIGN KEY (team_id, cadence_id) REFERENCES cadences (team_id, id)
    )
    """,
    """
    CREATE TABLE written_turns (
        team_id TEXT NOT NULL,
        occurrence_id TEXT NOT NULL,
        cadence_id TEXT NOT NULL,
        partnership_id TEXT NOT NULL,
        version INTEGER NOT NULL,    -- of the questions; 0: the usual ones
        opened_at TEXT NOT NULL,
        closes_at TEXT NOT NULL,
        closed_at TEXT,              -- null: still open
        PRIMARY KEY (team_id, occurrence_id),
        FOREIGN KEY (team_id, occurrence_id) REFERENCES occurrences (team_id, id)
    )
    """,
    """
    CREATE INDEX written_turns_by_partnership
    ON written_turns (team_id, partnership_id, closes_at)
    """,
    "CREATE INDEX written_turns_by_cadence ON written_turns (team_id, cadence_id, opened_at)",
    """
    CREATE TABLE written_answers (
        team_id TEXT NOT NULL,
        occurrence_id TEXT NOT NULL,
        person_id TEXT NOT NULL,
        position INTEGER NOT NULL,   -- of the question
        side TEXT NOT NULL,          -- as it was when this was written
        words TEXT,                  -- typed words, may be blanked
        answered_at TEXT NOT NULL,
        late INTEGER NOT NULL,
        PRIMARY KEY (team_id, occurrence_id, person_id, position),
        FOREIGN KEY (team_id, occurrence_id) REFERENCES written_turns (team_id, occurrence_id)
    )
    """,
)
