"""What recurs begins, goes on from turn to turn, and ends; what a turn does is not here."""

from dataclasses import replace
from datetime import datetime, timedelta

from data import Database, cadence_versions, cadences, journal, partnerships, wakes
from domain import zones
from domain.cadences import (
    UNDO_FOR,
    Cadence,
    EndedLongAgo,
    Occurrence,
    Plan,
    coming_turns,
    following_turn,
    working_day_of_both,
)
from domain.partnerships import Partnership
from domain.proposals import TurnMove
from domain.recurrence import Turn
from services import turn_moves

_AT_ITS_START = timedelta(0)
# Wall times that no rule has.
_PARKED = datetime.fromisoformat("1970-01-01T00:00")
# More turns in a row than this are on no run of holidays: daily for two months.
_LEFT_OUT_IN_A_ROW = 60


def create(  # noqa: PLR0913  # the moment and the author stand beside the plan, not in it
    db: Database,
    partnership: Partnership,
    plan: Plan,
    *,
    by: str | None,
    now: datetime,
    wake_before: timedelta = _AT_ITS_START,
    cadence_id: str | None = None,
) -> tuple[Cadence, Occurrence | None] | None:
    """Begin something that recurs, with its first turn and that turn's wake.

    Args:
        by: The person; None: it came with a template.
        wake_before: How long before its start a turn's planner is woken first.
        cadence_id: Made beforehand, so that a form sent twice begins one; None: any.

    Returns:
        The cadence and its first turn that is not over yet, None when the rule has none; instead of
        both None when it began before.
    """
    cadence = cadences.insert(db, partnership, plan, by=by, now=now, cadence_id=cadence_id)
    if cadence is None:
        return None
    cadence_versions.add(db, cadence, plan.local_start, by=by, now=now)
    _note(db, cadence, "cadence_began", by, now)
    first = plan_next(
        db, partnership, cadence, not_before=now, known_from=now, wake_before=wake_before
    )
    return cadence, first


def plan_next(  # noqa: PLR0913  # three moments that mean three things
    db: Database,
    partnership: Partnership,
    cadence: Cadence,
    *,
    not_before: datetime,
    known_from: datetime,
    wake_before: timedelta = _AT_ITS_START,
) -> Occurrence | None:
    """Store the turn after the latest one, and wake the planner of its kind in time.

    The wake's kind is the cadence's, its subject the turn's id. Safe to run twice only as far as
    the caller asks once a turn: every call goes one turn on.

    Args:
        not_before: Turns that ended by then are passed over, as after days of downtime.
        known_from: Since when the turn could have been told.

    Returns:
        None when the cadence ended or its rule has no further turn.
    """
    if cadence.state != "active":
        return None
    last = cadences.last_original(db, cadence)
    stored = stored_after(db, partnership, cadence, last, (not_before, known_from))
    if not stored or not stored[-1].is_open:
        return None
    _wake(db, stored[-1], wake_before)
    return stored[-1]


def stored_after(
    db: Database,
    partnership: Partnership,
    cadence: Cadence,
    last: datetime | None,
    moments: tuple[datetime, datetime],
) -> list[Occurrence]:
    """Store the turns after the latest one up to the first that takes place; nobody is woken.

    Args:
        last: Wall time by the rule of the latest turn; None: there is none.
        moments: Turns that ended by the first are passed over; known they are from the second on.

    Returns:
        The new turns, those left out on holidays before the last; none where the rule has none.
    """
    not_before, known_from = moments
    is_working = working_day_of_both(partnership)
    found: list[Occurrence] = []
    while len(found) < _LEFT_OUT_IN_A_ROW and not (found and found[-1].is_open):
        turn = following_turn(cadence.plan, last, not_before, is_working)
        if turn is None:
            break
        last = turn.original
        found.append(_stored(db, partnership, cadence, turn, known_from))
    return found


def _stored(
    db: Database, partnership: Partnership, cadence: Cadence, turn: Turn, known_from: datetime
) -> Occurrence:
    """The turn with its row, moved or left out where it is on a holiday."""
    found, is_new = cadences.ensure_turn(db, cadence, turn, known_from)
    known: list[TurnMove] | None = [] if is_new else None
    return turn_moves.settle_holiday(db, partnership, cadence, found, known_from, known=known)


def _wake(db: Database, turn: Occurrence, before: timedelta) -> None:
    wake_at = turn.starts_at - before
    wakes.set_wake(db, turn.team_id, turn.kind, turn.id, turn.partnership_id, wake_at)


def plan_after(
    db: Database,
    partnership: Partnership,
    turn: Occurrence,
    *,
    not_before: datetime,
    wake_before: timedelta = _AT_ITS_START,
) -> Occurrence | None:
    """Store the turn that follows ``turn`` unless a later one exists; safe to run twice."""
    cadence = cadences.get(db, turn.team_id, turn.cadence_id)
    if cadence is None or cadences.last_original(db, cadence) != turn.original:
        return None
    return plan_next(
        db,
        partnership,
        cadence,
        not_before=not_before,
        known_from=turn.starts_at,
        wake_before=wake_before,
    )


def end(db: Database, cadence: Cadence, *, by: str | None, now: datetime) -> list[Occurrence]:
    """End something that recurs. Returns the turns to come, which are cancelled and not woken."""
    if not cadences.end(db, cadence):
        return []
    _note(db, cadence, "cadence_ended", by, now)
    dropped = [turn for turn in cadences.open_turns(db, cadence) if turn.starts_at > now]
    for turn in dropped:
        cadences.set_state(db, turn, "cancelled")
        wakes.clear_wake(db, turn.team_id, turn.kind, turn.id)
    return dropped


def resume(
    db: Database, cadence: Cadence, *, by: str, now: datetime, wake_before: timedelta
) -> bool:
    """Take the end of something that recurs back: its turns to come are planned again.

    Returns:
        False when it goes on already.

    Raises:
        EndedLongAgo: It was ended more than a day ago.
    """
    current = cadences.get(db, cadence.team_id, cadence.id)
    if current is None or current.state == "active":
        return False
    if now > _ended_at(db, cadence) + UNDO_FOR:
        raise EndedLongAgo
    cadences.resume(db, cadence)
    _note(db, cadence, "cadence_resumed", by, now)
    for turn in cadences.cancelled_turns(db, cadence, now):
        cadences.set_state(db, turn, "planned")
        _wake(db, turn, wake_before)
    partnership = partnerships.get(db, cadence.team_id, cadence.partnership_id)
    if partnership is not None and not cadences.open_turns(db, cadence):
        active = replace(current, state="active")
        plan_next(db, partnership, active, not_before=now, known_from=now, wake_before=wake_before)
    return True


def rewrite(  # noqa: PLR0913  # as create, for what runs already
    db: Database,
    partnership: Partnership,
    cadence: Cadence,
    plan: Plan,
    *,
    by: str | None,
    now: datetime,
    wake_before: timedelta = _AT_ITS_START,
) -> tuple[Cadence, list[Occurrence]]:
    """From now on another rule holds: turns that people were told of move to its first ones.

    Turns that began, or that only one move put behind ``now``, stay as they are.

    Returns:
        The cadence as it is then, and the turns for which the rule has no place: called off.
    """
    floor = zones.local(now, cadence.plan.zone)
    for turn_id in cadences.forget_after(db, cadence, floor):
        wakes.clear_wake(db, cadence.team_id, cadence.kind, turn_id)
    told = [turn for turn in cadences.open_turns(db, cadence) if turn.original > floor]
    before = None if told else cadences.last_original(db, cadence)
    changed = cadences.change(db, cadence, plan)
    coming = _first_turns(partnership, plan, max(len(told), 1), before, now)
    cadence_versions.add(
        db, changed, coming[0].original if coming else plan.local_start, by=by, now=now
    )
    called_off = _put_in_place(db, told, coming, plan, now)
    if coming and not told:
        _begin_anew(db, partnership, changed, coming[0], now, wake_before)
    return changed, called_off


def _begin_anew(  # noqa: PLR0913, PLR0917  # as rewrite
    db: Database,
    partnership: Partnership,
    cadence: Cadence,
    first: Turn,
    now: datetime,
    wake_before: timedelta,
) -> None:
    """Store the first turn by a new rule, or the next one where a holiday leaves it out."""
    found = _stored(db, partnership, cadence, first, now)
    if found.is_open:
        _wake(db, found, wake_before)
    else:
        plan_next(db, partnership, cadence, not_before=now, known_from=now, wake_before=wake_before)


def _first_turns(
    partnership: Partnership, plan: Plan, count: int, before: datetime | None, now: datetime
) -> list[Turn]:
    """The first turns of a plan, on other days than the last turn by the plan before."""
    coming = coming_turns(plan, now, count + 1, working_day_of_both(partnership))
    taken_on = None if before is None else before.date()
    return [turn for turn in coming if turn.original.date() != taken_on][:count]


def _put_in_place(
    db: Database, told: list[Occurrence], coming: list[Turn], plan: Plan, now: datetime
) -> list[Occurrence]:
    """Returns the turns that found none; they are cancelled and not woken."""
    # A turn may get the key that another one of them still has: all leave their places first.
    for number, turn in enumerate(told):
        cadences.move(db, turn, turn.starts_at, now=now, original=_PARKED + timedelta(days=number))
    for turn, new in zip(told, coming, strict=False):
        longer = replace(turn, ends_at=turn.starts_at + plan.length)
        cadences.move(db, longer, new.starts_at, now=now, original=new.original)
    taken, left = {new.original for new in coming}, told[len(coming) :]
    for turn in left:
        if turn.original not in taken:
            cadences.move(db, turn, turn.starts_at, now=now)
        cadences.set_state(db, turn, "cancelled")
        wakes.clear_wake(db, turn.team_id, turn.kind, turn.id)
    return left


def _ended_at(db: Database, cadence: Cadence) -> datetime:
    noted = journal.entries(db, cadence.team_id, "cadence", cadence.id)
    ends = [entry.at for entry in noted if entry.verb == "cadence_ended"]
    return max(ends, default=cadence.created_at)


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
        details={"kind": cadence.kind},
    )
