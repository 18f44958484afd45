"""The weekly summary: when it is previewed and told, and what went well."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

from domain.boards import NextCheckIn
from domain.calendars import Calendar, Shift, next_working, shift_on, working_between
from domain.checkin_gaps import held_by
from domain.checkins import CheckIn
from domain.deliverables import Commitment
from domain.errors import TouchbaseError
from domain.findings import Finding, Kind, Span, Turn, Week
from domain.gaps import findings, overdue
from domain.partnerships import Partnership
from domain.people import SIDES, Side
from domain.weeks import WEEK, next_meeting, week_ends_at, week_of, week_starts_at
from domain.zones import local

LATEST: Final = timedelta(days=2)
# So long before the end of the side's last shift of the week its leads see what is theirs.
BEFORE_THE_CLOSE: Final = timedelta(hours=4)
# Below it a hole is not worth a sentence.
TOLD_FROM: Final = timedelta(minutes=30)
_EARLY: Final = timedelta(days=1)
_FRIDAY: Final = 4


class UnknownFinding(TouchbaseError):
    """A button or form names what is not open any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """All that the summary of a week says.

    Attributes:
        week_on: The Monday of the week it tells of.
        open: In the order in which they are told.
        kept: Of ``promised`` things due in the week.
        held: Check-ins that took place, by the word of both sides or, so far, of one.
        early: Something that came at least a day before its date.
        next_due: What each side owes next, at most one a side.
        unheard: When nobody listened: nothing is said about these hours.
    """

    partnership: Partnership
    week_on: date
    open: tuple[Finding, ...]
    kept: int
    promised: int
    held: tuple[CheckIn, ...] = ()
    early: Commitment | None = None
    next_check_in: NextCheckIn | None = None
    next_due: tuple[Commitment, ...] = ()
    unheard: tuple[Span, ...] = ()

    @property
    def is_quiet(self) -> bool:
        return all(one.kind == "slipping" for one in self.open)

    def with_open(self, still: tuple[Finding, ...]) -> "Summary":
        """The same with other open lines."""
        return replace(self, open=still)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """A line of a told summary that is open no more.

    Attributes:
        title: Of a check-in; None for what has none.
        owed: What somebody owed, as it stands now; None for what nobody owed.
    """

    kind: Kind
    turn: Turn
    title: str | None = None
    owed: Commitment | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What the leads of a side see before the summary.

    Attributes:
        open: The findings that concern the side.
        coming: What the side owes until the summary is told.
    """

    partnership: Partnership
    week_on: date
    side: Side
    told_at: datetime
    open: tuple[Finding, ...]
    coming: tuple[Commitment, ...] = ()

    @property
    def says_something(self) -> bool:
        return bool(self.open or self.coming)


def span_of(partnership: Partnership, week_on: date) -> Span:
    """The week on the home side's clock."""
    return Span(
        from_at=week_starts_at(partnership, week_on), until_at=week_ends_at(partnership, week_on)
    )


def told_at(partnership: Partnership, week_on: date) -> datetime:
    """When the summary of a week is told: as soon as the sides meet in the week after it."""
    return next_meeting(partnership, week_on)


def worth_until(due_at: datetime) -> datetime:
    """From when on a week that was due at a moment is not told any more."""
    return due_at + LATEST


def news_until(calendar: Calendar, due_at: datetime, told_at: datetime) -> datetime:
    """Until when a lead is told of a week: who is back only later is told of it then.

    Args:
        calendar: The lead's own.
        told_at: When it was told, which after a hole is later than it was due.
    """
    back_at, late_from = next_working(calendar, told_at) or told_at, worth_until(due_at)
    return late_from if back_at < late_from else worth_until(back_at)


def previewed_at(partnership: Partnership, week_on: date, side: Side) -> datetime | None:
    """When the leads of a side see what concerns it: on its Friday, or its last day before.

    None when the side does not work in that week.
    """
    shift = _last_shift(partnership, week_on, side)
    return None if shift is None else _draft_moment(shift)


def drafted_at(calendar: Calendar, week_on: date, told_at: datetime) -> datetime | None:
    """When a lead sees the draft: on their Friday, else in their last shift before it is told.

    None when the lead does not work between the week's Monday and then.
    """
    friday = shift_on(calendar, week_on + timedelta(days=_FRIDAY))
    if friday is not None and _draft_moment(friday) < told_at:
        return _draft_moment(friday)
    days = (local(told_at, calendar.zone).date() - week_on).days
    shifts = (shift_on(calendar, week_on + timedelta(days=day)) for day in range(days, -1, -1))
    moments = (_draft_moment(shift) for shift in shifts if shift is not None)
    return next((at for at in moments if at < told_at), None)


def first_week(partnership: Partnership, now: datetime) -> date:
    """The first week that is summed up: the running one, unless it is closed for either side."""
    week_on = week_of(partnership, now)
    closing = [previewed_at(partnership, week_on, side) for side in SIDES]
    if any(at is None or at <= now for at in closing):
        return week_on + WEEK
    return week_on


def summary_of(week: Week, week_on: date) -> Summary:
    """The summary of the facts of a calendar week."""
    kept, still_open = _kept(week), tuple(findings(week))
    return Summary(
        partnership=week.partnership,
        week_on=week_on,
        open=still_open,
        kept=len(kept),
        promised=len(kept) + _late(week),
        held=tuple(_held(week, still_open)),
        early=next((one for one in kept if _days_early(one) >= _EARLY), None),
        next_check_in=week.next_check_in,
        next_due=tuple(_next_due(week)),
        unheard=_told_holes(week),
    )


def preview_of(week: Week, week_on: date, side: Side) -> Preview:
    """What concerns a side; what it still owes before the summary is told stands beside it."""
    at = told_at(week.partnership, week_on)
    end = min(at, week.span.until_at)
    coming = [o.commitment for o in week.owed if o.commitment.state == "accepted"]
    return Preview(
        partnership=week.partnership,
        week_on=week_on,
        side=side,
        told_at=at,
        open=tuple(one for one in findings(week) if one.concerns(side)),
        coming=tuple(c for c in coming if c.side == side and week.now < c.due_at < end),
    )


def _draft_moment(shift: Shift) -> datetime:
    return max(shift.starts_at, shift.ends_at - BEFORE_THE_CLOSE)


def _last_shift(partnership: Partnership, week_on: date, side: Side) -> Shift | None:
    calendar = partnership.side(side).calendar
    days = (week_on + timedelta(days=day) for day in range(_FRIDAY, -1, -1))
    return next((found for day in days if (found := shift_on(calendar, day)) is not None), None)


def _kept(week: Week) -> list[Commitment]:
    """What was done in the week, and in time."""
    return [
        c
        for c in week.done
        if c.closed_at is not None and week.span.holds(c.closed_at) and c.closed_at <= c.due_at
    ]


def _late(week: Week) -> int:
    """How much was due in the week and done after its date, or not at all."""
    done = [c for c in week.done if c.closed_at is not None and c.closed_at > c.due_at]
    late = sum(1 for c in done if week.span.holds(c.due_at))
    return late + sum(1 for one in overdue(week) if week.span.holds(one.since))


def _days_early(commitment: Commitment) -> timedelta:
    closed_at = commitment.closed_at
    return timedelta(0) if closed_at is None else commitment.due_at - closed_at


def _held(week: Week, still_open: Iterable[Finding]) -> Iterator[CheckIn]:
    """Of what took place, also by the word of one side, what no open line tells of."""
    told = {one.subject_id for one in still_open}
    for check_in in (past.check_in for past in week.check_ins):
        by = held_by(check_in)
        in_span = week.span.holds(check_in.turn.starts_at)
        if by and len(by) == len(check_in.said) and in_span and check_in.turn.id not in told:
            yield check_in


def _next_due(week: Week) -> Iterator[Commitment]:
    coming = [o.commitment for o in week.owed if o.commitment.due_at > week.now]
    for side in SIDES:
        found = next((c for c in coming if c.side == side and c.state == "accepted"), None)
        if found is not None and found.due_at - week.now < WEEK:
            yield found


def _told_holes(week: Week) -> tuple[Span, ...]:
    calendars = (week.partnership.client.calendar, week.partnership.vendor.calendar)
    clipped = [
        Span(
            from_at=max(hole.from_at, week.span.from_at),
            until_at=min(hole.until_at, week.span.until_at),
        )
        for hole in week.holes
        if hole.meets(week.span.from_at, week.span.until_at)
    ]
    return tuple(
        hole
        for hole in clipped
        if any(working_between(c, hole.from_at, hole.until_at) >= TOLD_FROM for c in calendars)
    )
