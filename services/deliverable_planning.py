"""What time does about a deliverable: it is late, and told once; delivered, and nobody objected."""

from datetime import datetime, timedelta
from typing import Final

from data import Database, deliverables, people, wakes
from data.wakes import Wake
from domain.calendars import next_working
from domain.deliverables import Commitment, tell_from
from domain.partnerships import Partnership
from services import deliverable_posts as posts
from services import deliverable_reviews, overdue_lines, wait_clock
from services.audiences import may_post
from services.known import Known
from services.together import Together

LOOK_AGAIN_AFTER: Final = timedelta(hours=12)


def _plan(known: Known, wake: Wake) -> None:
    db, partnership, now = known.db, known.partnership, known.now
    one = deliverables.get(db, wake.team_id, wake.subject_id)
    if one is not None and one.is_with_other_side:
        _wait_for_review(db, wake, partnership, one, now)
    elif one is None or not one.is_open:
        wakes.clear_wake(db, wake.team_id, wake.kind, wake.subject_id)
    else:
        _go_on(db, wake, partnership, one, now)
    known.forget("carded")
    # Whatever of it stands on hub and *This week* is drawn again once for all that is due.
    known.due_now.add(("boards", partnership.id))


plan: Final = Together(_plan)
"""Does what is due about one deliverable, and looks again when more is."""


def _wait_for_review(
    db: Database, wake: Wake, partnership: Partnership, one: Commitment, now: datetime
) -> None:
    if one.review_until is not None and now < one.review_until:
        deliverable_reviews.expect(db, partnership, one)
        return
    wakes.clear_wake(db, wake.team_id, wake.kind, wake.subject_id)
    deliverable_reviews.lapse(db, partnership, one, now)


def _go_on(
    db: Database, wake: Wake, partnership: Partnership, one: Commitment, now: datetime
) -> None:
    wakes.clear_wake(db, wake.team_id, wake.kind, wake.subject_id)
    before, one = one, wait_clock.look(db, partnership, one, now)
    if now < one.due_at:
        wakes.wake_by(db, wake.team_id, wake.kind, one.id, partnership.id, one.due_at)
    if now < one.due_at and one == before:
        return
    posts.refresh(db, partnership, one, now)
    if now < one.due_at or one.stopped_at is not None:
        return
    if not one.is_public:
        return
    is_told, is_shut = overdue_lines.is_told(db, one), not may_post(db, partnership, now)
    if is_told and not is_shut:
        return
    tell_at = _tell_at(db, partnership, one, now)
    if is_shut:
        tell_at = max(tell_at, now + LOOK_AGAIN_AFTER)
    if now < tell_at:
        wakes.wake_by(db, wake.team_id, wake.kind, one.id, partnership.id, tell_at)
    elif overdue_lines.tell(db, partnership, one, now):
        posts.note_by_time(db, one, "deliverable_overdue_told", now)


def _tell_at(db: Database, partnership: Partnership, one: Commitment, now: datetime) -> datetime:
    owner = people.member(db, partnership, one.owner_id)
    coverage = partnership.side(one.side).calendar
    hours = coverage if owner is None or owner.side is None else owner.calendar
    tell_at = tell_from(one, hours, coverage, now)
    # Put off, never used up, while the side that owes does not work.
    return next_working(coverage, max(tell_at, now)) or tell_at
