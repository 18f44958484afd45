"""A lead tells what came of a check-in: who was there, its start, notes, topics, promises."""

import hashlib
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from data import Database, checkin_reports, checkins
from data.ids import new_id
from domain import zones
from domain.agenda import has_agenda
from domain.checkin_reports import (
    NoLink,
    NothingCameOfIt,
    NotThatDay,
    Report,
    ReportClosed,
    checked_day,
    checked_link,
)
from domain.checkins import CheckIn, Confirmation, NotYetOver
from domain.deliverables import Source, Unclear
from domain.people import SIDES, Side
from domain.topics import AskedItem
from domain.values import value
from services import boards, checkin_posts, deliverables, topics
from services.actors import Actor, Who
from services.checkins import actor_of_turn, check_in_in, note, side_of
from services.deliverable_drafts import Draft, by_first_name, understood
from services.deps import Deps
from services.links import post_source
from services.writers import writer
from views import checkin_reports as views
from views.checkin_reports import Typed
from views.deliverable_questions import question
from views.words.deliverable_words import read_promise
from views.words.writer import Writer


@value
class Sent:
    """A form as it was sent.

    Attributes:
        id: Of the form, made when it opened: what is promised in it is promised once.
    """

    turn_id: str
    id: str
    typed: Typed


@value
class _Told:
    """All that was understood of a form."""

    report: Report
    drafts: tuple[Draft, ...]


def form_of(deps: Deps, who: Who, turn_id: str, now: datetime) -> dict[str, Any]:
    """The form, filled in with what the actor's side told before.

    Raises:
        UnknownOccurrence, NotAllowed, NotYetOver, ReportClosed, NothingCameOfIt.
    """
    actor, check_in = _allowed(deps, who, turn_id, now)
    db, side = deps.store.reading(), side_of(actor)
    turn = check_in.turn
    filled = views.Filled(
        report=check_in.came_of.by_side.get(side),
        asks_day=_is_other_day(check_in, side),
        items=_items(db, check_in),
        promised=tuple(checkin_reports.promised(db, turn)),
    )
    return views.form(check_in, side, filled, new_id())


def record(deps: Deps, who: Who, sent: Sent, now: datetime) -> dict[str, str]:
    """Keep what a side tells; each promise is proposed to its owner. Safe to run again.

    Returns:
        What is to be changed, by field; then nothing was kept.

    Raises:
        UnknownOccurrence, NotAllowed, NotYetOver, ReportClosed, NothingCameOfIt.
    """
    actor, check_in = _allowed(deps, who, sent.turn_id, now)
    found = _understood(actor, check_in, sent, writer(deps, who, now))
    if not isinstance(found, _Told):
        return found
    source = _post_of(deps.store.reading(), check_in)
    for draft in found.drafts:
        promised = replace(draft, kind="action_item", source=source)
        deliverables.create(deps, actor, promised, now)
    with deps.store.writing(actor.partnership.id) as db:
        _keep(db, actor, check_in_in(db, check_in.turn), found, now)
        topics.record_outcomes(db, actor, check_in.turn, sent.typed.outcomes, now)
    return {}


def _allowed(deps: Deps, who: Who, turn_id: str, now: datetime) -> tuple[Actor, CheckIn]:
    actor, turn = actor_of_turn(deps, who, turn_id)
    actor.require("checkin.confirm")
    db = deps.store.reading()
    check_in = check_in_in(db, turn)
    _require_open(db, check_in, side_of(actor), now)
    return actor, check_in


def _require_open(db: Database, check_in: CheckIn, side: Side, now: datetime) -> None:
    turn, said = check_in.turn, check_in.said.get(side)
    if now < turn.starts_at:
        raise NotYetOver(turn.starts_at)
    if checkin_reports.is_followed(db, turn, now):
        raise ReportClosed
    if said is not None and said.said == "not_held":
        raise NothingCameOfIt


def _understood(
    actor: Actor, check_in: CheckIn, sent: Sent, words: Writer
) -> _Told | dict[str, str]:
    """What is told, or what is to be changed, by field."""
    errors: dict[str, str] = {}
    other_on, link = None, None
    try:
        if _is_other_day(check_in, side_of(actor)):
            other_on = checked_day(sent.typed.day, _own_days(check_in), words.today)
    except NotThatDay as error:
        errors[error.field] = views.SENTENCES[NotThatDay](error)
    try:
        link = checked_link(sent.typed.notes)
    except NoLink as error:
        errors[error.field] = views.SENTENCES[NoLink](error)
    drafts = _drafts(actor, sent, words, errors)
    if errors:
        return errors
    typed = sent.typed
    report = Report(late=typed.late, roles=typed.roles, notes_link=link, other_on=other_on)
    return _Told(report=report, drafts=drafts)


def _drafts(actor: Actor, sent: Sent, words: Writer, errors: dict[str, str]) -> tuple[Draft, ...]:
    """The promises of a form; what is not clear about one is put under its field."""
    db, found = actor.store.reading(), list[Draft]()
    for block_id, line in sent.typed.promises.items():
        draft_id = hashlib.sha256(f"{sent.id}/{block_id}".encode()).hexdigest()[:20]
        said = by_first_name(db, actor, read_promise(line, words))
        one = understood(db, actor, said, draft_id, words.now)
        if isinstance(one, Draft):
            found.append(one)
        else:
            errors[block_id] = " ".join(map(_asked, one.questions))
    return tuple(found)


def _post_of(db: Database, check_in: CheckIn) -> Source | None:
    """The post of the check-in in which something was promised; None: it has none."""
    posts = dict(checkins.posts(db, check_in.turn))
    key = posts.get("start") or posts.get("agenda")
    return None if key is None else post_source(db, check_in.turn.team_id, key)


def _asked(unclear: Unclear) -> str:
    if unclear.reason == "far":
        return "That is more than ten months away; please write it down as a deliverable instead."
    return question(unclear)


def _keep(db: Database, actor: Actor, check_in: CheckIn, told: _Told, now: datetime) -> None:
    turn, side, by = check_in.turn, side_of(actor), (actor.person.id, now)
    _require_open(db, check_in, side, now)
    if side not in check_in.said:
        # Whoever tells what came of it says that it took place.
        word = Confirmation(occurrence_id=turn.id, side=side, said="held", said_at=now)
        checkins.confirm(db, turn, word, actor.person.id)
        note(db, actor, "checkin_confirmed", turn, now, {"said": "held"})
    if checkin_reports.save(db, turn, side, told.report, by):
        note(db, actor, "checkin_reported", turn, now)
    checkin_reports.add_promises(db, turn, [draft.id for draft in told.drafts])
    checkin_posts.redraw(db, check_in_in(db, turn), now, checkin_posts.QUESTIONS)
    boards.redraw_soon(db, actor.partnership, now)


def _items(db: Database, check_in: CheckIn) -> tuple[AskedItem, ...]:
    """Of what it is asked what became of it; only leads get here. A coffee has no agenda."""
    if not has_agenda(check_in.cadence.plan):
        return ()
    return tuple(topics.asked_about(db, check_in.partnership, check_in.turn, is_lead=True))


def _is_other_day(check_in: CheckIn, side: Side) -> bool:
    said = check_in.said.get(side)
    return said is not None and said.said == "other_day"


def _own_days(check_in: CheckIn) -> frozenset[date]:
    """The days on which it was to be, on the clocks of both sides."""
    calendars = [check_in.partnership.side(side).calendar for side in SIDES]
    return frozenset(zones.local(check_in.turn.starts_at, one.zone).date() for one in calendars)
