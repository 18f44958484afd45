"""Advisors: people of neither side who watch, once a lead of each side has said so."""

from dataclasses import dataclass
from typing import Final, Literal

from domain.errors import TouchbaseError
from domain.people import LISTED_ROLES, Member, Side, other_side

Unfit = Literal["absent", "bot", "gone", "listed"]
Step = Literal["proposed", "agreed", "declined", "taken_back", "ended"]

ADVISORS_MOST: Final = 10


class CannotAdvise(TouchbaseError):
    """Somebody picked cannot be an advisor; ``name``: as in Slack, empty while it is not told."""

    field = "advisors"

    def __init__(self, name: str, unfit: Unfit) -> None:
        super().__init__(unfit)
        self.name = name
        self.unfit = unfit


class NoProposedAdvisor(TouchbaseError):
    """The person is proposed no more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Advising:
    """An advisor. ``proposed_by``: the side that proposes them; None once both sides agreed."""

    person_id: str
    proposed_by: Side | None


def unfit(one: Member | None) -> Unfit | None:
    """Why somebody cannot be an advisor, or None."""
    if one is None:
        return "absent"
    if one.person.is_bot:
        return "bot"
    if one.person.deleted:
        return "gone"
    return "listed" if one.side is not None and one.role in LISTED_ROLES else None


def steps(side: Side, known: list[Advising], picked: list[str]) -> dict[str, Step]:
    """What a lead of ``side`` brings about by naming all advisors, by our ids.

    Naming whom the other side proposes agrees; leaving them out says nothing yet.
    """
    found: dict[str, Step] = {}
    for one in known:
        is_theirs = one.proposed_by == other_side(side)
        if one.person_id in picked:
            if is_theirs:
                found[one.person_id] = "agreed"
        elif not is_theirs:
            found[one.person_id] = "ended" if one.proposed_by is None else "taken_back"
    names = {one.person_id for one in known}
    return found | {person_id: "proposed" for person_id in picked if person_id not in names}
