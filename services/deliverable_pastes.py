"""A pasted list: looked through line by line, then written down whole, told in one line."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from data import Database, deliverables, outbox, workspaces
from data.ids import new_id
from domain.deliverable_pastes import TooMuchText, draft_id, lines_of
from domain.deliverables import Commitment, Source, Unclear
from domain.partnerships import Partnership
from services import boards
from services import deliverable_posts as posts
from services.actors import Actor, Who, actor_here
from services.audiences import may_post
from services.daily_wakes import touch
from services.deliverable_drafts import Draft, by_first_name, understood
from services.deliverable_notes import LISTED
from services.deliverable_undo import is_as_written, undo
from services.deliverable_writing import new_commitment, write
from services.deps import Deps
from services.directory_messages import read_message
from services.replies import reply, say_privately
from services.setups import actor_of
from services.tracking_forms import names_of
from services.writers import writer
from views import deliverable_pastes as views
from views.blocks import Block, Drawn
from views.deliverable_pastes import Line
from views.words.deliverable_words import read_paste, read_promise, says_repeats
from views.words.message_titles import ESCAPES, named_in

# A write transaction stays below 50 ms.
_AT_ONCE: Final = 20
_DIGITS_MOST: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Pasted:
    """A list as it was sent. ``form_id``: made when the form opened, so that it counts once."""

    partnership_id: str
    form_id: str
    typed: str
    is_looked_through: bool


def form_here(deps: Deps, who: Who, typed: str, now: datetime) -> tuple[Partnership, Block]:
    """The form in the partnership of the channel, with what was typed looked through.

    Raises:
        NoPartnershipHere, NotListed, TooManyLines, TooMuchText.
    """
    actor = actor_here(deps.store, who)
    actor.require("deliverable.create")
    return actor.partnership, _form(deps, who, actor, typed, now)


def _form(deps: Deps, who: Who, actor: Actor, typed: str, now: datetime) -> Block:
    if not typed:
        return views.form(actor.partnership, new_id())
    lines_of(typed)
    typed = named_in(typed, names_of(deps, actor))
    if len(typed) > views.TYPED_MOST:
        raise TooMuchText(len(typed))
    pasted = Pasted(
        partnership_id=actor.partnership.id,
        form_id=new_id(),
        typed=typed,
        is_looked_through=False,
    )
    lines = [line for line, _ in _looked_through(deps, who, actor, pasted, now)]
    return views.form(actor.partnership, pasted.form_id, typed, lines)


def form_of(deps: Deps, who: Who, value: str, now: datetime) -> Block:
    """The form that a button names, with the list of a message, if it names one.

    The message is read at this moment; where it cannot be read, the form is empty.

    Raises:
        NoPartnershipHere, NotListed, TooManyLines, TooMuchText.
    """
    partnership_id, _, ts = value.partition("|")
    actor = _listed_in(deps, who, partnership_id)
    return _form(deps, who, actor, _written(deps, actor, ts) if ts else "", now)


def _written(deps: Deps, actor: Actor, ts: str) -> str:
    """The lines behind a mention of ours."""
    found = read_message(
        deps.clients, actor.team_id, Source(channel=actor.partnership.channel, ts=ts)
    )
    if found is None:
        return ""
    workspace = workspaces.get(deps.store.reading(), actor.team_id)
    text = found[1] if workspace is None else found[1].replace(f"<@{workspace.bot_user_id}>", "", 1)
    for escaped, plain in ESCAPES:
        text = text.replace(escaped, plain)
    pasted = read_paste(text)
    return text.strip() if pasted is None else pasted.typed


def take(deps: Deps, who: Who, pasted: Pasted, now: datetime) -> Block | None:
    """Write the list down if it was looked through and all its lines are clear.

    Returns:
        None when it is written down; else the form with each line as it is understood.

    Raises:
        NoPartnershipHere, NotListed, NoLines, TooManyLines.
    """
    actor = _listed_in(deps, who, pasted.partnership_id)
    found = list(_looked_through(deps, who, actor, pasted, now))
    drafts = [draft for _, draft in found if draft is not None]
    if pasted.is_looked_through and len(drafts) == len(found):
        _write_all(deps, actor, pasted, drafts, now)
        return None
    lines = [line for line, _ in found]
    return views.form(actor.partnership, pasted.form_id, pasted.typed, lines)


def take_back(deps: Deps, who: Who, value: str, now: datetime) -> Drawn:
    """Take back what a list brought, as far as nothing else was done about it since.

    Raises:
        NoPartnershipHere, NotListed.
    """
    partnership_id, _, brought = value.partition("|")
    form_id, _, said = brought.partition("|")
    actor = _listed_in(deps, who, partnership_id)
    # A button that was spoiled names nothing.
    count = int(said) if said.isdecimal() and len(said) <= _DIGITS_MOST else 0
    ids = [draft_id(form_id, number) for number in range(1, count + 1)]
    known = deliverables.every(deps.store.reading(), actor.team_id, ids)
    own = [one for one in known.values() if one.created_by == actor.person.id]
    fresh = [one for one in own if is_as_written(one)]
    for one in fresh:
        undo(deps, who, one.id, "created", now)
    with deps.store.writing(actor.partnership.id) as db:
        if fresh and len(fresh) == len(own):
            gone = views.taken_back(len(fresh)).payload
            key = _key(form_id)
            outbox.redraw(db, actor.team_id, actor.partnership.id, key, gone, now=now)
    withdrawn = sum(one.state == "withdrawn" for one in own)
    return views.undone(len(fresh) + withdrawn, len(own) - len(fresh) - withdrawn)


def _listed_in(deps: Deps, who: Who, partnership_id: str) -> Actor:
    actor = actor_of(deps, who, partnership_id)
    actor.require("deliverable.create")
    return actor


def _looked_through(
    deps: Deps, who: Who, actor: Actor, pasted: Pasted, now: datetime
) -> Iterator[tuple[Line, Draft | None]]:
    db, words = deps.store.reading(), writer(deps, who, now)
    for number, typed in enumerate(lines_of(pasted.typed), start=1):
        if says_repeats(typed, words):
            yield Line(typed=typed, questions=(Unclear("due", "repeats_alone"),)), None
            continue
        said = by_first_name(db, actor, read_promise(typed, words))
        found = understood(db, actor, said, draft_id(pasted.form_id, number), now)
        if isinstance(found, Draft):
            becomes = new_commitment(actor, found, now)
            owner = found.owner.person.name
            yield Line(typed=typed, becomes=becomes, owner=owner, named=found.named), found
        else:
            yield Line(typed=typed, questions=found.questions), None


def _write_all(
    deps: Deps, actor: Actor, pasted: Pasted, drafts: Sequence[Draft], now: datetime
) -> None:
    """In bounded transactions, each safe to repeat; the last one tells of all."""
    every = [new_commitment(actor, draft, now) for draft in drafts]
    for start in range(0, len(drafts), _AT_ONCE):
        batch = drafts[start : start + _AT_ONCE]
        with deps.store.writing(actor.partnership.id) as db:
            were_new = [_write_one(db, actor, draft, now) for draft in batch]
            if any(were_new) and start + _AT_ONCE >= len(drafts):
                _tell(db, actor, pasted.form_id, every, now)


def _write_one(db: Database, actor: Actor, draft: Draft, now: datetime) -> bool:
    """Write one down; False when it was before."""
    written = write(db, actor, draft, now)
    if written is None:
        return False
    # It gets a card when it changes; until then lists and daily messages show it.
    posts.note_by_time(db, written.commitment, LISTED, now)
    touch(db, actor.team_id, written.commitment.owner_id, now)
    return True


def _tell(
    db: Database, actor: Actor, form_id: str, every: Sequence[Commitment], now: datetime
) -> None:
    partnership = actor.partnership
    if may_post(db, partnership, now):
        drawn = views.told(partnership, every)
        reply(db, partnership, _key(form_id), drawn, now, asker=actor.person.id)
    boards.redraw_soon(db, partnership, now)
    person = (actor.person.id, actor.person.slack_id)
    say_privately(db, partnership, person, views.noted(partnership, form_id, every), now)


def _key(form_id: str) -> str:
    return f"deliverable-list/{form_id}"
