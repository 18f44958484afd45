"""Writing a deliverable down in a transaction; what is said about it afterwards is not here."""

from datetime import datetime

from data import Database, deliverables, people, wakes
from data.deliverable_dates import Mover
from domain.deliverables import Commitment
from domain.people import Member, Role, Side
from domain.values import value
from services import tracking
from services.actors import Actor
from services.deliverable_acting import Acting, note
from services.deliverable_drafts import Draft
from services.deliverable_links import keep
from services.overdue_lines import WAKE


@value
class Written:
    """A new deliverable. ``owner``: as they are on the lists from now on."""

    commitment: Commitment
    owner: Member


def write(db: Database, actor: Actor, draft: Draft, now: datetime) -> Written | None:
    """Store a new deliverable once for each draft; None when that was done before.

    Raises:
        AlreadyTracked: Of its message something is tracked already.
    """
    new = new_commitment(actor, draft, now)
    tracking.refuse_second(db, actor, new)
    by = Mover(person_id=actor.person.id, side=actor.listed.side, named=draft.named)
    if not deliverables.insert(db, new, by):
        return None
    owner = listed_owner(db, actor, draft, now)
    keep(db, new, actor, draft.links, now)
    note(db, Acting(actor=actor, commitment=new), "deliverable_created", now)
    wakes.set_wake(db, new.team_id, WAKE, new.id, actor.partnership.id, new.due_at)
    return Written(commitment=new, owner=owner)


def listed_owner(db: Database, actor: Actor, draft: Draft, now: datetime) -> Member:
    """The owner; on the side's list from now on when a lead of that side named them.

    Whoever else is not on a list owes it all the same, but is written to only once a lead of the
    side says that they take part.
    """
    owner, mine = draft.owner, actor.standings
    if owner.takes_part or not (mine.lead and mine.side == draft.side):
        return owner
    standing: tuple[Side, Role, bool] = (draft.side, "member", True)
    people.place(db, actor.partnership, owner.person.id, standing=standing, now=now)
    return people.member(db, actor.partnership, owner.person.id) or owner


def new_commitment(actor: Actor, draft: Draft, now: datetime) -> Commitment:
    """What a draft becomes when it is written down; promised at once by its own owner."""
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
        kind=draft.kind,
        details=draft.details,
        audience=draft.audience,
        importance=draft.importance,
        source=draft.source,
        owner_kind=draft.owner_kind,
        cadence_id=draft.cadence_id,
    )
