"""The list of what both sides owe as a file: for a lead alone, sent directly."""

from datetime import datetime, timedelta
from typing import Final

from data import Database, deliverable_lists, outbox, partnerships, people
from data.ids import new_id
from domain.deliverables import may_read
from domain.outgoing import Message
from domain.partnerships import NoPartnershipHere, Partnership
from services.actors import Actor, Who, actor_in
from services.deps import Deps
from services.personal import direct_place, is_direct
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
    text = views.csv_text(found, rows)
    if not is_direct(found, actor.listed):
        return views.to_copy(found, text, len(rows))
    with deps.store.writing(found.id) as writing:
        _send(writing, actor, found, text, len(rows), now)
    return views.sent(found, len(rows))


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


def _send(  # noqa: PLR0913, PLR0917  # what is sent to whom
    db: Database, actor: Actor, partnership: Partnership, text: str, count: int, now: datetime
) -> None:
    message = Message(
        kind="file",
        place=direct_place(actor.person).place,
        payload={
            "name": views.NAME,
            "content": text,
            "title": views.title(partnership),
            "comment": views.comment(count),
            "instead": views.instead(partnership).payload,
        },
        audience="person",
        needs="nothing",
        asker=actor.person.id,
        urgent=True,
    )
    key = f"deliverable-file/{actor.person.id}/{new_id()}"
    outbox.put(db, actor.team_id, partnership.id, key, message, now=now)
