"""A point for the next check-in's agenda, in the words of a command or a mention."""

from datetime import datetime

from data import Database, cadences
from data.ids import new_id
from domain.agenda import has_agenda
from domain.cadences import Occurrence
from domain.checkin_moves import NoSuchCheckIn
from domain.checkins import NewPoint
from domain.partnerships import Partnership
from services import checkins
from services.actors import Who
from services.checkin_turn_forms import point_form_of
from services.checkin_words import Said
from services.checkins import actor_seen, check_in_in
from services.deps import Deps
from views.agenda import asked_for_point, point_added


def add_here(deps: Deps, who: Who, words: str, event_id: str | None, now: datetime) -> Said:
    """Put a point on the agenda of the channel's next check-in; without words ask in the form.

    Args:
        event_id: Of a message, which Slack may send again: it adds one point.

    Raises:
        NoPartnershipHere, NotAllowed; NoSuchCheckIn: None is planned.
    """
    actor = actor_seen(deps, who)
    actor.require("checkin.agenda")
    db = deps.store.reading()
    turn = next_with_agenda(db, actor.partnership, now)
    if turn is None:
        raise NoSuchCheckIn("")
    if not words:
        form = point_form_of(deps, who, turn.id)
        return Said(drawn=asked_for_point(check_in_in(db, turn)), form=form)
    point = NewPoint(id=event_id or new_id(), words=words)
    checkins.add_point(deps, who, turn.id, point, now)
    return Said(drawn=point_added(check_in_in(deps.store.reading(), turn), words))


def next_with_agenda(db: Database, partnership: Partnership, now: datetime) -> Occurrence | None:
    """The next turn for which a point can be raised; a coffee has no agenda."""
    for turn in cadences.coming(db, partnership, "checkin", now):
        cadence = cadences.get(db, turn.team_id, turn.cadence_id)
        if cadence is not None and has_agenda(cadence.plan):
            return turn
    return None
