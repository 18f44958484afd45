"""Why something that was named by a day is due on an earlier one; the moment itself is not here."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from domain.calendars import Calendar, is_day_off, is_working_day
from domain.deliverables import Due, Unclear
from domain.weeks import holiday_on

NoWork = Literal["holiday", "day_off", "no_hours"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A day that was named, on which the owner does not work.

    Attributes:
        label: The holiday's name; None for other reasons, and for a holiday that has none.
    """

    day: date
    why: NoWork
    label: str | None = None


def named_day_off(due: Due, calendar: Calendar) -> Named | None:
    """The named day when no shift starts on it, so that an earlier one counts; else None.

    Time away is no reason that is told: it looks like any day without hours.
    """
    if due.at is not None or due.day is None or is_working_day(calendar, due.day):
        return None
    why: NoWork = "no_hours"
    if due.day in calendar.days_off:
        why = "day_off"
    elif is_day_off(calendar, due.day):
        why = "holiday"
    return labelled(Named(day=due.day, why=why), calendar)


def same_date(named: Named | None, side_name: str) -> Unclear:
    """Why a new date changes nothing; a day without work means the date that it has already."""
    if named is None:
        return Unclear("due", "same_due")
    return Unclear("due", "same_due_off", [named.day.isoformat(), side_name, named.why])


def labelled(named: Named, calendar: Calendar) -> Named:
    """The same with the name of the holiday that it is on a calendar."""
    if named.why != "holiday":
        return named
    return replace(named, label=holiday_on(calendar, named.day))
