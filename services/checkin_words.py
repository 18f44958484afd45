"""What Touchbase answers to words that ask for a check-in, its list or a change of it."""

from datetime import datetime, timedelta
from typing import Any, Final

from data.ids import new_id
from domain import zones
from domain.cadences import UnknownCadence, coming_turns
from domain.checkin_moves import Ahead
from domain.values import value
from services.actors import Actor, Who
from services.checkin_forms import new_form
from services.checkin_turn_forms import start_meant
from services.checkin_turns import (
    Meant,
    following_at,
    meant_here,
    planned_here,
)
from services.checkins import actor_seen, require_company
from services.deps import Deps
from views import (
    checkin_answers,
    checkin_asks,
    checkin_drafts,
    checkin_filled,
    presets,
)
from views.blocks import Drawn, context
from views.checkin_drafts import Draft
from views.words.due import DueRead
from views.words.rhythm import RhythmRead
from views.words.verbs import CancelCheckin, MoveCheckin, SkipCheckin

_WEEK: Final = timedelta(days=7)


@value
class Said:
    """An answer, and the form that can open instead. ``form`` None: the answer says it all."""

    drawn: Drawn
    form: dict[str, Any] | None = None


def open_here(deps: Deps, who: Who, now: datetime) -> Said:
    """The form for leads; for others the list of what is planned."""
    actor = actor_seen(deps, who)
    found = planned_here(deps, who, now)
    if not actor.standings.lead:
        return Said(drawn=checkin_asks.listed(actor.partnership, found, may_create=False))
    drawn = checkin_asks.listed(actor.partnership, found, may_create=True)
    above = checkin_asks.planned(actor.partnership, found)
    filled = checkin_filled.Filled(zone=actor.zone)
    return Said(drawn=drawn, form=new_form(actor.partnership, filled, now, above))


def list_here(deps: Deps, who: Who, now: datetime) -> Drawn:
    actor = actor_seen(deps, who)
    found = planned_here(deps, who, now)
    return checkin_asks.listed(actor.partnership, found, may_create=actor.standings.lead)


def new_here(deps: Deps, who: Who, rhythm: RhythmRead, words: str, now: datetime) -> Said:
    """The rhythm said back with *Create*; what is still open is asked in the form.

    Raises:
        NotAllowed; UnknownCadence: The rhythm has no date to come.
    """
    actor = actor_seen(deps, who)
    actor.require("checkin.create")
    plan = presets.completed(rhythm, checkin_drafts.plan_of(rhythm, now), actor.partnership, now)
    if plan is not None:
        require_company(deps.store.reading(), actor.partnership)
        if not coming_turns(plan, now, 1):
            raise UnknownCadence
        draft = Draft(id=new_id(), partnership_id=actor.partnership.id, plan=plan)
        said = rhythm.start is not None
        return Said(drawn=checkin_drafts.echo(actor.partnership, draft, now, time_was_said=said))
    question = checkin_answers.question_words(rhythm)
    drawn = checkin_asks.asked_for_more(actor.partnership, question, words)
    filled = checkin_filled.filled_from_words(rhythm, actor.zone)
    above, settings = (context(question),), presets.named_settings(rhythm)
    return Said(drawn=drawn, form=new_form(actor.partnership, filled, now, above, settings))


def move_here(deps: Deps, who: Who, verb: MoveCheckin, now: datetime) -> Drawn:
    """A check-in's move in both zones, with the buttons that do it; of several, which is meant.

    Raises:
        NotAllowed, NoSuchCheckIn, InThePast; NoNewTime: None was understood.
    """
    actor, found = meant_here(deps, who, Meant(words=verb.words), now)
    actor.require("checkin.move")
    if len(found) > 1:
        each = [(ahead, start_meant(actor, ahead, verb.due, now)) for ahead in found]
        return checkin_asks.ask_which(actor.partnership, each, verb.reason)
    moves = [
        (ahead, to_at)
        for ahead in found
        for to_at in _starts_meant(deps, actor, ahead, verb.due, now)
    ]
    return checkin_asks.ask_move(actor.partnership, moves, verb.reason, now)


def skip_here(deps: Deps, who: Who, verb: SkipCheckin | CancelCheckin, now: datetime) -> Drawn:
    """Which check-in is skipped or ended, with the buttons that do it.

    Raises:
        NotAllowed, NoSuchCheckIn.
    """
    meant = Meant(words=verb.words, from_on=verb.from_on, until_on=verb.until_on or verb.from_on)
    actor, found = meant_here(deps, who, meant, now)
    ending = isinstance(verb, CancelCheckin)
    actor.require("checkin.cancel" if ending else "checkin.skip")
    return checkin_asks.ask_skip(actor.partnership, found, verb.reason, ending=ending)


def _starts_meant(
    deps: Deps, actor: Actor, ahead: Ahead, due: DueRead, now: datetime
) -> list[datetime]:
    """The new start; of a weekday without a date also a week later, where no other turn is by then.

    Raises:
        NoNewTime, InThePast.
    """
    first = start_meant(actor, ahead, due, now)
    if not due.is_weekday:
        return [first]
    zone = ahead.cadence.plan.zone
    second = zones.to_utc(zones.local(first, zone) + _WEEK, zone)
    following = following_at(deps, actor, ahead, now)
    is_free = following is None or second < following
    return [first, second] if is_free and first < ahead.starts_at + _WEEK else [first]
