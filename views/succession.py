"""What both sides read when whoever owed something is gone."""

from domain.deliverables import Commitment
from domain.partnerships import Partnership
from views.blocks import Drawn
from views.deliverables import due_words, line_of, side_name, subject


def left_line(partnership: Partnership, commitment: Commitment) -> Drawn:
    """Tells the thread, once, that somebody else of the side is asked to take it on."""
    side, due = side_name(partnership, commitment.side), due_words(partnership, commitment)
    asked = "to accept it" if commitment.state == "proposed" else "about it now"
    return line_of(
        f"{subject(partnership, commitment)}, due {due}: whoever owed it takes no part any more."
        f" Somebody else at {side} is asked {asked}."
    )
