"""What came of a survey is told: to the leads at once, to the channel a working day later."""

from datetime import datetime, timedelta
from typing import Any, Final

from data import Database, lessons, outbox, partnerships, people, pulse, wakes, workspaces
from data.ids import new_id
from data.wakes import Wake
from domain.outgoing import Message
from domain.partnerships import Partnership, leads
from domain.pulse import Survey
from domain.pulse_outcomes import Outcome, told_at
from domain.pulse_plans import plan_of
from services import pulse_posts
from services.actors import Actor, Who, actor_here
from services.daily_wakes import touch
from services.deps import Deps
from services.pulse_outcomes import newest, outcome_of
from services.setups import actor_of
from views import pulse_results as views
from views.blocks import Block, Drawn
from views.charts import with_figures
from views.pulse_comments import written_in_full

TELLING: Final = "pulse_result"
"""The kind of the wake at which the channel reads the results; its subject is the survey."""
# A result that could not be told for so long is not news any more; *Results* still shows it.
_WORTH_TELLING: Final = timedelta(days=7)
# Lessons of so many look backs stand below the results.
_LEARNED_MOST: Final = 3


def begin_telling(
    db: Database, partnership: Partnership, survey: Survey, now: datetime
) -> datetime | None:
    """A survey was counted: its leads read it in their daily message, the channel later.

    Where nobody answered the question itself says so, and that is all.

    Returns:
        When the channel reads it; None: there is nothing to read.
    """
    if not survey.has_answers:
        pulse.tell(db, survey, now)
        return None
    at = told_at(partnership, now)
    wakes.set_wake(db, survey.team_id, TELLING, survey.id, partnership.id, at)
    if survey.results:
        for lead in leads(people.active_members(db, partnership)):
            touch(db, survey.team_id, lead.person.id, now)
    return at


def plan(deps: Deps, wake: Wake, now: datetime) -> None:
    """Tell the channel, below the question."""
    with deps.store.writing(wake.partnership_id, planning=True) as db:
        wakes.clear_wake(db, wake.team_id, wake.kind, wake.subject_id)
        survey = pulse.get(db, wake.team_id, wake.subject_id)
        partnership = partnerships.get(db, wake.team_id, str(wake.partnership_id))
        if survey is None or partnership is None or survey.state != "closed":
            return
        pulse.tell(db, survey, now)
        pulse_posts.redraw(db, partnership, survey, now)
        _put(db, partnership, survey, now)


def results_here(deps: Deps, who: Who, *, in_public: bool) -> Drawn:
    """The newest results: for a lead in private by side, else as the channel saw them.

    Raises:
        NoPartnershipHere; NotListed: Of neither side.
    """
    return _results(deps, actor_here(deps.store, who), in_public=in_public)[0]


def results_view_of(deps: Deps, who: Who, partnership_id: str) -> Block:
    """The newest results as a form, which its presser alone sees. Raises as `results_here`.

    It has room for all that was written.
    """
    actor = actor_of(deps, who, partnership_id)
    drawn, found = _results(deps, actor, in_public=False)
    if found is None or not actor.standings.lead:
        return views.results_view(drawn)
    return views.results_view(drawn, written_in_full(actor.partnership, found.survey))


def draw_weeks(deps: Deps, who: Who, response_url: str, now: datetime) -> None:
    """Draw the last weeks for whoever asked for the results, below the answer in words.

    Raises:
        As `results_here`.
    """
    actor = actor_here(deps.store, who)
    db = deps.store.reading()
    partnership, for_lead = actor.partnership, actor.standings.lead
    found = newest(db, partnership, is_told=not for_lead)
    by_side = for_lead or plan_of(partnership.pulse).means == "channel"
    shown = None if found is None else views.figures(partnership, found, by_side=by_side)
    if found is None or shown is None:
        return
    drawn = Drawn(text=shown.title)
    payload = _with_weeks(db, partnership, found, drawn, by_side=by_side)
    how = {"response_type": "ephemeral", "replace_original": False}
    message = Message(
        kind="respond",
        place=response_url,
        payload=payload | how,
        audience="person",
        needs="nothing",
        urgent=True,
    )
    with deps.store.writing(partnership.id) as writing:
        key = f"pulse-weeks/{new_id()}"
        outbox.put(writing, partnership.team_id, partnership.id, key, message, now=now)


def _results(deps: Deps, actor: Actor, *, in_public: bool) -> tuple[Drawn, Outcome | None]:
    actor.require("pulse.read")
    for_lead = actor.standings.lead and not in_public
    db, partnership = deps.store.reading(), actor.partnership
    found = newest(db, partnership, is_told=not for_lead)
    means = plan_of(partnership.pulse).means
    learned = lessons.of_partnership(db, partnership, _LEARNED_MOST)
    drawn = views.latest(partnership, found, means, for_lead=for_lead, learned=learned)
    return drawn, found


def _put(db: Database, partnership: Partnership, survey: Survey, now: datetime) -> None:
    found, means = outcome_of(db, partnership, survey), plan_of(partnership.pulse).means
    drawn = views.channel_result(partnership, found, means)
    message = Message(
        kind="post",
        place=partnership.channel,
        payload=_with_weeks(db, partnership, found, drawn, by_side=means == "channel"),
        audience="both",
        needs="agreed",
        thread_of=pulse_posts.post_key(survey),
        worth_until=survey.closes_at + _WORTH_TELLING,
    )
    outbox.put(db, survey.team_id, partnership.id, f"pulse-result/{survey.id}", message, now=now)


def _with_weeks(
    db: Database, partnership: Partnership, found: Outcome, drawn: Drawn, *, by_side: bool
) -> dict[str, Any]:
    workspace = workspaces.get(db, partnership.team_id)
    draws_charts = workspace is None or workspace.draws_charts
    shown = views.figures(partnership, found, by_side=by_side)
    return with_figures(drawn, shown, draws_charts=draws_charts)
