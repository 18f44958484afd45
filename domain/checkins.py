"""A check-in around its turn: what is told when, its agenda, and what each side says afterwards."""

from collections.abc import Iterable, Mapping
from dataclasses import field
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Final, Literal

from domain import zones
from domain.cadences import Cadence, Occurrence, Plan
from domain.calendars import (
    Calendar,
    add_working_days,
    end_of_day,
    is_off_at,
    is_working,
    next_working,
    shift_at,
    shift_on,
)
from domain.checkin_reports import NOTHING_TOLD, CameOfIt
from domain.checkin_settings import own_leads
from domain.errors import TouchbaseError
from domain.partnerships import Partnership
from domain.people import SIDES, Side
from domain.values import value
from domain.weeks import open_week, week_opens_at, week_starts_at

Said = Literal["held", "other_day", "not_held"]
Excuse = Literal["late", "absent"]

DAY_BEFORE: Final = timedelta(days=1)
HOUR_BEFORE: Final = timedelta(hours=1)
START_BEFORE: Final = timedelta(minutes=10)
AGENDA_BEFORE: Final = timedelta(days=3)
WAKE_BEFORE: Final = timedelta(days=4)
POINT_MOST: Final = 300
# Working days after the end in which it makes sense to ask whether it took place.
ASKED_FOR_DAYS: Final = 2
# How far back a working moment is looked for before a reminder is told later instead.
_LOOK_BACK_DAYS: Final = 4
# So long before the end of a shift people are told what comes after it.
_WHILE_THERE: Final = timedelta(hours=1)
_OFTEN_A_WEEK: Final = 4
# So long an agenda waits for the week in which it belongs, while so long is left to read it.
_WAITS_MOST: Final = timedelta(hours=36)
_READ_BEFORE: Final = timedelta(hours=12)


class NotYetOver(TouchbaseError):
    """Whether a check-in took place can be said when it has started."""

    def __init__(self, starts_at: datetime) -> None:
        super().__init__(starts_at.isoformat())
        self.starts_at = starts_at


class NothingToSay(TouchbaseError):
    """An agenda point without words."""

    field = "point"  # where it is said in a form


@value
class AgendaPoint:
    """``words`` are typed by people."""

    id: str
    side: Side
    person_id: str
    words: str
    added_at: datetime


@value
class NewPoint:
    """A point as somebody typed it. ``id`` is made beforehand, so that two sends add one."""

    id: str
    words: str


@value
class Confirmation:
    """What one side says about a check-in that was due; the last word counts."""

    occurrence_id: str
    side: Side
    said: Said
    said_at: datetime


@value
class Reminder:
    """A reminder of one turn: for the sides that it finds at work at ``at``."""

    lead: timedelta
    sides: tuple[Side, ...]
    at: datetime


@value
class CheckIn:
    """A turn of a check-in with all that is said about it.

    Attributes:
        points: In the order in which they were added.
        said: What each side says afterwards; a side that said nothing is not in it.
        came_of: What the sides tell of it besides.
    """

    partnership: Partnership
    cadence: Cadence
    turn: Occurrence
    points: tuple[AgendaPoint, ...] = ()
    said: Mapping[Side, Confirmation] = field(default_factory=dict)
    came_of: CameOfIt = NOTHING_TOLD

    @property
    def title(self) -> str:
        return self.cadence.title

    def with_turn(self, turn: Occurrence) -> "CheckIn":
        """The same with another state or start of its turn."""
        return CheckIn(
            partnership=self.partnership,
            cadence=self.cadence,
            turn=turn,
            points=self.points,
            said=self.said,
            came_of=self.came_of,
        )

    @property
    def told(self) -> CameOfIt:
        """What came of it, without the words of a side that says that it did not take place."""
        by_side = {
            side: report
            for side, report in self.came_of.by_side.items()
            if side in self.said and self.said[side].said != "not_held"
        }
        return CameOfIt(by_side=by_side, promises=self.came_of.promises)

    @property
    def may_move(self) -> bool:
        """Whether it can be given another time: to come, or it did not take place."""
        turn_is_open = self.turn.is_open or self.turn.state == "skipped"
        return turn_is_open or any(one.said == "not_held" for one in self.said.values())


def leads_of(plan: Plan) -> tuple[timedelta, ...]:
    """How long before a turn it may be told; what is almost daily is not told a day before."""
    rule = plan.rule
    often = rule.frequency == "weekly" and len(rule.days) >= _OFTEN_A_WEEK
    return (HOUR_BEFORE,) if often else (DAY_BEFORE, HOUR_BEFORE)


def reminders(partnership: Partnership, plan: Plan, turn: Occurrence) -> list[Reminder]:
    """The reminders of a turn, the earliest first: one for each side, or one that suits both.

    Where lead times were chosen, there is one for each of them. Else one is enough: agenda and
    start are told to everybody besides, so a side that is at work at the start is told the day
    before. A side that is not is told at the end of its last shift before the start.
    """
    leads: dict[datetime, timedelta] = {}
    told: dict[datetime, list[Side]] = {}
    for side in SIDES:
        for at, lead in _reminded(partnership.side(side).calendar, plan, turn):
            leads.setdefault(at, lead)
            sides = told.setdefault(at, [])
            sides += [] if side in sides else [side]
    return [Reminder(lead=leads[at], sides=tuple(told[at]), at=at) for at in sorted(told)]


def reminder_at(calendar: Calendar, starts_at: datetime, lead: timedelta) -> datetime | None:
    """When a side is told: ``lead`` before the start, or earlier while it is still at work.

    Returns:
        None when the side does not work at all in the days before the start.
    """
    wished = starts_at - lead
    if is_working(calendar, wished):
        return wished
    ahead = next_working(calendar, wished)
    in_time = ahead if ahead is not None and ahead < starts_at else None
    in_a_break = shift_at(calendar, wished) is not None and in_time is not None
    return in_time if in_a_break else _while_there(calendar, wished) or in_time


def due_reminder(every: Iterable[Reminder], now: datetime) -> Reminder | None:
    """Of all reminders whose moment has come the last: what was not told in time becomes one."""
    due = [reminder for reminder in every if reminder.at <= now]
    return max(due, key=lambda reminder: (reminder.at, -reminder.lead), default=None)


def agenda_at(partnership: Partnership, turn: Occurrence) -> datetime:
    """When the agenda is laid out: three days before, as soon as one of the sides works then.

    Where a week opens soon after that, then: the agenda belongs in the thread of the new week.
    """
    wished = max(turn.starts_at - AGENDA_BEFORE, turn.known_from)
    working = [next_working(partnership.side(side).calendar, wished) for side in SIDES]
    found = min((at for at in working if at is not None), default=wished)
    laid_out = min(found, max(wished, turn.starts_at - START_BEFORE))
    opens_at = _opening_within(partnership, laid_out, _WAITS_MOST)
    in_time = opens_at is not None and opens_at + _READ_BEFORE <= turn.starts_at
    return opens_at if opens_at is not None and in_time else laid_out


def asked_until(partnership: Partnership, turn: Occurrence) -> datetime:
    """Until when it is asked whether a check-in took place: two working days of either side."""
    found = [_days_later(partnership.side(side).calendar, turn.ends_at) for side in SIDES]
    return max(at for at in found)


def sides_off(partnership: Partnership, turn: Occurrence) -> list[Side]:
    """The sides for which the day of a turn is a holiday or a day off, on their own calendars."""
    return sides_off_at(partnership, turn.starts_at)


def sides_off_at(partnership: Partnership, moment: datetime) -> list[Side]:
    """As `sides_off`, for any moment."""
    return [side for side in SIDES if is_off_at(partnership.side(side).calendar, moment)]


def nearest_in_hours(calendar: Calendar, moment: datetime) -> datetime | None:
    """The full hour nearest to ``moment`` that lies in a side's working hours, within 12 hours.

    None when the moment itself is a working moment, or when no such hour exists.
    """
    if is_working(calendar, moment):
        return None
    hours = [moment + sign * timedelta(hours=n) for n in range(1, 13) for sign in (-1, 1)]
    return next((hour for hour in hours if is_working(calendar, hour)), None)


def _reminded(calendar: Calendar, plan: Plan, turn: Occurrence) -> list[tuple[datetime, timedelta]]:
    """When one side is told, and how long before; at no time before the turn is known."""
    chosen = own_leads(plan)
    leads = chosen or leads_of(plan)
    if not chosen and not is_working(calendar, turn.starts_at):
        leads = leads[::-1]
    moments = ((reminder_at(calendar, turn.starts_at, lead), lead) for lead in leads)
    found = [(at, lead) for at, lead in moments if at and at >= turn.known_from]
    return found if chosen else found[:1]


def _opening_within(
    partnership: Partnership, moment: datetime, within: timedelta
) -> datetime | None:
    """When a week opens in the time after a moment; None: none does."""
    coming = open_week(partnership, moment + within)
    if moment > week_starts_at(partnership, coming) + within:
        return None
    opens_at = week_opens_at(partnership, coming)
    return opens_at if opens_at is not None and moment < opens_at <= moment + within else None


def _while_there(calendar: Calendar, moment: datetime) -> datetime | None:
    """An hour before the end of the last shift that ended by ``moment``; None if long ago."""
    today = zones.local(moment, calendar.zone).date()
    for days in range(_LOOK_BACK_DAYS + 1):
        shift = shift_on(calendar, today - timedelta(days=days))
        if shift is not None and shift.ends_at <= moment:
            late = max(shift.starts_at, shift.ends_at - _WHILE_THERE)
            return next_working(calendar, late)
    return None


def _days_later(calendar: Calendar, moment: datetime) -> datetime:
    end = _end_of_asking(calendar, zones.local(moment, calendar.zone).date())
    return end or moment + timedelta(days=ASKED_FOR_DAYS)


# The same for all that ends on one day; of a side there is a calendar for each set of days off.
@lru_cache(maxsize=1024)
def _end_of_asking(calendar: Calendar, today: date) -> datetime | None:
    last = add_working_days(calendar, today, ASKED_FOR_DAYS)
    return end_of_day(calendar, last) if last is not None else None
