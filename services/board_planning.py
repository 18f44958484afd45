"""Keeps hub and *This week* true: gathers what stands on them and has them drawn again."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from data import Database, outbox, partnerships, wakes, weeks
from data.wakes import Wake
from domain.boards import Board, DayOff, joined
from domain.partnerships import Partnership
from domain.weeks import holidays_of_week, open_week
from services import (
    agenda_life,
    boards,
    checkin_board,
    deliverable_lists,
    input_turns,
    invitations,
    summary_wakes,
)
from services.known import Known
from services.together import Together
from services.written_board import unwritten
from views.hub import hub
from views.week import this_week

Source = Callable[[Known], Board]


def check_ins(known: Known) -> Board:
    return checkin_board.board(known.turns)


def owed(known: Known) -> Board:
    return deliverable_lists.board(known.db, known.partnership, known.now, known.carded)


def written(known: Known) -> Board:
    return unwritten(known.db, known.partnership, known.now)


def days_off_this_week(known: Known) -> Board:
    """The days of the running week on which a whole side is off, public holidays among them."""
    partnership = known.partnership
    monday = open_week(partnership, known.now)
    found = partnerships.days_off(known.db, partnership, monday, monday + timedelta(days=6))
    taken = [DayOff(side=side, day_on=day, label=label) for side, day, label in found]
    return Board(days_off=(*taken, *holidays_of_week(partnership, monday)))


SOURCES: Final[tuple[Source, ...]] = (
    check_ins,
    owed,
    written,
    days_off_this_week,
)
"""One function for each subject that has something to show."""


def board_of(db: Database, partnership: Partnership, now: datetime) -> Board:
    """All that the live posts of a partnership show at ``now``."""
    return _board(Known(db, partnership, now))


def _board(known: Known) -> Board:
    return joined(source(known) for source in SOURCES)


def _plan(known: Known, wake: Wake) -> None:
    db, partnership, now = known.db, known.partnership, known.now
    wakes.clear_wake(db, wake.team_id, wake.kind, wake.subject_id)
    if input_turns.settle(db, partnership, now):
        known.forget("carded")
    shown = _redraw(known)
    agenda_life.keep_true(known)
    _wake_when_late(db, partnership, shown)
    summary_wakes.touch(db, partnership, now)
    invitations.offer_news(db, partnership, now)


plan: Final = Together(_plan)
"""Redraws the live posts. It reads where it writes, so that no change in between is lost."""


def _wake_when_late(db: Database, partnership: Partnership, shown: Board) -> None:
    """What is due moves to what is late once its time has passed, without anybody's doing."""
    if shown.due:
        due_at = shown.due[0].due_at
        wakes.set_wake(db, partnership.team_id, "boards", partnership.id, partnership.id, due_at)


def redraw(db: Database, partnership: Partnership, now: datetime) -> Board:
    """Bring hub and the newest *This week* to their newest state; older weeks stay as they were.

    Returns:
        What they show now.
    """
    return _redraw(Known(db, partnership, now))


def _redraw(known: Known) -> Board:
    db, partnership, now = known.db, known.partnership, known.now
    board = _board(known)
    drawn = hub(partnership, board)
    team_id = partnership.team_id
    outbox.redraw(db, team_id, partnership.id, boards.hub_key(partnership), drawn.payload, now=now)
    week = weeks.newest(db, partnership)
    if week is not None and week.week_on == open_week(partnership, now):
        payload = this_week(partnership, week.week_on, board).payload
        outbox.redraw(db, team_id, partnership.id, week.key, payload, now=now)
    return board
