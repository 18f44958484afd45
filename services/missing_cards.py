"""What was written down while nothing could be said in the channel, shown once it is open."""

from datetime import datetime
from typing import Final

from data import Database, deliverables, journal, outbox
from data.deliverables import card_key
from data.moments import to_text
from domain.deliverables import Commitment
from domain.partnerships import Partnership
from services import boards, deliverable_posts
from services.audiences import may_post
from services.deliverable_notes import LISTED
from services.replies import reply
from views.deliverable_lists import meanwhile

# More cards at once are a burden: they are told in one line, and get a card when they change.
CARDS_MOST: Final = 6


def put_missing(db: Database, partnership: Partnership, now: datetime) -> None:
    """Show whatever is open and has no card, as far as anything may be said now.

    Safe to repeat: what has a card, or was told in a line, is left alone.
    """
    if boards.week_key(db, partnership) is None or not may_post(db, partnership, now):
        return
    every = (known.commitment for known in deliverables.open_in(db, partnership))
    missing = [one for one in every if not _was_shown(db, one)]
    if len(missing) > CARDS_MOST:
        _tell_in_one(db, partnership, missing, now)
        return
    for one in missing:
        deliverable_posts.put_missing_card(db, partnership, one, now)


def _was_shown(db: Database, one: Commitment) -> bool:
    if outbox.state_of(db, one.team_id, card_key(one.id)) is not None:
        return True
    happened = journal.entries(db, one.team_id, "commitment", one.id)
    return any(entry.verb == LISTED for entry in happened)


def _tell_in_one(
    db: Database, partnership: Partnership, missing: list[Commitment], now: datetime
) -> None:
    key = f"deliverables-meanwhile/{partnership.id}/{to_text(now)}"
    if reply(db, partnership, key, meanwhile(partnership, missing), now):
        for one in missing:
            deliverable_posts.note_by_time(db, one, LISTED, now)
