"""Words that say how a deliverable recurs, and what is answered to them."""

from dataclasses import replace
from datetime import date, datetime

from domain import zones
from domain.cadences import following_turn, working_day_of_both
from domain.deliverables import Unclear
from domain.series import plan_of
from services import series
from services.actors import Actor, actor_here
from services.deliverable_drafts import understood
from services.deliverable_words import Asked, Said, echo, reading
from services.deps import Deps
from services.series_forms import plan_for
from views import deliverable_forms as forms
from views.deliverable_more import Extras
from views.deliverable_prefill import Prefill
from views.presets import ending_of
from views.words.due import DueRead
from views.words.rhythm import RhythmRead
from views.words.verbs import NewDeliverable, RepeatDeliverable


def repeat_here(deps: Deps, asked: Asked, said: RepeatDeliverable) -> Said:
    """Begin what is clear, else ask for what is not, in the form.

    Raises:
        NoPartnershipHere, NotListed, NotAllowed.
    """
    actor = actor_here(deps.store, asked.who)
    if not actor.standings.listed:
        raise actor.not_listed()
    rhythm, now = said.rhythm, asked.now
    if rhythm.rule is None or rhythm.question is not None:
        return _how_often(deps, asked, actor, said)
    first_on = _first_day(actor, rhythm, now)
    due = DueRead(day=first_on)
    if rhythm.start is not None:
        due = DueRead(at=datetime.combine(first_on, rhythm.start), zone=rhythm.zone)
    plain = NewDeliverable(
        title=said.title, owner=said.owner, due=due, beside=said.beside, after=said.title
    )
    found = understood(deps.store.reading(), actor, plain, asked.draft_id, now)
    if isinstance(found, Prefill):
        prefill = replace(found, more=Extras(repeats=rhythm.heard))
        return Said(
            drawn=forms.asked_in_thread(actor.partnership, prefill),
            form=forms.form(actor.partnership, prefill, actor.zone, reading(actor)),
        )
    plan = plan_for(actor, found, rhythm, (first_on, rhythm.start))
    changed = series.begin(deps, actor, found, plan, now)
    return Said(drawn=echo(changed, is_public=asked.is_public))


def _how_often(deps: Deps, asked: Asked, actor: Actor, said: RepeatDeliverable) -> Said:
    """Ask on which days, in the form, with the words in which it was said."""
    plain = NewDeliverable(
        title=said.title, owner=said.owner, due=DueRead(), beside=said.beside, after=said.title
    )
    found = understood(deps.store.reading(), actor, plain, asked.draft_id, asked.now)
    assert isinstance(found, Prefill)  # without a day there is always something to ask
    others = (one for one in found.questions if one.field != "due")
    prefill = replace(
        found,
        more=Extras(repeats=said.rhythm.heard),
        questions=(*others, Unclear("repeats", "no_rhythm", [said.rhythm.heard])),
    )
    return Said(
        drawn=forms.asked_in_thread(actor.partnership, prefill),
        form=forms.form(actor.partnership, prefill, actor.zone, reading(actor)),
    )


def _first_day(actor: Actor, rhythm: RhythmRead, now: datetime) -> date:
    """The day of the first turn, on the clock of the words."""
    assert rhythm.rule is not None  # else it is no rhythm
    today = zones.local(now, rhythm.zone).date()
    start = rhythm.starts_on if rhythm.starts_on and rhythm.starts_on > today else today
    plan = plan_of("", rhythm.rule, (start, rhythm.start), rhythm.zone, ending_of(rhythm))
    turn = following_turn(plan, None, now, working_day_of_both(actor.partnership))
    return start if turn is None else turn.original.date()
