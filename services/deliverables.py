"""What people do about deliverables: write one down, take it on, close it, give it a new date."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from data import Database, deliverables, journal, partnerships, people, wakes
from data.deliverables import Mover
from domain.calendars import Calendar
from domain.deliverables import (
    AlreadyAccepted,
    Commitment,
    DeliverableClosed,
    Due,
    State,
    Unclear,
    UnknownDeliverable,
    due_moment,
)
from domain.partnerships import Partnership
from domain.people import Member
from services import boards, daily
from services import deliverable_posts as posts
from services.actors import Actor, Who, actor_in
from services.deliverable_drafts import Draft, drafted
from services.deps import Deps
from views.deliverable_forms import Filled

WAKE: Final = "deliverable"
# By the right that closed it: as what it was closed, and as what it is open again.
_REOPENED: Final[Mapping[str, tuple[State, State]]] = {
    "deliverable.done": ("done", "accepted"),
    "deliverable.decline": ("declined", "proposed"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Acting:
    """Somebody with regard to a deliverable."""

    actor: Actor
    commitment: Commitment

    @property
    def partnership(self) -> Partnership:
        return self.actor.partnership

    def require(self, act: str) -> None:
        """Raise ``NotAllowed`` unless the table of rights lets the actor do this."""
        self.actor.require(act, self.commitment.thing(self.actor.person.id))


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """A deliverable as it is after an act. ``newly_listed``: its owner was put on a side's list."""

    partnership: Partnership
    commitment: Commitment
    owner: Member | None = None
    newly_listed: bool = False


def acting(deps: Deps, who: Who, commitment_id: str) -> Acting:
    """The actor with regard to the deliverable that a button names.

    Raises:
        UnknownDeliverable: There is no such deliverable any more.
    """
    db = deps.store.reading()
    commitment = deliverables.get(db, who.team_id, commitment_id)
    if commitment is None:
        raise UnknownDeliverable
    found = partnerships.get(db, who.team_id, commitment.partnership_id)
    if found is None:
        raise UnknownDeliverable
    return Acting(actor=actor_in(deps.store, who, found), commitment=commitment)


def create(deps: Deps, actor: Actor, draft: Draft, now: datetime) -> Changed:
    """Write a deliverable down, once for each draft, show it to both sides and ask its owner.

    Raises:
        NotListed, NotAllowed.
    """
    author = actor.listed
    actor.require("deliverable.create")
    partnership = actor.partnership
    with deps.store.writing(partnership.id) as db:
        new = _new(actor, draft, now)
        by = Mover(person_id=actor.person.id, side=author.side)
        if not deliverables.insert(db, new, by):
            known = deliverables.get(db, actor.team_id, draft.id) or new
            return Changed(partnership=partnership, commitment=known, owner=draft.owner)
        listed = _list_owner(db, actor, draft, now)
        _note(db, Acting(actor=actor, commitment=new), "deliverable_created", now)
        posts.put_new(db, partnership, new, draft.owner, now)
        wakes.set_wake(db, new.team_id, WAKE, new.id, partnership.id, new.due_at)
        daily.expect(db, new.team_id, draft.owner, now)
        boards.redraw_soon(db, partnership, now)
    return Changed(partnership=partnership, commitment=new, owner=draft.owner, newly_listed=listed)


def accept(deps: Deps, who: Who, commitment_id: str, now: datetime) -> Changed:
    """Its owner takes it on.

    Raises:
        UnknownDeliverable, NotAllowed, DeliverableClosed.
    """
    one = acting(deps, who, commitment_id)
    one.require("deliverable.accept")
    with deps.store.writing(one.partnership.id) as db:
        before = _current(db, one)
        if before.state != "proposed":
            return _unchanged(one, still_open(before))
        after = replace(before, state="accepted", first_due_at=before.due_at)
        return _record(db, one, after, "deliverable_accepted", now)


def decline(deps: Deps, who: Who, commitment_id: str, now: datetime) -> Changed:
    """Its owner does not take it on; the author is told.

    Raises:
        UnknownDeliverable, NotAllowed, DeliverableClosed.
    """
    one = acting(deps, who, commitment_id)
    one.require("deliverable.decline")
    with deps.store.writing(one.partnership.id) as db:
        before = _current(db, one)
        if before.state == "declined":
            return _unchanged(one, before)
        still_open(before)
        after = replace(before, state="declined", closed_at=now)
        changed = _record(db, one, after, "deliverable_declined", now)
        author = people.member(db, one.partnership, before.created_by)
        if author is not None and before.created_by != one.actor.person.id:
            posts.tell_declined(db, one.partnership, after, author, now)
        return changed


def done(deps: Deps, who: Who, commitment_id: str, now: datetime) -> Changed:
    """It is delivered; the other side reads it in the thread.

    Raises:
        UnknownDeliverable, NotAllowed, DeliverableClosed.
    """
    one = acting(deps, who, commitment_id)
    one.require("deliverable.done")
    with deps.store.writing(one.partnership.id) as db:
        before = _current(db, one)
        if before.state == "done":
            return _unchanged(one, before)
        still_open(before)
        after = replace(before, state="done", closed_at=now)
        changed = _record(db, one, after, "deliverable_done", now)
        posts.take_back_overdue(db, before, now)
        posts.tell_done(db, one.partnership, after, now)
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
        before = still_open(_current(db, one))
        due_at = due_moment(due, calendar_of_owner(db, one.partnership, before), now)
        if due_at == before.due_at:
            raise Unclear("due", "same_due")
        after = _moved(before, due_at, by_owner=before.owner_id == one.actor.person.id)
        changed = _record(db, one, after, "deliverable_moved", now)
        deliverables.add_date(db, after, before.due_at, _mover(one, reason), now)
        _wake_at_new_date(db, before, after, now)
        posts.tell_moved(db, one.partnership, after, reason, now)
        return changed


def change(deps: Deps, who: Who, commitment_id: str, filled: Filled, now: datetime) -> Changed:
    """Its author words it anew, or names another owner or date, before it is taken on.

    Raises:
        UnknownDeliverable, NotAllowed, DeliverableClosed, AlreadyAccepted, Unclear.
    """
    one = acting(deps, who, commitment_id)
    one.require("deliverable.withdraw")
    with deps.store.writing(one.partnership.id) as db:
        before = changeable(_current(db, one), one.actor)
        draft = drafted(db, one.actor, filled, before.id, now)
        after = _changed(before, draft, by=one.actor)
        listed = _list_owner(db, one.actor, draft, now)
        changed = _record(db, one, after, "deliverable_changed", now)
        if after.due_at != before.due_at:
            deliverables.add_date(db, after, before.due_at, _mover(one, None), now)
        _wake_at_new_date(db, before, after, now)
        if after.owner_id != before.owner_id or not before.is_open:
            posts.pass_on(db, one.partnership, before, now)
            posts.put_new(db, one.partnership, after, draft.owner, now)
        daily.expect(db, after.team_id, draft.owner, now)
    return replace(changed, owner=draft.owner, newly_listed=listed)


def say_it_looks_done(deps: Deps, who: Who, commitment_id: str, now: datetime) -> Changed:
    """Somebody who may not close it thinks that it is done: its owner is asked, once a date.

    Raises:
        UnknownDeliverable, NotAllowed, DeliverableClosed.
    """
    one = acting(deps, who, commitment_id)
    one.require("deliverable.tell_done")
    with deps.store.writing(one.partnership.id) as db:
        current = still_open(_current(db, one))
        owner = people.member(db, one.partnership, current.owner_id)
        asked = owner is not None and posts.ask_whether_done(
            db, one.partnership, current, owner, now
        )
        if asked:
            _note(db, one, "deliverable_looks_done", now)
    return _unchanged(one, current)


def undo(deps: Deps, who: Who, commitment_id: str, what: str, now: datetime) -> Changed:
    """Take back one act; what was undone before, or followed by something else, stays as it is.

    Args:
        what: ``created``, ``done``, ``declined``, or ``moved-<epoch seconds of the new date>``.

    Raises:
        UnknownDeliverable, NotAllowed, DeliverableClosed.
    """
    one = acting(deps, who, commitment_id)
    if what == "created":
        return _withdraw(deps, one, now)
    if what == "done":
        return _reopen(deps, one, "deliverable.done", now)
    if what == "declined":
        return _reopen(deps, one, "deliverable.decline", now)
    return _move_back(deps, one, what.removeprefix("moved-"), now)


def calendar_of_owner(db: Database, partnership: Partnership, commitment: Commitment) -> Calendar:
    """The hours of the owner; of the side when the owner is not in the channel any more."""
    owner = people.member(db, partnership, commitment.owner_id)
    return partnership.side(commitment.side).calendar if owner is None else owner.calendar


def _withdraw(deps: Deps, one: Acting, now: datetime) -> Changed:
    one.require("deliverable.withdraw")
    with deps.store.writing(one.partnership.id) as db:
        before = _current(db, one)
        if before.state == "withdrawn":
            return _unchanged(one, before)
        still_open(before)
        posts.take_back_overdue(db, before, now)
        after = replace(before, state="withdrawn", closed_at=now)
        return _record(db, one, after, "deliverable_withdrawn", now)


def _reopen(deps: Deps, one: Acting, act: str, now: datetime) -> Changed:
    one.require(act)
    with deps.store.writing(one.partnership.id) as db:
        before = _current(db, one)
        closed_as, state = _REOPENED[act]
        if before.state != closed_as:
            return _unchanged(one, before)
        after = replace(before, state=state, closed_at=None)
        wakes.set_wake(db, after.team_id, WAKE, after.id, after.partnership_id, after.due_at)
        _expect_owner(db, one.partnership, after, now)
        posts.tell_reopened(db, one.partnership, before, after, now)
        return _record(db, one, after, "deliverable_reopened", now)


def _move_back(deps: Deps, one: Acting, new_due: str, now: datetime) -> Changed:
    one.require("deliverable.move")
    with deps.store.writing(one.partnership.id) as db:
        before = _current(db, one)
        history = deliverables.dates(db, before)
        old_due_at = history[-1].old_due_at if history else None
        stands = before.is_open and str(int(before.due_at.timestamp())) == new_due
        if old_due_at is None or not stands:
            return _unchanged(one, before)
        moves = max(0, before.moves - 1)
        first = before.first_due_at if before.moves else old_due_at
        after = replace(before, due_at=old_due_at, first_due_at=first, moves=moves)
        deliverables.take_back_date(db, before)
        _wake_at_new_date(db, before, after, now)
        posts.tell_moved(db, one.partnership, after, None, now)
        return _record(db, one, after, "deliverable_moved_back", now)


def _new(actor: Actor, draft: Draft, now: datetime) -> Commitment:
    is_own = draft.owner.person.id == actor.person.id
    return Commitment(
        team_id=actor.team_id,
        id=draft.id,
        partnership_id=actor.partnership.id,
        title=draft.title,
        owner_id=draft.owner.person.id,
        side=draft.side,
        state="accepted" if is_own else "proposed",
        due_at=draft.due_at,
        first_due_at=draft.due_at,
        created_by=actor.person.id,
        created_at=now,
    )


def _moved(before: Commitment, due_at: datetime, *, by_owner: bool) -> Commitment:
    if before.state == "accepted":
        return replace(before, due_at=due_at, moves=before.moves + 1, asked_at=None)
    state: State = "accepted" if by_owner else "proposed"
    return replace(before, due_at=due_at, first_due_at=due_at, state=state, asked_at=None)


def _changed(before: Commitment, draft: Draft, *, by: Actor) -> Commitment:
    is_own = draft.owner.person.id == by.person.id
    is_kept = before.state == "accepted" and draft.owner.person.id == before.owner_id
    moved = is_kept and draft.due_at != before.due_at
    return replace(
        before,
        title=draft.title,
        owner_id=draft.owner.person.id,
        side=draft.side,
        state="accepted" if is_own else "proposed",
        due_at=draft.due_at,
        first_due_at=before.first_due_at if is_kept else draft.due_at,
        moves=before.moves + int(moved),
        closed_at=None,
        asked_at=None if draft.due_at != before.due_at else before.asked_at,
    )


def changeable(before: Commitment, actor: Actor) -> Commitment:
    if before.state == "accepted" and before.owner_id != actor.person.id:
        raise AlreadyAccepted
    if before.state in {"done", "withdrawn"}:
        raise DeliverableClosed(before.state)
    return before


def _list_owner(db: Database, actor: Actor, draft: Draft, now: datetime) -> bool:
    """Put an owner on the side's list who is not on it; True when that is settled with it."""
    owner = draft.owner
    if owner.takes_part:
        return False
    by_their_lead = actor.standings.lead and actor.standings.side == draft.side
    role = owner.role if owner.role in {"lead", "sponsor"} else "member"
    standing = (draft.side, role, owner.confirmed or by_their_lead)
    people.place(db, actor.partnership, owner.person.id, standing=standing, now=now)
    return by_their_lead


def _current(db: Database, one: Acting) -> Commitment:
    found = deliverables.get(db, one.commitment.team_id, one.commitment.id)
    if found is None:
        raise UnknownDeliverable
    return found


def still_open(commitment: Commitment) -> Commitment:
    if not commitment.is_open:
        raise DeliverableClosed(commitment.state)
    return commitment


def _record(db: Database, one: Acting, after: Commitment, verb: str, now: datetime) -> Changed:
    deliverables.save(db, after)
    _note(db, one, verb, now)
    posts.redraw(db, one.partnership, after, now)
    return _unchanged(one, after)


def _unchanged(one: Acting, commitment: Commitment) -> Changed:
    return Changed(partnership=one.partnership, commitment=commitment)


def _wake_at_new_date(db: Database, before: Commitment, after: Commitment, now: datetime) -> None:
    posts.take_back_overdue(db, before, now)
    wakes.set_wake(db, after.team_id, WAKE, after.id, after.partnership_id, after.due_at)


def _expect_owner(
    db: Database, partnership: Partnership, commitment: Commitment, now: datetime
) -> None:
    owner = people.member(db, partnership, commitment.owner_id)
    if owner is not None:
        daily.expect(db, commitment.team_id, owner, now)


def _mover(one: Acting, reason: str | None) -> Mover:
    return Mover(person_id=one.actor.person.id, side=one.actor.standings.side, reason=reason)


def _note(db: Database, one: Acting, verb: str, now: datetime) -> None:
    journal.record(
        db,
        one.commitment.team_id,
        one.partnership.id,
        verb,
        "commitment",
        one.commitment.id,
        by=one.actor.person.id,
        side=one.actor.standings.side,
        now=now,
    )
