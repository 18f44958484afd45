"""The form about a deliverable with words about how it repeats."""

from dataclasses import replace
from datetime import date, datetime, time

from domain.cadences import Plan
from domain.deliverables import Unclear
from domain.series import plan_of
from services import series
from services.actors import Actor, Who
from services.deliverable_acting import Changed
from services.deliverable_drafts import Draft, hours_of
from services.deps import Deps
from services.writers import writer
from views.deliverable_forms import Filled
from views.presets import ending_of
from views.words.rhythm import RhythmRead


def begin_filled(deps: Deps, actor: Actor, draft: Draft, filled: Filled, now: datetime) -> Changed:
    """The form was sent with words about how it repeats.

    Raises:
        Unclear: They are not understood, or it is not for both sides.
        NotListed, NotAllowed.
    """
    assert filled.more is not None  # it has the words
    if draft.audience != "both":
        raise Unclear("audience", "repeats_hidden")
    who = Who(team_id=actor.team_id, slack_id=actor.person.slack_id)
    rhythm = writer(deps, who, now).rhythm(filled.more.repeats)
    if rhythm.rule is None or rhythm.question is not None:
        raise Unclear("repeats", "no_rhythm")
    due = filled.due
    first = (due.day, None) if due.at is None else (due.at.date(), due.at.time())
    day, at = first
    if rhythm.start is None and at is not None:
        rhythm = replace(rhythm, start=at, zone=actor.zone)
    plan = plan_for(actor, draft, rhythm, (day or now.date(), rhythm.start))
    return series.begin(deps, actor, draft, plan, now)


def plan_for(
    actor: Actor, draft: Draft, rhythm: RhythmRead, first: tuple[date, time | None]
) -> Plan:
    """What recurs, by a rhythm that has a rule.

    Args:
        first: The first possible day, and the hour of all turns, if there is one.

    Raises:
        Unclear: The title is too long for what recurs.
    """
    assert rhythm.rule is not None  # else it is no rhythm
    # Without an hour its days are those of whoever owes it.
    zone = rhythm.zone if first[1] is not None else hours_of(actor, draft.owner, draft.side).zone
    return plan_of(draft.title, rhythm.rule, first, zone, ending_of(rhythm))
