"""How a deliverable ends without being delivered: not taken on, not promised, cancelled."""

from dataclasses import replace
from datetime import datetime

from data import journal, people
from domain.deliverables import Commitment, DeclinedWhy, State
from services import deliverable_posts as posts
from services import wait_clock
from services.actors import Who
from services.daily_wakes import expect, touch
from services.deliverable_acting import (
    Acting,
    Changed,
    Deed,
    acting,
    cause_of,
    current,
    record,
    still_open,
    unchanged,
    wake_at_new_date,
)
from services.deliverable_reviews import UNDO_FOR
from services.deps import Deps
from services.overdue_lines import take_back


def decline(deps: Deps, who: Who, commitment_id: str, now: datetime) -> Changed:
    """Its owner does not take it on; the author is told.

    Raises:
        UnknownDeliverable, NotAllowed, DeliverableClosed.
    """
    return _decline(deps, acting(deps, who, commitment_id), ("not_mine", None), now)


def cannot_promise(deps: Deps, who: Who, commitment_id: str, reason: str, now: datetime) -> Changed:
    """It would be its owner's, who cannot promise it; the author is told why.

    Raises:
        UnknownDeliverable, NotAllowed, DeliverableClosed.
    """
    return _decline(deps, acting(deps, who, commitment_id), ("cannot_promise", reason), now)


def withdraw(
    deps: Deps, who: Who, commitment_id: str, reason: str | None, now: datetime
) -> Changed:
    """Nobody owes it any more; both sides read why.

    Args:
        reason: None: it was written down by mistake, which nobody is told of.

    Raises:
        UnknownDeliverable, NotAllowed, DeliverableClosed.
    """
    one = acting(deps, who, commitment_id)
    one.require("deliverable.withdraw")
    with deps.store.writing(one.partnership.id) as db:
        before = current(db, one)
        if before.state == "withdrawn":
            return unchanged(one, before)
        still_open(before)
        after = replace(
            before, state="withdrawn", closed_at=now, closed_reason=reason, stopped_at=None
        )
        take_back(db, before, after, now)
        wait_clock.dropped(db, before, now)
        if reason is not None:
            posts.tell_cancelled(db, one.partnership, after, one.actor.standings.side, now)
        touch(db, after.team_id, after.created_by, now)
        details = {"was": before.state}
        deed = Deed(verb="deliverable_withdrawn", reason=reason, details=details)
        changed = record(db, one, after, deed, now)
        wait_clock.gone(db, one.partnership, after, cause_of(one, now))
        return changed


def take_back_withdrawal(deps: Deps, one: Acting, now: datetime) -> Changed:
    """It is owed as before, unless more has happened to it or a day has passed."""
    one.require("deliverable.withdraw")
    with deps.store.writing(one.partnership.id) as db:
        before = current(db, one)
        last = journal.entries(db, before.team_id, "commitment", before.id)[-1]
        if last.verb != "deliverable_withdrawn" or now - last.at > UNDO_FOR:
            return unchanged(one, before)
        after = _owed_again(before, last.details.get("was"))
        posts.tell_reopened(db, one.partnership, before, after, now)
        changed = record(db, one, after, "deliverable_reopened", now)
        wake_at_new_date(db, before, after, now)
        wait_clock.restored(db, one.partnership, (before, after), cause_of(one, now))
        owner = people.member(db, one.partnership, after.owner_id)
        if owner is not None:
            expect(db, after.team_id, owner, now)
        return changed


def _owed_again(before: Commitment, was: object) -> Commitment:
    state: State = "accepted" if was == "accepted" else "proposed"
    return replace(before, state=state, closed_at=None, closed_reason=None)


def _decline(
    deps: Deps, one: Acting, why: tuple[DeclinedWhy, str | None], now: datetime
) -> Changed:
    one.require("deliverable.decline")
    code, reason = why
    with deps.store.writing(one.partnership.id) as db:
        before = current(db, one)
        if before.state == "declined":
            return unchanged(one, before)
        still_open(before)
        after = replace(
            before, state="declined", closed_at=now, declined_why=code, closed_reason=reason
        )
        deed = Deed(verb="deliverable_declined", reason=reason, details={"why": code})
        wait_clock.dropped(db, before, now)
        changed = record(db, one, after, deed, now)
        wait_clock.gone(db, one.partnership, after, cause_of(one, now))
        touch(db, after.team_id, before.created_by, now)
        return changed
