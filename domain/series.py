"""A deliverable that recurs: when each turn is due, and from when it is asked for."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Final

from domain import zones
from domain.cadences import TITLE_MOST, Plan, following_turn
from domain.calendars import Calendar, shift_on
from domain.deliverables import Due, Unclear, due_moment
from domain.errors import TouchbaseError
from domain.recurrence import IsWorkingDay, Rule, Turn

ASKED_DAYS_BEFORE: Final = 5
# Of what is due more often than once a week, a whole week need not be asked for at once.
ASKED_DAYS_BEFORE_OFTEN: Final = 1
# Earlier than any turn is asked for, also over a row of holidays.
LOOKED_AT_BEFORE: Final = timedelta(days=14)
_LOOK_BACK_DAYS: Final = 60
_WHOLE_DAY: Final = timedelta(days=1)
_TURNS_TRIED: Final = 20


class UnknownSeries(TouchbaseError):
    """A button names something that recurs and is not there."""


def plan_of(
    title: str,
    rule: Rule,
    first: tuple[date, time | None],
    zone: str,
    ending: Mapping[str, str | int | bool],
) -> Plan:
    """What recurs, as it is kept.

    Args:
        first: The first possible day, and the hour of all turns; None: the end of the shift.
        zone: Whose clock the turns follow.
        ending: As a plan keeps its last day; empty: it goes on.

    Raises:
        Unclear: The title is too long for what recurs.
    """
    if len(title) > TITLE_MOST:
        raise Unclear("title", "long_title", [str(TITLE_MOST)])
    day, at = first
    settings = {"timed": at is not None} | dict(ending)
    return Plan(
        kind="series",
        title=title,
        rule=rule,
        local_start=datetime.combine(day, at or time()),
        zone=zone,
        length=_WHOLE_DAY,
        settings=settings,
    )


def due_of(plan: Plan, original: datetime) -> Due:
    """When a turn is due: at its hour, else at the end of the owner's shift."""
    if plan.settings.get("timed"):
        return Due(at=original, zone=plan.zone)
    return Due(day=original.date())


def first_turn(
    plan: Plan, owner: Calendar, now: datetime, is_working: IsWorkingDay | None = None
) -> tuple[Turn, datetime]:
    """The first turn that is still to come for its owner, and when it is due.

    Raises:
        Unclear: The rule has none, or the owner does not work before it.
    """
    after: datetime | None = None
    for _ in range(_TURNS_TRIED):
        turn = following_turn(plan, after, now, is_working)
        if turn is None:
            break
        due_at = due_at_turn(plan, turn.original, owner, now)
        if due_at is not None:
            return turn, due_at
        after = turn.original
    raise Unclear("repeats", "no_turn")


def due_at_turn(plan: Plan, original: datetime, owner: Calendar, now: datetime) -> datetime | None:
    """When a turn is due; a day on which its owner does not work means their last shift before.

    Returns:
        None when that is past.
    """
    try:
        return due_moment(due_of(plan, original), owner, now)
    except Unclear:
        return None


def asked_from(plan: Plan, due_at: datetime, owner: Calendar) -> datetime:
    """From when a turn is asked for: the start of the owner's shift so many working days before."""
    is_often = plan.rule.frequency == "weekly" and len(plan.rule.days) > 1
    left = ASKED_DAYS_BEFORE_OFTEN if is_often else ASKED_DAYS_BEFORE
    day = zones.local(due_at, owner.zone).date()
    for back in range(1, _LOOK_BACK_DAYS):
        shift = shift_on(owner, day - timedelta(days=back))
        left -= shift is not None
        if shift is not None and left == 0:
            return shift.starts_at
    return due_at - LOOKED_AT_BEFORE
