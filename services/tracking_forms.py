"""Who wants to track a message: the form filled in from it, or what it became already."""

from dataclasses import replace

from data import people
from data.deliverables import card_key
from data.ids import new_id
from domain.deliverables import Source
from services import tracking
from services.actors import Actor, Who, actor_here
from services.deps import Deps
from services.directory_messages import read_message
from services.links import link_to
from services.pin_questions import asked_of
from views import deliverable_forms as forms
from views import tracking as views
from views.blocks import Block
from views.deliverable_more import Reading
from views.deliverable_prefill import Prefill
from views.words.message_titles import title_of


def from_shortcut(deps: Deps, who: Who, source: Source, text: str) -> Block:
    """The form for a message whose words Slack sent along.

    Raises:
        NoPartnershipHere, NotListed.
    """
    actor = actor_here(deps.store, who)
    if not actor.standings.listed:
        raise actor.not_listed()
    found = already(deps, actor, source)
    if found is not None:
        return found
    title = title_of(text, names_of(deps, actor))
    return drawn(actor, Prefill(id=new_id(), title=title, source=source))


def from_question(deps: Deps, who: Who, question_id: str) -> Block:
    """The form for a message that was pinned.

    Raises:
        NoPartnershipHere, NotListed.
    """
    question, actor = asked_of(deps, who, question_id)
    found = already(deps, actor, question.source)
    if found is not None:
        return found
    return drawn(actor, read(deps, actor, Prefill(id=new_id(), source=question.source)))


def already(deps: Deps, actor: Actor, source: Source) -> Block | None:
    """What is tracked from a message already, as a form; None: nothing that they may know of."""
    db = deps.store.reading()
    known = tracking.standing(db, actor, source)
    if known is None:
        return None
    link = link_to(db, actor.team_id, card_key(known.id))
    return views.already_form(actor.partnership, known, link)


def read(deps: Deps, actor: Actor, prefill: Prefill) -> Prefill:
    """With the title that its message suggests, where it has none and the message can be read."""
    if prefill.title or prefill.source is None:
        return prefill
    found = read_message(deps.clients, actor.team_id, prefill.source)
    if found is None:
        return prefill
    heard, text = found
    source = replace(prefill.source, thread_ts=heard.thread_ts)
    return replace(prefill, title=title_of(text, names_of(deps, actor)), source=source)


def names_of(deps: Deps, actor: Actor) -> dict[str, str]:
    """Of the people of both sides, by Slack id."""
    every = people.active_members(deps.store.reading(), actor.partnership)
    return {one.person.slack_id: one.person.name for one in every}


def drawn(actor: Actor, prefill: Prefill) -> Block:
    standings = actor.standings
    reading = Reading(side=standings.side, is_lead=standings.lead)
    return forms.form(actor.partnership, prefill, actor.zone, reading)
