"""What people say about waiting: for what a deliverable waits, and that it does so no more."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from data import Database, deliverables, waits
from data.ids import new_id
from domain.deliverables import (
    Commitment,
    Unclear,
    UnknownDeliverable,
    may_read,
)
from domain.waits import UnknownWait, Wait, WaitsInCircle, circle
from services import deliverables as verbs
from services import sponsor_notices, wait_clock
from services.actors import Actor, Who
from services.deliverable_acting import (
    Acting,
    Changed,
    Deed,
    acting,
    cause_of,
    current,
    note,
    record,
    still_open,
    unchanged,
)
from services.deliverable_drafts import Draft, drafted
from services.deps import Deps
from services.sponsor_notices import By
from services.wait_lines import open_of, waited
from views import waits as views
from views.blocks import Block
from views.deliverable_forms import Filled
from views.form_again import carrying
from views.waits import Asked, Waited


@dataclass(frozen=True, slots=True, kw_only=True)
class Waits:
    """That a deliverable waits, as somebody said.

    Attributes:
        asked: What was written down anew, so that the other side is asked for it; None: nothing.
    """

    changed: Changed
    waited: Waited
    asked: Changed | None = None


def form(deps: Deps, who: Who, commitment_id: str) -> Block:
    """What it waits for, and what it could wait for, for those who may say so.

    Raises:
        UnknownDeliverable, NotAllowed, DeliverableClosed.
    """
    one = acting(deps, who, commitment_id)
    one.require("deliverable.waiting")
    still_open(one.commitment)
    db = deps.store.reading()
    known = waited(db, one.commitment, lambda each: _may_read(one.actor, each))
    taken = {each.wait.on_id for each in known} | {one.commitment.id}
    every = deliverables.open_in(db, one.partnership, is_public=False)
    inputs = [each.commitment for each in every if each.commitment.id not in taken]
    readable = [each for each in inputs if _may_read(one.actor, each)]
    # What the other side owes is what is waited for most often.
    readable.sort(key=lambda each: (each.side == one.commitment.side, each.due_at))
    view = views.form(one.partnership, one.commitment, readable, known)
    return carrying(view, new=new_id())


def begin(deps: Deps, who: Who, carried: Mapping[str, str], said: Asked, now: datetime) -> Waits:
    """It waits for something: both sides see it, and its clock stops once that is late.

    Args:
        carried: By the form: the deliverable and an id for what is new, so that a form sent twice
            counts once.

    Raises:
        UnknownDeliverable, NotAllowed, DeliverableClosed, WaitsInCircle; Unclear: Names the field.
    """
    one = acting(deps, who, carried["id"])
    one.require("deliverable.waiting")
    still_open(one.commitment)
    new = _asked_anew(deps, one, said, carried["new"], now)
    on_id = new.commitment.id if new is not None else said.on_id
    words = said.words if on_id is None else None
    if on_id is None and not words:
        raise Unclear("words", "no_input")
    with deps.store.writing(one.partnership.id) as db:
        before = still_open(current(db, one))
        about = None if on_id is None else _input(db, one, on_id)
        wait = _wait(one, about, (carried["new"], words), now)
        waits.insert(db, one.commitment.team_id, wait)
        deed = Deed(verb="deliverable_waiting", details={"input": on_id} if on_id else {})
        after = wait_clock.look(db, one.partnership, before, now)
        changed = record(db, one, after, deed, now)
        by = By(person_id=one.actor.person.id, side=one.actor.standings.side)
        sponsor_notices.stop(db, one.partnership, after, ("answered", by), now)
    return Waits(changed=changed, waited=Waited(wait=wait, about=about), asked=new)


def over(deps: Deps, who: Who, wait_id: str, now: datetime) -> Changed:
    """It waits for this no more; what was lost meanwhile moves its date.

    Raises:
        UnknownWait, UnknownDeliverable, NotAllowed.
    """
    wait = waits.get(deps.store.reading(), who.team_id, wait_id)
    if wait is None:
        raise UnknownWait
    one = acting(deps, who, wait.commitment_id)
    one.require("deliverable.waiting")
    with deps.store.writing(one.partnership.id) as db:
        before = current(db, one)
        if wait.id not in {each.id for each in open_of(db, before)}:
            return unchanged(one, before)
        details = {"input": wait.on_id} if wait.on_id else {}
        note(db, one, Deed(verb="deliverable_wait_over", details=details), now)
        wait_clock.end(db, one.partnership, [wait], "over", cause_of(one, now, wait.on_id))
        return Changed(partnership=one.partnership, commitment=current(db, one))


def _asked_anew(deps: Deps, one: Acting, said: Asked, new: str, now: datetime) -> Changed | None:
    """What the words say, written down so that somebody is asked for it; None: nobody is."""
    if said.owner is None:
        if said.due is not None:
            raise Unclear("owner", "no_owner")
        return None
    if not said.words:
        raise Unclear("words", "no_title")
    if said.due is None:
        raise Unclear("due", "no_due")
    filled = Filled(title=said.words, owner=said.owner, due=said.due)
    draft: Draft = drafted(deps.store.reading(), one.actor, filled, new, now)
    return verbs.create(deps, one.actor, draft, now)


def _input(db: Database, one: Acting, on_id: str) -> Commitment:
    found = deliverables.get(db, one.commitment.team_id, on_id)
    if found is None or found.partnership_id != one.partnership.id:
        raise UnknownDeliverable
    if not _may_read(one.actor, found):
        raise UnknownDeliverable
    if not found.is_open:
        raise Unclear("input", "closed_input")
    if found.id == one.commitment.id:
        raise WaitsInCircle([found.title])
    _refuse_circle(db, one, found)
    return found


def _refuse_circle(db: Database, one: Acting, about: Commitment) -> None:
    edges = waits.edges(waits.open_in(db, one.partnership))
    way = circle(edges, one.commitment.id, about.id)
    if way is not None:
        known = deliverables.every(db, one.commitment.team_id, way)
        raise WaitsInCircle([_name(one.actor, known.get(each)) for each in (way[-1], *way)])


def _name(actor: Actor, one: Commitment | None) -> str:
    return one.title if one is not None and _may_read(actor, one) else "another deliverable"


def _wait(
    one: Acting, about: Commitment | None, new: tuple[str, str | None], now: datetime
) -> Wait:
    wait_id, words = new
    is_promised = about is not None and about.side != one.commitment.side
    is_promised = is_promised and about is not None and about.state == "accepted"
    return Wait(
        id=wait_id,
        commitment_id=one.commitment.id,
        on_id=None if about is None else about.id,
        words=words,
        due_at=about.due_at if is_promised and about is not None else None,
        since_at=now,
        said_by=one.actor.person.id,
    )


def _may_read(actor: Actor, one: Commitment) -> bool:
    return may_read(one, actor.person.id, actor.member)
