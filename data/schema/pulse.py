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

# Several questions in one survey.
QUESTIONS: Final[tuple[str, ...]] = (
    """
    CREATE TABLE survey_questions (
        team_id TEXT NOT NULL,
        survey_id TEXT NOT NULL,
        position INTEGER NOT NULL,   -- from 1, which is answered by a press
        code TEXT NOT NULL,
        kind TEXT NOT NULL,          -- scale, yes_no, text
        words TEXT,                  -- typed words, may be blanked; null: one of ours
        low TEXT,                    -- typed words, may be blanked; null: as we say it
        high TEXT,
        PRIMARY KEY (team_id, survey_id, position),
        FOREIGN KEY (team_id, survey_id) REFERENCES surveys (team_id, id)
    )
    """,
    """
    INSERT INTO survey_questions (team_id, survey_id, position, code, kind, words)
    SELECT team_id, id, 1, question, 'scale', words FROM surveys
    """,
    "ALTER TABLE surveys DROP COLUMN question",
    "ALTER TABLE surveys DROP COLUMN words",
    # Emptied when the survey is counted. No moment and no order of arrival. What is chosen is one
    # letter or figure, because more or fewer bytes would leave a trace.
    """
    CREATE TABLE survey_replies (
        team_id TEXT NOT NULL,
        survey_id TEXT NOT NULL,
        position INTEGER NOT NULL,
        answerer TEXT NOT NULL,      -- HMAC of question and person under the survey's key
        side TEXT NOT NULL,
        answer TEXT NOT NULL,
        PRIMARY KEY (team_id, survey_id, position, answerer),
        FOREIGN KEY (team_id, survey_id, position)
            REFERENCES survey_questions (team_id, survey_id, position)
    ) WITHOUT ROWID
    """,
    """
    INSERT INTO survey_replies (team_id, survey_id, position, answerer, side, answer)
    SELECT team_id, survey_id, 1, answerer, side, score FROM survey_answers
    """,
    "DROP TABLE survey_answers",
    # Only sides with three answers to the question; of both together where neither has them.
    """
    CREATE TABLE survey_counts (
        team_id TEXT NOT NULL,
        survey_id TEXT NOT NULL,
        position INTEGER NOT NULL,
        side TEXT NOT NULL,          -- client, vendor, both
        answer TEXT NOT NULL,
        answers INTEGER NOT NULL,
        PRIMARY KEY (team_id, survey_id, position, side, answer),
        FOREIGN KEY (team_id, survey_id, position)
            REFERENCES survey_questions (team_id, survey_id, position)
    )
    """,
    """
    INSERT INTO survey_counts (team_id, survey_id, position, side, answer, answers)
    SELECT team_id, survey_id, 1, side, CAST(score AS TEXT), answers FROM survey_scores
    """,
    "DROP TABLE survey_scores",
    # Only sides with five answers to the question; numbered in the order of what they say.
    """
    CREATE TABLE survey_comments (
        team_id TEXT NOT NULL,
        survey_id TEXT NOT NULL,
        position INTEGER NOT NULL,
        side TEXT NOT NULL,
        number INTEGER NOT NULL,
        words TEXT NOT NULL,         -- typed words, may be blanked
        PRIMARY KEY (team_id, survey_id, position, side, number),
        FOREIGN KEY (team_id, survey_id, position)
            REFERENCES survey_questions (team_id, survey_id, position)
    )
    """,
)

TOLD: Final[tuple[str, ...]] = (
    # Null: the channel has not read the results yet.
    "ALTER TABLE surveys ADD COLUMN told_at TEXT",
    "UPDATE surveys SET told_at = closes_at WHERE state = 'closed'",
)

# How many have answered the first question so far, so that nobody has to count them at each press.
RUNNING: Final[tuple[str, ...]] = (
    "ALTER TABLE surveys ADD COLUMN running_client INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE surveys ADD COLUMN running_vendor INTEGER NOT NULL DEFAULT 0",
    """
    UPDATE surveys SET
        running_client = (
            SELECT COUNT(*) FROM survey_replies r
            WHERE r.team_id = surveys.team_id AND r.survey_id = surveys.id AND r.position = 1
                AND r.side = 'client'),
        running_vendor = (
            SELECT COUNT(*) FROM survey_replies r
            WHERE r.team_id = surveys.team_id AND r.survey_id = surveys.id AND r.position = 1
                AND r.side = 'vendor')
    WHERE state = 'open'
    """,
)
