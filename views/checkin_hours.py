"""Whether a check-in suits both sides' hours, in words; which hour would is asked of the domain."""

from collections.abc import Sequence
from datetime import datetime

from domain import zones
from domain.cadences import Plan
from domain.calendars import is_working
from domain.checkins import nearest_in_hours, sides_off_at
from domain.holiday_rules import on_holiday
from domain.partnerships import Partnership
from domain.people import SIDES, Side
from domain.recurrence import Turn
from views.checkins import name
from views.times import day_words, place_of


def concerns(partnership: Partnership, starts_at: datetime) -> list[str]:
    """What speaks against one moment: for each side at most one, with the nearest hour for it."""
    off = sides_off_at(partnership, starts_at)
    return [
        f"{name(partnership, side)} is off that day" if side in off else outside
        for side in SIDES
        if (outside := _outside(partnership, side, starts_at)) or side in off
    ]


def concerns_of_turns(partnership: Partnership, turns: Sequence[Turn]) -> list[str]:
    """What speaks against the hour of several turns: the first that is not on a day off tells."""
    found = []
    for side in SIDES:
        usual = [t for t in turns if side not in sides_off_at(partnership, t.starts_at)]
        outside = _outside(partnership, side, usual[0].starts_at) if usual else ""
        found += [outside] if outside else []
    return found


def days_off_among(partnership: Partnership, turns: Sequence[Turn], plan: Plan) -> list[str]:
    """A sentence for each turn that falls on a holiday or day off, with what becomes of it."""
    return [
        f"{day_words(turn.original.date())}: {name(partnership, side)} is off that day"
        f"{_instead(partnership, plan, turn)}."
        for turn in turns
        for side in sides_off_at(partnership, turn.starts_at)
    ]


def _instead(partnership: Partnership, plan: Plan, turn: Turn) -> str:
    found = on_holiday(partnership, plan, turn)
    if found is None:
        return ""
    if found.starts_at is None:
        return "; left out"
    return f"; moved to {day_words(zones.local(found.starts_at, plan.zone).date())}"


def in_brackets(found: Sequence[str]) -> str:
    return f" ({'; '.join(found)})" if found else ""


def _outside(partnership: Partnership, side: Side, starts_at: datetime) -> str:
    calendar = partnership.side(side).calendar
    if is_working(calendar, starts_at):
        return ""
    outside = f"outside {name(partnership, side)}'s hours"
    nearest = nearest_in_hours(calendar, starts_at)
    if nearest is None:
        return outside
    there, then = zones.local(nearest, calendar.zone), zones.local(starts_at, calendar.zone)
    day = "" if there.date() == then.date() else f"{there:%a} "
    return f"{outside}; nearest: {day}{there:%H:%M} {place_of(calendar.zone)}"
