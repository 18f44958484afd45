"""When somebody's daily message is looked at: as their shift begins, and when something changed."""

from datetime import datetime
from typing import Final

from data import Database, wakes
from domain.calendars import next_shift
from domain.people import Member

WAKE: Final = "daily"
REDRAW: Final = "daily_redraw"


def expect(db: Database, team_id: str, owner: Member, now: datetime) -> None:
    """Have the owner's next shift begin with a look at what they owe."""
    coming = next_shift(owner.calendar, now)
    if coming is not None:
        wakes.wake_by(db, team_id, WAKE, owner.person.id, None, coming.starts_at)


def touch(db: Database, team_id: str, person_id: str, now: datetime) -> None:
    """Something changed that the person's message tells of, or will when their shift begins."""
    wakes.set_wake(db, team_id, REDRAW, person_id, None, now)
