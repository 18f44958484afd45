"""How much somebody has promised, for their own eyes when they take one more."""

from collections.abc import Iterable
from dataclasses import dataclass

from domain import zones
from domain.deliverables import Commitment


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """What a person owes besides the one in question.

    Attributes:
        count: Promises that are open.
        that_day: Of these, due on the same day.
    """

    count: int
    that_day: int


def load_beside(one: Commitment, every: Iterable[Commitment], zone: str) -> Load:
    """What a person owes besides one, among all that they owe.

    Args:
        zone: On whose clock a day begins.
    """
    others = [
        other
        for other in every
        if other.id != one.id and other.is_open and other.state == "accepted"
    ]
    day = zones.local(one.due_at, zone).date()
    same = sum(zones.local(other.due_at, zone).date() == day for other in others)
    return Load(count=len(others), that_day=same)
