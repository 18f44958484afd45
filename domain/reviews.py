"""What the other side says of what was delivered: accepted, sent back, or no objection in time."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from domain.calendars import Calendar, next_shift, working_between
from domain.deliverables import Commitment
from domain.partnerships import Partnership
from domain.people import other_side
from domain.waits import moved_on

REVIEW_SHIFTS: Final = 3
# After so many of its working days it is said that a side has not looked at it yet.
NOT_REVIEWED_DAYS: Final = 2
# Where nobody works: long enough to see it, and not for ever.
_NO_SHIFTS: Final = timedelta(days=7)
_MINUTE: Final = timedelta(minutes=1)
# Nobody is due at 14:07.
_STEP: Final = timedelta(minutes=15)


def is_reviewed(one: Commitment, partnership: Partnership) -> bool:
    """Whether the other side has a say in it: not in what a side keeps for itself."""
    return partnership.is_agreed and one.audience != one.side


def objection_until(receiving: Calendar, delivered_at: datetime) -> datetime:
    """Until when it may be sent back: the end of the third whole shift after it was delivered."""
    at, until = delivered_at, delivered_at + _NO_SHIFTS
    for _ in range(REVIEW_SHIFTS):
        shift = next_shift(receiving, at)
        if shift is None:
            return until
        at, until = shift.starts_at, shift.ends_at
    return until


def delivered(one: Commitment, partnership: Partnership, now: datetime) -> Commitment:
    """It is there; the other side may look at it."""
    receiving = partnership.side(other_side(one.side)).calendar
    until = objection_until(receiving, now) if is_reviewed(one, partnership) else None
    return replace(
        one,
        state="done",
        closed_at=now,
        review=None,
        reviewed_at=None,
        review_until=until,
        stopped_at=None,
    )


def undelivered(one: Commitment) -> Commitment:
    """It was not delivered after all."""
    return replace(
        one, state="accepted", closed_at=None, review=None, reviewed_at=None, review_until=None
    )


def sent_back(one: Commitment, coverage: Calendar, now: datetime) -> Commitment:
    """Open again; its dates move by the working time that it lay with the other side.

    That time counts in quarters of an hour, each that has begun.

    What was delivered in time is due at the end of the next shift at the earliest: whoever is to
    change it has time to.

    Args:
        coverage: Of the side that owes it.
    """
    again = replace(undelivered(one), sent_back=one.sent_back + 1, acknowledged_at=None)
    delivered_at = one.closed_at
    if delivered_at is None:
        return again
    lay = working_between(coverage, delivered_at, now)
    moved = moved_on(again, coverage, -(-lay // _STEP) * _STEP // _MINUTE)
    shift = next_shift(coverage, now)
    if shift is None or delivered_at > one.due_at:
        return moved
    is_first_kept = delivered_at <= one.first_due_at
    first = max(moved.first_due_at, shift.ends_at) if is_first_kept else moved.first_due_at
    return replace(moved, due_at=max(moved.due_at, shift.ends_at), first_due_at=first)


def minutes_moved(before: Commitment, after: Commitment, coverage: Calendar) -> int:
    """By how much working time its date moved."""
    return working_between(coverage, before.due_at, after.due_at) // _MINUTE
