"""Table of the *This week* posts."""

from typing import Final

SQL: Final[tuple[str, ...]] = (
    """
    CREATE TABLE weeks (
        team_id TEXT NOT NULL,
        partnership_id TEXT NOT NULL,
        week_on TEXT NOT NULL,       -- the Monday, YYYY-MM-DD, on the home side's calendar
        outbox_key TEXT NOT NULL,    -- the post under which the week's replies stand
        put_at TEXT NOT NULL,
        PRIMARY KEY (team_id, partnership_id, week_on),
        FOREIGN KEY (team_id, partnership_id) REFERENCES partnerships (team_id, id)
    ) WITHOUT ROWID
    """,
)
