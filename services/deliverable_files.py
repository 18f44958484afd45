"""The list of what both sides owe as a file: for a lead alone, sent directly."""

from datetime import datetime, timedelta
from typing import Final

from data import Database, deliverable_lists, partnerships, people
from domain.deliverables import may_read
from domain.partnerships import NoPartnershipHere
from services.actors import Actor, Who, actor_in
from services.deps import Deps
from services.spreadsheets import hand_out
from views import deliverable_files as views
from views.blocks import Drawn
from views.deliverable_files import Row

CLOSED_WITHIN: Final = timedelta(days=90)


def ask(deps: Deps, who: Who, partnership_id: str, now: datetime) -> Drawn:
    """Have the file sent to the lead who asks; who is not written to directly copies the text.

    Raises:
        NoPartnershipHere; NotAllowed: The person leads no side.
    """
    db = deps.store.reading()
    found = partnerships.get(db, who.team_id, partnership_id)
    if found is None:
        raise NoPartnershipHere(who.channel)
    actor = actor_in(deps.store, who, found)
    actor.require("deliverable.file")
    rows = rows_for(db, actor, now)
    if not rows:
        return views.nothing()
    return hand_out(deps, actor, views.sheet(found, rows), now)


def rows_for(db: Database, actor: Actor, now: datetime) -> list[Row]:
    """What the actor may know of, by date; owners by name on the own side alone."""
    partnership, own_side = actor.partnership, actor.standings.side
    members = people.all_members(db, partnership)
    names = {one.person.id: one.person.name for one in members if one.side == own_side}
    return [
        Row(
            commitment=one.commitment,
            owner=names.get(one.commitment.owner_id, "") if one.commitment.side == own_side else "",
        )
        for one in deliverable_lists.for_file(db, partnership, now - CLOSED_WITHIN)
        if may_read(one.commitment, actor.person.id, actor.member)
    ]
