"""Who proposed and agreed what recurs, its earlier rules, and what became of single turns."""

from typing import Final

SQL: Final[tuple[str, ...]] = (
    "ALTER TABLE cadences ADD COLUMN version INTEGER NOT NULL DEFAULT 1",  # rises with each rule
    "ALTER TABLE cadences ADD COLUMN proposed_side TEXT",  # null: came with a template
    "ALTER TABLE cadences ADD COLUMN proposed_at TEXT",  # null: what nobody has to agree to
    "ALTER TABLE cadences ADD COLUMN agreed_at TEXT",  # null: proposed, not agreed
    "ALTER TABLE cadences ADD COLUMN agreed_side TEXT",  # null: agreed with everything else
    "ALTER TABLE cadences ADD COLUMN agreed_by TEXT",
    # What ran before anybody could be asked counts as agreed.
    "UPDATE cadences SET agreed_at = created_at",
    """
    CREATE TABLE cadence_versions (
        team_id TEXT NOT NULL,
        cadence_id TEXT NOT NULL,
        number INTEGER NOT NULL,     -- from 1; the newest stands in cadences too
        from_original TEXT NOT NULL, -- wall time of the first turn by this rule
        rule TEXT NOT NULL,
        local_start TEXT NOT NULL,
        zone TEXT NOT NULL,
        minutes INTEGER NOT NULL,
        made_by TEXT,                -- null: came with a template
        made_at TEXT NOT NULL,
        PRIMARY KEY (team_id, cadence_id, number),
        FOREIGN KEY (team_id, cadence_id) REFERENCES cadences (team_id, id)
    ) WITHOUT ROWID
    """,
    """
    INSERT INTO cadence_versions (team_id, cadence_id, number, from_original, rule, local_start,
        zone, minutes, made_by, made_at)
    SELECT team_id, id, 1, local_start, rule, local_start, zone, minutes, created_by, created_at
    FROM cadences
    """,
    """
    CREATE TABLE occurrence_moves (
        team_id TEXT NOT NULL,
        id TEXT NOT NULL,
        occurrence_id TEXT NOT NULL,
        side TEXT NOT NULL,          -- who did it; of a holiday: whose it is
        person_id TEXT,              -- null: a holiday
        what TEXT NOT NULL,          -- move, skip, cancel, holiday
        from_at TEXT NOT NULL,
        to_at TEXT,                  -- null: it does not take place
        reason_kept INTEGER NOT NULL,    -- whether a reason was said; not the words
        notice_minutes INTEGER NOT NULL, -- of the other side's working time before from_at
        at TEXT NOT NULL,
        PRIMARY KEY (team_id, id),
        FOREIGN KEY (team_id, occurrence_id) REFERENCES occurrences (team_id, id)
    )
    """,
    "CREATE INDEX occurrence_moves_by_turn ON occurrence_moves (team_id, occurrence_id, at)",
)
