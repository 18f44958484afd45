"""Keeps the agendas that are laid out true, whatever changes of what stands on them."""

from datetime import datetime

from data import Database, cadences, checkins, outbox
from domain.agenda import has_agenda
from domain.partnerships import Partnership
from services import checkin_posts
from services.checkin_facts import check_in_of


def keep_true(db: Database, partnership: Partnership, now: datetime) -> None:
    """Draw the agendas of turns to come again where they stand already."""
    for turn in cadences.coming(db, partnership, "checkin", now):
        key = checkins.post_key(turn, "agenda")
        is_put = outbox.state_of(db, turn.team_id, key) is not None
        check_in = check_in_of(db, turn, partnership) if is_put else None
        if check_in is not None and has_agenda(check_in.cadence.plan):
            checkin_posts.redraw(db, check_in, now, ("agenda", "reminder"))
