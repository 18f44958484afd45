"""Tracking what was written in a message: once for each message, whoever asks for it."""

from datetime import datetime

from data import Database, deliverables, outbox, tracking
from domain.deliverables import AlreadyTracked, Commitment, Source, may_read
from domain.partnerships import Partnership
from services.actors import Actor
from views import tracking as views


def refuse_second(db: Database, actor: Actor, new: Commitment) -> None:
    """Let something new through unless its message is tracked already.

    Raises:
        AlreadyTracked: Something else of the same message still stands.
    """
    if new.source is None or new.kind != "deliverable":
        return
    known = standing(db, actor, new.source)
    if known is not None and known.id != new.id:
        raise AlreadyTracked(known)


def standing(db: Database, actor: Actor, source: Source) -> Commitment | None:
    """What is tracked from a message, as far as somebody may know of it."""
    every = deliverables.of_source(db, actor.team_id, source)
    return next((one for one in every if may_read(one, actor.person.id, actor.member)), None)


def keep_true(
    db: Database, partnership: Partnership, commitment: Commitment, now: datetime
) -> None:
    """Have the question about its message say what became of it, if there is one."""
    source = commitment.source
    if source is None:
        return
    question = tracking.of_message(db, commitment.team_id, source.channel, source.ts)
    if question is None:
        return
    is_off = commitment.state in {"withdrawn", "declined"}
    drawn = views.not_tracked(question) if is_off else views.tracked(partnership, commitment)
    outbox.redraw(db, question.team_id, partnership.id, question.key, drawn.payload, now=now)
