"""How far something late is with the sponsors, for whatever tells of it."""

from datetime import datetime
from typing import Final

from data import Database, ladder, people
from data import sponsors as stored
from domain.daily import Item
from domain.deliverables import Commitment
from domain.partnerships import Partnership
from domain.sponsors import Notice

# What a line in somebody's daily message is about.
NOTICE: Final = "notice"
TOLD: Final = "told"
HELP: Final = "help"
ANSWERED: Final = "answered"


def standing(
    db: Database, partnership: Partnership, one: Commitment, now: datetime
) -> Notice | None:
    """The notice that runs, or of which sponsors were told, for the date that it has now."""
    notice = stored.newest(db, one)
    if notice is None or not notice.concerns(one, now):
        return None
    if notice.state == "told":
        return notice
    is_wanted = notice.state == "runs" and partnership.tells_sponsors
    return notice if is_wanted and not waits(db, one) else None


def is_one_named(db: Database, partnership: Partnership) -> bool:
    """Whether a side has a sponsor; where sponsors are told nothing it is not looked at."""
    if not partnership.tells_sponsors:
        return False
    return any(one.is_sponsor for one in people.all_members(db, partnership))


def waits(db: Database, one: Commitment) -> bool:
    """Whether it waits for anything: nothing is asked about it then."""
    return bool(ladder.waiting(db, one.team_id, [one.id]))


def item(notice: Notice, what: str) -> Item:
    """What stands in a daily message: each notice has lines of its own."""
    subject_id = f"{notice.commitment_id}/{what}/{notice.number}"
    return Item(kind="sponsors", partnership_id=notice.partnership_id, subject_id=subject_id)
