"""What a change of a check-in will tell the other company, drawn before anything is changed."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final

from data import Database, cadences
from domain.cadences import Occurrence, UnknownCadence, working_day_of_both
from domain.checkin_moves import (
    Ahead,
    Change,
    Following,
    NoNewTime,
    plan_following,
    turns_ahead,
)
from domain.checkins import CheckIn
from domain.people import Side
from domain.written import is_written
from services.actors import Actor, Who
from services.checkin_changes import (
    ACTS,
    following_meant,
    new_start_of,
    replaced_by_move,
    require_to_come,
)
from services.checkin_turns import ahead_of, seen
from services.checkins import check_in_in, side_of
from services.deps import Deps
from views import checkin_changes as views
from views.blocks import Drawn
from views.checkin_hours import instead_of
from views.checkin_turn_forms import change_preview

_JUST_AFTER: Final = timedelta(seconds=1)


def preview_of(deps: Deps, who: Who, change: Change, now: datetime) -> dict[str, Any]:
    """The last page before a check-in is changed.

    Raises:
        NotAllowed, UnknownCadence, OccurrenceClosed, InThePast, NoNewTime, OnlyThisOne: As the
            change itself would.
    """
    actor, ahead = ahead_of(deps, who, change.cadence_id, change.original)
    actor.require(ACTS[change.what])
    told = _told(deps.store.reading(), actor, ahead, change, now)
    instead = _instead(deps.store.reading(), actor, ahead, change, now)
    return change_preview(actor.partnership, change, told, seen(ahead), instead)


def _instead(db: Database, actor: Actor, ahead: Ahead, change: Change, now: datetime) -> str:
    """When both sides could meet, where the new time or none at all leaves that open."""
    check_in = _check_in(db, actor, ahead)
    length = check_in.cadence.plan.length
    if is_written(check_in.cadence.plan) or change.what not in {"move", "move_all", "skip"}:
        return ""
    is_move = change.what != "skip"
    at = new_start_of(check_in, change, now) if is_move else check_in.turn.starts_at
    return instead_of(actor.partnership, at, length, now, is_move=is_move)


def _told(db: Database, actor: Actor, ahead: Ahead, change: Change, now: datetime) -> Drawn:
    side = side_of(actor)
    if ahead.cadence.state != "active":
        raise UnknownCadence
    if change.what == "end":
        return views.ended(actor.partnership, ahead.cadence, side, reason=change.reason)
    check_in = _check_in(db, actor, ahead)
    if change.what == "end_from":
        if ahead.is_next:
            return views.ended(actor.partnership, ahead.cadence, side, reason=change.reason)
        first, reason = change.original, change.reason
        return views.ended_from(actor.partnership, ahead.cadence, first, side, reason=reason)
    if change.what == "skip":
        require_to_come(check_in.turn, now)
        next_at = _next_without(db, check_in, ahead, now)
        return views.skipped(check_in, side, reason=change.reason, next_at=next_at)
    return _moved(check_in, side, change, now)


def _moved(check_in: CheckIn, side: Side, change: Change, now: datetime) -> Drawn:
    turn, cadence = check_in.turn, check_in.cadence
    to_at = new_start_of(check_in, change, now)
    if to_at == turn.starts_at and turn.is_open:
        raise NoNewTime("same")
    replaced: Following | None = None
    if change.what == "move_all":
        following, replaced = following_meant(check_in, change), replaced_by_move(check_in)
        cadence = replace(cadence, plan=plan_following(cadence.plan, following))
    return views.moved(
        replace(check_in, cadence=cadence, turn=replace(turn, starts_at=to_at)),
        side,
        turn.starts_at,
        reason=change.reason,
        replaced=replaced,
    )


def _check_in(db: Database, actor: Actor, ahead: Ahead) -> CheckIn:
    """The turn as it is, or as it will be once it has a row."""
    row = cadences.by_original(db, ahead.cadence, ahead.original)
    if row is not None:
        return check_in_in(db, row)
    cadence = ahead.cadence
    turn = Occurrence(
        team_id=cadence.team_id,
        id="",
        cadence_id=cadence.id,
        partnership_id=cadence.partnership_id,
        kind=cadence.kind,
        original=ahead.original,
        starts_at=ahead.starts_at,
        ends_at=ahead.starts_at + cadence.plan.length,
        state="planned",
        known_from=ahead.starts_at,
    )
    return CheckIn(partnership=actor.partnership, cadence=cadence, turn=turn)


def _next_without(
    db: Database, check_in: CheckIn, skipped: Ahead, now: datetime
) -> datetime | None:
    """When the check-in is next, once this turn is left out."""
    rows = cadences.open_turns(db, check_in.cadence)
    is_working = working_day_of_both(check_in.partnership)
    until = max(skipped.starts_at, now) + _JUST_AFTER
    every = turns_ahead(check_in.cadence, rows, until, now, is_working)
    others = [one.starts_at for one in every if one.original != skipped.original]
    return min(others, default=None)
