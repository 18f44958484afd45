"""What the other side says of what was delivered, and time when it says nothing."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from data import Database, deliverable_dates, deliverables, journal, wakes
from data.deliverable_dates import Caused, Mover
from data.moments import from_text, to_text
from domain.deliverables import Commitment
from domain.partnerships import Partnership
from domain.reviews import minutes_moved, sent_back
from services import deliverable_posts as posts
from services import wait_clock
from services.actors import Who
from services.daily_wakes import touch
from services.deliverable_acting import (
    Acting,
    Changed,
    Deed,
    acting,
    cause_of,
    current,
    record,
    unchanged,
    wake_at_new_date,
)
from services.deps import Deps
from services.overdue_lines import WAKE

UNDO_FOR: Final = timedelta(days=1)


def expect(db: Database, partnership: Partnership, one: Commitment) -> None:
    """Look again when the other side has had its time."""
    if one.review_until is not None:
        wakes.set_wake(db, one.team_id, WAKE, one.id, partnership.id, one.review_until)


def approve(deps: Deps, who: Who, commitment_id: str, now: datetime) -> Changed:
    """The other side accepts what was delivered.

    Raises:
        UnknownDeliverable, NotAllowed.
    """
    one = acting(deps, who, commitment_id)
    one.require("deliverable.approve")
    with deps.store.writing(one.partnership.id) as db:
        before = current(db, one)
        if before.state != "done" or before.review == "approved":
            return unchanged(one, before)
        after = replace(before, review="approved", reviewed_at=now)
        touch(db, after.team_id, after.created_by, now)
        return record(db, one, after, "deliverable_approved", now)


def send_back(deps: Deps, who: Who, commitment_id: str, reason: str, now: datetime) -> Changed:
    """The other side says what is missing; it is open again, its date later by what it lay there.

    Raises:
        UnknownDeliverable, NotAllowed.
    """
    one = acting(deps, who, commitment_id)
    one.require("deliverable.send_back")
    with deps.store.writing(one.partnership.id) as db:
        before = current(db, one)
        if not before.is_with_other_side or before.closed_at is None:
            return unchanged(one, before)
        coverage = one.partnership.side(before.side).calendar
        after = sent_back(before, coverage, now)
        if after.due_at != before.due_at:
            minutes = minutes_moved(before, after, coverage)
            caused = Caused(cause="review", minutes=minutes)
            by = Mover(person_id=one.actor.person.id, side=one.actor.standings.side, caused=caused)
            deliverable_dates.add(db, after, before.due_at, by, now)
        posts.tell_sent_back(db, one.partnership, after, (reason, before.due_at), now)
        touch(db, after.team_id, after.created_by, now)
        changed = record(db, one, after, _sent_back(before, reason), now)
        wake_at_new_date(db, before, after, now)
        again = (before.closed_at, cause_of(one, now))
        wait_clock.wanted_again(db, one.partnership, after, again)
        return changed


def take_back_approval(deps: Deps, one: Acting, now: datetime) -> Changed:
    """It is looked at once more; what was accepted more than a day ago stays so."""
    one.require("deliverable.approve")
    with deps.store.writing(one.partnership.id) as db:
        before = current(db, one)
        accepted_at = before.reviewed_at
        if before.review != "approved" or accepted_at is None or now - accepted_at > UNDO_FOR:
            return unchanged(one, before)
        after = replace(before, review=None, reviewed_at=None)
        expect(db, one.partnership, after)
        touch(db, after.team_id, after.created_by, now)
        return record(db, one, after, "deliverable_approval_undone", now)


def take_back_sending(deps: Deps, one: Acting, now: datetime) -> Changed:
    """It is delivered as it was, unless more has happened to it or a day has passed."""
    one.require("deliverable.send_back")
    with deps.store.writing(one.partnership.id) as db:
        before = current(db, one)
        last = journal.entries(db, before.team_id, "commitment", before.id)[-1]
        if last.verb != "deliverable_sent_back" or now - last.at > UNDO_FOR:
            return unchanged(one, before)
        history = deliverable_dates.history(db, before)
        moved = history[-1].cause == "review" and history[-1].changed_at == last.at
        if moved:
            deliverable_dates.take_back(db, before)
        after = replace(
            before,
            state="done",
            closed_at=from_text(last.details["delivered_at"]),
            review_until=from_text(last.details["until"]),
            due_at=from_text(last.details["due_at"]),
            first_due_at=from_text(last.details["first_due_at"]),
            sent_back=before.sent_back - 1,
        )
        posts.untell_sent_back(db, one.partnership, after, last.at, now)
        changed = record(db, one, after, "deliverable_sending_undone", now)
        expect(db, one.partnership, after)
        wait_clock.came(db, one.partnership, after, cause_of(one, now))
        return changed


def lapse(db: Database, partnership: Partnership, one: Commitment, now: datetime) -> None:
    """The time is over in which the other side could send it back."""
    after = replace(one, review="no_objection", reviewed_at=now)
    deliverables.save(db, after)
    posts.note_by_time(db, after, "deliverable_no_objection", now)
    posts.redraw(db, partnership, after, now)


def _sent_back(before: Commitment, reason: str) -> Deed:
    assert before.closed_at is not None  # it was delivered
    assert before.review_until is not None  # it lay with the other side
    moments = {
        "delivered_at": before.closed_at,
        "until": before.review_until,
        "due_at": before.due_at,
        "first_due_at": before.first_due_at,
    }
    return Deed(
        verb="deliverable_sent_back",
        reason=reason,
        details={name: to_text(at) for name, at in moments.items()},
    )
