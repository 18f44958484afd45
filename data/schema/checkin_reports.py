"""Tables of what came of a check-in, as each side tells it, and what was promised there."""

from typing import Final

SQL: Final[tuple[str, ...]] = (
    """
    CREATE TABLE checkin_reports (
        team_id TEXT NOT NULL,
        occurrence_id TEXT NOT NULL,
        side TEXT NOT NULL,
        started_late_side TEXT NOT NULL,  -- unsaid, none, client, vendor, both
        roles TEXT NOT NULL,         -- codes of the own side's roles, comma separated
        notes_link TEXT,             -- typed words, may be blanked; null: none given
        other_on TEXT,               -- YYYY-MM-DD; null: it took place on its own day
        person_id TEXT NOT NULL,
        at TEXT NOT NULL,
        PRIMARY KEY (team_id, occurrence_id, side),
        FOREIGN KEY (team_id, occurrence_id) REFERENCES occurrences (team_id, id)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE checkin_promises (
        team_id TEXT NOT NULL,
        occurrence_id TEXT NOT NULL,
        commitment_id TEXT NOT NULL,
        PRIMARY KEY (team_id, occurrence_id, commitment_id),
        FOREIGN KEY (team_id, occurrence_id) REFERENCES occurrences (team_id, id),
        FOREIGN KEY (team_id, commitment_id) REFERENCES commitments (team_id, id)
    ) WITHOUT ROWID
    """,
)
