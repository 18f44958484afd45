"""The weekly summary: its facts, and the channel's post of it, put once and kept true."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from data import Database, finding_notes, outbox, summary
from domain.calendars import next_working
from domain.outgoing import Message
from domain.partnerships import Partnership
from domain.people import SIDES, Side
from domain.summaries import Preview, Summary, preview_of, span_of, summary_of, told_at, worth_until
from services import gap_facts, summary_told
from services.summary_wakes import is_kept_true
from views import summary as views

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
    late_from = worth_until(told_at(partnership, told.week_on))
    message = Message(
        kind="post",
        place=partnership.channel,
        payload=views.summary(told, views.Shown(notes=notes)).payload,
        audience="both",
        needs="agreed",
        leaves_at=from_at,
        # Where everybody is off for longer they read it when they are back.
        worth_until=late_from if from_at < late_from else worth_until(from_at),
    )
    key = summary.summary_key(partnership, told.week_on)
    outbox.put(db, partnership.team_id, partnership.id, key, message, now=now)


def leaves_at(db: Database, partnership: Partnership, week_on: date) -> datetime | None:
    """When the summary leaves for the channel; None when none waits to leave."""
    row = outbox.by_key(db, partnership.team_id, summary.summary_key(partnership, week_on))
    return row.leaves_at if row is not None and row.state == "queued" else None


def as_read(
    db: Database, partnership: Partnership, week_on: date, now: datetime
) -> tuple[Summary, views.Shown]:
    """A week that was told, as it has to look at ``now``.

    What is settled since moves to its own list, and nothing is added.
    """
    told, notes = drawn_summary(db, partnership, week_on, now)
    kept = summary.kept_findings(db, partnership, week_on)
    settled = summary_told.settled(db, partnership, kept, told.open)
    told = summary_told.as_told(db, told).with_open(summary_told.still_open(kept, told.open))
    return told, views.Shown(notes=notes, settled=settled)


def keep_true(db: Database, partnership: Partnership, now: datetime) -> tuple[str, Payload] | None:
    """What the channel was told lately, by its key, as it has to look; None where nothing was."""
    told = summary.newest_told(db, partnership)
    if told is None or not is_kept_true(told, now):
        return None
    key = summary.summary_key(partnership, told.week_on)
    if outbox.state_of(db, partnership.team_id, key) is None:
        return None
    return key, views.summary(*as_read(db, partnership, told.week_on, now)).payload
