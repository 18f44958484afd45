"""Tables of surveys that leads answer openly."""

from typing import Final

SQL: Final[tuple[str, ...]] = (
    """
    CREATE TABLE signed_surveys (
        team_id TEXT NOT NULL,
        id TEXT NOT NULL,
        partnership_id TEXT NOT NULL,
        purpose TEXT NOT NULL,       -- weekly, quarterly
        opened_at TEXT NOT NULL,
        closes_at TEXT NOT NULL,
        closed_at TEXT,              -- null while it can be answered
        PRIMARY KEY (team_id, id),
        FOREIGN KEY (team_id, partnership_id) REFERENCES partnerships (team_id, id)
    )
    """,
    """
    CREATE INDEX signed_surveys_by_partnership
    ON signed_surveys (team_id, partnership_id, opened_at)
    """,
    """
    CREATE TABLE signed_questions (
        team_id TEXT NOT NULL,
        survey_id TEXT NOT NULL,
        position INTEGER NOT NULL,
        code TEXT NOT NULL,
        kind TEXT NOT NULL,          -- scale, yes_no, text
        words TEXT,                  -- typed words, may be blanked; null: one of ours
        PRIMARY KEY (team_id, survey_id, position),
        FOREIGN KEY (team_id, survey_id) REFERENCES signed_surveys (team_id, id)
    )
    """,
    """
    CREATE TABLE signed_asked (
        team_id TEXT NOT NULL,
        survey_id TEXT NOT NULL,
        person_id TEXT NOT NULL,
        side TEXT NOT NULL,          -- as it was when it opened
        PRIMARY KEY (team_id, survey_id, person_id),
        FOREIGN KEY (team_id, survey_id) REFERENCES signed_surveys (team_id, id)
    )
    """,
    "CREATE INDEX signed_asked_by_person ON signed_asked (team_id, person_id)",
    """
    CREATE TABLE signed_answers (
        team_id TEXT NOT NULL,
        survey_id TEXT NOT NULL,
        position INTEGER NOT NULL,
        person_id TEXT NOT NULL,
        answer TEXT NOT NULL,        -- one of those offered, or typed words, may be blanked
        PRIMARY KEY (team_id, survey_id, position, person_id),
        FOREIGN KEY (team_id, survey_id, person_id)
            REFERENCES signed_asked (team_id, survey_id, person_id)
    )
    """,
)
