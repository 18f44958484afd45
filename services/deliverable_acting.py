"""Somebody acting on a deliverable: found, checked, and recorded; what they do stands elsewhere."""

from collections.abc import Mapping
from dataclasses import field, replace
from datetime import datetime
from typing import Any

from data import Database, deliverable_reasons, deliverables, journal, partnerships, people, wakes
from data.deliverable_dates import Mover
from domain.cadences import Plan
from domain.calendars import Calendar
from domain.deliverables import (
    AlreadyAccepted,
    Commitment,
    DeliverableClosed,
    UnknownDeliverable,
    may_read,
)
from domain.due_days import Named
from domain.loads import Load
from domain.partnerships import Partnership
from domain.people import Member
from domain.values import value
from domain.waits import stops_at
from services import deliverable_posts as posts
from services import overdue_lines
from services.actors import Actor, Who, actor_in
from services.deps import Deps
from services.overdue_lines import WAKE
from services.stand_ins import stands_in
from services.wait_clock import Cause
from services.wait_lines import open_of


@value
class Acting:
    """Somebody with regard to a deliverable.

    Attributes:
        is_stand_in: Its owner is away, and the actor is asked meanwhile.
    """

    actor: Actor
    commitment: Commitment
    is_stand_in: bool = False

    @property
    def partnership(self) -> Partnership:
        return self.actor.partnership

    def require(self, act: str) -> None:
        """Raise ``NotAllowed`` unless the table of rights lets the actor do this."""
        thing = self.commitment.thing(self.actor.person.id)
        self.actor.require(act, replace(thing, is_stand_in=self.is_stand_in))


@value
class Changed:
    """A deliverable as it is after an act.

    Attributes:
        newly_listed: Its owner was put on a side's list.
        named: The day that was named for it, when its owner does not work on it.
        load: What its owner has promised besides, when they took it on just now.
        is_asked_later: Nothing may be said to its owner now, whoever they are.
        has_happened: False: it was so already, or cannot be any more.
        plan: How it recurs, when it has just begun to; None: it does not.
    """

    partnership: Partnership
    commitment: Commitment
    owner: Member | None = None
    newly_listed: bool = False
    named: Named | None = None
    is_asked_later: bool = False
    load: Load | None = None
    has_happened: bool = True
    plan: Plan | None = None


@value
class Deed:
    """What somebody does, as it is noted in the journal.

    Attributes:
        reason: Typed by people; it is kept beside the journal, not in it.
        details: Codes and figures only.
    """

    verb: str
    reason: str | None = None
    details: Mapping[str, Any] = field(default_factory=dict)


def acting(deps: Deps, who: Who, commitment_id: str) -> Acting:
    """The actor with regard to the deliverable that a button names.

    Raises:
        UnknownDeliverable: There is no such deliverable any more, or none that they may know of.
    """
    db = deps.store.reading()
    commitment = deliverables.get(db, who.team_id, commitment_id)
    if commitment is None:
        raise UnknownDeliverable
    found = partnerships.get(db, who.team_id, commitment.partnership_id)
    if found is None:
        raise UnknownDeliverable
    actor = actor_in(deps.store, who, found)
    if not may_read(commitment, actor.person.id, actor.member):
        raise UnknownDeliverable
    person_id = actor.person.id
    stood_in = stands_in(db, found, commitment.owner_id, person_id, deps.now())
    return Acting(actor=actor, commitment=commitment, is_stand_in=stood_in)


def current(db: Database, one: Acting) -> Commitment:
    """The deliverable as it is now, inside a transaction."""
    found = deliverables.get(db, one.commitment.team_id, one.commitment.id)
    if found is None:
        raise UnknownDeliverable
    return found


def still_open(commitment: Commitment) -> Commitment:
    """The same, or ``DeliverableClosed``."""
    if not commitment.is_open:
        raise DeliverableClosed(commitment.state)
    return commitment


def changeable(before: Commitment, actor: Actor) -> Commitment:
    """The same, or ``AlreadyAccepted`` or ``DeliverableClosed``."""
    if before.state == "accepted" and before.owner_id != actor.person.id:
        raise AlreadyAccepted
    if before.state in {"done", "withdrawn"}:
        raise DeliverableClosed(before.state)
    return before


def record(
    db: Database, one: Acting, after: Commitment, deed: Deed | str, now: datetime
) -> Changed:
    """Store what an act left behind, note it, and show it everywhere."""
    deliverables.save(db, after)
    note(db, one, deed, now)
    posts.show(db, one.partnership, after, now)
    return replace(unchanged(one, after), has_happened=True)


def unchanged(one: Acting, commitment: Commitment) -> Changed:
    """Nothing has happened: it is as it was."""
    return Changed(partnership=one.partnership, commitment=commitment, has_happened=False)


def wake_at_new_date(db: Database, before: Commitment, after: Commitment, now: datetime) -> None:
    """Look again when the new date has come; what was to be said about the old one is not said."""
    overdue_lines.take_back(db, before, after, now)
    stops = stops_at(open_of(db, after), now)
    look_at = after.due_at if stops is None else min(stops, after.due_at)
    wakes.set_wake(db, after.team_id, WAKE, after.id, after.partnership_id, look_at)


def mover(one: Acting, reason: str | None, named: Named | None) -> Mover:
    side = one.actor.standings.side
    return Mover(person_id=one.actor.person.id, side=side, reason=reason, named=named)


def note(db: Database, one: Acting, deed: Deed | str, now: datetime) -> None:
    """Note in the journal what somebody did; a word alone is a deed without a reason."""
    done = Deed(verb=deed) if isinstance(deed, str) else deed
    deliverable_reasons.add(db, one.commitment.team_id, one.commitment.id, done.reason, now)
    journal.record(
        db,
        one.commitment.team_id,
        one.partnership.id,
        done.verb,
        "commitment",
        one.commitment.id,
        by=one.actor.person.id,
        side=one.actor.standings.side,
        now=now,
        details=done.details,
    )


def cause_of(one: Acting, now: datetime, input_id: str | None = None) -> Cause:
    """Somebody's act as what changes the clock of what waits.

    Args:
        input_id: Of what is waited for; None: the act itself says.
    """
    return Cause(by=one.actor.person.id, side=one.actor.standings.side, at=now, input_id=input_id)


def calendar_of_owner(db: Database, partnership: Partnership, commitment: Commitment) -> Calendar:
    """The hours of the owner; of the side when the owner is in no list or not in the channel."""
    owner = people.member(db, partnership, commitment.owner_id)
    if owner is None or owner.side is None:
        return partnership.side(commitment.side).calendar
    return owner.calendar
