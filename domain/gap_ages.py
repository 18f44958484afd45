"""From when something counts as open: working time and holes in which nobody listened."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from domain.calendars import Calendar, is_working, next_shift, next_working
from domain.findings import (
    Span,
    Week,
)

_INSTANT: Final = timedelta(microseconds=1)


def counts_from(
    calendar: Calendar, moment: datetime, holes: Sequence[Span] = ()
) -> datetime | None:
    """From when something that is due at ``moment`` counts as late.

    That is the moment itself where it lies in working time or ends it; what falls into a day off
    or a hole counts from the next working moment after it. None: nobody works any more.
    """
    found: datetime | None = moment
    while found is not None:
        hole = next((h for h in holes if h.holds(found)), None)
        if hole is not None:
            found = next_working(calendar, hole.until_at)
        elif is_working(calendar, found) or is_working(calendar, found - _INSTANT):
            return found
        else:
            found = next_working(calendar, found)
    return None


def shifts_later(calendar: Calendar, since: datetime, count: int, week: Week) -> datetime | None:
    """When the ``count``-th whole shift after ``since`` ended; None if not by the end of the span.

    Shifts that meet a hole do not count.
    """
    until, at = min(week.now, week.span.until_at), since
    while (shift := next_shift(calendar, at)) is not None and shift.ends_at <= until:
        at = shift.starts_at
        count -= not any(hole.meets(shift.starts_at, shift.ends_at) for hole in week.holes)
        if not count:
            return shift.ends_at
    return None
