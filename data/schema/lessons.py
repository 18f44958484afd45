"""The table of what both sides learned, as leads wrote it down."""

from typing import Final

SQL: Final[tuple[str, ...]] = (
    """
    CREATE TABLE lessons (
        team_id TEXT NOT NULL,
        id TEXT NOT NULL,
        partnership_id TEXT NOT NULL,
        survey_id TEXT NOT NULL,     -- the look back; its newest that was not undone holds
        written_by TEXT NOT NULL,
        side TEXT NOT NULL,          -- of the lead
        written_at TEXT NOT NULL,
        undone_at TEXT,              -- null: not taken back
        first TEXT,                  -- typed words, may be blanked
        second TEXT,                 -- typed words, may be blanked; null: no second one
        third TEXT,                  -- typed words, may be blanked; null: no third one
        PRIMARY KEY (team_id, id),
        FOREIGN KEY (team_id, partnership_id) REFERENCES partnerships (team_id, id),
        FOREIGN KEY (team_id, survey_id) REFERENCES surveys (team_id, id)
    )
    """,
    "CREATE INDEX lessons_by_survey ON lessons (team_id, survey_id, written_at)",
    "CREATE INDEX lessons_by_partnership ON lessons (team_id, partnership_id, written_at)",
)
