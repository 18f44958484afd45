"""When two sides can meet: moments at which both work, near a wished one, else who takes over."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from domain.calendars import is_working, next_handover, next_working
from domain.partnerships import Partnership
from domain.people import SIDES, Side, other_side

SHOWN_MOST: Final = 3
# Half a week to each side, so that a weekly turn finds the other days of its own week.
_NEAR: Final = timedelta(hours=84)
_STEPS: Final = (timedelta(hours=1), timedelta(minutes=15))
# Whoever never meets within four weeks is taken never to meet.
_AHEAD: Final = timedelta(days=28)
_INSTANT: Final = timedelta(seconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Takeover:
    """One side works until ``leaves_at``, the other from ``takes_at``, then or later."""

    leaves: Side
    takes: Side
    leaves_at: datetime
    takes_at: datetime


def nearest_shared(
    partnership: Partnership, wished: datetime, length: timedelta, not_before: datetime
) -> list[datetime]:
    """Up to three moments near a wished one at which both sides work, the nearest first.

    They are whole hours away from it, quarters of an hour where no whole hour suits. Moments at
    which both work until the end come before all others; without any, the start alone counts.
    """
    first = next_time_of_both(partnership, max(wished - _NEAR, not_before))
    if first is None or first > wished + _NEAR:
        return []
    for held in (length - _INSTANT, timedelta(0)):
        for step in _STEPS:
            near = _around(wished, step, not_before)
            found = [at for at in near if _both_work(partnership, at, at + held)]
            if found:
                return found[:SHOWN_MOST]
    return []


def next_time_of_both(partnership: Partnership, moment: datetime) -> datetime | None:
    """The first moment from ``moment`` on at which both work; None: none within four weeks."""
    home, other = (partnership.side(side).calendar for side in SIDES)
    at: datetime | None = moment
    while at is not None and at - moment <= _AHEAD:
        of_home = next_working(home, at)
        of_other = None if of_home is None else next_working(other, of_home)
        if of_home is not None and of_home == of_other:
            return of_home
        at = of_other
    return None


def nearest_takeover(partnership: Partnership, moment: datetime) -> Takeover | None:
    """Of the next two the one with the shorter wait; None where a side does not work at all."""
    found = [one for side in SIDES if (one := _takeover(partnership, side, moment)) is not None]
    return min(found, key=lambda one: (one.takes_at - one.leaves_at, one.takes_at), default=None)


def _takeover(partnership: Partnership, leaves: Side, moment: datetime) -> Takeover | None:
    takes = other_side(leaves)
    calendars = (partnership.side(leaves).calendar, partnership.side(takes).calendar)
    found = next_handover(*calendars, moment)
    if found is None:
        return None
    return Takeover(leaves=leaves, takes=takes, leaves_at=found.leaves_at, takes_at=found.takes_at)


def _around(wished: datetime, step: timedelta, not_before: datetime) -> Iterable[datetime]:
    """Every moment near the wished one, by steps, the nearest first; of two the later one."""
    for count in range(1, _NEAR // step + 1):
        for at in (wished + count * step, wished - count * step):
            if at >= not_before:
                yield at


def _both_work(partnership: Partnership, start: datetime, end: datetime) -> bool:
    calendars = [partnership.side(side).calendar for side in SIDES]
    return all(is_working(one, at) for one in calendars for at in (start, end))
