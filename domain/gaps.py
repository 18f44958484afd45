"""Where communication fell short: one pure function for each kind, and the table of them all."""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from domain import zones
from domain.calendars import Calendar, working_days_between
from domain.checkin_gaps import disagreement, not_held, unconfirmed
from domain.deliverable_gaps import not_reviewed, waiting
from domain.findings import (
    MOST_SEVERE,
    Finding,
    Kind,
    Proposed,
    Slip,
    Week,
)
from domain.gap_ages import counts_from, shifts_later
from domain.people import SIDES, Side, other_side
from domain.topic_gaps import not_covered

SILENT_DAYS: Final = 5
ACCEPT_DAYS: Final = 2
DECIDE_DAYS: Final = 2
# A finding that is so many working days old weighs more.
OLD_DAYS: Final = 5
ENOUGH_ANSWERED: Final = 0.6
COUNTED_FROM: Final = 3  # people asked of a side


def overdue(week: Week) -> Iterator[Finding]:
    """Accepted, and not in when it was due."""
    for owed in week.owed:
        one = owed.commitment
        calendar = week.partnership.side(one.side).calendar
        late_from = counts_from(calendar, one.due_at, week.holes)
        is_owed = one.state == "accepted" and one.stopped_at is None
        if not is_owed or late_from is None or late_from > week.now:
            continue
        if one.due_at < week.span.until_at:
            yield Finding(
                kind="overdue",
                turn=one.side,
                since=one.due_at,
                subject_id=one.id,
                severity=_grown(2, calendar, one.due_at, week.now),
                remedy="done",
                about=one,
                evidence=(one.id,),
                link=owed.link,
                unanswered=owed.unanswered,
            )


def not_accepted(week: Week) -> Iterator[Finding]:
    """Somebody was asked for something and neither took it on nor said no."""
    for owed in week.owed:
        one = owed.commitment
        calendar = week.partnership.side(one.side).calendar
        if one.state != "proposed" or one.created_at >= week.span.until_at:
            continue
        waited = shifts_later(calendar, one.created_at, ACCEPT_DAYS, week)
        if waited is not None:
            yield Finding(
                kind="not_accepted",
                turn=one.side,
                since=one.created_at,
                subject_id=one.id,
                severity=_grown(1, calendar, one.created_at, week.now),
                remedy="accept",
                about=one,
                evidence=(one.id,),
                link=owed.link,
            )


def slipping(week: Week) -> Iterator[Finding]:
    """A date that moved within the span and lay behind it; neutral.

    What is due later than a told week stays in it, also once that date has passed.
    """
    for owed in week.owed:
        one, change = owed.commitment, owed.last_change
        if one.state != "accepted" or change is None or change.old_due_at is None:
            continue
        if one.due_at > min(week.now, week.span.until_at) and week.span.holds(change.changed_at):
            yield Finding(
                kind="slipping",
                turn=one.side,
                since=change.changed_at,
                subject_id=one.id,
                severity=0 if change.was_early else 1,
                remedy="done",
                about=Slip(commitment=one, change=change),
                evidence=(one.id,),
                link=owed.link,
            )


def silence(week: Week) -> Iterator[Finding]:
    """A side wrote nothing for five of its working days, as far as anybody listened."""
    agreed_at = week.partnership.agreed_at
    if agreed_at is None or not week.hears:
        return
    ends = [hole.until_at for hole in week.holes if hole.until_at <= week.now]
    heard_from = max([agreed_at, week.resumed_at or agreed_at, *ends])
    if any(hole.holds(week.now) for hole in week.holes):
        return
    for side in SIDES:
        contact = week.contacts.get(side)
        since = heard_from if contact is None else max(contact.at, heard_from)
        calendar = week.partnership.side(side).calendar
        if shifts_later(calendar, since, SILENT_DAYS, week) is None:
            continue
        yield Finding(
            kind="silence",
            turn=side,
            since=since,
            subject_id=f"{since:%Y%m%dT%H%M%S}",
            severity=_grown(1, calendar, since, week.now),
            remedy="write",
            link=None if contact is None else contact.link,
        )


def low_response(week: Week) -> Iterator[Finding]:
    """Fewer than three of five people of a side answered; sides of three and more."""
    for one in week.responses:
        for side, counts in one.counts.items():
            few = counts.answered < ENOUGH_ANSWERED * counts.asked
            if few and counts.asked >= COUNTED_FROM and week.span.holds(one.closed_at):
                yield Finding(
                    kind="low_response",
                    turn=side,
                    since=one.closed_at,
                    subject_id=one.survey_id,
                    severity=1,
                    remedy="agenda",
                    about=counts,
                    evidence=(one.survey_id,),
                    link=one.link,
                )


def nothing_planned(week: Week) -> Iterator[Finding]:
    """There is no next check-in."""
    since = week.unplanned_since
    if since is not None and since < week.span.until_at:
        yield Finding(
            kind="nothing_planned",
            turn="both",
            since=since,
            subject_id=f"{since:%Y%m%dT%H%M%S}",
            severity=1,
            remedy="plan",
        )


def undecided(week: Week) -> Iterator[Finding]:
    """A side was asked to agree to something for both, and said neither yes nor no."""
    for one in week.proposed:
        calendar = week.partnership.side(other_side(one.by)).calendar
        if one.at >= week.span.until_at:
            continue
        if shifts_later(calendar, one.at, DECIDE_DAYS, week) is not None:
            yield _proposal(one, _grown(1, calendar, one.at, week.now))


def _proposal(one: Proposed, severity: int) -> Finding:
    return Finding(
        kind="undecided",
        turn=other_side(one.by),
        since=one.at,
        subject_id=one.about.id,
        severity=severity,
        remedy="decide",
        about=one.about,
        evidence=(one.about.id,),
        link=one.link,
    )


Finder = Callable[[Week], Iterable[Finding]]

GAPS: Final[Mapping[Kind, Finder]] = {
    "overdue": overdue,
    "not_held": not_held,
    "disagreement": disagreement,
    "unconfirmed": unconfirmed,
    "silence": silence,
    "low_response": low_response,
    "nothing_planned": nothing_planned,
    "not_accepted": not_accepted,
    "slipping": slipping,
    "undecided": undecided,
    "topic": not_covered,
    "not_reviewed": not_reviewed,
    "waiting": waiting,
}
"""By kind; a kind that stands here is found, listed and told."""


def findings(week: Week, kinds: Container[Kind] = GAPS) -> list[Finding]:
    """Everything that is open, without what was settled: the oldest first, sides alternating.

    Args:
        kinds: Only these are looked for.
    """
    if not week.partnership.is_agreed or week.partnership.is_paused(week.now):
        return []
    wanted = (find for kind, find in GAPS.items() if kind in kinds)
    every = [replace(one, seen_at=week.now) for find in wanted for one in find(week)]
    return alternating(one for one in every if one.key not in week.settled)


def listed(week: Week) -> list[Finding]:
    """What is open, and from the first moment on what a side is asked to agree to.

    For those who look themselves; what is told to others waits for its working days.
    """
    if not week.partnership.is_agreed or week.partnership.is_paused(week.now):
        return []
    found = findings(week)
    known = {one.key for one in found} | week.settled
    asked = [replace(_proposal(one, 0), seen_at=week.now) for one in week.proposed]
    return alternating([*found, *(one for one in asked if one.key not in known)])


def alternating(every: Iterable[Finding]) -> list[Finding]:
    """By age, but never two of one side behind each other as long as others are left."""
    left = sorted(every, key=lambda one: (one.since, one.kind, one.subject_id))
    ordered: list[Finding] = []
    while left:
        last = ordered[-1].turn if ordered else None
        # The one before belongs to a side; another's comes next, if there is one.
        position = next((n for n, one in enumerate(left) if one.turn != last or last == "both"), 0)
        ordered.append(left.pop(position))
    return ordered


def own_first(every: Sequence[Finding], side: Side) -> list[Finding]:
    """What waits for a side before what waits for the other, each as ordered."""
    return [f for f in every if f.concerns(side)] + [f for f in every if not f.concerns(side)]


def _grown(severity: int, calendar: Calendar, since: datetime, now: datetime) -> int:
    first, today = (zones.local(at, calendar.zone).date() for at in (since, now))
    old = working_days_between(calendar, first, today) >= OLD_DAYS
    return min(MOST_SEVERE, severity + old)
