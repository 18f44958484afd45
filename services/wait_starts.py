"""What a new deliverable waits for from its start, as its author says."""

import hashlib
from datetime import datetime

from data import deliverables, waits
from domain.deliverables import Commitment, Unclear, may_read
from domain.waits import Wait
from services import wait_clock
from services.actors import Actor
from services.deliverable_acting import Acting, Deed, record
from services.deps import Deps


def could_be_waited_for(deps: Deps, actor: Actor) -> tuple[Commitment, ...]:
    """What is open in the partnership, as far as somebody may know of it, the longest due first."""
    every = deliverables.open_in(deps.store.reading(), actor.partnership, is_public=False)
    known = (one.commitment for one in every)
    return tuple(one for one in known if may_read(one, actor.person.id, actor.member))


def checked(deps: Deps, actor: Actor, on_id: str) -> str | None:
    """The id of what was chosen; None: nothing was.

    Raises:
        Unclear: It is not open any more.
    """
    if not on_id:
        return None
    if all(one.id != on_id for one in could_be_waited_for(deps, actor)):
        raise Unclear("input", "closed_input")
    return on_id


def begin(deps: Deps, actor: Actor, new: Commitment, on_id: str, now: datetime) -> None:
    """Note that it waits, once however often its form is sent. Nothing can wait for it yet."""
    wait_id = hashlib.sha256(f"{new.id}/wait".encode()).hexdigest()[:20]
    with deps.store.writing(actor.partnership.id) as db:
        current = deliverables.get(db, new.team_id, new.id)
        about = deliverables.get(db, new.team_id, on_id)
        is_known = waits.get(db, new.team_id, wait_id) is not None
        if current is None or about is None or not about.is_open or is_known:
            return
        is_promised = about.side != new.side and about.state == "accepted"
        wait = Wait(
            id=wait_id,
            commitment_id=new.id,
            on_id=on_id,
            words=None,
            due_at=about.due_at if is_promised else None,
            since_at=now,
            said_by=actor.person.id,
        )
        waits.insert(db, new.team_id, wait)
        after = wait_clock.look(db, actor.partnership, current, now)
        deed = Deed(verb="deliverable_waiting", details={"input": on_id})
        record(db, Acting(actor=actor, commitment=current), after, deed, now)
