"""Puts the post *This week* when each week opens, and closes the one before."""

from datetime import datetime, timedelta
from typing import Final

from data import Database, outbox, wakes, weeks
from data.wakes import Wake
from data.weeks import Week
from domain.outgoing import Message
from domain.partnerships import Partnership
from domain.weeks import next_opening, open_week
from services import after_rest, boards
from services.audiences import may_post
from services.board_planning import board_of
from services.known import Known
from services.together import Together
from views.week import closed_week, this_week

LOOK_AGAIN_AFTER = timedelta(hours=12)


def _plan(known: Known, wake: Wake) -> None:
    if known.partnership.state == "declined":
        wakes.clear_wake(known.db, wake.team_id, wake.kind, wake.subject_id)
        return
    begin_week(known.db, known.partnership, known.now)
    # Also woken when another company has left the channel, which is no pause that ends.
    after_rest.bring_back(known.db, known.partnership, known.now)
    known.forget("thread", "thread_stands")
    known.due_now.add(("boards", known.partnership.id))


plan: Final = Together(_plan)
"""Puts the week's post, or looks again later when nothing may be said in the channel now."""


def begin_week(db: Database, partnership: Partnership, now: datetime) -> bool:
    """Have *This week* stand in the channel, once a week, and look again when the next one opens.

    Called at once when both sides agreed, and when a pause ends.

    Returns:
        True when it is new; False when it stands already, or may not be posted now.
    """
    monday = open_week(partnership, now)
    if not may_post(db, partnership, now):
        _look_again(db, partnership, now + LOOK_AGAIN_AFTER)
        return False
    _look_again(db, partnership, next_opening(partnership, monday))
    before = weeks.newest(db, partnership)
    if not weeks.add(db, partnership, monday, now):
        return False
    if before is not None:
        _close_week(db, partnership, before, now)
    drawn = this_week(partnership, monday, board_of(db, partnership, now))
    message = Message(
        kind="post",
        place=partnership.channel,
        payload=drawn.payload,
        audience="both",
        needs="agreed",
    )
    key = weeks.week_key(partnership, monday)
    outbox.put(db, partnership.team_id, partnership.id, key, message, now=now)
    # What the hub says of "this week" is another week now.
    boards.redraw_soon(db, partnership, now)
    return True


def _close_week(db: Database, partnership: Partnership, week: Week, now: datetime) -> None:
    """What stands in the week that is over is not kept true any more: it says so, once."""
    team_id = partnership.team_id
    shown = outbox.last_drawn(db, team_id, week.key).get("blocks", [])
    payload = closed_week(partnership, week.week_on, shown).payload
    outbox.redraw(db, team_id, partnership.id, week.key, payload, now=now)


def _look_again(db: Database, partnership: Partnership, at: datetime) -> None:
    wakes.set_wake(db, partnership.team_id, "week", partnership.id, partnership.id, at)
