"""Tables of what each side brings to a check-in, and what came of it turn by turn."""

from typing import Final

SQL: Final[tuple[str, ...]] = (
    # A row never changes but for its end: an input that is changed is another one.
    """
    CREATE TABLE inputs (
        team_id TEXT NOT NULL,
        id TEXT NOT NULL,
        cadence_id TEXT NOT NULL,
        partnership_id TEXT NOT NULL,
        side TEXT NOT NULL,          -- which brings it
        words TEXT NOT NULL,         -- typed words, may be blanked
        working_days_before INTEGER NOT NULL,
        owner_person_id TEXT,        -- null: a lead of the side
        made_by TEXT NOT NULL,
        made_side TEXT NOT NULL,     -- whose lead asked for it
        made_at TEXT NOT NULL,
        retired_at TEXT,             -- null: it is brought
        PRIMARY KEY (team_id, id),
        FOREIGN KEY (team_id, cadence_id) REFERENCES cadences (team_id, id)
    )
    """,
    "CREATE INDEX inputs_by_partnership ON inputs (team_id, partnership_id)",
    # A turn that nobody was told of may go while this still has to be called off.
    """
    CREATE TABLE input_commitments (
        team_id TEXT NOT NULL,
        occurrence_id TEXT NOT NULL,
        input_id TEXT NOT NULL,
        commitment_id TEXT NOT NULL,
        turn_at TEXT NOT NULL,       -- the start for which its date was reckoned
        PRIMARY KEY (team_id, occurrence_id, input_id),
        FOREIGN KEY (team_id, input_id) REFERENCES inputs (team_id, id),
        FOREIGN KEY (team_id, commitment_id) REFERENCES commitments (team_id, id)
    )
    """,
    "CREATE INDEX input_commitments_by_input ON input_commitments (team_id, input_id)",
)
