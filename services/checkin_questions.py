"""Whom a check-in's question afterwards asks and when, and how it is drawn; it is put elsewhere."""

from datetime import datetime

from domain.calendars import is_working, next_working
from domain.checkins import CheckIn
from domain.people import Member, Side
from domain.values import value
from services.known import Known
from views import checkin_after
from views.blocks import Drawn


@value
class Asked:
    """The leads who are asked whether a check-in took place.

    Attributes:
        first_at: When it is first asked: at its end, or once one of them works again.
        there: Those who are at work then.
        absent: Those who are not, and are asked in their own hours.
    """

    first_at: datetime
    there: tuple[Member, ...]
    absent: tuple[Member, ...]

    def absent_of(self, side: Side) -> list[Member]:
        return [one for one in self.absent if one.side == side]


def asked_of(known: Known, check_in: CheckIn) -> Asked:
    """Whom it is asked of: the leads of both sides who may be written to."""
    ends_at = check_in.turn.ends_at
    every = [one for one in known.leads if not one.person.is_quiet(ends_at)]
    moments = [next_working(one.calendar, ends_at) for one in every]
    first_at = min((at for at in moments if at is not None), default=ends_at)
    there, absent = list[Member](), list[Member]()
    for one in every:
        (there if is_working(one.calendar, first_at) else absent).append(one)
    return Asked(first_at=first_at, there=tuple(there), absent=tuple(absent))


def later_at(asked: Asked, side: Side, now: datetime) -> datetime | None:
    """When the leads of a side who were not there are asked; None: nobody is left to be asked."""
    later = [next_working(one.calendar, now) for one in asked.absent_of(side)]
    return min((at for at in later if at is not None), default=None)


def drawn_question(known: Known, check_in: CheckIn, absent: Side | None = None) -> Drawn:
    """The question; it mentions the leads who are at work when it is first asked, nobody else.

    Args:
        absent: Asks the leads of this side who are not at work then, in their own hours.
    """
    return drawn_for(check_in, asked_of(known, check_in), absent)


def drawn_for(check_in: CheckIn, asked: Asked, absent: Side | None = None) -> Drawn:
    """As `drawn_question`, of those who are asked."""
    found = asked.there if absent is None else asked.absent_of(absent)
    return checkin_after.after(check_in, [one.person.slack_id for one in found])
