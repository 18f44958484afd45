"""Deliverables that recur: begun with their first turn, and asked for turn by turn."""

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime

from data import (
    Database,
    cadence_versions,
    cadences,
    deliverables,
    journal,
    partnerships,
    people,
    wakes,
)
from data import series as stored
from data.deliverable_dates import Mover
from data.ids import new_id
from data.wakes import Wake
from domain.cadences import Cadence, Occurrence, Plan, working_day_of_both
from domain.deliverables import Commitment
from domain.due_days import named_day_off
from domain.partnerships import Partnership
from domain.people import Member
from domain.series import LOOKED_AT_BEFORE, asked_from, due_at_turn, due_of, first_turn
from services import boards
from services import cadences as cadence_verbs
from services import deliverable_posts as posts
from services.actors import Actor
from services.deliverable_acting import Changed
from services.deliverable_drafts import Draft, hours_of
from services.deliverable_writing import write
from services.deps import Deps
from services.overdue_lines import WAKE
from services.stand_ins import on_duty

KIND = "series"


def cadence_id_of(draft_id: str) -> str:
    """Of what recurs: the same for the same draft, so that a form sent twice begins it once."""
    return hashlib.sha256(f"{draft_id}/series".encode()).hexdigest()[:20]


def begin(deps: Deps, actor: Actor, draft: Draft, plan: Plan, now: datetime) -> Changed:
    """Begin something that recurs; its first turn asks its owner for all of it.

    Raises:
        NotListed, NotAllowed; Unclear: The rule has no turn to come.
    """
    actor.require("deliverable.create")
    partnership, is_working = actor.partnership, working_day_of_both(actor.partnership)
    hours = hours_of(actor, draft.owner, draft.side)
    turn, due_at = first_turn(plan, hours, now, is_working)
    off = named_day_off(due_of(plan, turn.original), hours)
    one = replace(draft, due_at=due_at, cadence_id=cadence_id_of(draft.id), named=off)
    with deps.store.writing(partnership.id) as db:
        by = actor.person.id
        cadence = cadences.insert(db, partnership, plan, by=by, now=now, cadence_id=one.cadence_id)
        written = None if cadence is None else write(db, actor, one, now)
        if cadence is None or written is None:
            known = deliverables.get(db, actor.team_id, draft.id)
            assert known is not None  # it was begun before
            return Changed(partnership=partnership, commitment=known, owner=draft.owner, plan=plan)
        cadence_versions.add(db, cadence, turn.original, by=by, now=now)
        _note(db, cadence, "series_began", by, now)
        cadences.set_state(db, cadences.add_turn(db, cadence, turn, now), "over")
        _plan_next(db, partnership, cadence, now)
        new, owner = written.commitment, written.owner
        posts.put_new(db, partnership, new, owner, now, off)
        boards.redraw_soon(db, partnership, now)
    return Changed(partnership=partnership, commitment=new, owner=owner, plan=plan, named=off)


def plan(deps: Deps, wake: Wake, now: datetime) -> None:
    """Ask for a turn once it is time, and see to the one that follows."""
    with deps.store.writing(wake.partnership_id, planning=True) as db:
        wakes.clear_wake(db, wake.team_id, wake.kind, wake.subject_id)
        turn = cadences.occurrence(db, wake.team_id, wake.subject_id)
        cadence = None if turn is None else cadences.get(db, wake.team_id, turn.cadence_id)
        partnership = partnerships.get(db, wake.team_id, str(wake.partnership_id))
        if turn is None or cadence is None or partnership is None or not turn.is_open:
            return
        _look(db, partnership, cadence, turn, now)


def _look(
    db: Database, partnership: Partnership, cadence: Cadence, turn: Occurrence, now: datetime
) -> None:
    before = stored.latest(db, cadence)
    if before is None or before.state == "declined" or partnership.state == "declined":
        # Its owner does not take it on; whoever asked for it was told, and can begin it anew.
        cadence_verbs.end(db, cadence, by=None, now=now)
        return
    owner = _owner(db, partnership, before, now)
    hours = partnership.side(before.side).calendar if owner is None else owner.calendar
    due_at = due_at_turn(cadence.plan, turn.original, hours, now)
    if due_at is not None:
        at = asked_from(cadence.plan, due_at, hours)
        if now < at:
            wakes.set_wake(db, turn.team_id, KIND, turn.id, partnership.id, at)
            return
        if owner is not None:
            what = _Next(before=before, owner=owner, original=turn.original, due_at=due_at)
            _ask(db, partnership, cadence, what, now)
    cadences.set_state(db, turn, "over")
    _plan_next(db, partnership, cadence, now)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Next:
    """The turn that is asked for: what came before it, who owes it, and when it is due."""

    before: Commitment
    owner: Member
    original: datetime
    due_at: datetime


def _ask(
    db: Database, partnership: Partnership, cadence: Cadence, what: _Next, now: datetime
) -> None:
    """The next one is like the one before it, owned by whoever owes that now."""
    before, owner = what.before, what.owner
    off = named_day_off(due_of(cadence.plan, what.original), owner.calendar)
    is_agreed = owner.person.id == cadence.created_by or stored.was_taken_on(
        db, cadence, owner.person.id
    )
    one = Commitment(
        team_id=partnership.team_id,
        id=new_id(),
        partnership_id=partnership.id,
        title=cadence.title,
        owner_id=owner.person.id,
        side=before.side,
        state="accepted" if is_agreed else "proposed",
        due_at=what.due_at,
        first_due_at=what.due_at,
        created_by=before.created_by,
        created_at=now,
        details=before.details,
        importance=before.importance,
        owner_kind=before.owner_kind,
        cadence_id=cadence.id,
    )
    deliverables.insert(db, one, Mover(person_id=before.created_by, side=None, named=off))
    posts.note_by_time(db, one, "series_asked", now)
    posts.put_new(db, partnership, one, owner, now, off)
    wakes.set_wake(db, one.team_id, WAKE, one.id, partnership.id, one.due_at)


def _owner(
    db: Database, partnership: Partnership, before: Commitment, now: datetime
) -> Member | None:
    """Who owed it last while they take part, else the first lead of that side.

    What is given to the side goes to whoever sees to that now.
    """
    if before.owner_kind != "person":
        return on_duty(db, partnership, before.side, now)
    found = people.member(db, partnership, before.owner_id)
    if found is not None and found.takes_part and not found.person.deleted:
        return found
    return people.first_lead(db, partnership, before.side)


def _plan_next(db: Database, partnership: Partnership, cadence: Cadence, now: datetime) -> None:
    cadence_verbs.plan_next(
        db,
        partnership,
        cadence,
        not_before=now,
        known_from=now,
        wake_before=LOOKED_AT_BEFORE,
    )


def _note(db: Database, cadence: Cadence, verb: str, by: str | None, now: datetime) -> None:
    journal.record(
        db,
        cadence.team_id,
        cadence.partnership_id,
        verb,
        "cadence",
        cadence.id,
        by=by,
        side=None,
        now=now,
    )
