"""Taking back what was done about a deliverable."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Final

from data import Database, deliverable_dates, people, wakes
from domain.deliverables import Commitment, State
from domain.partnerships import Partnership
from services import deliverable_endings, deliverable_reviews, wait_clock, waits
from services import deliverable_posts as posts
from services.actors import Who
from services.daily_wakes import expect, touch
from services.deliverable_acting import (
    Acting,
    Changed,
    acting,
    cause_of,
    current,
    record,
    unchanged,
    wake_at_new_date,
)
from services.deliverable_reviews import UNDO_FOR
from services.deps import Deps
from services.overdue_lines import WAKE

# By the right that closed it: as what it was closed, and as what it is open again.
_REOPENED: Final[Mapping[str, tuple[State, State]]] = {
    "deliverable.done": ("done", "accepted"),
    "deliverable.decline": ("declined", "proposed"),
}

_OTHERS: Final[Mapping[str, Callable[[Deps, Acting, datetime], Changed]]] = {
    "withdrawn": deliverable_endings.take_back_withdrawal,
    "approved": deliverable_reviews.take_back_approval,
    "sent_back": deliverable_reviews.take_back_sending,
}


def undo(deps: Deps, who: Who, commitment_id: str, what: str, now: datetime) -> Changed:
    """Take back one act; what was undone before, or followed by something else, stays as it is.

    Args:
        what: ``created``, ``done``, ``declined``, ``withdrawn``, ``approved``, ``sent_back``,
            ``waiting-<id of the wait>``, or ``moved-<epoch seconds of the new date>``.

    Raises:
        UnknownDeliverable, NotAllowed, DeliverableClosed.
    """
    one = acting(deps, who, commitment_id)
    if what == "created":
        if one.commitment.is_open and not is_as_written(one.commitment):
            return unchanged(one, one.commitment)
        return deliverable_endings.withdraw(deps, who, commitment_id, None, now)
    if what == "done":
        return _reopen(deps, one, "deliverable.done", now)
    if what == "declined":
        return _reopen(deps, one, "deliverable.decline", now)
    if what.startswith("waiting-"):
        return waits.over(deps, who, what.removeprefix("waiting-"), now)
    if what in _OTHERS:
        return _OTHERS[what](deps, one, now)
    return _move_back(deps, one, what.removeprefix("moved-"), now)


def is_as_written(one: Commitment) -> bool:
    """Whether nobody has done anything about it since its author wrote it down."""
    is_asked = one.state == "proposed" or one.owner_id == one.created_by
    return one.is_open and is_asked and one.moves == 0 and one.sent_back == 0


def _reopen(deps: Deps, one: Acting, act: str, now: datetime) -> Changed:
    one.require(act)
    with deps.store.writing(one.partnership.id) as db:
        before = current(db, one)
        closed_as, state = _REOPENED[act]
        is_over = act != "deliverable.done" and _is_long_ago(before.closed_at, now)
        if before.state != closed_as or before.review is not None or is_over:
            return unchanged(one, before)
        after = replace(
            before,
            state=state,
            closed_at=None,
            review_until=None,
            declined_why=None,
            closed_reason=None,
        )
        wakes.set_wake(db, after.team_id, WAKE, after.id, after.partnership_id, after.due_at)
        _expect_owner(db, one.partnership, after, now)
        touch(db, after.team_id, after.created_by, now)
        posts.tell_reopened(db, one.partnership, before, after, now)
        changed = record(db, one, after, "deliverable_reopened", now)
        wait_clock.restored(db, one.partnership, (before, after), cause_of(one, now))
        return changed


def _move_back(deps: Deps, one: Acting, new_due: str, now: datetime) -> Changed:
    one.require("deliverable.move")
    with deps.store.writing(one.partnership.id) as db:
        before = current(db, one)
        history = deliverable_dates.history(db, before)
        # A date that nobody chose is not taken back by hand.
        last = history[-1] if history and history[-1].cause is None else None
        old_due_at = last.old_due_at if last else None
        stands = before.is_open and str(int(before.due_at.timestamp())) == new_due
        if last is None or old_due_at is None or not stands or _is_long_ago(last.changed_at, now):
            return unchanged(one, before)
        moves = max(0, before.moves - 1)
        first = before.first_due_at if before.moves else old_due_at
        # Moved before it was taken on: taking it on was for the date that goes.
        state: State = before.state if before.moves else "proposed"
        after = replace(before, due_at=old_due_at, first_due_at=first, moves=moves, state=state)
        deliverable_dates.take_back(db, before)
        wake_at_new_date(db, before, after, now)
        moved = (before, last.changed_at)
        posts.tell_moved_back(db, one.partnership, moved, (after, one.actor.standings.side), now)
        return record(db, one, after, "deliverable_moved_back", now)


def _is_long_ago(at: datetime | None, now: datetime) -> bool:
    return at is None or now - at > UNDO_FOR


def _expect_owner(
    db: Database, partnership: Partnership, commitment: Commitment, now: datetime
) -> None:
    owner = people.member(db, partnership, commitment.owner_id)
    if owner is not None:
        expect(db, commitment.team_id, owner, now)
