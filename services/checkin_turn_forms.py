"""The forms about one turn of a check-in: a point for it, and its change."""

import json
from dataclasses import replace
from datetime import datetime
from typing import Any

from data.ids import new_id
from domain.checkin_moves import Ahead, Change, other_form_of
from domain.people import other_side
from services.actors import Actor, Who
from services.checkin_turns import (
    ahead_of,
    current_ahead,
    seen,
)
from services.checkins import actor_of_turn, check_in_in
from services.deps import Deps
from services.writers import writer
from views import (
    checkin_asks,
    checkin_turn_forms,
)
from views.words.due import DueRead


def point_form_of(deps: Deps, who: Who, turn_id: str, words: str = "") -> dict[str, Any]:
    """The form of a point, filled in with some words.

    Raises:
        NotAllowed, UnknownOccurrence.
    """
    actor, turn = actor_of_turn(deps, who, turn_id)
    actor.require("checkin.agenda")
    check_in = check_in_in(deps.store.reading(), turn)
    metadata = json.dumps({"turn": turn.id, "id": new_id(), "channel": actor.partnership.channel})
    return checkin_turn_forms.point_form(check_in, metadata, words)


def change_form_of(deps: Deps, who: Who, change: Change) -> dict[str, Any]:
    """Raises NotAllowed, UnknownCadence."""
    actor, ahead = ahead_of(deps, who, change.cadence_id, change.original)
    actor.require("checkin.move")
    return checkin_turn_forms.change_form(actor.partnership, ahead, change, seen=seen(ahead))


def change_redrawn(
    deps: Deps, who: Who, change: Change, shown: str, now: datetime
) -> dict[str, Any] | None:
    """The same form as it was filled in, once somebody changed the check-in while it was open.

    Args:
        shown: What the form showed of it.

    Returns:
        None while all is as it was shown, or is as it was asked for by now.

    Raises:
        UnknownCadence: No turn is to come.
    """
    actor, ahead = ahead_of(deps, who, change.cadence_id, change.original)
    if not shown or seen(ahead) == shown or ahead.starts_at == change.to_at:
        return None
    now_so = current_ahead(deps, who, change, now)
    again = replace(change, original=now_so.original, following=None)
    return checkin_turn_forms.change_form(
        actor.partnership, now_so, again, seen=seen(now_so), changed=True
    )


def change_of_turn(deps: Deps, who: Who, turn_id: str) -> Change:
    """The change form's starting point for a turn that a button names.

    Raises:
        UnknownOccurrence.
    """
    _, turn = actor_of_turn(deps, who, turn_id)
    return Change(what="move", cadence_id=turn.cadence_id, original=turn.original)


def change_asked(
    deps: Deps, who: Who, change: Change, asked: checkin_turn_forms.Asked, now: datetime
) -> Change:
    """The change that the form asks for.

    Raises:
        UnknownCadence; InThePast, NoNewTime: Its time cannot be.
    """
    to_at, following = None, None
    if asked.what in {"move", "move_all"}:
        actor, ahead = ahead_of(deps, who, change.cadence_id, change.original)
        due = replace(writer(deps, who, now), zone=actor.zone).due(asked.when)
        to_at = start_meant(actor, ahead, due, now)
        if asked.other_form:
            following = other_form_of(ahead.cadence.plan, change.original, to_at)
    return Change(
        what=asked.what,
        cadence_id=change.cadence_id,
        original=change.original,
        to_at=to_at,
        reason=asked.reason,
        following=following,
    )


def start_meant(actor: Actor, ahead: Ahead, due: DueRead, now: datetime) -> datetime:
    """The start that was meant, on the clock of whoever said it, or on the other side's."""
    partnership = actor.partnership
    own = actor.listed.side or partnership.home_side
    theirs = partnership.side(other_side(own)).calendar.zone
    return checkin_asks.start_meant(ahead, due, actor.zone, theirs, now)
