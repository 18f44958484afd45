"""Whether a check-in suits both sides' hours, in words; which hour would is asked of the domain."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from domain import zones
from domain.cadences import Plan
from domain.calendars import is_working, next_shift
from domain.checkins import nearest_in_hours, sides_off_at
from domain.holiday_rules import on_holiday
from domain.partnerships import Partnership
from domain.people import SIDES, Side
from domain.recurrence import Turn
from domain.shared_hours import nearest_shared, nearest_takeover, next_time_of_both
from views.blocks import quoted
from views.checkins import both_zones, name, off_words
from views.times import day_words, moment_in_zones, place_of

_LINE_MOST: Final = 500
_HALF_DAY: Final = timedelta(hours=12)


def concerns(partnership: Partnership, starts_at: datetime) -> list[str]:
    """What speaks against one moment: for each side at most one, with the nearest hour for it."""
    off = sides_off_at(partnership, starts_at)
    return [
        off_words(partnership, side, starts_at) if side in off else outside
        for side in SIDES
        if (outside := _outside(partnership, side, starts_at)) or side in off
    ]


def warning(partnership: Partnership, starts_at: datetime) -> str:
    """What speaks against one moment, in brackets; where the two never meet, who takes over when.

    Empty: nothing does.
    """
    found = concerns(partnership, starts_at)
    return in_brackets([*found, *_hand_over(partnership, starts_at)]) if found else ""


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
        f"{day_words(turn.original.date())}: {off_words(partnership, side, turn.starts_at)}"
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


def hours_words(partnership: Partnership, now: datetime) -> str:
    """When each side works next, in both zones, and when both do; plain text for a form's hint."""
    each = [_hours_of(partnership, side, now) for side in SIDES]
    return " ".join([*(words for words in each if words), meeting_words(partnership, now)])


def meeting_words(partnership: Partnership, moment: datetime) -> str:
    """When both sides work at once from a moment on; else when one takes over from the other."""
    places = both_zones(partnership)
    shared = next_time_of_both(partnership, moment)
    if shared is not None:
        return f"Both work: {moment_in_zones(shared, places)}."
    change = nearest_takeover(partnership, moment)
    if change is None:
        return "I know of no hour at which both work."
    leaves, takes = (_plain_name(partnership, side) for side in (change.leaves, change.takes))
    return (
        f"The two never work at the same time: {leaves} until"
        f" {moment_in_zones(change.leaves_at, places)}, {takes} from"
        f" {moment_in_zones(change.takes_at, places)}."
    )


def shared_of_turns(
    partnership: Partnership, turns: Sequence[Turn], length: timedelta, now: datetime
) -> list[str]:
    """As `shared_words`, for the hour of several turns: the first on a day that is usual."""
    usual = [turn for turn in turns if not sides_off_at(partnership, turn.starts_at)]
    words = [shared_words(partnership, one.starts_at, length, now) for one in usual[:1]]
    return [text for text in words if text]


def shared_words(
    partnership: Partnership, wished: datetime, length: timedelta, now: datetime
) -> str:
    """Where a moment is outside a side's hours: when both could meet instead; else empty."""
    if _both_work(partnership, wished):
        return ""
    found = nearest_shared(partnership, wished, length, now)
    if not found:
        near = max(now, wished - _HALF_DAY)
        return quoted(meeting_words(partnership, near), _LINE_MOST)
    return _shared_at(partnership, found)


def instead_of(
    partnership: Partnership, at: datetime, length: timedelta, now: datetime, *, is_move: bool
) -> str:
    """When both could meet near a new time outside a side's hours, or near a turn left out.

    Empty where there is no such moment: what is told of the new time says so already.
    """
    if is_move and _both_work(partnership, at):
        return ""
    found = nearest_shared(partnership, at, length, now)
    if not found:
        return ""
    shared = _shared_at(partnership, found)
    return shared if is_move else f"Or move it. {shared}"


def _both_work(partnership: Partnership, moment: datetime) -> bool:
    return all(is_working(partnership.side(side).calendar, moment) for side in SIDES)


def _shared_at(partnership: Partnership, found: Sequence[datetime]) -> str:
    places = both_zones(partnership)
    return f"Both work at: {'; '.join(moment_in_zones(at, places) for at in found)}."


def in_brackets(found: Sequence[str]) -> str:
    return f" ({'; '.join(found)})" if found else ""


def _hours_of(partnership: Partnership, side: Side, now: datetime) -> str:
    """As in: Acme works 09:00-18:00 New York = 22:00-07:00 Manila."""
    shift = next_shift(partnership.side(side).calendar, now)
    if shift is None:
        return ""
    own = partnership.side(side).calendar.zone
    places = dict.fromkeys((own, *both_zones(partnership)))
    hours = [
        f"{zones.local(shift.starts_at, zone):%H:%M}-{zones.local(shift.ends_at, zone):%H:%M}"
        f" {place_of(zone)}"
        for zone in places
    ]
    return f"{_plain_name(partnership, side)} works {' = '.join(hours)}."


def _plain_name(partnership: Partnership, side: Side) -> str:
    """For plain text, in which nothing is interpreted."""
    return partnership.side(side).name


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


def _hand_over(partnership: Partnership, starts_at: datetime) -> list[str]:
    """That the two never meet, and when one takes over next, unless that is the moment itself."""
    if next_time_of_both(partnership, starts_at) is not None:
        return []
    apart = "the two never work at the same time"
    around = nearest_takeover(partnership, starts_at - _HALF_DAY)
    change = nearest_takeover(partnership, starts_at)
    if change is None or around is None or around.takes_at == starts_at:
        return [apart]
    return [f"{apart}; next hand-over: {moment_in_zones(change.takes_at, both_zones(partnership))}"]
