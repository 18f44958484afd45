"""What is stored of people besides: who stands in for them, which partner their Home tab shows."""

from typing import Final

HOMES: Final[tuple[str, ...]] = (
    # Which partner a person's Home tab shows; null: nobody chose one.
    "ALTER TABLE people ADD COLUMN home_partnership TEXT",
)

STAND_INS: Final[tuple[str, ...]] = (
    # The person who is asked meanwhile; null: nobody is. Why somebody is away is not stored.
    "ALTER TABLE away ADD COLUMN stand_in TEXT",
    """
    CREATE INDEX away_by_stand_in ON away (team_id, stand_in, until_at)
    WHERE stand_in IS NOT NULL
    """,
)
