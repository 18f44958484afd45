"""What somebody sees to in the partnership that their Home tab shows, with what was just done."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from data import Database, deliverable_lists
from data.deliverables import Carded
from domain.deliverables import Commitment, may_read
from services.actors import Actor
from services.deliverable_lines import listed_of, own_unnamed
from services.stand_ins import stood_for
from views.deliverable_lines import Listed, Undoable
from views.home import SHOWN_MOST

# What was done in this working day stays in its place, so that it can be taken back.
KEPT_FOR: Final = timedelta(hours=12)


def lines_of(db: Database, actor: Actor, now: datetime) -> list[Listed]:
    """What the person owes here, and of those for whom they stand in, the longest due first.

    What they closed lately stands among it with its *Undo*.
    """
    if actor.member is None or not actor.member.takes_part:
        return []
    carded = sorted(_carded(db, actor, now), key=lambda one: one.commitment.due_at)
    shown, rest = carded[:SHOWN_MOST], carded[SHOWN_MOST:]
    lines = own_unnamed(listed_of(db, actor, shown, now, is_public=False), actor)
    # Of what finds no room it is only said how many there are.
    counted = [Listed(partnership=actor.partnership, commitment=one.commitment) for one in rest]
    return [*(replace(one, undo=_undo(one.commitment)) for one in lines), *counted]


def _carded(db: Database, actor: Actor, now: datetime) -> Iterator[Carded]:
    partnership, me = actor.partnership, actor.person.id
    stood = stood_for(db, {partnership.id: partnership}, me, now)
    owners = [me, *(one.owner.person.id for one in stood)]
    for owner_id in dict.fromkeys(owners):
        found: Sequence[Carded] = [
            *deliverable_lists.open_of(db, partnership, owner_id),
            *deliverable_lists.closed_of(db, partnership, owner_id, now - KEPT_FOR),
        ]
        for one in found:
            is_known = owner_id == me or may_read(one.commitment, me, actor.member)
            if is_known and (one.commitment.is_open or _undo(one.commitment) is not None):
                yield one


def _undo(one: Commitment) -> Undoable | None:
    if one.state == "done" and one.review is None:
        return "done"
    return "declined" if one.state == "declined" else None
