"""A pushpin on a message: its author is asked once, in its thread, whether to track it."""

from datetime import datetime

from data import (
    Database,
    deliverables,
    messages,
    outbox,
    partnerships,
    people,
    tracking,
)
from data.ids import new_id
from domain.calendars import is_working
from domain.deliverables import Source, SpoiledButton
from domain.outgoing import Message
from domain.partnerships import Partnership
from domain.people import Member
from domain.tracking import Pin, PinQuestion
from services.actors import Actor, Who, actor_in
from services.audiences import may_post
from services.deps import Deps
from services.events import Told, is_new
from views import tracking as views


def pinned(deps: Deps, told: Told, pin: Pin) -> None:
    """Ask, where both sides agreed to be asked and somebody who takes part put the pin."""
    found = partnerships.by_channel(deps.store.reading(), told.team_id, pin.channel)
    if found is None:
        return
    with deps.store.writing(found.id) as db:
        partnership = partnerships.get(db, told.team_id, found.id)
        if partnership is None or not is_new(db, told):
            return
        by, author = _takes_part(db, partnership, pin.by), _writer(db, partnership, pin.author)
        if by is None or author is None or not may_post(db, partnership, told.at):
            return
        _ask(db, partnership, pin, (by, author), told.at)


def unpinned(deps: Deps, told: Told, pin: Pin) -> None:
    """Who put the pin takes it off before anybody answered: nothing is asked any more."""
    found = partnerships.by_channel(deps.store.reading(), told.team_id, pin.channel)
    if found is None:
        return
    with deps.store.writing(found.id) as db:
        if not is_new(db, told):
            return
        question = tracking.of_message(db, told.team_id, pin.channel, pin.ts)
        by = people.by_slack_id(db, told.team_id, pin.by)
        if question is None or by is None or not _may_take_back(db, question, by.id):
            return
        if outbox.drop(db, told.team_id, question.key, "undone", now=told.at):
            tracking.forget(db, question)
            return
        tracking.set_state(db, question, "taken_back")
        _redraw(db, question, views.taken_back().payload, told.at)


def say_no(deps: Deps, who: Who, question_id: str, now: datetime) -> None:
    """Somebody of either side says that it is not to be tracked; the button stays.

    Raises:
        SpoiledButton, NotListed.
    """
    question, actor = asked_of(deps, who, question_id)
    with deps.store.writing(actor.partnership.id) as db:
        if not _is_tracked(db, question):
            tracking.set_state(db, question, "no")
            _redraw(db, question, views.not_tracked(question).payload, now)


def asked_of(deps: Deps, who: Who, question_id: str) -> tuple[PinQuestion, Actor]:
    """The question that a button names, and who pressed it.

    Raises:
        SpoiledButton: There is no such question.
        NotListed: The person takes part on neither side.
    """
    db = deps.store.reading()
    question = tracking.get(db, who.team_id, question_id)
    found = None if question is None else partnerships.get(db, who.team_id, question.partnership_id)
    if question is None or found is None:
        raise SpoiledButton
    actor = actor_in(deps.store, who, found)
    if not actor.standings.listed:
        raise actor.not_listed()
    return question, actor


def _ask(
    db: Database,
    partnership: Partnership,
    pin: Pin,
    people_in_it: tuple[Member, Member],
    now: datetime,
) -> None:
    by, author = people_in_it
    known = tracking.of_message(db, partnership.team_id, pin.channel, pin.ts)
    called = author.person.slack_id if _is_called(author, now) else None
    if known is not None:
        if known.state == "taken_back":
            tracking.set_state(db, known, "asked")
            _redraw(db, known, views.asked(known, called).payload, now)
        return
    question = PinQuestion(
        team_id=partnership.team_id,
        id=new_id(),
        partnership_id=partnership.id,
        source=Source(
            channel=pin.channel,
            ts=pin.ts,
            thread_ts=messages.thread_of(db, partnership.team_id, pin.channel, pin.ts),
        ),
        pinned_by=by.person.id,
        author_id=author.person.id,
        asked_at=now,
    )
    if _is_tracked(db, question) or not tracking.add(db, question):
        return
    message = Message(
        kind="post",
        place=partnership.channel,
        payload=views.asked(question, called).payload,
        audience="both",
        needs="agreed",
        target_ts=question.source.thread_ts or question.source.ts,
        urgent=True,
    )
    outbox.put(db, partnership.team_id, partnership.id, question.key, message, now=now)


def _takes_part(db: Database, partnership: Partnership, slack_id: str) -> Member | None:
    member = people.member_of_user(db, partnership, slack_id)
    return member if member is not None and member.takes_part else None


def _writer(db: Database, partnership: Partnership, slack_id: str) -> Member | None:
    """The author of the message, if it is a person; our own posts and those of apps have none."""
    member = people.member_of_user(db, partnership, slack_id)
    return None if member is None or member.person.is_bot else member


def _may_take_back(db: Database, question: PinQuestion, person_id: str) -> bool:
    is_open = question.state == "asked" and not _is_tracked(db, question)
    return is_open and question.pinned_by == person_id


def _is_called(author: Member, now: datetime) -> bool:
    """Whether the author is called: somebody who takes part, at work, and willing to hear."""
    person = author.person
    is_willing = author.takes_part and not person.deleted and not person.is_quiet(now)
    return is_willing and is_working(author.calendar, now)


def _is_tracked(db: Database, question: PinQuestion) -> bool:
    return bool(deliverables.of_source(db, question.team_id, question.source))


def _redraw(db: Database, question: PinQuestion, payload: dict[str, object], now: datetime) -> None:
    outbox.redraw(db, question.team_id, question.partnership_id, question.key, payload, now=now)
