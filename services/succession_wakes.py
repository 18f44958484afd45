"""When it is looked at who sees to what is given to a side, or was owed by somebody gone."""

from datetime import datetime
from typing import Final

from data import Database, wakes
from domain.partnerships import Partnership

KIND: Final = "succession"


def soon(db: Database, partnership: Partnership, now: datetime) -> None:
    """Somebody left, came, leads, is away or on duty: look at once who sees to what."""
    wakes.wake_by(db, partnership.team_id, KIND, partnership.id, partnership.id, now)
