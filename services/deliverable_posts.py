"""The posts that tell of a deliverable: its card, the question to its owner, what is told."""

from datetime import datetime, timedelta
from typing import Final

from data import Database, journal, outbox, wakes
from data.deliverables import card_key
from data.moments import to_text
from domain.calendars import is_working, next_shift
from domain.deliverables import Commitment
from domain.due_days import Named
from domain.outgoing import Message
from domain.partnerships import Partnership
from domain.people import Member
from services import boards
from services.audiences import may_post
from services.personal import Personal, may_write, message, personal_place
from services.replies import reply
from views import deliverables as views
from views.blocks import Drawn

REDRAW_DAILY: Final = "daily_redraw"
# What is due later cannot belong into the message of the running shift.
_SOON: Final = timedelta(days=5)


def ask_key(commitment: Commitment) -> str:
    """Key of the direct message in which an owner is asked to take it on; one for each owner."""
    return f"deliverable-ask/{commitment.id}/{commitment.owner_id}"


def overdue_key(commitment: Commitment) -> str:
    return f"deliverable-overdue/{commitment.id}/{to_text(commitment.due_at)}"


def put_new(  # noqa: PLR0913, PLR0917  # why the day is another one is said once, on the first card
    db: Database,
    partnership: Partnership,
    commitment: Commitment,
    owner: Member,
    now: datetime,
    named: Named | None = None,
) -> None:
    """Show a new deliverable to both sides, and ask its owner if they are at work.

    Who is not at work finds the question in the message with which their day begins.

    Args:
        named: The day that was named, when the owner does not work on it.
    """
    asked = _asked_now(db, partnership, commitment, owner, now)
    called = None if asked is None else asked.mention
    drawn = views.card(partnership, commitment, now, called, named)
    _put_card(db, partnership, drawn, commitment, now)
    if asked is not None and asked.mention is None:
        drawn = views.ask(partnership, commitment, now)
        _put(db, commitment, ask_key(commitment), message(asked, drawn), now)
    if commitment.due_at - now < _SOON:
        wakes.set_wake(db, commitment.team_id, REDRAW_DAILY, commitment.owner_id, None, now)


def put_missing_card(
    db: Database, partnership: Partnership, commitment: Commitment, now: datetime
) -> None:
    """Show what was written down while nothing could be said in the channel, once it is open."""
    missing = outbox.state_of(db, commitment.team_id, card_key(commitment.id)) is None
    if missing and commitment.is_open:
        _put_card(db, partnership, views.card(partnership, commitment, now), commitment, now)


def redraw(db: Database, partnership: Partnership, commitment: Commitment, now: datetime) -> None:
    """Bring everything that shows the deliverable to its newest state."""
    team_id = commitment.team_id
    shown = views.card(partnership, commitment, now).payload
    outbox.redraw(db, team_id, partnership.id, card_key(commitment.id), shown, now=now)
    asked = views.ask(partnership, commitment, now).payload
    outbox.redraw(db, team_id, partnership.id, ask_key(commitment), asked, now=now)
    boards.redraw_soon(db, partnership, now)
    wakes.set_wake(db, team_id, REDRAW_DAILY, commitment.owner_id, None, now)


def tell_done(
    db: Database, partnership: Partnership, commitment: Commitment, now: datetime
) -> None:
    drawn = views.done_line(partnership, commitment)
    reply(db, partnership, f"deliverable-done/{commitment.id}/{to_text(now)}", drawn, now)


def tell_reopened(
    db: Database, partnership: Partnership, before: Commitment, after: Commitment, now: datetime
) -> None:
    """Take back what was told when it was closed; where it has been read, say the contrary."""
    closed_at = before.closed_at
    told = f"deliverable-done/{before.id}/{to_text(closed_at)}" if closed_at is not None else ""
    if outbox.state_of(db, before.team_id, told) is None:
        return
    if not outbox.drop(db, before.team_id, told, "undone", now=now):
        drawn = views.reopened_line(partnership, after)
        reply(db, partnership, f"deliverable-open/{after.id}/{to_text(now)}", drawn, now)


def tell_moved(
    db: Database,
    partnership: Partnership,
    commitment: Commitment,
    why: tuple[str | None, Named | None],
    now: datetime,
) -> None:
    """Tell the thread the new date.

    Args:
        why: The reason as typed, and the day that was named when the owner does not work on it.
    """
    drawn = views.moved_line(partnership, commitment, *why)
    reply(db, partnership, f"deliverable-moved/{commitment.id}/{to_text(now)}", drawn, now)


def tell_overdue(
    db: Database,
    partnership: Partnership,
    commitment: Commitment,
    owner: Member | None,
    now: datetime,
) -> bool:
    """Tell the other side, once for each date, that it is not in yet."""
    asks_again = None
    if owner is not None and not owner.person.is_quiet(now):
        coming = next_shift(owner.calendar, now)
        asks_again = None if coming is None else coming.starts_at
    drawn = views.overdue_line(partnership, commitment, asks_again)
    return reply(db, partnership, overdue_key(commitment), drawn, now)


def take_back_overdue(db: Database, commitment: Commitment, now: datetime) -> None:
    """What has not left yet and is not true any more."""
    outbox.drop(db, commitment.team_id, overdue_key(commitment), "settled", now=now)


def tell_declined(
    db: Database, partnership: Partnership, commitment: Commitment, author: Member, now: datetime
) -> None:
    """Tell the author, in their place, that it was not taken on."""
    found = personal_place(db, partnership, author)
    if found is None or not may_write(db, partnership, found, author, now):
        return
    drawn = views.declined_note(partnership, commitment, found.mention)
    key = f"deliverable-declined/{commitment.id}/{to_text(now)}"
    _put(db, commitment, key, message(found, drawn), now)


def tell_other_date(
    db: Database,
    partnership: Partnership,
    dates: tuple[Commitment, Commitment],
    author: Member,
    now: datetime,
) -> None:
    """Tell whoever asked that the owner takes it on for another date.

    Who is written to in the thread reads it there: the new date was just told to both sides.

    Args:
        dates: The deliverable before and after.
    """
    before, after = dates
    found = personal_place(db, partnership, author)
    if found is None or found.mention is not None:
        return
    if may_write(db, partnership, found, author, now):
        drawn = views.other_date_note(partnership, before, after)
        key = f"deliverable-other-date/{after.id}/{to_text(now)}"
        _put(db, after, key, message(found, drawn), now)


def pass_on(db: Database, partnership: Partnership, before: Commitment, now: datetime) -> None:
    """Tell an owner who was asked that somebody else is asked now."""
    key = ask_key(before)
    if not outbox.drop(db, before.team_id, key, "settled", now=now):
        drawn = views.passed_on(partnership, before).payload
        outbox.redraw(db, before.team_id, partnership.id, key, drawn, now=now)
    wakes.set_wake(db, before.team_id, REDRAW_DAILY, before.owner_id, None, now)


def ask_whether_done(
    db: Database, partnership: Partnership, commitment: Commitment, owner: Member, now: datetime
) -> bool:
    """Ask the owner, once a date and in working hours, whether it is done."""
    found = personal_place(db, partnership, owner) if owner.takes_part else None
    if found is None or not may_write(db, partnership, found, owner, now):
        return False
    drawn = views.looks_done(partnership, commitment, found.mention)
    working = is_working(owner.calendar, now)
    coming = None if working else next_shift(owner.calendar, now)
    leaves_at = coming.starts_at if coming is not None else None
    key = f"deliverable-looks-done/{commitment.id}/{to_text(commitment.due_at)}"
    return _put(db, commitment, key, message(found, drawn, leaves_at), now)


def note_by_time(db: Database, commitment: Commitment, verb: str, now: datetime) -> None:
    """Note in the journal what nobody did but time."""
    journal.record(
        db,
        commitment.team_id,
        commitment.partnership_id,
        verb,
        "commitment",
        commitment.id,
        by=None,
        side=None,
        now=now,
    )


def _asked_now(
    db: Database, partnership: Partnership, commitment: Commitment, owner: Member, now: datetime
) -> Personal | None:
    """Where to ask at once; None when there is nothing to ask, or not now."""
    if commitment.state != "proposed" or not owner.takes_part:
        return None
    if not is_working(owner.calendar, now):
        return None
    found = personal_place(db, partnership, owner)
    if found is None or not may_write(db, partnership, found, owner, now):
        return None
    return found


def _put_card(
    db: Database, partnership: Partnership, drawn: Drawn, commitment: Commitment, now: datetime
) -> None:
    key = card_key(commitment.id)
    # What is refused at sending would never be said; it is put when it may be.
    told_by = commitment.created_by
    if may_post(db, partnership, now) and reply(db, partnership, key, drawn, now, asker=told_by):
        return
    outbox.redraw(db, commitment.team_id, partnership.id, key, drawn.payload, now=now)


def _put(db: Database, commitment: Commitment, key: str, what: Message, now: datetime) -> bool:
    return outbox.put(db, commitment.team_id, commitment.partnership_id, key, what, now=now)
