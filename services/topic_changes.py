"""Leads add, change and take off topics; both sides are told, and it can be taken back."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from data import Database, cadences, journal, outbox, topics
from data.ids import new_id
from domain.partnerships import Partnership
from domain.topics import (
    TOPICS_MOST,
    TooManyTopics,
    Topic,
    TopicChange,
    TopicForm,
    UnknownTopic,
    checked_form,
    require_undoable,
)
from services import boards, checkin_posts
from services.actors import Actor, Who
from services.checkins import check_in_in, side_of
from services.deps import Deps
from services.replies import reply
from services.setups import actor_of
from services.topics import drawn_list
from views import topics as views
from views.blocks import Block


def form_of(deps: Deps, who: Who, value: str) -> Block:
    """The form of a new topic, or of the one that a button names.

    Raises:
        NoPartnershipHere, NotAllowed, UnknownTopic.
    """
    partnership_id, _, topic_id = value.partition("|")
    actor = _lead(deps, who, partnership_id)
    found = _known(deps.store.reading(), actor.partnership, topic_id) if topic_id else None
    return views.topic_form(actor.partnership, found, new_id())


def save(
    deps: Deps, who: Who, carried: dict[str, str], form: TopicForm, now: datetime
) -> dict[str, Any]:
    """Add a topic or change it; a form sent twice changes it once.

    Args:
        carried: The ids of partnership, topic and change that the form carries.

    Returns:
        The list as it is then.

    Raises:
        NoPartnershipHere, NotAllowed, NamelessTopic, NoSuchRhythm, TooManyTopics.
    """
    actor = _lead(deps, who, carried["partnership"])
    asked = checked_form(form)
    with deps.store.writing(actor.partnership.id) as db:
        before = topics.get(db, actor.partnership, carried["topic"])
        after = _answered(db, actor.partnership, before, (carried["topic"], asked), now)
        if after != before:
            _make(db, actor, carried["change"], (before, after), now)
    return drawn_list(deps, actor, now)


def retire(deps: Deps, who: Who, value: str, now: datetime) -> Block:
    """Take a topic off; a second press changes nothing.

    Returns:
        The list as it is then.

    Raises:
        NoPartnershipHere, NotAllowed, UnknownTopic.
    """
    partnership_id, _, topic_id = value.partition("|")
    actor = _lead(deps, who, partnership_id)
    with deps.store.writing(partnership_id) as db:
        before = _known(db, actor.partnership, topic_id)
        if before.retired_at is None:
            _make(db, actor, new_id(), (before, replace(before, retired_at=now)), now)
    return drawn_list(deps, actor, now)


def undo(deps: Deps, who: Who, change_id: str, now: datetime) -> None:
    """Take a change back, within a day; a second press changes nothing.

    Raises:
        UnknownTopic, NotAllowed, TopicChangedLongAgo, TopicChangedSince.
    """
    change = topics.change(deps.store.reading(), who.team_id, change_id)
    if change is None:
        raise UnknownTopic
    actor = _lead(deps, who, change.partnership_id)
    with deps.store.writing(change.partnership_id) as db:
        change = topics.change(db, who.team_id, change_id) or change
        if change.undone_at is not None:
            return
        require_undoable(change, _known(db, actor.partnership, change.after.id), now)
        was = change.before or replace(change.after, retired_at=now)
        topics.save(db, actor.partnership, was)
        topics.note_undone(db, who.team_id, change_id, now)
        _note(db, actor, "topic_undone", change.after.id, now)
        shown = views.told(actor.partnership, replace(change, undone_at=now)).payload
        key = _key(change.id)
        outbox.redraw(db, who.team_id, actor.partnership.id, key, shown, now=now)
        _show(db, actor.partnership, now)


def _lead(deps: Deps, who: Who, partnership_id: str) -> Actor:
    actor = actor_of(deps, who, partnership_id)
    actor.require("topic.change")
    return actor


def _known(db: Database, partnership: Partnership, topic_id: str) -> Topic:
    found = topics.get(db, partnership, topic_id)
    if found is None:
        raise UnknownTopic
    return found


def _answered(
    db: Database,
    partnership: Partnership,
    before: Topic | None,
    asked: tuple[str, TopicForm],
    now: datetime,
) -> Topic:
    """The topic as the form asks for it."""
    topic_id, form = asked
    if before is None:
        every = topics.every(db, partnership)
        if sum(one.retired_at is None for one in every) >= TOPICS_MOST:
            raise TooManyTopics
        return Topic(
            id=topic_id,
            code=None,
            words=form.words,
            every_weeks=form.every_weeks,
            audience=form.audience or "both",
            position=max((one.position for one in every), default=0) + 1,
            made_at=now,
        )
    said = before.words if form.words == views.plain_words(before) else form.words
    # What is for the leads stays with them: the channel would read that it was there.
    audience = before.audience if before.audience == "leads" else form.audience or "both"
    return replace(before, words=said, every_weeks=form.every_weeks, audience=audience)


def _make(
    db: Database,
    actor: Actor,
    change_id: str,
    change: tuple[Topic | None, Topic],
    now: datetime,
) -> None:
    before, after = change
    made = TopicChange(
        id=change_id,
        partnership_id=actor.partnership.id,
        side=side_of(actor),
        person_id=actor.person.id,
        before=before,
        after=after,
        made_at=now,
    )
    topics.save(db, actor.partnership, after)
    if not topics.put_change(db, actor.team_id, made):
        return
    _note(db, actor, "topic_changed" if before else "topic_added", after.id, now)
    drawn = views.told(actor.partnership, made)
    reply(db, actor.partnership, _key(made.id), drawn, now, asker=actor.person.id)
    _show(db, actor.partnership, now)


def _show(db: Database, partnership: Partnership, now: datetime) -> None:
    """Bring the agendas that are laid out to the topics as they are."""
    for turn in cadences.coming(db, partnership, "checkin", now):
        checkin_posts.redraw(db, check_in_in(db, turn), now, ("agenda",))
    boards.redraw_soon(db, partnership, now)


def _key(change_id: str) -> str:
    return f"topic-changed/{change_id}"


def _note(db: Database, actor: Actor, verb: str, topic_id: str, now: datetime) -> None:
    journal.record(
        db,
        actor.team_id,
        actor.partnership.id,
        verb,
        "topic",
        topic_id,
        by=actor.person.id,
        side=actor.standings.side,
        now=now,
    )
