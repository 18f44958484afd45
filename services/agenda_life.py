"""Keeps the agendas that are laid out true, whatever changes of what stands on them."""

from data import cadences
from domain.agenda import has_agenda
from services import checkin_posts
from services.known import Known


def keep_true(known: Known) -> None:
    """Draw the agendas of turns to come again where they stand already."""
    turns = cadences.coming(known.db, known.partnership, "checkin", known.now)
    known.read_posts(turns)
    for turn in turns:
        is_put = any(kind == "agenda" for kind, _ in known.posts(turn))
        is_old = is_put and not known.is_laid_out(turn)
        check_in = known.take_check_in(turn.id) if is_old else None
        if check_in is not None and has_agenda(check_in.cadence.plan):
            checkin_posts.bring_up(known, check_in, ("agenda", "reminder"))
