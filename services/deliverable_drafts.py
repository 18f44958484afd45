"""From what somebody typed or filled in to a deliverable, or to what has to be asked first."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Final

from data import Database, people, workspaces
from domain import zones
from domain.calendars import Calendar
from domain.deliverables import (
    Due,
    Importance,
    Kind,
    OwnerKind,
    Source,
    Unclear,
    checked_audience,
    checked_details,
    checked_title,
    due_moment,
    far_question,
    is_far,
    owner_side,
)
from domain.due_days import Named, named_day_off
from domain.links import checked_links
from domain.names import named, rest_of_name
from domain.people import Member, Side, other_side
from domain.values import value
from domain.visibility import Audience
from services.actors import Actor
from services.deliverable_sides import of_side, side_named
from views.deliverable_forms import Filled
from views.deliverable_more import Extras, Shown
from views.deliverable_prefill import Prefill
from views.words.due import DueRead
from views.words.owners import titled
from views.words.verbs import NewDeliverable, Owner

_NAMES_ASKED: Final = 5


@value
class Draft:
    """All that a deliverable needs.

    Attributes:
        side: The owner's, known or seen from their workspace.
        named: The day that was named, when the owner does not work on it.
        owner_kind: Whether a person was named, or a side, for which the owner sees to it now.
        source: The message from which it is made; None: it is made from none.
        is_full: Details and importance were asked for, so that what exists takes them over.
    """

    id: str
    title: str
    owner: Member
    side: Side
    due_at: datetime
    named: Named | None = None
    details: str | None = None
    audience: Audience = "both"
    importance: Importance = "normal"
    links: tuple[str, ...] = ()
    source: Source | None = None
    is_full: bool = False
    kind: Kind = "deliverable"
    owner_kind: OwnerKind = "person"
    cadence_id: str | None = None


def understood(
    db: Database, actor: Actor, said: NewDeliverable, draft_id: str, now: datetime
) -> Draft | Prefill:
    """A deliverable from words; else all that was understood, with every question at once."""
    said, owner_kind = side_named(actor, said)
    named_owner = _owner_or_question(db, actor, said.owner, now)
    said = _without_whole_name(named_owner, said) if owner_kind == "person" else said
    questions: list[Unclear] = []
    title, owner, side, due_at, named_day = said.title, None, None, None, None
    try:
        title = checked_title(said.title)
    except Unclear as unclear:
        questions.append(unclear)
    try:
        if said.beside:
            raise Unclear("owner", "one_owner")
        if isinstance(named_owner, Unclear):
            raise named_owner
        owner, side = named_owner, owner_side(actor.partnership, named_owner)
    except Unclear as unclear:
        questions.append(unclear)
    try:
        due = due_said(actor, said.due)
        hours = actor.listed.calendar if owner is None else hours_of(actor, owner, side)
        due_at = due_moment(due, hours, now)
        named_day = named_day_off(due, hours)
        if is_far(due_at, now):
            questions.append(far_question(due))
    except Unclear as unclear:
        questions.append(unclear)
    if questions or owner is None or side is None or due_at is None:
        prefill = _prefill(actor, said, owner, due_at, now)
        if owner_kind != "person":
            prefill = replace(prefill, owner=None, side=side)
        return replace(prefill, id=draft_id, questions=tuple(questions))
    draft = Draft(id=draft_id, title=title, owner=owner, side=side, due_at=due_at, named=named_day)
    return replace(draft, owner_kind=owner_kind)


def _owner_or_question(
    db: Database, actor: Actor, owner: Owner | None, now: datetime
) -> Member | Unclear:
    try:
        return owner_of(db, actor, owner, now)
    except Unclear as unclear:
        return unclear


def _without_whole_name(owner: Member | Unclear, said: NewDeliverable) -> NewDeliverable:
    """Of "@Ana Reyes training deck" the whole name is the owner's, and the title is the rest."""
    if isinstance(owner, Unclear):
        return said
    rest = rest_of_name(owner.person.name, said.after)
    if not rest or rest not in said.title:
        return said
    title = " ".join(said.title.replace(rest, " ", 1).split())
    return replace(said, title=titled(title))


def by_first_name(db: Database, actor: Actor, said: NewDeliverable) -> NewDeliverable:
    """Of "Ana refund script" the first word is the owner, where somebody there is called so."""
    first, _, rest = said.title.partition(" ")
    if said.owner is not None or not rest:
        return said
    every = people.active_members(db, actor.partnership)
    names = {one.person.name.split(" ")[0].casefold() for one in every if one.takes_part}
    if first.strip(",").casefold() not in names:
        return said
    owner = Owner(kind="name", text=first.strip(","))
    return replace(said, owner=owner, title=titled(rest), after=rest)


def drafted(db: Database, actor: Actor, filled: Filled, draft_id: str, now: datetime) -> Draft:
    """A deliverable from the form.

    Raises:
        Unclear: Names the field that needs a change.
    """
    title = checked_title(filled.title)
    owner = _filled_owner(db, actor, filled, now)
    side = owner_side(actor.partnership, owner)
    hours = hours_of(actor, owner, side)
    due_at = due_moment(filled.due, hours, now)
    named_day = named_day_off(filled.due, hours)
    draft = Draft(
        id=draft_id,
        title=title,
        owner=owner,
        side=side,
        due_at=due_at,
        named=named_day,
        source=filled.source,
        owner_kind="side" if filled.owner is None else "person",
    )
    return draft if filled.more is None else _with_more(actor, draft, filled.more)


def _filled_owner(db: Database, actor: Actor, filled: Filled, now: datetime) -> Member:
    """The person who was chosen, or whoever sees to what is given to the side that was.

    Raises:
        Unclear: Neither was, or a person of the other side.
    """
    if filled.owner is None and filled.side is None:
        raise Unclear("owner", "no_owner")
    if filled.owner is None and filled.side is not None:
        return of_side(db, actor, filled.side, now)
    owner = _user(db, actor, filled.owner or "")
    if filled.side is not None and owner_side(actor.partnership, owner) != filled.side:
        raise Unclear("owner", "owner_or_side")
    return owner


def _with_more(actor: Actor, draft: Draft, more: Extras) -> Draft:
    """With what was filled in behind *More*.

    Raises:
        Unclear: Names the field that needs a change.
    """
    return replace(
        draft,
        details=checked_details(more.details),
        links=checked_links(more.links),
        audience=checked_audience(_audience(actor, more.shown), actor.listed, draft.owner),
        importance=more.importance,
        is_full=True,
    )


def _audience(actor: Actor, shown: Shown) -> Audience:
    if shown == "side":
        return actor.listed.side or "both"
    return "leads" if shown == "leads" else "both"


def owner_of(db: Database, actor: Actor, owner: Owner | None, now: datetime) -> Member:
    """Who was named; of a side whoever sees to what is given to it.

    Raises:
        Unclear: Nobody was, or nobody known, or several it could be.
    """
    if owner is None:
        raise Unclear("owner", "no_owner")
    if owner.kind == "me":
        return actor.listed
    if owner.kind == "user":
        return _user(db, actor, owner.text)
    if owner.kind == "name":
        return _named(owner.text, people.all_members(db, actor.partnership))
    return of_side(db, actor, _side(actor, owner), now)


def hours_of(actor: Actor, owner: Member, side: Side | None) -> Calendar:
    """The owner's hours; of somebody whom no list places, those of the side they are of."""
    if owner.side is not None or side is None:
        return owner.calendar
    return actor.partnership.side(side).calendar


def due_said(actor: Actor, read: DueRead) -> Due:
    """The due moment that was typed; "their time" is the other side's clock.

    Raises:
        Unclear: None was typed, or it has to be asked.
    """
    if read.question is not None:
        raise Unclear("due", read.question, [read.heard] if read.heard else [])
    if read.at is not None:
        zone = read.zone or actor.zone
        if read.theirs:
            mine = actor.listed.side or actor.partnership.home_side
            zone = actor.partnership.side(other_side(mine)).calendar.zone
        return Due(at=read.at, zone=zone)
    return Due(day=read.day)


def _user(db: Database, actor: Actor, slack_id: str) -> Member:
    if slack_id == actor.person.slack_id:
        return actor.listed
    found = people.member_of_user(db, actor.partnership, slack_id)
    if found is not None:
        return found
    person = people.by_slack_id(db, actor.team_id, slack_id)
    if person is None:
        workspace = workspaces.get(db, actor.team_id)
        is_us = workspace is not None and workspace.bot_user_id == slack_id
        raise Unclear("owner", "bot_owner" if is_us else "unknown_owner")
    if person.is_bot:
        raise Unclear("owner", "bot_owner")
    raise Unclear("owner", "gone_owner" if person.deleted else "unknown_owner", [person.name])


def _named(name: str, members: Sequence[Member]) -> Member:
    found = named(name, members)
    # Of two with that name the one who takes part is meant.
    chosen = [member for member in found if member.takes_part] or found
    if not chosen:
        raise Unclear("owner", "unknown_owner", [name])
    if len(chosen) > 1:
        raise Unclear("owner", "two_owners", [m.person.name for m in chosen[:_NAMES_ASKED]])
    return chosen[0]


def _side(actor: Actor, owner: Owner) -> Side:
    mine = actor.listed.side or actor.partnership.home_side
    named_sides: dict[str, Side] = {
        "client": "client",
        "vendor": "vendor",
        "us": mine,
        "them": other_side(mine),
    }
    return named_sides[owner.kind]


def _prefill(
    actor: Actor,
    said: NewDeliverable,
    owner: Member | None,
    due_at: datetime | None,
    now: datetime,
) -> Prefill:
    day, moment = _day_and_time(actor, said.due, due_at, now)
    return Prefill(
        id="",
        title=said.title,
        owner=None if owner is None else owner.person.slack_id,
        due=day,
        clock=moment,
    )


def _day_and_time(
    actor: Actor, read: DueRead, due_at: datetime | None, now: datetime
) -> tuple[date | None, time | None]:
    """What to put into the pickers, on the reader's clock."""
    if read.question == "asap":
        return zones.local(now.astimezone(UTC), actor.zone).date(), None
    if read.at is not None and due_at is not None:
        there = zones.local(due_at, actor.zone)
        return there.date(), there.time()
    return read.day, None
