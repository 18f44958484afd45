"""What is open between the sides once something was delivered, or waits for the other side."""

from collections.abc import Iterator

from domain.findings import MOST_SEVERE, Finding, Week
from domain.gap_ages import shifts_later
from domain.people import other_side
from domain.reviews import NOT_REVIEWED_DAYS

# So much lost working time weighs more: two days.
_MUCH_MINUTES = 16 * 60


def not_reviewed(week: Week) -> Iterator[Finding]:
    """Delivered, and for two working days neither accepted nor sent back."""
    for owed in week.delivered:
        one = owed.commitment
        turn, delivered_at = other_side(one.side), one.closed_at
        if delivered_at is None or one.review_until is None or one.review_until <= week.now:
            continue
        calendar = week.partnership.side(turn).calendar
        if shifts_later(calendar, delivered_at, NOT_REVIEWED_DAYS, week) is not None:
            yield Finding(
                kind="not_reviewed",
                turn=turn,
                since=delivered_at,
                subject_id=one.id,
                severity=1,
                remedy="review",
                about=one,
                evidence=(one.id,),
                link=owed.link,
            )


def waiting(week: Week) -> Iterator[Finding]:
    """What the other side waits for is late, and costs it working time."""
    for stopped in week.stopped:
        one, about = stopped.commitment, stopped.about
        if one.stopped_at is None or one.stopped_at >= week.span.until_at:
            continue
        yield Finding(
            kind="waiting",
            turn=about.side,
            since=one.stopped_at,
            subject_id=one.id,
            severity=min(MOST_SEVERE, 1 + (stopped.minutes >= _MUCH_MINUTES)),
            remedy="input",
            about=stopped,
            evidence=(about.id, one.id),
            link=stopped.link,
        )
