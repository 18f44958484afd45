"""Who agrees to a check-in that one side proposed; how it recurs is not here."""

from datetime import datetime
from typing import Literal

from domain.cadences import UNDO_FOR, Cadence
from domain.errors import TouchbaseError
from domain.people import Side
from domain.values import value

MoveKind = Literal["move", "skip", "cancel", "holiday"]


class ChangedMeanwhile(TouchbaseError):
    """What a button or form shows of a check-in is not how it is any more.

    Attributes:
        side: Who changed it; None: nobody knows.
    """

    def __init__(self, cadence: Cadence) -> None:
        super().__init__(cadence.id)
        self.side = cadence.proposed_side


class OwnCheckIn(TouchbaseError):
    """A side cannot agree to what it proposed itself."""


class AgreedLongAgo(TouchbaseError):
    """A check-in was agreed to too long ago to take that back."""


class NobodyToAgree(TouchbaseError):
    """A side has neither lead nor member, so nobody would come.

    Attributes:
        side_name: As people call the side.
    """

    def __init__(self, side_name: str) -> None:
        super().__init__(side_name)
        self.side_name = side_name


@value
class TurnMove:
    """What became of one turn.

    Attributes:
        side: Who did it; of a holiday: whose it is.
        person_id: None of a holiday.
        to_at: None: it does not take place.
        reason_kept: Whether a reason was said; the words are not kept.
        notice_minutes: Of the other side's working time between ``at`` and the old start.
    """

    id: str
    occurrence_id: str
    side: Side
    person_id: str | None
    what: MoveKind
    from_at: datetime
    to_at: datetime | None
    reason_kept: bool
    notice_minutes: int
    at: datetime


def require_answerable(cadence: Cadence, version: int, side: Side) -> None:
    """Let through a side's answer to a proposal as it was shown.

    Raises:
        ChangedMeanwhile: Its rule was written anew, or it ended.
        OwnCheckIn: It is this side's own proposal.
    """
    if cadence.version != version or cadence.state != "active":
        raise ChangedMeanwhile(cadence)
    if cadence.proposed_side == side:
        raise OwnCheckIn(cadence.id)


def require_undoable(cadence: Cadence, now: datetime) -> None:
    """Let through that an agreement is taken back within a day.

    Raises:
        AgreedLongAgo.
    """
    if cadence.agreed_at is None or now > cadence.agreed_at + UNDO_FOR:
        raise AgreedLongAgo(cadence.id)
