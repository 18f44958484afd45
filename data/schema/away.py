"""What is stored about people's time away besides from when until when."""

from typing import Final

STAND_INS: Final[tuple[str, ...]] = (
    # The person who is asked meanwhile; null: nobody is. Why somebody is away is not stored.
    "ALTER TABLE away ADD COLUMN stand_in TEXT",
    """
    CREATE INDEX away_by_stand_in ON away (team_id, stand_in, until_at)
    WHERE stand_in IS NOT NULL
    """,
)
