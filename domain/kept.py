"""How promises were kept, by side; no figure of a person."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from domain.deliverables import Commitment, DateChange
from domain.people import Side

# Fewer say nothing about a side, and perhaps something about a person.
FEWEST: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """Something that a side owed, with the new dates that people gave it, in order."""

    commitment: Commitment
    changes: tuple[DateChange, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What counts for one side.

    Attributes:
        due: All that was promised and due.
        first, last: Kept at the first date, and at the one it had in the end.
        told_before: Got a new date, always before the old one had passed.
        told_after: Got a new date only then.
        sent_back: Was delivered and sent back, once or more.
        no_objection: Nobody said anything about it in time; that is no acceptance.
    """

    due: int = 0
    first: int = 0
    last: int = 0
    told_before: int = 0
    told_after: int = 0
    sent_back: int = 0
    accepted: int = 0
    no_objection: int = 0

    @property
    def is_enough(self) -> bool:
        return self.due >= FEWEST


def kept(promises: Iterable[Promise], side: Side, now: datetime) -> Kept:
    """Of what was promised; what waits for the other side with its clock stopped is not due."""
    every = [one for one in promises if one.commitment.side == side and _counts(one, now)]
    moved = [one.changes for one in every if one.changes]
    return Kept(
        due=len(every),
        first=sum(_in_time(one.commitment, one.commitment.first_due_at) for one in every),
        last=sum(_in_time(one.commitment, one.commitment.due_at) for one in every),
        told_before=sum(all(change.was_early for change in each) for each in moved),
        told_after=sum(not all(change.was_early for change in each) for each in moved),
        sent_back=sum(one.commitment.sent_back > 0 for one in every),
        accepted=sum(one.commitment.review == "approved" for one in every),
        no_objection=sum(one.commitment.review == "no_objection" for one in every),
    )


def slips(commitment: Commitment, history: Iterable[DateChange]) -> tuple[DateChange, ...]:
    """Of all its dates those that people changed after it was accepted."""
    chosen = [one for one in history if one.old_due_at is not None and one.cause is None]
    return tuple(chosen[len(chosen) - commitment.moves :]) if commitment.moves else ()


def _counts(one: Promise, now: datetime) -> bool:
    commitment = one.commitment
    if commitment.state == "done":
        return True
    return commitment.state == "accepted" and commitment.is_late(now)


def _in_time(commitment: Commitment, due_at: datetime) -> bool:
    closed_at = commitment.closed_at
    return commitment.state == "done" and closed_at is not None and closed_at <= due_at
