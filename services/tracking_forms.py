"""Who wants to track a message: the form filled in from it, or what it became already."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Final

from data import people
from data.deliverables import card_key
from data.ids import new_id
from domain import zones
from domain.deliverables import Source, Unclear
from services import tracking
from services.actors import Actor, Who, actor_here
from services.deps import Deps
from services.directory_messages import read_message
from services.links import link_to
from services.pin_questions import asked_of
from services.writers import writer
from views import deliverable_forms as forms
from views import tracking as views
from views.blocks import Block
from views.deliverable_more import Reading
from views.deliverable_prefill import Prefill
from views.words.deliverable_words import read_promise
from views.words.due import DueRead
from views.words.message_titles import mentioned, title_of
from views.words.verbs import NewDeliverable, Owner

# Of a long message the beginning says who and when.
_READ_MOST: Final = 1000


def from_shortcut(
    deps: Deps, who: Who, source: Source, text: str, author: str | None = None
) -> Block:
    """The form for a message whose words Slack sent along.

    Args:
        author: Slack id of who wrote it; None: nobody knows.

    Raises:
        NoPartnershipHere, NotListed.
    """
    actor = actor_here(deps.store, who)
    if not actor.standings.listed:
        raise actor.not_listed()
    found = already(deps, actor, source)
    if found is not None:
        return found
    prefill = Prefill(id=new_id(), source=source)
    return drawn(actor, suggested(deps, actor, prefill, (text, author)))


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
    """With what its message suggests, where it has no title and the message can be read."""
    if prefill.title or prefill.source is None:
        return prefill
    found = read_message(deps.clients, actor.team_id, prefill.source)
    if found is None:
        return prefill
    heard, text = found
    source = replace(prefill.source, thread_ts=heard.thread_ts)
    return suggested(deps, actor, replace(prefill, source=source), (text, heard.slack_id))


def suggested(
    deps: Deps, actor: Actor, prefill: Prefill, written: tuple[str, str | None]
) -> Prefill:
    """Filled in with what a message says: its title, who owes it, until when.

    Its words are read as on the day on which they were written; none of them is kept.

    Args:
        written: The words, and the Slack id of who wrote them.
    """
    text, author = written
    names = names_of(deps, actor)
    prefill = replace(prefill, title=title_of(text, names))
    said = _promise_in(deps, actor, prefill, written)
    if prefill.owner is None and prefill.side is None:
        owner = _owner_in(text, author, names, is_self=said.owner == Owner(kind="me"))
        prefill = replace(prefill, owner=owner)
    if prefill.due is None:
        day, clock = _due_in(deps, actor, said.due)
        prefill = replace(prefill, due=day, clock=clock)
    return replace(prefill, questions=tuple(_still_open(prefill)))


def _promise_in(
    deps: Deps, actor: Actor, prefill: Prefill, written: tuple[str, str | None]
) -> NewDeliverable:
    text, author = written
    ts = "0" if prefill.source is None else prefill.source.ts
    written_at = datetime.fromtimestamp(float(ts), UTC)
    who = Who(
        team_id=actor.team_id,
        slack_id=author or actor.person.slack_id,
        channel=actor.partnership.channel,
    )
    return read_promise(text[:_READ_MOST], writer(deps, who, written_at))


def _owner_in(
    text: str, author: str | None, names: Mapping[str, str], *, is_self: bool
) -> str | None:
    """The only one of both sides whom a message names; else its author, who says "I will"."""
    named = [one for one in mentioned(text) if one in names]
    if named:
        return named[0] if len(named) == 1 else None
    return author if is_self and author in names else None


def _due_in(deps: Deps, actor: Actor, read: DueRead) -> tuple[date | None, time | None]:
    """On the clock of whoever fills in the form; what is past or not clear is left open."""
    now = deps.now()
    if read.at is not None and read.zone is not None:
        moment = zones.to_utc(read.at, read.zone)
        there = zones.local(moment, actor.zone)
        return (there.date(), there.time()) if moment > now else (None, None)
    is_to_come = read.day is not None and read.day >= zones.local(now, actor.zone).date()
    return (read.day if is_to_come else None), None


def _still_open(prefill: Prefill) -> Iterator[Unclear]:
    """The questions to which a message has no answer."""
    for one in prefill.questions:
        is_known = (one.reason == "no_owner" and prefill.owner is not None) or (
            one.reason == "no_due" and prefill.due is not None
        )
        if not is_known:
            yield one


def names_of(deps: Deps, actor: Actor) -> dict[str, str]:
    """Of the people of both sides, by Slack id."""
    every = people.active_members(deps.store.reading(), actor.partnership)
    return {one.person.slack_id: one.person.name for one in every}


def drawn(actor: Actor, prefill: Prefill) -> Block:
    standings = actor.standings
    reading = Reading(side=standings.side, is_lead=standings.lead)
    return forms.form(actor.partnership, prefill, actor.zone, reading)
