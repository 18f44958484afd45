"""What a kind of partnership starts with: its check-in, pulse, summary and reply time; no words."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final, get_args

from domain import zones
from domain.calendars import (
    Calendar,
    Handover,
    is_day_off,
    is_working,
    next_handover,
    next_shared,
    next_working,
)
from domain.partnerships import Template

TEMPLATES: Final[tuple[Template, ...]] = get_args(Template)
WORKING_DAY: Final = timedelta(hours=8)
_WEEK: Final = timedelta(days=7)
# Whoever is off for longer begins on a day off.
_WEEKS_TRIED: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """What begins once both sides agreed.

    Attributes:
        weekday: Of the weekly check-in, 0 is Monday, on the home side's clock where that can be.
        minutes: How long the check-in takes.
        pulse: One question a week is asked.
        summary: A weekly summary is written.
        reply_time: Working time until an answer.
        topics: Codes of what is talked about regularly; their words are drawn elsewhere.
    """

    weekday: int
    minutes: int
    pulse: bool
    summary: bool
    reply_time: timedelta = WORKING_DAY
    topics: tuple[str, ...] = ()


STARTS: Final[dict[Template, Start]] = {
    "call_center": Start(
        weekday=1,
        minutes=30,
        pulse=True,
        summary=True,
        topics=("volume", "quality", "staffing", "training"),
    ),
    "agency": Start(
        weekday=2,
        minutes=45,
        pulse=True,
        summary=True,
        topics=("work", "feedback", "budget"),
    ),
    "software_team": Start(
        weekday=1,
        minutes=30,
        pulse=True,
        summary=True,
        topics=("progress", "blockers", "releases"),
    ),
    "one_project": Start(
        weekday=3,
        minutes=30,
        pulse=True,
        summary=True,
        reply_time=2 * WORKING_DAY,
        topics=("progress", "dates", "risks"),
    ),
    "just_check_ins": Start(weekday=1, minutes=30, pulse=False, summary=False),
}


def first_check_in(start: Start, home: Calendar, other: Calendar, now: datetime) -> datetime:
    """When the first check-in of a template is, on a day that begins a day from ``now`` or later.

    The wished weekday at the first moment at which both sides work; where they never both work,
    when one takes over from the other with the shortest wait between; else the home side's next
    working moment. It is a whole quarter of an hour on the clock. Every further one is on that
    weekday, so a day off does not shift it: the first is then a week later.
    """
    at = _first_usual(start, _usual(home), _usual(other), now)
    for _ in range(_WEEKS_TRIED):
        if not (_is_off(home, at) or _is_off(other, at)):
            return at
        at = zones.to_utc(zones.local(at, home.zone).replace(tzinfo=None) + _WEEK, home.zone)
    return at


def _first_usual(start: Start, home: Calendar, other: Calendar, now: datetime) -> datetime:
    day = _day_ahead(start.weekday, home.zone, now)
    found = next_shared(home, other, day, _WEEK)
    if found is not None and found - day < _WEEK:
        return _whole_quarter(found)
    change = _hand_over(home, other, day)
    return (change.takes_at if change else next_working(home, day)) or day


def _is_off(calendar: Calendar, at: datetime) -> bool:
    """Whether a day off takes away a moment, or the day on whose evening or morning it is."""
    on = zones.local(at, calendar.zone).date()
    return is_day_off(calendar, on) or is_working(calendar, at) != is_working(_usual(calendar), at)


def _usual(calendar: Calendar) -> Calendar:
    """A calendar without its days off."""
    return replace(calendar, holiday_countries=(), days_off=frozenset(), away=())


def first_of_many(start: Start, home: Calendar, other: Calendar, now: datetime) -> datetime:
    """As `first_check_in`, for what recurs on that weekday: days off do not shift its usual hour.

    Where the sides never both work, the hand-over may be on the wished weekday of either side's
    clock, whichever waits less; of two alike it is the home side's.
    """
    home, other = _usual(home), _usual(other)
    day = _day_ahead(start.weekday, home.zone, now)
    shared = next_shared(home, other, day, _WEEK)
    if shared is not None and shared - day < _WEEK:
        return _whole_quarter(shared)
    days = (day, _day_ahead(start.weekday, other.zone, now))
    changes = [one for one in (_hand_over(home, other, begins) for begins in days) if one]
    if not changes:
        return next_working(home, day) or day
    return min(changes, key=lambda one: one.takes_at - one.leaves_at).takes_at


def _day_ahead(weekday: int, zone: str, now: datetime) -> datetime:
    """When a weekday begins on a side's clock, a day from ``now`` or later."""
    earliest = zones.local(now + timedelta(days=1), zone)
    today = earliest.replace(hour=0, minute=0, second=0, microsecond=0)
    ahead = timedelta(days=(weekday - today.weekday()) % 7)
    if today + ahead < earliest:
        ahead += _WEEK
    return zones.to_utc(today + ahead, zone)


def _hand_over(home: Calendar, other: Calendar, day: datetime) -> Handover | None:
    both = (next_handover(home, other, day), next_handover(other, home, day))
    coming = [h for h in both if h is not None and h.takes_at - day < _WEEK]
    return min(coming, key=lambda h: (h.takes_at - h.leaves_at, h.takes_at), default=None)


def _whole_quarter(moment: datetime) -> datetime:
    past = timedelta(minutes=moment.minute % 15, seconds=moment.second)
    exact = moment.replace(microsecond=0)
    return exact if not past else exact - past + timedelta(minutes=15)
