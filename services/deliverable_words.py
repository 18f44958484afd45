"""What is answered to words about deliverables: done at once with an echo, or asked in a form."""

import hashlib
from dataclasses import replace
from datetime import datetime
from typing import Any

from data import Database, deliverables, partnerships, people
from data.ids import new_id
from domain import zones
from domain.cadences import Plan
from domain.deliverables import Commitment, Due, Unclear, due_moment, far_question, is_far, may_read
from domain.names import matching
from domain.partnerships import NoPartnershipHere
from domain.rights import ACTS, standings_of
from domain.values import value
from services import deliverables as verbs
from services import series_forms, tracking_forms, wait_starts
from services.actors import Actor, Who, actor_here, actor_in
from services.deliverable_acting import (
    Changed,
    acting,
    calendar_of_owner,
    changeable,
    still_open,
)
from services.deliverable_drafts import Draft, drafted, due_said, understood
from services.deps import Deps
from services.personal import is_direct
from services.typed_names import named_in_text
from views import deliverable_answers, deliverable_prefill, series
from views import deliverable_forms as forms
from views import deliverables as views
from views.blocks import Block, Drawn
from views.deliverable_forms import Filled
from views.deliverable_more import Extras, Reading, seen_by
from views.deliverable_prefill import Prefill, source_of
from views.deliverable_questions import new_date_question
from views.words.verbs import MoveDeliverable, NewDeliverable


@value
class Said:
    """An answer, and the form that goes with it where one can open."""

    drawn: Drawn
    form: Block | None = None


@value
class Asked:
    """Somebody who said something.

    Attributes:
        fact: Names a mention, which may be told twice; None for a command.
        is_public: Others read the answer: it names sides, not people.
    """

    who: Who
    now: datetime
    fact: str | None = None
    is_public: bool = False

    @property
    def draft_id(self) -> str:
        """Of what is written down: the same for the same mention, else a new one."""
        if self.fact is None:
            return new_id()
        return hashlib.sha256(f"{self.who.team_id}/{self.fact}".encode()).hexdigest()[:20]


def new_here(deps: Deps, asked: Asked, said: NewDeliverable) -> Said:
    """Write it down when all is clear, else ask for what is not.

    Raises:
        NoPartnershipHere, NotListed, NotAllowed.
    """
    actor = listed_here(deps, asked.who)
    found = understood(deps.store.reading(), actor, said, asked.draft_id, asked.now)
    if isinstance(found, Prefill):
        return _form(actor, found)
    changed = verbs.create(deps, actor, found, asked.now)
    return Said(drawn=echo(changed, is_public=asked.is_public))


def form_here(deps: Deps, asked: Asked) -> Said:
    """The empty form.

    Raises:
        NoPartnershipHere, NotListed.
    """
    return _form(listed_here(deps, asked.who), Prefill(id=asked.draft_id))


def form_again(deps: Deps, who: Who, value: str) -> Block:
    """The form that a button carries.

    Raises:
        SpoiledButton, NoPartnershipHere, NotListed.
    """
    partnership_id, prefill = deliverable_prefill.uncarried(value)
    actor = _actor_of(deps, who, partnership_id)
    if prefill.source is not None:
        source = replace(prefill.source, channel=actor.partnership.channel)
        known = tracking_forms.already(deps, actor, source)
        if known is not None:
            return known
        prefill = tracking_forms.read(deps, actor, replace(prefill, source=source))
    return forms.form(actor.partnership, prefill, actor.zone, reading(actor))


def more_form(deps: Deps, who: Who, carried: dict[str, str], values: dict[str, Any]) -> Block:
    """The form as it is filled in so far, with all its fields.

    Raises:
        NoPartnershipHere, NotListed.
    """
    actor = _actor_of(deps, who, carried.get("partnership", ""))
    more = Extras()
    if carried.get("changes"):
        known = acting(deps, who, carried["id"]).commitment
        more = Extras(details=known.details or "", importance=known.importance)
    prefill = forms.with_more(values, carried, more, actor.zone)
    return forms.form(actor.partnership, prefill, actor.zone, _full_reading(deps, actor))


def reading(actor: Actor) -> Reading:
    standings = actor.standings
    return Reading(side=standings.side, is_lead=standings.lead)


def _full_reading(deps: Deps, actor: Actor) -> Reading:
    """With what a new deliverable could wait for."""
    return replace(reading(actor), inputs=wait_starts.could_be_waited_for(deps, actor))


def create_filled(
    deps: Deps, who: Who, carried: dict[str, str], values: dict[str, Any], now: datetime
) -> Changed | Block:
    """The form was sent: write it down, or change what it was opened for.

    Returns:
        What changed; else the form, which asks whether a far date is meant.

    Raises:
        Unclear: Names the field that needs a change.
        NoPartnershipHere, NotListed, NotAllowed, AlreadyTracked.
    """
    actor = _actor_of(deps, who, carried.get("partnership", ""))
    filled: Filled = forms.filled(values, actor.zone, source_of(carried))
    changes = bool(carried.get("changes"))
    draft = drafted(deps.store.reading(), actor, filled, carried["id"], now)
    if is_far(draft.due_at, now) and not forms.is_meant(carried, values):
        prefill = forms.asked_whether_far(carried["id"], filled, changes=changes)
        return forms.form(actor.partnership, prefill, actor.zone, _full_reading(deps, actor))
    if changes:
        return verbs.change(deps, who, carried["id"], filled, now)
    return _written(deps, actor, draft, filled, now)


def _written(deps: Deps, actor: Actor, draft: Draft, filled: Filled, now: datetime) -> Changed:
    more = filled.more or Extras()
    on_id = wait_starts.checked(deps, actor, more.waits_for)
    if more.repeats:
        changed = series_forms.begin_filled(deps, actor, draft, filled, now)
    else:
        changed = verbs.create(deps, actor, draft, now)
    if on_id is not None:
        wait_starts.begin(deps, actor, changed.commitment, on_id, now)
    return changed


def move_filled(
    deps: Deps, who: Who, carried: dict[str, str], values: dict[str, Any], now: datetime
) -> Changed | Block:
    """The form with a new date was sent.

    Returns:
        What changed; else the form, which asks whether a far date is meant.

    Raises:
        Unclear, UnknownDeliverable, NotAllowed, DeliverableClosed.
    """
    one = acting(deps, who, carried["id"])
    due, reason = forms.due_of(values, one.actor.zone), forms.reason_of(values)
    if _is_far(deps, one.actor, one.commitment, due, now) and not forms.is_meant(carried, values):
        prefill = forms.asked_whether_far(carried["id"], Filled(title="", owner=None, due=due))
        view = forms.move_form(
            one.partnership, one.commitment, one.actor.zone, prefill, reason or ""
        )
        return forms.over_list(view, carried.get("scope", ""))
    return verbs.move(deps, who, carried["id"], (due, reason), now)


def move_form(deps: Deps, who: Who, commitment_id: str) -> Block:
    """The form for a new date, for those who may give one.

    Raises:
        UnknownDeliverable, NotAllowed, DeliverableClosed.
    """
    one = acting(deps, who, commitment_id)
    one.require("deliverable.move")
    still_open(one.commitment)
    return forms.move_form(one.partnership, one.commitment, one.actor.zone)


def change_form(deps: Deps, who: Who, commitment_id: str) -> Block:
    """The form with what is written down, for those who may change it.

    Raises:
        UnknownDeliverable, NotAllowed, DeliverableClosed, AlreadyAccepted.
    """
    one = acting(deps, who, commitment_id)
    one.require("deliverable.withdraw")
    changeable(one.commitment, one.actor)
    owner = people.get(deps.store.reading(), who.team_id, one.commitment.owner_id)
    slack_id = None if owner is None else owner.slack_id
    return forms.changing(one.partnership, one.commitment, slack_id, one.actor.zone)


def done_here(deps: Deps, asked: Asked, words: str) -> Said:
    """Mark as done what the words mean; ask when it is not clear or not theirs.

    Raises:
        NoPartnershipHere, NotListed.
    """
    actor = listed_here(deps, asked.who)
    found = meant(deps.store.reading(), actor, words, is_public=asked.is_public)
    closable = [one for one in found if may(actor, one, "deliverable.done")]
    if len(found) == 1 and not closable:
        return Said(drawn=deliverable_answers.not_theirs(actor.partnership, found[0]))
    if len(closable) != 1:
        action = views.DONE if closable else views.TELL_DONE
        return Said(drawn=_none_or_several(actor, closable or found, words, action))
    changed = verbs.done(deps, asked.who, closable[0].id, asked.now)
    return Said(drawn=deliverable_answers.now_done(changed.partnership, changed.commitment))


def move_here(deps: Deps, asked: Asked, said: MoveDeliverable) -> Said:
    """Give what the words mean a new date; without a reason, or in doubt, a form asks.

    Raises:
        NoPartnershipHere, NotListed, NotAllowed.
    """
    actor = listed_here(deps, asked.who)
    found = meant(deps.store.reading(), actor, said.words, is_public=asked.is_public)
    if len(found) != 1:
        return Said(drawn=_none_or_several(actor, found, said.words, views.NEW_DATE))
    one = found[0]
    actor.require("deliverable.move", one.thing(actor.person.id))
    try:
        due = due_said(actor, said.due)
        questions: tuple[Unclear, ...] = ()
        if _is_far(deps, actor, one, due, asked.now):
            questions = (far_question(due),)
        elif said.reason:
            moved = verbs.move(deps, asked.who, one.id, (due, said.reason), asked.now)
            return Said(
                drawn=deliverable_answers.now_moved(
                    moved.partnership, moved.commitment, moved.named
                )
            )
    except Unclear as unclear:
        due, questions = Due(day=said.due.day), (unclear,)
    return _move_asked(actor, one, due, questions, said.reason)


def echo(changed: Changed, *, is_public: bool) -> Drawn:
    """How it was understood."""
    if changed.plan is not None:
        return _noted(changed, changed.plan, is_public=is_public)
    owner, notes = changed.owner, []
    partnership, commitment = changed.partnership, changed.commitment
    side = partnership.side(commitment.side).name
    if changed.newly_listed and owner is not None and not is_public:
        notes.append(views.now_listed(owner.person.name, side))
    elif owner is not None and not owner.takes_part:
        notes.append(views.not_listed(side))
    if not commitment.is_public:
        is_reached = owner is not None and is_direct(partnership, owner)
        notes.append(seen_by(partnership, commitment, is_reached=is_reached))
    if changed.named is not None:
        notes.insert(0, views.earlier(partnership, commitment, changed.named))
    is_personal = owner is not None and commitment.owner_kind == "person"
    slack_id = (
        owner.person.slack_id if owner is not None and is_personal and not is_public else None
    )
    later = changed.is_asked_later
    return views.echo(partnership, commitment, slack_id, notes, is_asked_later=later)


def _noted(changed: Changed, plan: Plan, *, is_public: bool) -> Drawn:
    owner = None if is_public or changed.commitment.owner_kind != "person" else changed.owner
    slack_id = None if owner is None else owner.person.slack_id
    return series.noted(
        changed.partnership, plan, changed.commitment, slack_id, named=changed.named
    )


def _form(actor: Actor, prefill: Prefill) -> Said:
    return Said(
        drawn=forms.asked_in_thread(actor.partnership, prefill),
        form=forms.form(actor.partnership, prefill, actor.zone, reading(actor)),
    )


def _move_asked(
    actor: Actor, one: Commitment, due: Due, questions: tuple[Unclear, ...], reason: str
) -> Said:
    day, moment = due.day, None
    if due.at is not None:
        there = zones.local(zones.to_utc(due.at, due.zone), actor.zone)
        day, moment = there.date(), there.time()
    prefill = Prefill(id=one.id, due=day, clock=moment, questions=questions)
    return Said(
        drawn=deliverable_answers.new_date_asked(
            actor.partnership, one, new_date_question(questions)
        ),
        form=forms.move_form(actor.partnership, one, actor.zone, prefill, reason),
    )


def _is_far(deps: Deps, actor: Actor, one: Commitment, due: Due, now: datetime) -> bool:
    """Whether a new date is so far away that it is asked about.

    Raises:
        Unclear: The date cannot be.
    """
    calendar = calendar_of_owner(deps.store.reading(), actor.partnership, one)
    return is_far(due_moment(due, calendar, now), now)


def meant(db: Database, actor: Actor, words: str, *, is_public: bool) -> list[Commitment]:
    """What some words mean: of several the actor's own come first; no words: the actor's own."""
    carded = deliverables.open_in(db, actor.partnership, is_public=is_public)
    every = [
        one.commitment for one in carded if may_read(one.commitment, actor.person.id, actor.member)
    ]
    if not words:
        return [one for one in every if one.owner_id == actor.person.id]
    found = matching(every, words)
    own = [one for one in found if one.owner_id == actor.person.id]
    return own if len(own) == 1 else found


def _none_or_several(actor: Actor, found: list[Commitment], words: str, action: str) -> Drawn:
    if not found:
        said = named_in_text(actor.store.reading(), actor.team_id, words)
        return deliverable_answers.none_found(said)
    return deliverable_answers.choose(actor.partnership, found, action)


def may(actor: Actor, one: Commitment, act: str) -> bool:
    """Whether the table of rights lets the actor do it."""
    return bool(ACTS[act] & standings_of(actor.standings, one.thing(actor.person.id)))


def listed_here(deps: Deps, who: Who) -> Actor:
    """Whoever takes part in the channel's partnership.

    Raises:
        NoPartnershipHere, NotListed.
    """
    actor = actor_here(deps.store, who)
    if actor.partnership.state == "looking" and not actor.standings.installer:
        raise NoPartnershipHere(who.channel)
    return _listed(actor)


def _actor_of(deps: Deps, who: Who, partnership_id: str) -> Actor:
    found = partnerships.get(deps.store.reading(), who.team_id, partnership_id)
    if found is None:
        raise NoPartnershipHere(who.channel)
    actor = actor_in(deps.store, who, found)
    return _listed(actor)


def _listed(actor: Actor) -> Actor:
    if not actor.standings.listed:
        raise actor.not_listed()
    return actor
