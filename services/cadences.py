"""What recurs begins, goes on from turn to turn, and ends; what a turn does is not here."""

from dataclasses import replace
from datetime import datetime, timedelta

from data import Database, cadences, journal, partnerships, wakes
from domain.cadences import (
    UNDO_FOR,
    Cadence,
    EndedLongAgo,
    Occurrence,
    Plan,
    following_turn,
    working_day_of_both,
)
from domain.partnerships import Partnership

_AT_ITS_START = timedelta(0)


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
    is_working = working_day_of_both(partnership)
    turn = following_turn(cadence.plan, last, not_before, is_working)
    if turn is None:
        return None
    found = cadences.add_turn(db, cadence, turn, known_from)
    wake_at = found.starts_at - wake_before
    wakes.set_wake(db, cadence.team_id, cadence.kind, found.id, cadence.partnership_id, wake_at)
    return found


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
        wake_at = turn.starts_at - wake_before
        wakes.set_wake(db, turn.team_id, turn.kind, turn.id, turn.partnership_id, wake_at)
    partnership = partnerships.get(db, cadence.team_id, cadence.partnership_id)
    if partnership is not None and not cadences.open_turns(db, cadence):
        active = replace(current, state="active")
        plan_next(db, partnership, active, not_before=now, known_from=now, wake_before=wake_before)
    return True


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
