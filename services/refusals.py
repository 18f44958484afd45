"""Tells the person who asked for something that Slack will not take it."""

from datetime import datetime

from data import Database, outbox
from domain.outgoing import Message, Row, person_place
from views.errors import refused_delivery


def tell_refusal(db: Database, row: Row, now: datetime) -> None:
    """Have the asker told, in the transaction that records the refusal.

    Nobody is told of an answer that only they would have seen, nor of a refusal by the very
    place in which they would be told.
    """
    if row.asker is None or row.kind in {"ephemeral", "respond"}:
        return
    place = person_place(row.asker)
    if row.place == place:
        return
    message = Message(
        kind="post",
        place=place,
        payload=refused_delivery(row.place, row.reason or "").payload,
        audience="person",
        needs="nothing",
        urgent=True,
    )
    outbox.put(db, row.team_id, None, f"refused/{row.id}", message, now=now)
