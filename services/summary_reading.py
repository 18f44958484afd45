"""A week's summary or its draft, opened by a lead: where it cannot stand in the message itself."""

from dataclasses import replace
from datetime import date, datetime

from data import finding_notes, summary
from domain.summaries import UnknownFinding
from services import summary_posts
from services.actors import Actor, Who
from services.checkins import side_of
from services.deps import Deps
from services.pauses import out_of
from services.setups import actor_of
from views import draft, gap_lists
from views import summary as views
from views.blocks import Block, Blocks
from views.daily_sections import blocks_of
from views.hub import as_form
from views.own_remedies import Viewer


def form(deps: Deps, who: Who, value: str, now: datetime) -> Block:
    """The summary of a week, and before it is told the draft of the presser's side.

    Args:
        value: Of the button.

    Raises:
        NoPartnershipHere, NotListed, NotAllowed; UnknownFinding: No such week is told.
    """
    partnership_id, week_on = views.week_named(value)
    actor = actor_of(deps, who, partnership_id)
    actor.require("summary.read")
    partnership, db = actor.partnership, deps.store.reading()
    if not partnership.is_agreed:
        return as_form(gap_lists.not_agreed(partnership), partnership)
    if partnership.is_paused(now):
        return as_form(gap_lists.resting(partnership, out_of(db, partnership, now)), partnership)
    week = summary.of_week(db, partnership, week_on)
    if week is None or week.state == "dropped":
        raise UnknownFinding
    is_draft = week.state == "planned"
    blocks = _blocks(deps, actor, week_on, now, is_draft=is_draft)
    return views.form(value, blocks, is_draft=is_draft)


def _blocks(deps: Deps, actor: Actor, week_on: date, now: datetime, *, is_draft: bool) -> Blocks:
    db, partnership, side = deps.store.reading(), actor.partnership, side_of(actor)
    person_id = actor.person.id
    if not is_draft:
        told, shown = summary_posts.as_read(db, partnership, week_on, now)
        viewer = Viewer(person_id=person_id, side=side, is_lead=True)
        return [dict(one) for one in views.summary(told, replace(shown, lead=viewer)).blocks]
    shown_so_far = summary_posts.drawn_preview(db, partnership, week_on, side, now)
    notes = finding_notes.every(db, partnership)
    return blocks_of(draft.draft(shown_so_far, person_id, notes))
