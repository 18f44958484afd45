"""Who may take over for good what another owes; standing in for a while is another thing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from domain.deliverables import Commitment
from domain.errors import TouchbaseError
from domain.people import Member

State = Literal["asked", "taken", "refused", "passed"]
Trouble = Literal["nobody", "unknown", "same", "bot", "gone", "other_side", "hidden"]


class CannotHandOver(TouchbaseError):
    """It cannot be handed to whoever was chosen. ``field``: of the form."""

    def __init__(self, trouble: Trouble, name: str = "") -> None:
        super().__init__(trouble)
        self.trouble: Trouble = trouble
        self.name = name
        self.field = "owner"


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver:
    """Something handed from one person of a side to another.

    Attributes:
        state: ``passed``: it was only proposed, and is proposed to the other now.
    """

    team_id: str
    commitment_id: str
    from_id: str
    to_id: str
    state: State
    changed_at: datetime

    def is_asked(self, commitment: Commitment) -> bool:
        """Whether the other may still take it on: it is open, and owed by the same person."""
        stands = commitment.state == "accepted" and commitment.owner_id == self.from_id
        return self.state == "asked" and stands


def checked_successor(commitment: Commitment, chosen: Member | None) -> Member:
    """Whoever was chosen, when they can see to it.

    Raises:
        CannotHandOver.
    """
    if chosen is None:
        raise CannotHandOver("unknown")
    trouble = _trouble(commitment, chosen)
    if trouble is not None:
        raise CannotHandOver(trouble, chosen.person.name)
    return chosen


def successors(commitment: Commitment, members: Iterable[Member]) -> list[Member]:
    """Those who can see to it, by name."""
    fit = (one for one in members if _trouble(commitment, one) is None)
    return sorted(fit, key=lambda one: (one.person.name.casefold(), one.person.id))


def _trouble(commitment: Commitment, chosen: Member) -> Trouble | None:
    if chosen.person.is_bot:
        return "bot"
    if chosen.person.deleted:
        return "gone"
    if chosen.person.id == commitment.owner_id:
        return "same"
    if chosen.side != commitment.side or not chosen.takes_part:
        return "other_side"
    if commitment.audience == "leads" and not chosen.is_lead:
        return "hidden"
    return None
