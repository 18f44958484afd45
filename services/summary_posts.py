"""The posts of the weekly summary: who gets them, put once, kept true; its draft is not here."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from data import Database, finding_notes, outbox, people, summary
from domain.calendars import next_working
from domain.outgoing import Message, person_place
from domain.partnerships import Partnership, leads
from domain.people import SIDES, Member, Side
from domain.summaries import Preview, Summary, preview_of, span_of, summary_of, told_at, worth_until
from domain.visibility import Audience
from services import gap_facts, summary_told
from services.summary_wakes import is_kept_true
from views import summary as views
from views.blocks import Drawn
from views.own_remedies import Viewer

Payload = Mapping[str, Any]


def drawn_summary(
    db: Database, partnership: Partnership, week_on: date, now: datetime
) -> tuple[Summary, finding_notes.Notes]:
    """The summary of a week as it is at ``now``, and the notes beside its lines."""
    week = gap_facts.facts(db, partnership, span_of(partnership, week_on), now)
    return summary_of(week, week_on), finding_notes.every(db, partnership)


def drawn_preview(
    db: Database, partnership: Partnership, week_on: date, side: Side, now: datetime
) -> Preview:
    week = gap_facts.facts(db, partnership, span_of(partnership, week_on), now)
    return preview_of(week, week_on, side)


def put_in_channel(db: Database, told: Summary, notes: finding_notes.Notes, now: datetime) -> None:
    """Tell the week at the top level of the channel; when it is late, once a side works again."""
    partnership = told.partnership
    working = [next_working(partnership.side(side).calendar, now) for side in SIDES]
    from_at = min((at for at in working if at is not None), default=now)
    drawn = views.summary(told, views.Shown(notes=notes))
    message = _of_week(told, _message(partnership.channel, drawn, "both", from_at))
    _put(db, partnership, summary.summary_key(partnership, told.week_on), message, now)


def put_to_leads(db: Database, told: Summary, notes: finding_notes.Notes, now: datetime) -> int:
    """Tell the week to the leads of both sides alone, each in their hours; returns to how many."""
    partnership = told.partnership
    reached = 0
    for lead in _reachable(db, partnership, now):
        from_at = next_working(lead.calendar, now) or now
        drawn = views.summary(told, views.Shown(notes=notes, lead=_viewer(lead)))
        place = person_place(lead.person.id)
        key = summary.summary_key(partnership, told.week_on, lead.person.id)
        message = _of_week(told, _message(place, drawn, "leads", from_at))
        reached += _put(db, partnership, key, message, now)
    return reached


def leaves_at(
    db: Database, partnership: Partnership, week_on: date, person_id: str
) -> datetime | None:
    """When the summary leaves for a lead; None when none waits to leave."""
    for key in (
        summary.summary_key(partnership, week_on, person_id),
        summary.summary_key(partnership, week_on),
    ):
        row = outbox.by_key(db, partnership.team_id, key)
        if row is not None:
            return row.leaves_at if row.state == "queued" else None
    return None


def redrawn(db: Database, partnership: Partnership, now: datetime) -> dict[str, Payload]:
    """What was told lately, as it has to look at ``now``, by key of the post."""
    told = summary.newest_told(db, partnership)
    if told is None or not is_kept_true(told, now):
        return {}
    return _redrawn_told(db, partnership, told.week_on, now)


def _redrawn_told(
    db: Database, partnership: Partnership, week_on: date, now: datetime
) -> dict[str, Payload]:
    """What is settled since moves to its own list, and nothing is added."""
    told, notes = drawn_summary(db, partnership, week_on, now)
    kept = summary.kept_findings(db, partnership, week_on)
    settled = summary_told.settled(db, partnership, kept, told.open)
    told = summary_told.as_told(db, told).with_open(summary_told.still_open(kept, told.open))
    in_channel = summary.summary_key(partnership, week_on)
    readers = {
        summary.summary_key(partnership, week_on, one.person.id): _viewer(one)
        for one in people.active_members(db, partnership)
    }
    return {
        key: views.summary(
            told, views.Shown(notes=notes, settled=settled, lead=readers.get(key))
        ).payload
        for key in summary.copies(db, partnership, in_channel)
        if key == in_channel or key in readers
    }


def _viewer(lead: Member) -> Viewer | None:
    """None for somebody of neither side, whom nothing waits for."""
    if lead.side is None:
        return None
    return Viewer(person_id=lead.person.id, side=lead.side, is_lead=lead.is_lead)


def _reachable(db: Database, partnership: Partnership, now: datetime) -> list[Member]:
    if not partnership.is_agreed or partnership.is_paused(now):
        return []
    found = leads(people.active_members(db, partnership))
    return [lead for lead in found if not lead.person.is_quiet(now)]


def _of_week(told: Summary, message: Message) -> Message:
    """The same, not to be said when it is days late; who comes back later reads it then."""
    due_at = told_at(told.partnership, told.week_on)
    late_from, from_at = worth_until(due_at), message.leaves_at
    if from_at is not None and late_from <= from_at:
        late_from = worth_until(from_at)
    return replace(message, worth_until=late_from)


def _message(place: str, drawn: Drawn, audience: Audience, from_at: datetime) -> Message:
    return Message(
        kind="post",
        place=place,
        payload=drawn.payload,
        audience=audience,
        needs="agreed",
        leaves_at=from_at,
    )


def _put(db: Database, partnership: Partnership, key: str, message: Message, now: datetime) -> bool:
    return outbox.put(db, partnership.team_id, partnership.id, key, message, now=now)
