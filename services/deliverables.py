"""What people do about deliverables: write one down, take it on, deliver it, give it a new date."""

from dataclasses import replace
from datetime import datetime

from data import Database, deliverable_dates, deliverables, ladder, people
from data.deliverable_dates import Mover
from domain import reviews
from domain.deliverables import (
    Commitment,
    Due,
    OwnerKind,
    State,
    checked_audience,
    due_moment,
)
from domain.due_days import named_day_off, same_date
from domain.loads import load_beside
from services import boards, deliverable_reviews, wait_clock
from services import deliverable_posts as posts
from services.actors import Actor, Who
from services.daily_wakes import expect, touch
from services.deliverable_acting import (
    Changed,
    acting,
    calendar_of_owner,
    cause_of,
    changeable,
    current,
    mover,
    note,
    record,
    still_open,
    unchanged,
    wake_at_new_date,
)
from services.deliverable_drafts import Draft, drafted
from services.deliverable_writing import listed_owner, write
from services.deps import Deps
from services.overdue_lines import take_back
from services.personal import may_speak_to
from views.deliverable_forms import Filled


def create(deps: Deps, actor: Actor, draft: Draft, now: datetime) -> Changed:
    """Write a deliverable down, once for each draft, show it to both sides and ask its owner.

    Raises:
        NotListed, NotAllowed; AlreadyTracked: Of its message something is tracked already.
    """
    actor.require("deliverable.create")
    partnership = actor.partnership
    with deps.store.writing(partnership.id) as db:
        written = write(db, actor, draft, now)
        if written is None:
            known = deliverables.get(db, actor.team_id, draft.id)
            assert known is not None  # it was written before
            return Changed(partnership=partnership, commitment=known, owner=draft.owner)
        new, owner = written.commitment, written.owner
        posts.put_new(db, partnership, new, owner, now, draft.named)
        boards.redraw_soon(db, partnership, now)
        is_asked_later = not may_speak_to(db, partnership, owner, now)
    listed = owner.takes_part and not draft.owner.takes_part
    return Changed(
        partnership=partnership,
        commitment=new,
        owner=owner,
        newly_listed=listed,
        named=draft.named,
        is_asked_later=is_asked_later,
    )


def accept(deps: Deps, who: Who, commitment_id: str, now: datetime) -> Changed:
    """Its owner takes it on, or anybody of the side to which it was given.

    Raises:
        UnknownDeliverable, NotAllowed, DeliverableClosed.
    """
    one = acting(deps, who, commitment_id)
    one.require("deliverable.accept")
    with deps.store.writing(one.partnership.id) as db:
        before = current(db, one)
        if before.state != "proposed":
            return unchanged(one, still_open(before))
        # What was given to a side belongs from now on to whoever accepts it.
        after = replace(
            before,
            state="accepted",
            first_due_at=before.due_at,
            owner_id=one.actor.person.id,
            owner_kind="person",
        )
        changed = record(db, one, after, "deliverable_accepted", now)
        touch(db, after.team_id, before.owner_id, now)
        wait_clock.promised(db, one.partnership, after, now)
        zone = calendar_of_owner(db, one.partnership, after).zone
        every = deliverables.owed_by(db, after.team_id, after.owner_id)
        return replace(changed, load=load_beside(after, every, zone))


def done(deps: Deps, who: Who, commitment_id: str, now: datetime) -> Changed:
    """It is delivered; the other side reads it in the thread.

    Raises:
        UnknownDeliverable, NotAllowed, DeliverableClosed.
    """
    one = acting(deps, who, commitment_id)
    one.require("deliverable.done")
    with deps.store.writing(one.partnership.id) as db:
        before = current(db, one)
        if before.state == "done":
            return unchanged(one, before)
        still_open(before)
        cause = cause_of(one, now)
        before = wait_clock.settled(db, one.partnership, before, cause)
        after = reviews.delivered(before, one.partnership, now)
        changed = record(db, one, after, "deliverable_done", now)
        deliverable_reviews.expect(db, one.partnership, after)
        take_back(db, before, after, now)
        posts.tell_done(db, one.partnership, after, now)
        wait_clock.came(db, one.partnership, after, cause)
        return changed


def move(
    deps: Deps, who: Who, commitment_id: str, asked: tuple[Due, str | None], now: datetime
) -> Changed:
    """Give it a new date; the other side reads it in the thread, with the reason.

    An owner who was asked, and answers with another date, takes it on for that date.

    Args:
        asked: The date and the reason (None: none was given).

    Raises:
        UnknownDeliverable, NotAllowed, DeliverableClosed; Unclear: The date cannot be.
    """
    one = acting(deps, who, commitment_id)
    one.require("deliverable.move")
    due, reason = asked
    with deps.store.writing(one.partnership.id) as db:
        before = still_open(current(db, one))
        calendar = calendar_of_owner(db, one.partnership, before)
        due_at, named = due_moment(due, calendar, now), named_day_off(due, calendar)
        if due_at == before.due_at:
            raise same_date(named, one.partnership.side(before.side).name)
        after = _moved(before, due_at, by_owner=before.owner_id == one.actor.person.id)
        deliverable_dates.add(db, after, before.due_at, mover(one, reason, named), now)
        changed = record(db, one, after, "deliverable_moved", now)
        wake_at_new_date(db, before, after, now)
        posts.tell_moved(db, one.partnership, after, (reason, named), now)
        if before.state == "proposed":
            touch(db, after.team_id, before.created_by, now)
            if after.state == "accepted":
                wait_clock.promised(db, one.partnership, after, now)
        return replace(changed, named=named)


def change(deps: Deps, who: Who, commitment_id: str, filled: Filled, now: datetime) -> Changed:
    """Its author words it anew, or names another owner or date, before it is taken on.

    Raises:
        UnknownDeliverable, NotAllowed, DeliverableClosed, AlreadyAccepted, Unclear.
    """
    one = acting(deps, who, commitment_id)
    one.require("deliverable.withdraw")
    with deps.store.writing(one.partnership.id) as db:
        before = changeable(current(db, one), one.actor)
        draft = drafted(db, one.actor, filled, before.id, now)
        checked_audience(before.audience, one.actor.listed, draft.owner)
        after = _changed(before, draft, by=one.actor)
        owner = listed_owner(db, one.actor, draft, now)
        _note_date(db, before, after, mover(one, None, draft.named), now)
        changed = record(db, one, after, "deliverable_changed", now)
        wake_at_new_date(db, before, after, now)
        if after.owner_id != before.owner_id or not before.is_open:
            for person_id in {before.owner_id, before.created_by}:
                touch(db, before.team_id, person_id, now)
            posts.put_new(db, one.partnership, after, owner, now, draft.named)
        expect(db, after.team_id, owner, now)
        is_asked_later = not may_speak_to(db, one.partnership, owner, now)
    listed = owner.takes_part and not draft.owner.takes_part
    return replace(
        changed,
        owner=owner,
        newly_listed=listed,
        named=draft.named,
        is_asked_later=is_asked_later,
    )


def say_it_looks_done(deps: Deps, who: Who, commitment_id: str, now: datetime) -> Changed:
    """Somebody who may not close it thinks that it is done: its owner is asked, once a date.

    Raises:
        UnknownDeliverable, NotAllowed, DeliverableClosed.
    """
    one = acting(deps, who, commitment_id)
    one.require("deliverable.tell_done")
    with deps.store.writing(one.partnership.id) as db:
        found = still_open(current(db, one))
        owner = people.member(db, one.partnership, found.owner_id)
        asked = owner is not None and posts.ask_whether_done(db, one.partnership, found, owner, now)
        if asked:
            note(db, one, "deliverable_looks_done", now)
            ladder.reckon_again(db, found.team_id, found.owner_id)
    return unchanged(one, found)


def _moved(before: Commitment, due_at: datetime, *, by_owner: bool) -> Commitment:
    before = replace(before, acknowledged_at=None, snoozed_until=None)
    if before.state == "accepted":
        return replace(before, due_at=due_at, moves=before.moves + 1, asked_at=None)
    state: State = "accepted" if by_owner else "proposed"
    return replace(before, due_at=due_at, first_due_at=due_at, state=state, asked_at=None)


def _kind_of(before: Commitment, draft: Draft) -> OwnerKind:
    """What it was given to; whoever sees to it for a side and is left in the form, still does."""
    is_same = draft.owner.person.id == before.owner_id
    return before.owner_kind if is_same and draft.owner_kind == "person" else draft.owner_kind


def _changed(before: Commitment, draft: Draft, *, by: Actor) -> Commitment:
    is_own = draft.owner.person.id == by.person.id
    is_kept = before.state == "accepted" and draft.owner.person.id == before.owner_id
    moved = is_kept and draft.due_at != before.due_at
    return replace(
        before,
        title=draft.title,
        details=draft.details if draft.is_full else before.details,
        importance=draft.importance if draft.is_full else before.importance,
        owner_id=draft.owner.person.id,
        owner_kind=_kind_of(before, draft),
        side=draft.side,
        state="accepted" if is_own else "proposed",
        due_at=draft.due_at,
        first_due_at=before.first_due_at if is_kept else draft.due_at,
        moves=before.moves + int(moved),
        closed_at=None,
        declined_why=None,
        closed_reason=None,
        asked_at=None if draft.due_at != before.due_at else before.asked_at,
    )


def _note_date(
    db: Database, before: Commitment, after: Commitment, by: Mover, now: datetime
) -> None:
    if after.due_at != before.due_at:
        deliverable_dates.add(db, after, before.due_at, by, now)
    else:
        deliverable_dates.name_day(db, after, by.named)
