"""What people see and say of topics: the list, nothing to say, what became of them at a turn."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from data import Database, checkins, journal, topics
from data import agenda as stored
from domain.agenda import carried
from domain.cadences import Occurrence, OccurrenceClosed
from domain.checkin_moves import NoSuchCheckIn
from domain.findings import known_by
from domain.partnerships import Partnership
from domain.people import SIDES, Side
from domain.topics import AskedItem, ItemOutcome, UnknownTopic, for_reader
from services import boards, checkin_posts, checkin_turn_forms
from services.actors import Actor, Who, actor_here
from services.agenda import due_at_turn
from services.checkin_points import next_with_agenda
from services.checkins import actor_of_turn, check_in_in, note, side_of
from services.deps import Deps
from services.setups import actor_of
from views import topics as views
from views.blocks import Block


def list_here(deps: Deps, who: Who, now: datetime) -> Block:
    """The topics of the channel's partnership.

    Raises:
        NoPartnershipHere, NotListed.
    """
    return drawn_list(deps, actor_here(deps.store, who), now)


def list_of(deps: Deps, who: Who, partnership_id: str, now: datetime) -> Block:
    """The topics of the partnership that a button names.

    Raises:
        NoPartnershipHere, NotListed.
    """
    return drawn_list(deps, actor_of(deps, who, partnership_id), now)


def drawn_list(deps: Deps, actor: Actor, now: datetime) -> Block:
    """The topics that somebody may know of; leads can change them."""
    actor.require("topic.read")
    db, partnership, is_lead = deps.store.reading(), actor.partnership, actor.standings.lead
    covered = topics.last_covered(db, partnership, now)
    shown = [
        views.Listed(topic=one, covered_at=covered.get(one.id))
        for one in for_reader(topics.every(db, partnership), is_lead=is_lead)
        if one.counts_at(now)
    ]
    return views.topic_list(partnership, shown, is_lead=is_lead)


def for_leads_of(deps: Deps, who: Who, turn_id: str) -> Block:
    """The topics of a turn that only leads may read.

    Raises:
        UnknownOccurrence, NotAllowed.
    """
    actor, turn = actor_of_turn(deps, who, turn_id)
    actor.require("topic.read_for_leads")
    db, partnership = deps.store.reading(), actor.partnership
    covered = topics.last_covered(db, partnership, turn.starts_at)
    due = [
        views.Listed(topic=one, covered_at=covered.get(one.id))
        for one in due_at_turn(db, partnership, turn, is_lead=True)
        if one.audience == "leads"
    ]
    return views.for_leads(partnership, due)


def say_none(deps: Deps, who: Who, value: str, now: datetime, *, none: bool) -> None:
    """A side says that it has nothing to say about a topic at a turn, or that it has after all.

    Where both sides have nothing to say, the topic is settled for that turn.

    Raises:
        UnknownOccurrence, UnknownTopic, NotListed; OccurrenceClosed: It is over or left out.
    """
    turn_id, topic_id = views.read_at_turn(value)
    actor, turn = actor_of_turn(deps, who, turn_id)
    actor.require("topic.none")
    side = side_of(actor)
    with deps.store.writing(turn.partnership_id) as db:
        check_in = check_in_in(db, turn)
        if not check_in.turn.is_open:
            raise OccurrenceClosed(check_in.turn)
        if topics.get(db, actor.partnership, topic_id) is None:
            raise UnknownTopic
        if not _say(db, actor, turn, (topic_id, side), now, none=none):
            return
        note(db, actor, "topic_none" if none else "topic_some", turn, now, {"topic": topic_id})
        checkin_posts.redraw(db, check_in_in(db, turn), now, ("agenda", "start"))


def add_form(deps: Deps, who: Who, value: str, now: datetime) -> dict[str, Any]:
    """The form that puts a topic nobody talks about on the agenda of the next check-in.

    Raises:
        NoPartnershipHere, NotAllowed, UnknownTopic; NoSuchCheckIn: None is planned.
    """
    partnership_id, _, key = value.partition("|")
    known = known_by(key)
    actor = actor_of(deps, who, partnership_id)
    db = deps.store.reading()
    topic = topics.get(db, actor.partnership, known[2]) if known is not None else None
    if topic is None or topic.audience == "leads":
        raise UnknownTopic
    coming = next_with_agenda(db, actor.partnership, now)
    if coming is None:
        raise NoSuchCheckIn("")
    return checkin_turn_forms.point_form_of(deps, who, coming.id, views.plain_words(topic))


def asked_about(
    db: Database, partnership: Partnership, turn: Occurrence, *, is_lead: bool
) -> list[AskedItem]:
    """What it is asked of after a turn what became of it: points put off before, points, topics.

    Args:
        is_lead: Whether the reader may know of what is for the leads.
    """
    said = topics.outcomes(db, turn)
    put_off = [one.point for one in carried(*stored.earlier_points(db, turn))]
    points = [
        AskedItem(
            kind="point",
            id=one.id,
            words=one.words,
            side=one.side,
            outcome=said.get(one.id),
        )
        for one in (*put_off, *checkins.points(db, turn))
    ]
    return points + [
        AskedItem(
            kind="topic",
            id=one.id,
            words=views.plain_words(one),
            for_leads=one.audience == "leads",
            outcome=said.get(one.id),
        )
        for one in due_at_turn(db, partnership, turn, is_lead=is_lead)
    ]


def record_outcomes(
    db: Database, actor: Actor, turn: Occurrence, said: Iterable[ItemOutcome], now: datetime
) -> bool:
    """Keep what became of topics and points at a turn; what was not asked about is left out.

    Returns:
        False when nothing new was said.
    """
    is_lead = actor.standings.lead
    known = {
        (one.kind, one.id) for one in asked_about(db, actor.partnership, turn, is_lead=is_lead)
    }
    kept = [one for one in said if (one.kind, one.id) in known]
    by = (actor.person.id, now)
    if not topics.record_outcomes(db, actor.partnership, turn, kept, by):
        return False
    counted = {one.outcome: sum(o.outcome == one.outcome for o in kept) for one in kept}
    journal.record(
        db,
        turn.team_id,
        turn.partnership_id,
        "outcomes_said",
        "occurrence",
        turn.id,
        by=actor.person.id,
        side=actor.standings.side,
        now=now,
        details={key: counted[key] for key in sorted(counted)},
    )
    checkin_posts.redraw(db, check_in_in(db, turn), now, ("agenda", "start"))
    boards.redraw_soon(db, actor.partnership, now)
    return True


def due_and_covered(db: Database, partnership: Partnership, turn: Occurrence) -> tuple[int, int]:
    """How many topics were due at a turn, and how many of these were decided or parked at it.

    A figure of both sides, so those for the leads count, too.
    """
    due = due_at_turn(db, partnership, turn, is_lead=True)
    said = topics.outcomes(db, turn)
    return len(due), sum(said.get(one.id) in {"decided", "parked"} for one in due)


def _say(  # noqa: PLR0913  # who says what about what
    db: Database,
    actor: Actor,
    turn: Occurrence,
    about: tuple[str, Side],
    now: datetime,
    *,
    none: bool,
) -> bool:
    topic_id, side = about
    by = (actor.person.id, now)
    if not none:
        topics.take_outcome_back(db, turn, topic_id)
        return topics.take_none_back(db, turn, topic_id, side)
    if not topics.say_none(db, turn, topic_id, side, by):
        return False
    if topics.nones(db, turn).get(topic_id) == frozenset(SIDES):
        decided = ItemOutcome(kind="topic", id=topic_id, outcome="decided")
        topics.record_outcomes(db, actor.partnership, turn, [decided], by)
    return True
