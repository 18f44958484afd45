"""A partnership's week: its Monday, when its post may stand there, and its holidays."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from domain import zones
from domain.boards import DayOff
from domain.calendars import Calendar, is_working_day, next_handover, next_shared
from domain.holidays_of import holidays_in
from domain.partnerships import Partnership
from domain.people import SIDES

WEEK = timedelta(days=7)


def week_of(partnership: Partnership, moment: datetime) -> date:
    """The Monday of the week that ``moment`` falls in, on the home side's clock."""
    day = zones.local(moment, partnership.side(partnership.home_side).calendar.zone).date()
    return day - timedelta(days=day.weekday())


def week_starts_at(partnership: Partnership, week_on: date) -> datetime:
    """Midnight with which the Monday begins on the home side's clock."""
    zone = partnership.side(partnership.home_side).calendar.zone
    return zones.to_utc(datetime.combine(week_on, time()), zone)


def week_ends_at(partnership: Partnership, week_on: date) -> datetime:
    return week_starts_at(partnership, week_on + WEEK)


def week_opens_at(partnership: Partnership, week_on: date) -> datetime | None:
    """The first moment of a week at which both sides work; else the first hand-over between them.

    Returns:
        None when in that week neither happens: nobody is there to read.
    """
    start, end = week_starts_at(partnership, week_on), week_ends_at(partnership, week_on)
    home = partnership.side(partnership.home_side).calendar
    other = partnership.side(partnership.guest_side).calendar
    shared = next_shared(home, other, start)
    if shared is not None and shared < end:
        return shared
    handed = [_taken(home, other, start), _taken(other, home, start)]
    return min((at for at in handed if at is not None and at < end), default=None)


def next_opening(partnership: Partnership, after: date) -> datetime:
    """When the first week after that of ``after`` opens; a week without anybody is passed over."""
    for count in range(1, 53):
        found = week_opens_at(partnership, after + count * WEEK)
        if found is not None:
            return found
    return week_starts_at(partnership, after + WEEK)


def holidays_of_week(partnership: Partnership, week_on: date) -> list[DayOff]:
    """The public holidays that take a working day from a side, by name, in order of days."""
    days = [week_on + timedelta(days=count) for count in range(7)]
    return [
        DayOff(side=side, day_on=day, label=name)
        for day in days
        for side in SIDES
        if (name := _holiday(partnership.side(side).calendar, day)) is not None
    ]


def _holiday(calendar: Calendar, day: date) -> str | None:
    """The name of a holiday on a day that would be worked without it."""
    if day in calendar.unticked or not is_working_day(replace(calendar, holiday_countries=()), day):
        return None
    names = [
        holidays_in(country, part, day.year).get(day)
        for country, part in calendar.holiday_countries
    ]
    return next((name for name in names if name is not None), None)


def _taken(leaving: Calendar, taking: Calendar, moment: datetime) -> datetime | None:
    found = next_handover(leaving, taking, moment)
    return None if found is None else found.takes_at
