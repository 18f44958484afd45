"""The table of what is handed over from one person of a side to another."""

from typing import Final

SQL: Final[tuple[str, ...]] = (
    """
    CREATE TABLE hand_overs (
        team_id TEXT NOT NULL,
        commitment_id TEXT NOT NULL,
        from_id TEXT NOT NULL,       -- who owes it until the other takes it on
        to_id TEXT NOT NULL,
        state TEXT NOT NULL,         -- asked, taken, refused, passed (was a proposal)
        changed_at TEXT NOT NULL,
        PRIMARY KEY (team_id, commitment_id),
        FOREIGN KEY (team_id, commitment_id) REFERENCES commitments (team_id, id)
    ) WITHOUT ROWID
    """,
    "CREATE INDEX hand_overs_to ON hand_overs (team_id, to_id) WHERE state = 'asked'",
    "CREATE INDEX hand_overs_from ON hand_overs (team_id, from_id, changed_at)",
)
