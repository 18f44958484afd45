"""What is open about topics that nobody talks about; the table of all kinds is not here."""

from collections.abc import Iterator
from typing import Final

from domain.agenda import has_agenda
from domain.checkin_gaps import CONFIRM_DAYS
from domain.findings import Finding, PastCheckIn, Week
from domain.gap_ages import shifts_later
from domain.people import SIDES
from domain.topics import EARLY, Coverage

# The oldest are told; the next one follows when one of them was talked about.
TOLD_AT_ONCE: Final = 2


def not_covered(week: Week) -> Iterator[Finding]:
    """A critical topic was not talked about for its number of weeks, though a check-in took place.

    Both sides have two working days after that check-in to say what became of it.
    """
    tried = [past for past in week.check_ins if _could_cover(week, past)]
    for audience in ("both", "leads"):
        late = [one for one in week.topics if one.topic.audience == audience]
        found = [one for one in late if _is_late(week, one, tried)]
        for one in sorted(found, key=lambda one: one.late_from)[:TOLD_AT_ONCE]:
            yield Finding(
                kind="topic",
                turn="both",
                since=one.late_from,
                subject_id=one.topic.id,
                severity=1,
                remedy="topic",
                about=one,
                evidence=(one.topic.id,),
            )


def _is_late(week: Week, one: Coverage, tried: list[PastCheckIn]) -> bool:
    if not one.topic.is_critical or not one.topic.counts_at(week.now):
        return False
    if one.late_from >= min(week.now, week.span.until_at):
        return False
    return any(past.check_in.turn.starts_at >= one.late_from - EARLY for past in tried)


def _could_cover(week: Week, past: PastCheckIn) -> bool:
    """Whether it took place, as far as anybody says, and everybody had time to say more."""
    said = {one.said for one in past.check_in.said.values()}
    if said == {"not_held"} or not has_agenda(past.check_in.cadence.plan):
        return False
    calendars = (week.partnership.side(side).calendar for side in SIDES)
    ends_at = past.check_in.turn.ends_at
    return all(shifts_later(one, ends_at, CONFIRM_DAYS, week) for one in calendars)
