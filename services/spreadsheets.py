"""A file for one person: into their direct messages; who is not written to there copies it."""

from datetime import datetime

from data import Database, outbox
from data.ids import new_id
from domain.outgoing import INSTEAD, Message
from services.actors import Actor
from services.deps import Deps
from services.personal import direct_place, is_direct
from views import spreadsheets as views
from views.blocks import Drawn
from views.spreadsheets import Sheet


def hand_out(deps: Deps, actor: Actor, sheet: Sheet, now: datetime) -> Drawn:
    """Have the file sent to the actor alone; what is said to them at once comes back."""
    partnership = actor.partnership
    if not is_direct(partnership, actor.listed):
        return views.to_copy(sheet)
    with deps.store.writing(partnership.id) as db:
        _send(db, actor, sheet, now)
    return sheet.sent


def _send(db: Database, actor: Actor, sheet: Sheet, now: datetime) -> None:
    message = Message(
        kind="file",
        place=direct_place(actor.person).place,
        payload={
            "name": sheet.name,
            "content": sheet.text,
            "title": sheet.title,
            "comment": sheet.comment,
            INSTEAD: sheet.instead.payload,
        },
        audience="person",
        needs="nothing",
        asker=actor.person.id,
        urgent=True,
    )
    key = f"file/{actor.person.id}/{new_id()}"
    outbox.put(db, actor.team_id, actor.partnership.id, key, message, now=now)
