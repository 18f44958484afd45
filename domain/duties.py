"""Who is on duty for a side at a moment: the one who was named last for it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from domain.errors import TouchbaseError
from domain.people import Member, Side

Trouble = Literal["nobody", "unknown", "two", "bot", "gone", "other_side", "past", "reversed"]


class UnclearDuty(TouchbaseError):
    """Nobody can be on duty so. ``field``: where it is said in the form."""

    def __init__(self, trouble: Trouble, field: str = "person", name: str = "") -> None:
        super().__init__(trouble)
        self.trouble: Trouble = trouble
        self.field = field
        self.name = name


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """Somebody on duty for a side; ``until_at`` None: until somebody else is."""

    id: str
    side: Side
    person_id: str
    from_at: datetime
    until_at: datetime | None
    set_at: datetime

    def holds(self, now: datetime) -> bool:
        return self.from_at <= now and (self.until_at is None or now < self.until_at)


def holding(every: Iterable[Duty], side: Side, now: datetime) -> list[Duty]:
    """Those that hold for a side, the one that was said last first."""
    found = [one for one in every if one.side == side and one.holds(now)]
    return sorted(found, key=lambda one: (one.set_at, one.id), reverse=True)


def next_change(every: Iterable[Duty], now: datetime) -> datetime | None:
    """When the next of them begins or ends; None: nothing changes by time."""
    moments = [at for one in every for at in (one.from_at, one.until_at) if at is not None]
    return min((at for at in moments if at > now), default=None)


def checked(side: Side, member: Member | None) -> Member:
    """Whoever was named, when they can be on duty for the side.

    Raises:
        UnclearDuty.
    """
    if member is None:
        raise UnclearDuty("unknown")
    if member.person.is_bot:
        raise UnclearDuty("bot")
    if member.person.deleted:
        raise UnclearDuty("gone", name=member.person.name)
    if member.side != side or not member.takes_part:
        raise UnclearDuty("other_side", name=member.person.name)
    return member
