"""What each side brings becomes owed for each turn: made, moved and called off with the turn."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from data import Database, cadences, deliverables, inputs, people, wakes
from data.deliverable_dates import Mover
from data.ids import new_id
from domain import zones
from domain.cadences import Occurrence
from domain.deliverables import Commitment
from domain.inputs import Brought, Input, due_for
from domain.partnerships import Partnership
from domain.people import Member
from services import deliverable_posts as posts
from services.deliverable_acting import wake_at_new_date
from services.overdue_lines import WAKE, take_back
from views.inputs import title


def settle(db: Database, partnership: Partnership, now: datetime) -> bool:
    """Bring what is owed for turns to come in line with the inputs and with the turns.

    Safe to run again: it changes nothing where all is so already.

    Returns:
        Whether anything is brought to a turn, or was until now.
    """
    if not partnership.is_agreed:
        return False
    brought = inputs.owed_in(db, partnership)
    wanted = list(_wanted(db, partnership, now))
    kept = {(turn.id, one.id): turn for one, turn in wanted}
    for each in brought:
        turn = kept.get((each.turn_id, each.input.id))
        if turn is None:
            _call_off(db, partnership, each, now)
        elif turn.starts_at != each.turn_at:
            _move(db, partnership, each, turn, now)
    known = {(each.turn_id, each.input.id) for each in brought}
    for one, turn in wanted:
        if (turn.id, one.id) not in known:
            _make(db, partnership, one, turn, now)
    return bool(brought or wanted)


def _wanted(
    db: Database, partnership: Partnership, now: datetime
) -> Iterator[tuple[Input, Occurrence]]:
    """Each input with each turn to come."""
    turns: dict[str, list[Occurrence]] = {}
    for one in inputs.of_partnership(db, partnership):
        if one.cadence_id not in turns:
            cadence = cadences.get(db, partnership.team_id, one.cadence_id)
            turns[one.cadence_id] = [] if cadence is None else cadences.open_turns(db, cadence)
        for turn in turns[one.cadence_id]:
            if turn.starts_at > now:
                yield one, turn


def _make(
    db: Database, partnership: Partnership, one: Input, turn: Occurrence, now: datetime
) -> None:
    """Have it owed for a turn; nobody owes what there is no time for, or nobody to bring it."""
    owner = owner_of(db, partnership, one)
    if owner is None:
        return
    due_at = due_for(owner.calendar, one.working_days_before, turn.starts_at, now)
    if due_at is None:
        return
    is_agreed = one.made_side == one.side or inputs.was_taken_on(db, partnership.team_id, one.id)
    day = zones.local(turn.starts_at, owner.calendar.zone).date()
    owed = Commitment(
        team_id=partnership.team_id,
        id=new_id(),
        partnership_id=partnership.id,
        title=title(one, day),
        owner_id=owner.person.id,
        side=one.side,
        state="accepted" if is_agreed else "proposed",
        due_at=due_at,
        first_due_at=due_at,
        created_by=one.made_by,
        created_at=now,
    )
    deliverables.insert(db, owed, Mover(person_id=one.made_by, side=one.made_side))
    inputs.link(db, Brought(input=one, turn_id=turn.id, turn_at=turn.starts_at, commitment=owed))
    posts.note_by_time(db, owed, "input_asked", now)
    posts.put_new(db, partnership, owed, owner, now)
    wakes.set_wake(db, owed.team_id, WAKE, owed.id, partnership.id, owed.due_at)


def _move(
    db: Database, partnership: Partnership, each: Brought, turn: Occurrence, now: datetime
) -> None:
    """Its date follows the turn; that is nobody's delay, so it counts as the first one."""
    before = each.commitment
    inputs.link(db, replace(each, turn_at=turn.starts_at))
    if not before.is_open:
        return
    owner = people.member(db, partnership, before.owner_id)
    side = partnership.side(each.input.side).calendar
    calendar = side if owner is None or owner.side is None else owner.calendar
    days = each.input.working_days_before
    due_at = due_for(calendar, days, turn.starts_at, now) or turn.starts_at
    day = zones.local(turn.starts_at, calendar.zone).date()
    after = replace(
        before,
        title=title(each.input, day),
        due_at=due_at,
        first_due_at=due_at,
        moves=0,
        asked_at=None,
    )
    deliverables.save(db, after)
    posts.note_by_time(db, after, "input_moved", now)
    wake_at_new_date(db, before, after, now)
    posts.redraw(db, partnership, after, now)


def _call_off(db: Database, partnership: Partnership, each: Brought, now: datetime) -> None:
    """The turn is left out or the input taken off: nobody owes it any more."""
    before = each.commitment
    if before.state == "done":
        return
    inputs.unlink(db, each)
    if not before.is_open:
        return
    after = replace(before, state="withdrawn", closed_at=now)
    deliverables.save(db, after)
    posts.note_by_time(db, after, "input_called_off", now)
    take_back(db, before, after, now)
    posts.redraw(db, partnership, after, now)


def owner_of(db: Database, partnership: Partnership, one: Input) -> Member | None:
    """Who brings it: the person who was chosen while they take part, else its first lead."""
    found = people.member(db, partnership, one.owner_id) if one.owner_id is not None else None
    if found is not None and found.takes_part and found.side == one.side:
        return found
    return people.first_lead(db, partnership, one.side)
