"""What the end of a rest brings back: what stays true and was not said, as it is now."""

from datetime import datetime, timedelta
from typing import Final

from data import Database, deliverables, outbox, outbox_rests, weeks
from data.outbox_rests import RESTS
from domain.outgoing import CLOSED
from domain.partnerships import Partnership
from domain.weeks import open_week
from services import deliverable_posts
from services.audiences import may_post
from services.board_planning import board_of
from services.missing_cards import put_missing
from views.week import this_week

# A rest that is made longer begins anew, and what it stopped before counts as well.
_LOOKED_BACK: Final = timedelta(days=90)


def bring_back(db: Database, partnership: Partnership, now: datetime) -> None:
    """Put *This week* and the cards of what is open, once more or at last, and what changed a post.

    Reminders, questions and lines that were stopped stay unsaid: they told of a moment.
    """
    if not may_post(db, partnership, now):
        return
    since = now - _LOOKED_BACK
    _put_week(db, partnership, now)
    week = weeks.newest(db, partnership)
    thread = None if week is None else week.key
    known = None if thread is None else outbox.state_of(db, partnership.team_id, thread)
    for row in outbox_rests.stopped(db, partnership, since):
        one = deliverables.of_card(db, partnership, row.key)
        if one is not None and one.is_open and known is not None and known.state not in CLOSED:
            drawn = deliverable_posts.card(db, partnership, one, now)
            outbox_rests.put_again(db, row, drawn.payload, thread, now)
    for row in outbox_rests.stopped_drawings(db, partnership, since):
        outbox_rests.put_again(db, row, row.payload, None, now)
    put_missing(db, partnership, now)


def _put_week(db: Database, partnership: Partnership, now: datetime) -> None:
    """The week's post, where the rest began before it had left."""
    week = weeks.newest(db, partnership)
    row = None if week is None else outbox.by_key(db, partnership.team_id, week.key)
    if week is None or row is None or row.state != "dropped" or row.reason not in RESTS:
        return
    if week.week_on == open_week(partnership, now):
        drawn = this_week(partnership, week.week_on, board_of(db, partnership, now))
        outbox_rests.put_again(db, row, drawn.payload, None, now)
