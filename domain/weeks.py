"""When a partnership's week opens: its Monday and the moment its post may stand there."""

from datetime import date, datetime, time, timedelta

from domain import zones
from domain.calendars import Calendar, next_handover, next_shared
from domain.partnerships import Partnership

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


def _taken(leaving: Calendar, taking: Calendar, moment: datetime) -> datetime | None:
    found = next_handover(leaving, taking, moment)
    return None if found is None else found.takes_at
