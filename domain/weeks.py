"""A partnership's week: its Monday, when its post stands there and when the sides meet in it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from domain import zones
from domain.boards import DayOff
from domain.calendars import Calendar, is_working_day, next_handover, next_shared, next_working
from domain.holidays_of import holidays_in
from domain.partnerships import Partnership
from domain.people import SIDES

WEEK = timedelta(days=7)
# So much earlier than at home a Monday begins at most: from UTC-12 to UTC+14.
_ZONES_APART = timedelta(hours=26)


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
    """When *This week* stands in the channel: at the first moment at which both sides work.

    Where they never do, at the first working moment of whichever side begins its Monday first; of
    the other side, when that comes earlier because the first one is off.

    Returns:
        None when in that week neither side works.
    """
    shared = _shared_in(partnership, week_on)
    if shared is not None:
        return shared
    begins = [_begins_at(partnership.side(side).calendar, week_on) for side in SIDES]
    return min((at for at in begins if at is not None), default=None)


def sides_meet_at(partnership: Partnership, week_on: date) -> datetime | None:
    """The first moment of a week at which both sides work; else the first hand-over between them.

    Returns:
        None when in that week neither happens.
    """
    shared = _shared_in(partnership, week_on)
    if shared is not None:
        return shared
    start, end = week_starts_at(partnership, week_on), week_ends_at(partnership, week_on)
    home, other = _calendars(partnership)
    handed = [_taken(home, other, start), _taken(other, home, start)]
    return min((at for at in handed if at is not None and at < end), default=None)


def next_opening(partnership: Partnership, after: date) -> datetime:
    """When the first week after that of ``after`` opens; a week without anybody is passed over."""
    return _first_after(partnership, after, week_opens_at)


def next_meeting(partnership: Partnership, after: date) -> datetime:
    """When the sides meet first in a week after that of ``after``."""
    return _first_after(partnership, after, sides_meet_at)


def open_week(partnership: Partnership, now: datetime) -> date:
    """The Monday of the week of which *This week* tells; it may open before it begins at home."""
    running = week_of(partnership, now)
    coming = running + WEEK
    if now < week_starts_at(partnership, coming) - _ZONES_APART:
        return running
    opens_at = week_opens_at(partnership, coming)
    return running if opens_at is None or now < opens_at else coming


def holidays_of_week(partnership: Partnership, week_on: date) -> list[DayOff]:
    """The public holidays that take a working day from a side, by name, in order of days."""
    days = [week_on + timedelta(days=count) for count in range(7)]
    return [
        DayOff(side=side, day_on=day, label=name)
        for day in days
        for side in SIDES
        if (name := holiday_on(partnership.side(side).calendar, day)) is not None
    ]


def holiday_on(calendar: Calendar, day: date) -> str | None:
    """The name of a public holiday on a day that would be worked without it; None on others."""
    names = (
        holidays_in(country, part, day.year).get(day)
        for country, part in calendar.holiday_countries
    )
    name = next((name for name in names if name is not None), None)
    if name is None or day in calendar.unticked:
        return None
    return name if is_working_day(replace(calendar, holiday_countries=()), day) else None


def _calendars(partnership: Partnership) -> tuple[Calendar, Calendar]:
    """Of the home side, and of the other."""
    sides = (partnership.home_side, partnership.guest_side)
    home, other = (partnership.side(side).calendar for side in sides)
    return home, other


def _shared_in(partnership: Partnership, week_on: date) -> datetime | None:
    start, end = week_starts_at(partnership, week_on), week_ends_at(partnership, week_on)
    return _shared_between(*_calendars(partnership), start, end)


@lru_cache(maxsize=1024)
def _shared_between(
    home: Calendar, other: Calendar, start: datetime, end: datetime
) -> datetime | None:
    shared = next_shared(home, other, start, end - start)
    return shared if shared is not None and shared < end else None


def _begins_at(calendar: Calendar, week_on: date) -> datetime | None:
    """The first working moment of a week on the calendar's own clock."""
    days = (week_on, week_on + WEEK)
    start, end = (zones.to_utc(datetime.combine(day, time()), calendar.zone) for day in days)
    found = next_working(calendar, start)
    return found if found is not None and found < end else None


def _first_after(
    partnership: Partnership,
    after: date,
    moment_in: Callable[[Partnership, date], datetime | None],
) -> datetime:
    for count in range(1, 53):
        found = moment_in(partnership, after + count * WEEK)
        if found is not None:
            return found
    return week_starts_at(partnership, after + WEEK)


def _taken(leaving: Calendar, taking: Calendar, moment: datetime) -> datetime | None:
    found = next_handover(leaving, taking, moment)
    return None if found is None else found.takes_at
