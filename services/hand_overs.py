"""Somebody hands what they owe to another of the side, and owes it until the other takes it on."""

from dataclasses import replace
from datetime import datetime

from data import Database, deliverables, hand_overs, journal, people
from data.moments import to_text
from domain.deliverables import Commitment, State
from domain.hand_overs import CannotHandOver, HandOver, checked_successor, successors
from domain.hand_overs import State as HandOverState
from domain.people import Member
from domain.rights import NotAllowed
from services import deliverable_posts as posts
from services.actors import Who
from services.daily_wakes import expect, touch
from services.deliverable_acting import Acting, acting, current, still_open
from services.deps import Deps
from services.replies import reply
from views import hand_overs as views
from views.blocks import Block, Drawn


def form_of(deps: Deps, who: Who, commitment_id: str) -> Block:
    """The form about what a button names.

    Raises:
        UnknownDeliverable, NotAllowed, DeliverableClosed.
    """
    one = acting(deps, who, commitment_id)
    one.require("deliverable.hand_over")
    members = people.all_members(deps.store.reading(), one.partnership)
    fit = successors(still_open(one.commitment), members)
    return views.form(one.partnership, one.commitment, [each.person for each in fit])


def offer(deps: Deps, who: Who, commitment_id: str, slack_id: str, now: datetime) -> Drawn:
    """Ask somebody else of the side to take it on; what was only proposed is proposed to them.

    Args:
        slack_id: Of who was chosen; empty: nobody.

    Raises:
        UnknownDeliverable, NotAllowed, DeliverableClosed, CannotHandOver.
    """
    one = acting(deps, who, commitment_id)
    one.require("deliverable.hand_over")
    if not slack_id:
        raise CannotHandOver("nobody")
    with deps.store.writing(one.partnership.id) as db:
        before = still_open(current(db, one))
        chosen = people.member_of_user(db, one.partnership, slack_id)
        to = checked_successor(before, chosen)
        is_own = to.person.id == one.actor.person.id
        if before.state == "accepted" and not is_own:
            _note(db, before, "asked", to.person.id, now)
            _tell(db, one, "deliverable_hand_over_asked", before, to, now)
            return views.offered(one.partnership, before, slack_id)
        after = _given(db, one, before, to, "accepted" if is_own else "proposed", now)
        _note(db, before, "taken" if is_own else "passed", to.person.id, now)
        if is_own:
            return views.taken(one.partnership, after)
        return views.offered(one.partnership, after, slack_id)


def take(deps: Deps, who: Who, commitment_id: str, now: datetime) -> Drawn:
    """Whoever was asked takes it on, for the same date.

    Raises:
        UnknownDeliverable; NotAllowed: Somebody else was asked.
    """
    one = acting(deps, who, commitment_id)
    with deps.store.writing(one.partnership.id) as db:
        before, asked = current(db, one), _asked_of(db, one)
        to = people.member(db, one.partnership, one.actor.person.id)
        if asked is None or to is None or not asked.is_asked(before):
            return views.nothing_asked()
        after = _given(db, one, before, to, "accepted", now)
        hand_overs.save(db, replace(asked, state="taken", changed_at=now))
        return views.taken(one.partnership, after)


def refuse(deps: Deps, who: Who, commitment_id: str, now: datetime) -> Drawn:
    """Whoever was asked does not take it on; it stays with its owner, who is told.

    Raises:
        UnknownDeliverable; NotAllowed: Somebody else was asked.
    """
    one = acting(deps, who, commitment_id)
    with deps.store.writing(one.partnership.id) as db:
        before, asked = current(db, one), _asked_of(db, one)
        if asked is None or not asked.is_asked(before):
            return views.nothing_asked()
        hand_overs.save(db, replace(asked, state="refused", changed_at=now))
        owner = people.member(db, one.partnership, before.owner_id)
        _tell(db, one, "deliverable_hand_over_refused", before, owner, now)
        touch(db, one.commitment.team_id, one.actor.person.id, now)
        return views.refused(one.partnership, before)


def undo(deps: Deps, who: Who, commitment_id: str, now: datetime) -> Drawn:
    """Take back what was handed over, or taken on, while nothing followed.

    Raises:
        UnknownDeliverable, NotAllowed.
    """
    one = acting(deps, who, commitment_id)
    with deps.store.writing(one.partnership.id) as db:
        before, known = current(db, one), hand_overs.of(db, one.commitment.team_id, commitment_id)
        if known is None or not _may_undo(one, known):
            return views.nothing_asked()
        if known.is_asked(before):
            hand_overs.remove(db, known.team_id, known.commitment_id)
            to = people.member(db, one.partnership, known.to_id)
            _tell(db, one, "deliverable_hand_over_undone", before, to, now)
            return views.undone(one.partnership, before)
        owner = people.member(db, one.partnership, known.from_id)
        state: State = "accepted" if known.state == "taken" else "proposed"
        stands = before.state == state and before.owner_id == known.to_id
        if owner is None or not stands or known.state not in {"taken", "passed"}:
            return views.nothing_asked()
        after = _given(db, one, before, owner, state, now)
        hand_overs.remove(db, known.team_id, known.commitment_id)
        return views.undone(one.partnership, after)


def _given(  # noqa: PLR0913, PLR0917  # who does it, to whom, and as what
    db: Database, one: Acting, before: Commitment, to: Member, state: State, now: datetime
) -> Commitment:
    """From now on the other owes it."""
    after = replace(
        before,
        owner_id=to.person.id,
        owner_kind="person",
        state=state,
        asked_at=None if state == "proposed" else before.asked_at,
        acknowledged_at=None,
        snoozed_until=None,
    )
    deliverables.save(db, after)
    _record(db, one, "deliverable_handed_over", before.owner_id, to.person.id, now)
    posts.show(db, one.partnership, after, now)
    touch(db, after.team_id, before.owner_id, now)
    expect(db, after.team_id, to, now)
    if state == "accepted" and after.is_public:
        drawn = views.line(one.partnership, after)
        reply(db, one.partnership, f"handed-over/{after.id}/{to_text(now)}", drawn, now)
    return after


def _note(
    db: Database, before: Commitment, state: HandOverState, to_id: str, now: datetime
) -> None:
    made = HandOver(
        team_id=before.team_id,
        commitment_id=before.id,
        from_id=before.owner_id,
        to_id=to_id,
        state=state,
        changed_at=now,
    )
    hand_overs.save(db, made)


def _tell(  # noqa: PLR0913, PLR0917  # as given
    db: Database, one: Acting, verb: str, before: Commitment, to: Member | None, now: datetime
) -> None:
    """Note it, and have both looked at; nobody of the other side is told."""
    _record(db, one, verb, before.owner_id, None if to is None else to.person.id, now)
    touch(db, before.team_id, before.owner_id, now)
    if to is not None:
        touch(db, before.team_id, to.person.id, now)
        expect(db, before.team_id, to, now)


def _asked_of(db: Database, one: Acting) -> HandOver | None:
    known = hand_overs.of(db, one.commitment.team_id, one.commitment.id)
    if known is not None and known.to_id != one.actor.person.id:
        raise NotAllowed("deliverable.hand_over", frozenset({"owner"}))
    return known


def _may_undo(one: Acting, known: HandOver) -> bool:
    """Who handed it over as long as it is asked; who took it on; a lead of the side."""
    person_id, standings = one.actor.person.id, one.actor.standings
    if standings.lead and standings.side == one.commitment.side:
        return True
    return person_id == (known.to_id if known.state == "taken" else known.from_id)


def _record(  # noqa: PLR0913, PLR0917  # as given
    db: Database, one: Acting, verb: str, from_id: str, to_id: str | None, now: datetime
) -> None:
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
        details={"from": from_id} | ({} if to_id is None else {"to": to_id}),
    )
