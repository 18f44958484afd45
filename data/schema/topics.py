"""Tables of what is talked about regularly, and what became of each topic and point."""

from typing import Final

SQL: Final[tuple[str, ...]] = (
    # What came with the template and was never changed or talked about has no row.
    """
    CREATE TABLE topics (
        team_id TEXT NOT NULL,
        id TEXT NOT NULL,
        partnership_id TEXT NOT NULL,
        code TEXT,                   -- null: somebody typed it
        words TEXT,                  -- typed words, may be blanked; null: those of its code
        every_weeks INTEGER NOT NULL,
        audience TEXT NOT NULL,      -- both, leads
        position INTEGER NOT NULL,
        made_at TEXT NOT NULL,
        retired_at TEXT,             -- null: it is talked about
        PRIMARY KEY (team_id, id),
        FOREIGN KEY (team_id, partnership_id) REFERENCES partnerships (team_id, id)
    )
    """,
    "CREATE INDEX topics_by_partnership ON topics (team_id, partnership_id)",
    """
    CREATE TABLE topic_outcomes (
        team_id TEXT NOT NULL,
        occurrence_id TEXT NOT NULL,
        topic_id TEXT NOT NULL,
        outcome TEXT NOT NULL,       -- decided, parked, not_reached
        person_id TEXT NOT NULL,
        said_at TEXT NOT NULL,
        PRIMARY KEY (team_id, occurrence_id, topic_id),
        FOREIGN KEY (team_id, occurrence_id) REFERENCES occurrences (team_id, id),
        FOREIGN KEY (team_id, topic_id) REFERENCES topics (team_id, id)
    )
    """,
    "CREATE INDEX topic_outcomes_by_topic ON topic_outcomes (team_id, topic_id)",
    """
    CREATE TABLE point_outcomes (
        team_id TEXT NOT NULL,
        occurrence_id TEXT NOT NULL, -- at which it was talked about; it may be of an earlier turn
        point_id TEXT NOT NULL,
        outcome TEXT NOT NULL,       -- decided, parked, not_reached
        person_id TEXT NOT NULL,
        said_at TEXT NOT NULL,
        PRIMARY KEY (team_id, occurrence_id, point_id),
        FOREIGN KEY (team_id, occurrence_id) REFERENCES occurrences (team_id, id),
        FOREIGN KEY (team_id, point_id) REFERENCES agenda_points (team_id, id)
    )
    """,
    """
    CREATE TABLE topic_nones (
        team_id TEXT NOT NULL,
        occurrence_id TEXT NOT NULL,
        topic_id TEXT NOT NULL,
        side TEXT NOT NULL,          -- which says that it has nothing to say about it
        person_id TEXT NOT NULL,
        said_at TEXT NOT NULL,
        PRIMARY KEY (team_id, occurrence_id, topic_id, side),
        FOREIGN KEY (team_id, occurrence_id) REFERENCES occurrences (team_id, id)
    )
    """,
    """
    CREATE TABLE topic_changes (
        team_id TEXT NOT NULL,
        id TEXT NOT NULL,
        partnership_id TEXT NOT NULL,
        topic_id TEXT NOT NULL,
        side TEXT NOT NULL,
        person_id TEXT NOT NULL,
        before TEXT,                 -- JSON, with typed words, may be blanked; null: it was new
        after TEXT NOT NULL,         -- the same
        made_at TEXT NOT NULL,
        undone_at TEXT,              -- null: it holds
        PRIMARY KEY (team_id, id),
        FOREIGN KEY (team_id, topic_id) REFERENCES topics (team_id, id)
    )
    """,
)
