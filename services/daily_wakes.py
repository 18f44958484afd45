"""When somebody's daily message is looked at: as their shift begins, and when something changed."""

from datetime import datetime
from typing import Final

from data import Database, ladder, wakes
from domain.calendars import next_shift
from domain.partnerships import Partnership
from domain.people import Member

WAKE: Final = "daily"
REDRAW: Final = "daily_redraw"


def expect(db: Database, team_id: str, owner: Member, now: datetime) -> None:
    """Have the owner's next shift begin with a look at what they owe, by their present hours."""
    ladder.reckon_again(db, team_id, owner.person.id)
    coming = next_shift(owner.calendar, now)
    if coming is not None:
        wakes.wake_by(db, team_id, WAKE, owner.person.id, None, coming.starts_at)


def follow(db: Database, team_id: str, person_id: str, now: datetime) -> None:
    """Look at once: the person works at other hours, is away, back, or of another side."""
    ladder.reckon_again(db, team_id, person_id)
    touch(db, team_id, person_id, now)


def follow_all(db: Database, partnership: Partnership, now: datetime) -> None:
    """Look at all that anybody owes in a partnership, whose rules or days off changed."""
    for person_id in ladder.reckon_all_again(db, partnership):
        touch(db, partnership.team_id, person_id, now)


def touch(db: Database, team_id: str, person_id: str, now: datetime) -> None:
    """Something changed that the person's message tells of, or will when their shift begins."""
    wakes.set_wake(db, team_id, REDRAW, person_id, None, now)
