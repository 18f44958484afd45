"""Deliverables that are given to a side, not to a person: how it is said, and who sees to them."""

import re
from dataclasses import replace
from datetime import datetime
from typing import Final

from data import Database
from domain.deliverables import OwnerKind, Unclear
from domain.names import is_named, rest_of_name, without_name
from domain.people import SIDES, Member, Side
from services.actors import Actor
from services.stand_ins import on_duty
from views.words.owners import titled
from views.words.verbs import NewDeliverable, Owner

_SIDE_WORDS: Final = frozenset({"client", "vendor", "us", "them"})
_ON_DUTY: Final = re.compile(r"(?:(?:whoever|who) is )?on duty\b[\s:,-]*", re.IGNORECASE)


def side_named(actor: Actor, said: NewDeliverable) -> tuple[NewDeliverable, OwnerKind]:
    """Of "Globalcall send the roster" the side is the owner; "on duty" behind it says who of it."""
    for side in SIDES:
        said = _with_side(said, side, actor.partnership.side(side).name)
    if said.owner is None or said.owner.kind not in _SIDE_WORDS:
        return said, "person"
    duty_words = _ON_DUTY.match(said.title)
    if duty_words is None:
        return said, "side"
    return replace(said, title=titled(said.title[duty_words.end() :])), "duty"


def of_side(db: Database, actor: Actor, side: Side, now: datetime) -> Member:
    """Who sees to what is given to a side.

    Raises:
        Unclear: It has not agreed yet, or nobody leads it.
    """
    partnership = actor.partnership
    name = partnership.side(side).name
    if side == partnership.guest_side and not partnership.is_agreed:
        raise Unclear("owner", "not_agreed_owner", [name])
    found = on_duty(db, partnership, side, now)
    if found is None:
        raise Unclear("owner", "side_owner", [name])
    return found


def _with_side(said: NewDeliverable, side: Side, name: str) -> NewDeliverable:
    owner = said.owner
    if owner is None:
        rest = without_name(name, said.title)
        if not rest:
            return said
        return replace(said, owner=Owner(kind=side), title=titled(rest), after=rest)
    if owner.kind != "name" or not is_named(name, owner.text):
        return said
    rest = rest_of_name(name, said.after)
    title = " ".join(said.title.replace(rest, " ", 1).split()) if rest else said.title
    return replace(said, owner=Owner(kind=side), title=titled(title))
