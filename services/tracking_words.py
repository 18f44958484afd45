"""Words that ask to track the message to which they reply."""

from dataclasses import replace

from data.deliverables import card_key
from domain.deliverables import Source
from services import deliverables as verbs
from services import tracking
from services.actors import Actor, actor_here
from services.deliverable_drafts import understood
from services.deliverable_words import Asked, Said, echo, new_here
from services.deps import Deps
from services.links import link_to
from services.tracking_forms import drawn
from views import tracking as views
from views.deliverable_prefill import Prefill
from views.words.verbs import NewDeliverable


def track_here(deps: Deps, asked: Asked, said: NewDeliverable, thread_ts: str | None) -> Said:
    """Write down what is clear, linked to the message; else offer the form, filled in from it.

    Args:
        said: What stands behind "track this"; its title is empty where nothing does.
        thread_ts: Of the message that is replied to; None: the words reply to none.

    Raises:
        NoPartnershipHere, NotListed, NotAllowed, AlreadyTracked.
    """
    if thread_ts is None:
        is_bare = not said.title
        return Said(drawn=views.which_message()) if is_bare else new_here(deps, asked, said)
    actor = actor_here(deps.store, asked.who)
    if not actor.standings.listed:
        raise actor.not_listed()
    source = Source(channel=actor.partnership.channel, ts=thread_ts)
    known = tracking.standing(deps.store.reading(), actor, source)
    if known is not None:
        link = link_to(deps.store.reading(), actor.team_id, card_key(known.id))
        return Said(drawn=views.already(actor.partnership, known, link))
    return _track(deps, asked, actor, (said, source))


def _track(deps: Deps, asked: Asked, actor: Actor, what: tuple[NewDeliverable, Source]) -> Said:
    said, source = what
    found = understood(deps.store.reading(), actor, said, asked.draft_id, asked.now)
    if isinstance(found, Prefill):
        # Its title comes from the message when the form opens.
        questions = tuple(one for one in found.questions if one.reason != "no_title")
        prefill = replace(found, questions=questions, source=source)
        return Said(drawn=views.ask(actor.partnership, prefill), form=drawn(actor, prefill))
    changed = verbs.create(deps, actor, replace(found, source=source), asked.now)
    return Said(drawn=echo(changed, is_public=asked.is_public))
