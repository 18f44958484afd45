"""Notes what becomes of single turns, and moves or leaves out those on a holiday."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from data import Database, cadences, turn_moves
from data.ids import new_id
from domain import zones
from domain.cadences import Cadence, Occurrence
from domain.calendars import working_between
from domain.checkin_settings import holiday_rule
from domain.holiday_rules import OnHoliday, on_holiday
from domain.partnerships import Partnership
from domain.people import Side, other_side
from domain.proposals import MoveKind, TurnMove
from domain.recurrence import Turn


def note(  # noqa: PLR0913  # the parts of one line
    db: Database,
    partnership: Partnership,
    turn: Occurrence,
    what: MoveKind,
    *,
    side: Side,
    now: datetime,
    by: str | None = None,
    to_at: datetime | None = None,
    reason_kept: bool = False,
) -> None:
    """Keep what became of a turn, which is given as it was before.

    The notice is what the other side had: its working time from ``now`` to the old start.
    """
    calendar = partnership.side(other_side(side)).calendar
    notice = (
        working_between(calendar, now, turn.starts_at) if now < turn.starts_at else timedelta(0)
    )
    move = TurnMove(
        id=new_id(),
        occurrence_id=turn.id,
        side=side,
        person_id=by,
        what=what,
        from_at=turn.starts_at,
        to_at=to_at,
        reason_kept=reason_kept,
        notice_minutes=int(notice / timedelta(minutes=1)),
        at=now,
    )
    turn_moves.add(db, turn.team_id, move)


def settle_holiday(  # noqa: PLR0913  # what is known of the turn stands beside it
    db: Database,
    partnership: Partnership,
    cadence: Cadence,
    turn: Occurrence,
    now: datetime,
    *,
    known: Sequence[TurnMove] | None = None,
) -> Occurrence:
    """Move a turn off a holiday of either side, or leave it out, as its rule says.

    What people moved themselves stays; safe to run again.

    Args:
        known: What became of the turn before, where that was read already.

    Returns:
        The turn as it is then.
    """
    if not turn.is_open or turn.state == "started" or turn.starts_at <= now:
        return turn
    known = turn_moves.of_turn(db, turn) if known is None else known
    if any(one.what != "holiday" for one in known):
        return turn
    if not known and holiday_rule(cadence.plan) == "keep":
        return turn
    usual_at = zones.to_utc(turn.original, cadence.plan.zone)
    by_rule = Turn(original=turn.original, starts_at=usual_at)
    found = on_holiday(partnership, cadence.plan, by_rule)
    if found is None and known:
        # The day off was taken back.
        found = OnHoliday(sides=(known[-1].side,), starts_at=usual_at)
    if found is None or found.starts_at == turn.starts_at:
        return turn
    note(
        db,
        partnership,
        turn,
        "holiday",
        side=found.sides[0],
        now=now,
        to_at=found.starts_at,
    )
    if found.starts_at is not None:
        return cadences.move(db, turn, found.starts_at, now=now)
    cadences.set_state(db, turn, "skipped")
    return cadences.occurrence(db, turn.team_id, turn.id) or turn
