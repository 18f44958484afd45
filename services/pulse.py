"""What people do about surveys: ask questions of their own, see what came of the last one."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from data import Database, cadences, people, pulse
from data.ids import new_id
from domain.cadences import Plan, weekly_from
from domain.partnerships import Partnership, Template
from domain.pauses import BotIsOut
from domain.pulse import (
    PULSE_WEEKDAY,
    USUAL_LENGTH,
    Draft,
    LooksBackNow,
    NobodyToAsk,
    NotAskedNow,
    Survey,
    UnknownSurvey,
)
from domain.pulse_questions import OwnQuestion
from domain.templates import STARTS, first_check_in
from domain.values import value
from services import cadences as cadence_verbs
from services import pulse_posts, pulse_results
from services.actors import Actor, Who, actor_here
from services.deps import Deps
from services.pauses import out_of
from services.pulse_posts import NewSurvey
from services.replies import replace_private
from services.setups import actor_of
from services.signed import form_waiting as signed_form
from views import pulse_forms
from views import signed as signed_views
from views.blocks import Drawn


@value
class Said:
    """An answer, and the form that can open instead. ``form`` None: the answer says it all."""

    drawn: Drawn
    form: dict[str, Any] | None = None


def begin(db: Database, partnership: Partnership, template: Template, now: datetime) -> None:
    """Begin the weekly survey where the template has one, unless there is one already."""
    start = STARTS[template]
    if not start.pulse or cadences.of_partnership(db, partnership, "pulse"):
        return
    home = partnership.side(partnership.home_side).calendar
    other = partnership.side(partnership.guest_side).calendar
    on_its_day = replace(start, weekday=PULSE_WEEKDAY)
    rule, local_start = weekly_from(first_check_in(on_its_day, home, other, now), home.zone)
    plan = Plan(
        kind="pulse",
        title="Pulse",
        rule=rule,
        local_start=local_start,
        zone=home.zone,
        length=USUAL_LENGTH,
    )
    cadence_verbs.create(db, partnership, plan, by=None, now=now)


def open_here(deps: Deps, who: Who, now: datetime, *, in_public: bool) -> Said:
    """The form of a question for leads, or of what they have yet to answer; else the results.

    Args:
        in_public: Both companies read the answer.
    """
    actor = actor_here(deps.store, who)
    if not actor.standings.lead:
        return Said(drawn=pulse_results.results_here(deps, who, in_public=in_public))
    waiting = signed_form(deps, actor, now)
    if waiting is not None and not in_public:
        return Said(drawn=signed_views.open_now(waiting[0]), form=waiting[1])
    _require_askable(deps, actor, now)
    draft = Draft(id=new_id(), partnership_id=actor.partnership.id)
    form = pulse_forms.form(actor.partnership, draft)
    return Said(drawn=pulse_forms.ask_for_words(draft), form=form)


def new_here(deps: Deps, who: Who, words: str, now: datetime) -> Drawn:
    """The preview of a question of somebody's own.

    Raises:
        NotAllowed, NotAskedNow, NobodyToAsk, NoQuestion, LongQuestion.
    """
    actor = actor_here(deps.store, who)
    typed = (OwnQuestion(words=words),)
    draft = Draft(id=new_id(), partnership_id=actor.partnership.id, questions=typed)
    survey = _as_it_would_be(deps, actor, draft, now)
    return pulse_forms.preview(actor.partnership, draft, survey)


def look_back_here(deps: Deps, who: Who, now: datetime) -> Drawn:
    """The preview of a joint retrospective. Raises as `new_here`, and LooksBackNow: One is open."""
    actor = actor_here(deps.store, who)
    draft = _looking_back(actor)
    survey = _as_it_would_be(deps, actor, draft, now)
    return pulse_forms.preview(actor.partnership, draft, survey)


def look_back_of(deps: Deps, who: Who, partnership_id: str, now: datetime) -> dict[str, Any]:
    """The same as a form, behind a button."""
    actor = actor_of(deps, who, partnership_id)
    draft = _looking_back(actor)
    survey = _as_it_would_be(deps, actor, draft, now)
    return pulse_forms.preview_form(actor.partnership, draft, survey)


def form_of(deps: Deps, who: Who, draft: Draft, now: datetime) -> dict[str, Any]:
    """The form behind a button, with the words that the button carries."""
    actor = actor_of(deps, who, draft.partnership_id)
    _require_askable(deps, actor, now)
    return pulse_forms.form(actor.partnership, draft)


def preview_of(deps: Deps, who: Who, draft: Draft, now: datetime) -> dict[str, Any]:
    """The last page before it is posted. Raises as `new_here`."""
    actor = actor_of(deps, who, draft.partnership_id)
    survey = _as_it_would_be(deps, actor, draft, now)
    return pulse_forms.preview_form(actor.partnership, draft, survey)


def post(
    deps: Deps, who: Who, draft: Draft, now: datetime, *, answer_url: str | None = None
) -> bool:
    """Ask both sides a question of one's own, once.

    Args:
        answer_url: Of the private preview in which *Post* was pressed, which is replaced.

    Returns:
        False when it was posted before.

    Raises:
        As `new_here`.
    """
    actor = actor_of(deps, who, draft.partnership_id)
    _as_it_would_be(deps, actor, draft, now)
    partnership = actor.partnership
    new = NewSurvey(id=draft.id, questions=draft.asks, by=actor.person.id)
    with deps.store.writing(partnership.id) as db:
        _require_no_other(db, partnership, draft)
        keys = pulse_posts.ring(deps)
        is_new = pulse_posts.open_survey(db, keys, partnership, new, now)
        if answer_url is not None:
            replace_private(db, partnership, answer_url, pulse_forms.posted_answer(), now)
    return is_new


def _as_it_would_be(deps: Deps, actor: Actor, draft: Draft, now: datetime) -> Survey:
    _require_askable(deps, actor, now)
    new = NewSurvey(id=draft.id, questions=draft.asks)
    db = deps.store.reading()
    _require_no_other(db, actor.partnership, draft)
    members = people.active_members(db, actor.partnership)
    if not members:
        raise NobodyToAsk
    return pulse_posts.drawn_up(actor.partnership, members, new, now)


def _looking_back(actor: Actor) -> Draft:
    return Draft(id=new_id(), partnership_id=actor.partnership.id, looks_back=True)


def _require_no_other(db: Database, partnership: Partnership, draft: Draft) -> None:
    """Two retrospectives at a time would ask everybody the same twice."""
    others = [one for one in pulse.running(db, partnership) if one.id != draft.id]
    if draft.looks_back and any(one.looks_back for one in others):
        raise LooksBackNow


def _require_askable(deps: Deps, actor: Actor, now: datetime) -> None:
    actor.require("pulse.ask")
    db = deps.store.reading()
    reason = pulse_posts.why_not(db, actor.partnership, now)
    is_out = out_of(db, actor.partnership, now)
    if reason == "paused" and is_out is not None:
        raise BotIsOut(is_out)
    if reason is not None:
        raise NotAskedNow(reason)


def actor_of_survey(deps: Deps, who: Who, survey_id: str) -> tuple[Actor, Survey]:
    """Whoever acts on a survey that a button or form names.

    Raises:
        UnknownSurvey: There is none.
    """
    survey = pulse.get(deps.store.reading(), who.team_id, survey_id)
    if survey is None:
        raise UnknownSurvey
    return actor_of(deps, who, survey.partnership_id), survey
