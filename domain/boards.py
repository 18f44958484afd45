"""What stands on the live posts of a partnership: facts by side, without anybody's name."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Literal

from domain.people import Side
from domain.values import value

WaitsFor = Literal["accept", "agree", "review", "answer", "confirm", "choice", "other"]


@value
class NextCheckIn:
    """The check-in that comes next.

    Attributes:
        turn_id: Of the next meeting, for points to talk about; empty: none is planned.
        is_written: Nobody meets: it is answered in a form.
        seen_at: When it was looked up: far from then its year is said. None: it is not.
        proposed_by: Its side, while the other has not agreed to it; None: nobody is asked.
    """

    turn_id: str
    title: str
    starts_at: datetime
    minutes: int
    agenda_points: int = 0
    is_written: bool = False
    seen_at: datetime | None = None
    proposed_by: Side | None = None


@value
class Waiting:
    """Something that waits for a side.

    Attributes:
        title: Typed by people.
        waits_for: What the side is asked to do.
    """

    side: Side
    title: str
    waits_for: WaitsFor
    since: datetime
    link: str | None = None


@value
class Due:
    """Something a side owes.

    Attributes:
        title: Typed by people.
        link: To its card; None when it has none that can be linked yet.
        unanswered: Of what is late: the first thing it waits for that the other side was asked
            for and has not answered.
    """

    side: Side
    title: str
    due_at: datetime
    link: str | None = None
    unanswered: Waiting | None = None


@value
class DayOff:
    """``label`` None: no word was given for it."""

    side: Side
    day_on: date
    label: str | None = None


@value
class Board:
    """All that a live post shows, or one subject's part of it. Lists are oldest first.

    Attributes:
        late: Due before now; not among what is due.
    """

    next_check_in: NextCheckIn | None = None
    late: tuple[Due, ...] = ()
    due: tuple[Due, ...] = ()
    waiting: tuple[Waiting, ...] = ()
    days_off: tuple[DayOff, ...] = ()


def joined(parts: Iterable[Board]) -> Board:
    """One board from the parts of several subjects; the earliest check-in is the next one."""
    every = list(parts)
    coming = [part.next_check_in for part in every if part.next_check_in is not None]
    return Board(
        next_check_in=min(coming, key=lambda c: c.starts_at, default=None),
        late=_by_date(d for part in every for d in part.late),
        due=_by_date(d for part in every for d in part.due),
        waiting=tuple(
            sorted((w for p in every for w in p.waiting), key=lambda w: (w.since, w.title))
        ),
        days_off=tuple(
            sorted((d for p in every for d in p.days_off), key=lambda d: (d.day_on, d.side))
        ),
    )


def _by_date(every: Iterable[Due]) -> tuple[Due, ...]:
    return tuple(sorted(every, key=lambda d: (d.due_at, d.title)))
