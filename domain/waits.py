"""What a deliverable waits for, and the working time that it loses while that is late.

The clock of what waits stands still from the date by which something of the other side was
promised until it is there; then its own dates move by the working time that was lost.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final, Literal, TypeAlias

from domain.calendars import Calendar, add_working, working_between
from domain.deliverables import Commitment
from domain.errors import TouchbaseError

EndedWhy = Literal["came", "gone", "over"]
# From a moment until a moment that is not part of it.
Stretch: TypeAlias = tuple[datetime, datetime]

WORDS_MOST: Final = 300
_MINUTE: Final = timedelta(minutes=1)


class WaitsInCircle(TouchbaseError):
    """What would wait is already waited for.

    Attributes:
        titles: From what it would wait for, each waiting for the next, back to itself.
    """

    def __init__(self, titles: Sequence[str]) -> None:
        super().__init__(len(titles))
        self.titles = tuple(titles)


class UnknownWait(TouchbaseError):
    """It waits for this no more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """That a deliverable waits for something.

    Attributes:
        on_id: Of the deliverable that it waits for; None: it waits for what ``words`` say.
        words: Typed by people.
        due_at: By when the other side promised it; None: it promised nothing (so far).
        until_at: None while it waits.
        ended_why: It came, was withdrawn or not taken on, or nobody waits for it any more.
    """

    id: str
    commitment_id: str
    since_at: datetime
    said_by: str
    on_id: str | None = None
    words: str | None = None
    due_at: datetime | None = None
    until_at: datetime | None = None
    ended_why: EndedWhy | None = None

    @property
    def late_from(self) -> datetime | None:
        """From when on it costs time, if it is not there by then; None: never."""
        return None if self.due_at is None else max(self.due_at, self.since_at)

    def late_stretch(self, now: datetime) -> Stretch | None:
        """From when until when it waited for what was late; None: never."""
        start, end = self.late_from, self.until_at or now
        return (start, end) if start is not None and start < end else None


def circle(
    edges: Mapping[str, Sequence[str]], waiting_id: str, input_id: str
) -> tuple[str, ...] | None:
    """How what is to be waited for waits for what would wait: the shortest way; None: it does not.

    Args:
        edges: By what waits: what it waits for.
    """
    came_from: dict[str, str | None] = {input_id: None}
    ahead = [input_id]
    for one in ahead:
        if one == waiting_id:
            return _way(came_from, one)
        for further in edges.get(one, ()):
            if further not in came_from:
                came_from[further] = one
                ahead.append(further)
    return None


def _way(came_from: Mapping[str, str | None], last: str) -> tuple[str, ...]:
    way, at = [last], came_from[last]
    while at is not None:
        way.append(at)
        at = came_from[at]
    return tuple(reversed(way))


def lost_minutes(coverage: Calendar, stretches: Iterable[Stretch]) -> int:
    """The whole minutes of working time in some stretches; what several share counts once.

    Args:
        coverage: Of the side that waits.
    """
    passed = (working_between(coverage, start, end) for start, end in _joined(stretches))
    return sum(passed, timedelta(0)) // _MINUTE


def stopped_since(open_waits: Iterable[Wait], now: datetime) -> datetime | None:
    """Since when the clock stands still; None: it runs.

    Args:
        open_waits: All that it waits for.
    """
    late_from = (one.late_from for one in open_waits)
    return min((at for at in late_from if at is not None and at <= now), default=None)


def stops_at(open_waits: Iterable[Wait], now: datetime) -> datetime | None:
    """When the clock stops next because something is not there by then; None: nothing is known."""
    coming = [one.due_at for one in open_waits if one.due_at is not None and one.due_at > now]
    return min(coming, default=None)


def moved_on(one: Commitment, coverage: Calendar, minutes: int) -> Commitment:
    """The same with its dates later by some working time, and nobody's slip."""
    amount = timedelta(minutes=minutes)
    due_at = add_working(coverage, one.due_at, amount)
    first_due_at = add_working(coverage, one.first_due_at, amount)
    if due_at is None or first_due_at is None:
        return one
    return replace(
        one,
        due_at=due_at,
        first_due_at=first_due_at,
        asked_at=None,
        acknowledged_at=None,
        snoozed_until=None,
    )


def _joined(stretches: Iterable[Stretch]) -> list[Stretch]:
    joined: list[Stretch] = []
    for start, end in sorted(stretches):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
