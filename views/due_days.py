"""Why a deliverable is due on an earlier day than the one that was named, in words."""

from collections.abc import Mapping
from typing import Final

from domain.due_days import Named
from views.blocks import quoted
from views.times import day_words

_LABEL_MOST: Final = 60
# Whose day it is: a holiday is the side's; hours and time away may be the owner's alone.
WHY: Final[Mapping[str, str]] = {
    "holiday": "a holiday for {side}",
    "day_off": "a day off for {side}",
    "no_hours": "no working day for its owner",
}


def earlier_words(named: Named, side: str, due: str) -> str:
    """As in: Mon 30 Nov is a holiday for Acme (Bonifacio Day), so it is due Fri 27 Nov 18:00.

    Args:
        side: The name of the side that owes, ready to be drawn.
        due: The due moment in words.
    """
    why = WHY[named.why].format(side=side)
    if named.label is not None:
        why += f" ({quoted(named.label, _LABEL_MOST)})"
    return f"{day_words(named.day)} is {why}, so it is due {due}."
