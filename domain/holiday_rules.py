"""What becomes of a turn on a holiday or day off of either side, by the rule that was chosen."""

from datetime import datetime, timedelta
from typing import Final

from domain import zones
from domain.cadences import Plan, until_on, working_day_of_both
from domain.calendars import Calendar, is_day_off, is_working_day
from domain.checkin_settings import holiday_rule
from domain.checkins import sides_off_at
from domain.holidays_of import holidays_in
from domain.partnerships import Partnership
from domain.people import SIDES, Side
from domain.recurrence import Turn, next_turn
from domain.values import value

# The longest run of holidays in any country that `holidays` knows is shorter.
_DAYS_LOOKED_AHEAD: Final = 21


@value
class OnHoliday:
    """A turn that does not stay where it was.

    Attributes:
        sides: Whose holiday it is.
        starts_at: When it is instead; None: it is left out.
    """

    sides: tuple[Side, ...]
    starts_at: datetime | None


def holiday_name(calendar: Calendar, moment: datetime) -> str | None:
    """The public holiday on the calendar's own day at a moment; None where it is another day off.

    Only of use for days that are off: what is worked nevertheless has no name here.
    """
    day = zones.local(moment, calendar.zone).date()
    if day in calendar.unticked or not is_day_off(calendar, day):
        return None
    names = (
        holidays_in(country, part, day.year).get(day)
        for country, part in calendar.holiday_countries
    )
    return next((name for name in names if name is not None), None)


def on_holiday(partnership: Partnership, plan: Plan, turn: Turn) -> OnHoliday | None:
    """What becomes of a turn; None: it stays, for nobody is off or the rule keeps it.

    A move onto a day that has a turn of its own leaves the turn out.
    """
    rule = holiday_rule(plan)
    off = tuple(sides_off_at(partnership, turn.starts_at)) if rule != "keep" else ()
    if not off:
        return None
    starts_at = _next_shared(partnership, plan, turn) if rule == "shared" else None
    return OnHoliday(sides=off, starts_at=starts_at)


def _next_shared(partnership: Partnership, plan: Plan, turn: Turn) -> datetime | None:
    """The same wall time on the next day on which both sides work; None: another turn is there."""
    for days in range(1, _DAYS_LOOKED_AHEAD + 1):
        wall = turn.original + timedelta(days=days)
        moment = zones.to_utc(wall, plan.zone)
        if _both_work(partnership, moment):
            return None if _is_taken(partnership, plan, turn, wall) else moment
    return None


def _both_work(partnership: Partnership, moment: datetime) -> bool:
    calendars = [partnership.side(side).calendar for side in SIDES]
    return all(is_working_day(one, zones.local(moment, one.zone).date()) for one in calendars)


def _is_taken(partnership: Partnership, plan: Plan, turn: Turn, wall: datetime) -> bool:
    last_on = until_on(plan)
    if last_on is not None and wall.date() > last_on:
        return True
    following = next_turn(
        plan.rule,
        local_start=plan.local_start,
        zone_name=plan.zone,
        after=turn.original,
        is_working_day=working_day_of_both(partnership),
    )
    return following is not None and following.original.date() <= wall.date()
