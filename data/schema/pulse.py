"""Tables of pulse surveys: while one is open who was asked and what was answered, then counts."""

from typing import Final

SQL: Final[tuple[str, ...]] = (
    """
    CREATE TABLE surveys (
        team_id TEXT NOT NULL,
        id TEXT NOT NULL,
        partnership_id TEXT NOT NULL,
        occurrence_id TEXT,          -- null: asked besides the weekly one
        question TEXT NOT NULL,
        words TEXT,                  -- typed words, may be blanked; null: of the rotation
        asked_by TEXT,               -- null: time asked
        opened_at TEXT NOT NULL,
        closes_at TEXT NOT NULL,
        state TEXT NOT NULL,         -- open, counted, closed
        asked_client INTEGER NOT NULL,
        asked_vendor INTEGER NOT NULL,
        answered INTEGER,            -- null until counted
        answered_client INTEGER,     -- null until counted, and where fewer than three were asked
        answered_vendor INTEGER,
        PRIMARY KEY (team_id, id),
        FOREIGN KEY (team_id, partnership_id) REFERENCES partnerships (team_id, id)
    )
    """,
    "CREATE INDEX surveys_by_partnership ON surveys (team_id, partnership_id, opened_at)",
    """
    CREATE UNIQUE INDEX surveys_by_turn ON surveys (team_id, occurrence_id)
    WHERE occurrence_id IS NOT NULL
    """,
    # Emptied when the survey is counted.
    """
    CREATE TABLE survey_roster (
        team_id TEXT NOT NULL,
        survey_id TEXT NOT NULL,
        person_id TEXT NOT NULL,
        side TEXT NOT NULL,          -- as it was when the question was asked
        PRIMARY KEY (team_id, survey_id, person_id),
        FOREIGN KEY (team_id, survey_id) REFERENCES surveys (team_id, id)
    ) WITHOUT ROWID
    """,
    # Emptied when the survey is counted. No moment and no order of arrival. The score is a text
    # because a number takes more or fewer bytes by its value, which would leave a trace.
    """
    CREATE TABLE survey_answers (
        team_id TEXT NOT NULL,
        survey_id TEXT NOT NULL,
        answerer TEXT NOT NULL,      -- HMAC of the person's id under the survey's key
        side TEXT NOT NULL,
        score TEXT NOT NULL,
        PRIMARY KEY (team_id, survey_id, answerer),
        FOREIGN KEY (team_id, survey_id) REFERENCES surveys (team_id, id)
    ) WITHOUT ROWID
    """,
    # Only sides with three answers and more.
    """
    CREATE TABLE survey_scores (
        team_id TEXT NOT NULL,
        survey_id TEXT NOT NULL,
        side TEXT NOT NULL,
        score INTEGER NOT NULL,
        answers INTEGER NOT NULL,
        PRIMARY KEY (team_id, survey_id, side, score),
        FOREIGN KEY (team_id, survey_id) REFERENCES surveys (team_id, id)
    )
    """,
)
