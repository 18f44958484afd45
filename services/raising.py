"""What people do once reminders end: bring it to the leads of both sides, and take that back."""

from datetime import datetime

from data import Database, away, journal, ladder, people
from data.ladder import Raised
from domain.calendars import next_shift
from domain.deliverables import Commitment
from domain.ladder import NobodyToAsk
from domain.partnerships import leads
from services import deliverable_posts as posts
from services import sponsor_notices
from services.actors import Who
from services.daily_wakes import touch
from services.deliverable_acting import Acting, acting, current
from services.deps import Deps
from services.sponsor_notices import By
from views import deliverable_answers, raising
from views.blocks import Drawn


def bring_up(deps: Deps, who: Who, commitment_id: str, now: datetime) -> Drawn:
    """Bring what is late to the leads of both sides, who read it in their next message.

    What is late no more stays as it is, and is said as it stands.

    Raises:
        UnknownDeliverable, NotAllowed; NobodyToAsk: Its owner is away, so nothing is expected.
    """
    one = acting(deps, who, commitment_id)
    one.require("deliverable.raise")
    with deps.store.writing(one.partnership.id) as db:
        found = current(db, one)
        if not found.is_late(now) or found.state != "accepted":
            return deliverable_answers.as_it_stands(one.partnership, found, now)
        require_owner_there(db, one, found, now)
        if ladder.raise_it(db, found, _raised(one, found, now)):
            _note(db, one, found, "deliverable_raised", now)
            _tell(db, one, found, now)
        return raising.brought_up(one.partnership, found)


def take_back(deps: Deps, who: Who, commitment_id: str, now: datetime) -> Drawn:
    """It is not brought up after all.

    Raises:
        UnknownDeliverable, NotAllowed.
    """
    one = acting(deps, who, commitment_id)
    one.require("deliverable.raise")
    with deps.store.writing(one.partnership.id) as db:
        found = current(db, one)
        if ladder.take_down(db, found, "both_leads"):
            _note(db, one, found, "deliverable_raised_undone", now)
            by = By(person_id=one.actor.person.id, side=one.actor.standings.side)
            sponsor_notices.stop(db, one.partnership, found, ("taken_back", by), now)
            _tell(db, one, found, now)
        return raising.taken_back(one.partnership, found)


def _raised(one: Acting, found: Commitment, now: datetime) -> Raised:
    return Raised(
        commitment_id=found.id,
        partnership_id=one.partnership.id,
        due_at=found.due_at,
        rung="both_leads",
        raised_by=one.actor.person.id,
        side=one.actor.standings.side,
        raised_at=now,
        tell_at=now,
    )


def require_owner_there(db: Database, one: Acting, found: Commitment, now: datetime) -> None:
    """Nobody is brought up while they are away, whoever stands in.

    Raises:
        NobodyToAsk.
    """
    if not away.running(db, found.team_id, found.owner_id, now):
        return
    owner = people.member(db, one.partnership, found.owner_id)
    coming = None if owner is None else next_shift(owner.calendar, now)
    side = one.partnership.side(found.side)
    raise NobodyToAsk(side.name, None if coming is None else coming.starts_at, side.calendar.zone)


def _tell(db: Database, one: Acting, found: Commitment, now: datetime) -> None:
    """The leads look at it in their own hours; the thread's line says it at once."""
    for lead in leads(people.active_members(db, one.partnership)):
        touch(db, found.team_id, lead.person.id, now)
    posts.redraw(db, one.partnership, found, now)


def _note(db: Database, one: Acting, found: Commitment, verb: str, now: datetime) -> None:
    journal.record(
        db,
        found.team_id,
        one.partnership.id,
        verb,
        "commitment",
        found.id,
        by=one.actor.person.id,
        side=one.actor.standings.side,
        now=now,
        details={"to": "both_leads"},
    )
