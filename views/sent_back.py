"""That something was delivered and sent back, why, and what it means for its date, in words."""

from datetime import datetime
from typing import Final

from domain.deliverables import Commitment
from domain.partnerships import Partnership
from domain.people import other_side
from domain.values import value
from views.blocks import quoted
from views.deliverables import side_name
from views.times import when

_REASON_MOST: Final = 300
_LISTED_MOST: Final = 80


@value
class SentBack:
    """The last time that something was sent back.

    Attributes:
        reason: Typed by people; None when it is not known any more.
        was_due_at: The date before, where its present one came of it; None: it did not.
    """

    reason: str | None = None
    was_due_at: datetime | None = None


def words(partnership: Partnership, commitment: Commitment, back: SentBack) -> str:
    """Who sent it back and why, and where its date comes from."""
    receiver = side_name(partnership, other_side(commitment.side))
    why = f": “{quoted(back.reason, _REASON_MOST)}”" if back.reason else ""
    return f"{receiver} sent it back{why}.{_moved(partnership, commitment, back)}"


def listed(partnership: Partnership, commitment: Commitment, back: SentBack) -> str:
    """The same in a line of a list."""
    receiver = side_name(partnership, other_side(commitment.side))
    why = f" (“{quoted(back.reason, _LISTED_MOST)}”)" if back.reason else ""
    moved = ", which moved its date" if back.was_due_at is not None else ""
    return f"sent back by {receiver}{why}{moved}"


def _moved(partnership: Partnership, commitment: Commitment, back: SentBack) -> str:
    if back.was_due_at is None:
        return ""
    zone = partnership.side(commitment.side).calendar.zone
    receiver = side_name(partnership, other_side(commitment.side))
    was = when(back.was_due_at, zone)
    return f" Its date was {was}; the time that it lay with {receiver} is added."
