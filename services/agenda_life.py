"""Keeps the agendas that are laid out true, whatever changes of what stands on them."""

from domain.agenda import has_agenda
from services import checkin_posts
from services.known import Known


def keep_true(known: Known) -> None:
    """Draw the agendas of turns to come again where they stand already."""
    for check_in in known.turns.coming():
        is_put = any(kind == "agenda" for kind, _ in known.turns.posts(check_in.turn))
        is_old = is_put and not known.is_laid_out(check_in.turn)
        if is_old and has_agenda(check_in.cadence.plan):
            checkin_posts.bring_up(known, check_in, ("agenda", "reminder"))
