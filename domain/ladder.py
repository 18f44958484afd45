"""When the owner of something is next asked about it by time alone, and what that step is."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

from domain import zones
from domain.calendars import (
    HORIZON,
    Calendar,
    Shift,
    add_working_days,
    next_shift,
    shift_at,
    shift_on,
)
from domain.deliverables import Commitment
from domain.errors import TouchbaseError
from domain.ladders import Ladder

BEFORE: Final = "before"
DUE: Final = "due"
_ASK: Final = "ask"
_LATE: Final = "late"
# On a day that the owner chose: it is their wish, so it does not count as a reminder.
AGAIN: Final = "again"
_ONE_DAY: Final = timedelta(days=1)
_INSTANT: Final = timedelta(microseconds=1)


class NobodyToAsk(TouchbaseError):
    """Whoever owes it is away: nothing is brought up meanwhile.

    Attributes:
        at: From when on it can be; None: nobody can say.
    """

    def __init__(self, side_name: str, at: datetime | None, zone: str) -> None:
        super().__init__(side_name)
        self.side_name = side_name
        self.at = at
        self.zone = zone


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A step that was taken for the date that something has now.

    Attributes:
        told_on: The owner's working day on which it was.
    """

    step: str
    told_on: date
    told_at: datetime

    @property
    def is_late(self) -> bool:
        """Whether its owner was told then that it is late."""
        return self.step.startswith(_LATE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """The next step.

    Attributes:
        name: Once for each date of something: ``before``, ``due``, ``late-1``, ``ask-1``, ...;
            ``due-2`` where the first was brought forward by an absence that ended early.
        at: The start of the shift from which it is due; put off, never used up, while the owner is
            not there.
    """

    name: str
    at: datetime

    @property
    def is_late(self) -> bool:
        return self.name.startswith(_LATE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How far the steps about something are.

    Attributes:
        told: Those of its present date, oldest first.
        step: The next; None: nothing more is said by time alone, or nothing while it waits.
    """

    commitment: Commitment
    calendar: Calendar
    ladder: Ladder
    told: tuple[Told, ...]
    step: Step | None
    is_waiting: bool = False

    def is_due(self, now: datetime) -> bool:
        return self.step is not None and self.step.at <= now

    def after_now(self, now: datetime) -> "Standing":
        """The same once the step that is due now is taken."""
        if self.step is None or not self.is_due(now):
            return self
        taken = Told(step=self.step.name, told_on=day_of(self.calendar, now), told_at=now)
        told = (*self.told, taken)
        step = next_step(self.commitment, told, self.calendar, self.ladder, now)
        return replace(self, told=told, step=step)

    def word_at(self, now: datetime) -> datetime | None:
        """When the owner next hears of it; None: no more."""
        return word_at(self.step, self.calendar, now)


def next_step(
    one: Commitment,
    told: Sequence[Told],
    calendar: Calendar,
    ladder: Ladder,
    now: datetime,
) -> Step | None:
    """What its owner is told of it next by time alone; None: nothing, whatever time passes.

    Nothing is told of what is closed, waits for the other side, or has an owner who is on it. A
    snooze puts everything off until its end, and brings it back then.

    Args:
        told: The steps that were taken for its present date, oldest first.
        calendar: The owner's; a shift in which they are away is none.
    """
    if not one.is_open or one.stopped_at is not None or one.acknowledged_at is not None:
        return None
    snoozed = _after_snooze(one, told, calendar)
    if snoozed is not None:
        return snoozed
    is_asked = one.state == "proposed"
    if sum(_counts(step.step, is_asked=is_asked) for step in told) >= ladder.most:
        return None
    if is_asked:
        return _next_ask(one, told, calendar, ladder)
    return _next_reminder(one, told, calendar, ladder, now)


def word_at(step: Step | None, calendar: Calendar, now: datetime) -> datetime | None:
    """When the owner really hears of the next step: now or later, in working time."""
    if step is None or step.at > now:
        return None if step is None else step.at
    if shift_at(calendar, now) is not None:
        return now
    coming = next_shift(calendar, now)
    return None if coming is None else coming.starts_at


def tells_lead(step: str, ladder: Ladder) -> bool:
    """Whether the owner's own lead reads it with this step, too: the first after enough others."""
    return ladder.lead_after > 0 and step == f"{_LATE}-{ladder.lead_after + 1}"


def due_shift(calendar: Calendar, due_at: datetime) -> Shift | None:
    """The owner's last shift that has begun when it is due; None: 400 days have none."""
    day = zones.local(due_at, calendar.zone).date() + _ONE_DAY
    for back in range(HORIZON.days):
        shift = shift_on(calendar, day - back * _ONE_DAY)
        if shift is not None and shift.starts_at <= due_at:
            return shift
    return None


def day_of(calendar: Calendar, moment: datetime) -> date:
    """The working day to which a moment belongs; outside working hours the day of the clock."""
    shift = shift_at(calendar, moment)
    return zones.local(moment, calendar.zone).date() if shift is None else shift.day_on


def _counts(step: str, *, is_asked: bool) -> bool:
    """Whether a step is one of the reminders, or of the questions, of which there are so many."""
    return step.startswith(_ASK) if is_asked else not step.startswith((_ASK, AGAIN))


def _after_snooze(one: Commitment, told: Sequence[Told], calendar: Calendar) -> Step | None:
    until = one.snoozed_until
    if until is None or any(step.told_at >= until for step in told):
        return None
    number = 1 + sum(step.step.startswith(AGAIN) for step in told)
    at = until if shift_at(calendar, until) is not None else _first_shift(calendar, until)
    at = _on_another_day(calendar, told, at)
    return None if at is None else Step(name=f"{AGAIN}-{number}", at=at)


def _next_ask(
    one: Commitment, told: Sequence[Told], calendar: Calendar, ladder: Ladder
) -> Step | None:
    """Whether they take it on: at once, then as often as of what is late."""
    number = 1 + sum(step.step.startswith(_ASK) for step in told)
    if not told:
        at = _first_shift(calendar, one.created_at)
    else:
        at = _working_days_later(calendar, told[-1].told_on, ladder.every_days)
    return None if at is None else Step(name=f"{_ASK}-{number}", at=at)


def _next_reminder(
    one: Commitment, told: Sequence[Told], calendar: Calendar, ladder: Ladder, now: datetime
) -> Step | None:
    shift = due_shift(calendar, one.due_at)
    if shift is None:
        return _next_late(one, told, calendar, ladder)
    lately_on = told[-1].told_on if told else date.min
    # Asked before they left, and back before it is due: on the day itself it is due again.
    has_come = lately_on >= shift.day_on
    number = 1 + sum(step.step.startswith(DUE) for step in told)
    at = None if has_come else _before(one, shift, calendar, ladder)
    is_past = number > 1 or any(step.step == BEFORE for step in told) or now >= shift.starts_at
    if at is not None and not is_past and day_of(calendar, at) > lately_on:
        return Step(name=BEFORE, at=at)
    after = next_shift(calendar, shift.starts_at)
    if not has_come and (after is None or now < after.starts_at):
        return Step(name=DUE if number == 1 else f"{DUE}-{number}", at=shift.starts_at)
    return _next_late(one, told, calendar, ladder)


def _before(one: Commitment, due: Shift, calendar: Calendar, ladder: Ladder) -> datetime | None:
    """When it is brought to mind ahead of time; None: not, or it was promised later than that."""
    if not ladder.before_days:
        return None
    day = add_working_days(calendar, due.day_on, -ladder.before_days)
    shift = None if day is None else shift_on(calendar, day)
    return shift.starts_at if shift is not None and shift.starts_at > one.created_at else None


def _next_late(
    one: Commitment, told: Sequence[Told], calendar: Calendar, ladder: Ladder
) -> Step | None:
    number = 1 + sum(step.step.startswith(_LATE) for step in told)
    if any(not step.step.startswith((BEFORE, _ASK)) for step in told):
        at = _working_days_later(calendar, told[-1].told_on, ladder.every_days)
    else:
        # Nobody was there on the due day: at the first chance, however often one asks.
        at = _on_another_day(calendar, told, _first_shift(calendar, one.due_at))
    # Whoever heard of it before they left is not late while it is not due.
    passed = next_shift(calendar, one.due_at - _INSTANT)
    if at is None or passed is None:
        return None
    return Step(name=f"{_LATE}-{number}", at=max(at, passed.starts_at))


def _on_another_day(
    calendar: Calendar, told: Sequence[Told], at: datetime | None
) -> datetime | None:
    """The same, or the working day after the last step: no day has two."""
    if at is None or not told or day_of(calendar, at) > told[-1].told_on:
        return at
    return _working_days_later(calendar, told[-1].told_on, 1)


def _first_shift(calendar: Calendar, moment: datetime) -> datetime | None:
    """The start of the shift under way, else of the next."""
    shift = shift_at(calendar, moment) or next_shift(calendar, moment)
    return None if shift is None else shift.starts_at


def _working_days_later(calendar: Calendar, day: date, count: int) -> datetime | None:
    later = add_working_days(calendar, day, count)
    shift = None if later is None else shift_on(calendar, later)
    return None if shift is None else shift.starts_at
