"""The posts that tell of a deliverable: its card, the question to its owner, what is told.

What is not for everybody in the channel has none: it stands in lists and daily messages alone.
"""

from datetime import datetime, timedelta
from typing import Final

from data import (
    Database,
    cadences,
    deliverable_answers,
    deliverable_dates,
    journal,
    links,
    outbox,
)
from data.deliverables import card_key
from data.moments import to_text
from domain.calendars import is_working
from domain.deliverables import Commitment
from domain.due_days import Named, labelled
from domain.partnerships import Partnership
from domain.people import Member, Side
from services import boards, overdue_lines, tracking, wait_lines
from services import deliverable_notes as notes
from services.audiences import may_post
from services.daily_wakes import expect, touch
from services.links import message_link
from services.personal import may_write, personal_place
from services.replies import reply
from views import deliverables as views
from views import sent_back, series
from views.blocks import Drawn
from views.deliverable_more import with_evidence

# What is due later cannot belong into the message of the running shift.
_SOON: Final = timedelta(days=5)


def put_new(  # noqa: PLR0913, PLR0917  # the parts of a new card
    db: Database,
    partnership: Partnership,
    commitment: Commitment,
    owner: Member,
    now: datetime,
    named: Named | None = None,
) -> None:
    """Show a new deliverable to both sides; its card calls the owner if they are at work.

    Everybody finds the question in their daily message; who is not at work in the next one. What
    is due later and needs no answer is looked at as the owner's next shift begins.

    Args:
        named: The day that was named, when the owner does not work on it.
    """
    is_called = _is_called(db, partnership, commitment, owner, now)
    called = owner.person.slack_id if is_called else None
    beside = views.Beside(named=named, asking=notes.asking_side(db, partnership, commitment))
    drawn = _whole(db, commitment, views.card(partnership, commitment, now, called, beside))
    _put_card(db, partnership, drawn, commitment, now)
    tracking.keep_true(db, partnership, commitment, now)
    if commitment.state == "proposed" or commitment.due_at - now < _SOON:
        # Looks at what the owner owes now, and sees to their next shift, too.
        touch(db, commitment.team_id, commitment.owner_id, now)
    else:
        expect(db, commitment.team_id, owner, now)


def put_missing_card(
    db: Database, partnership: Partnership, commitment: Commitment, now: datetime
) -> None:
    """Show what was written down while nothing could be said in the channel, once it is open."""
    if outbox.state_of(db, commitment.team_id, card_key(commitment.id)) is None:
        _put_first_card(db, partnership, commitment, now)


def card(db: Database, partnership: Partnership, commitment: Commitment, now: datetime) -> Drawn:
    """The card as it stands now, with why its date is earlier than the day that was named."""
    named = deliverable_dates.named_day(db, commitment) if commitment.is_open else None
    if named is not None:
        named = labelled(named, partnership.side(commitment.side).calendar)
    back = notes.sent_back(db, commitment)
    beside = views.Beside(
        named=named,
        lines=wait_lines.card_lines(db, partnership, commitment),
        asking=notes.asking_side(db, partnership, commitment),
        back="" if back is None else sent_back.words(partnership, commitment, back),
    )
    return _whole(db, commitment, views.card(partnership, commitment, now, beside=beside))


def _whole(db: Database, commitment: Commitment, drawn: Drawn) -> Drawn:
    """The card with what it has besides."""
    source = commitment.source
    told = None
    if source is not None:
        told = message_link(db, commitment.team_id, source.channel, source.ts, source.thread_ts)
    urls = [one.url for one in links.every(db, commitment)]
    return with_evidence(drawn, commitment, urls, told, repeats(db, commitment))


def repeats(db: Database, commitment: Commitment) -> str | None:
    """How it recurs, in words, and what a yes means; None: it does not, or no more."""
    if commitment.cadence_id is None or not commitment.is_open:
        return None
    cadence = cadences.get(db, commitment.team_id, commitment.cadence_id)
    is_on = cadence is not None and cadence.state == "active"
    return series.note(cadence.plan, commitment) if cadence is not None and is_on else None


def show(db: Database, partnership: Partnership, commitment: Commitment, now: datetime) -> None:
    """Bring everything that shows the deliverable to its newest state; a card if it has none."""
    if not refresh(db, partnership, commitment, now):
        _put_first_card(db, partnership, commitment, now)


def refresh(db: Database, partnership: Partnership, commitment: Commitment, now: datetime) -> bool:
    """Redraw it, what waits for it, and what it waits for; False when it has no card itself."""
    for one in wait_lines.related(db, commitment):
        redraw(db, partnership, one, now)
    return redraw(db, partnership, commitment, now)


def redraw(db: Database, partnership: Partnership, commitment: Commitment, now: datetime) -> bool:
    """Bring everything that shows the deliverable to its newest state.

    Returns:
        False when it has no card.
    """
    team_id, key = commitment.team_id, card_key(commitment.id)
    shown = card(db, partnership, commitment, now).payload
    has_card = outbox.redraw(db, team_id, partnership.id, key, shown, now=now)
    overdue_lines.keep_true(db, partnership, commitment, now)
    tracking.keep_true(db, partnership, commitment, now)
    boards.redraw_soon(db, partnership, now)
    touch(db, team_id, commitment.owner_id, now)
    return has_card


def tell_done(
    db: Database, partnership: Partnership, commitment: Commitment, now: datetime
) -> None:
    if commitment.is_public:
        drawn = views.done_line(partnership, commitment)
        reply(db, partnership, f"deliverable-done/{commitment.id}/{to_text(now)}", drawn, now)


def tell_sent_back(
    db: Database,
    partnership: Partnership,
    commitment: Commitment,
    why: tuple[str, datetime],
    now: datetime,
) -> None:
    """Tell the thread that it was sent back.

    Args:
        why: The reason as typed, and by when it was due before.
    """
    drawn = views.sent_back_line(partnership, commitment, *why)
    tell_line(db, partnership, commitment, ("back", drawn), now)


def tell_cancelled(
    db: Database, partnership: Partnership, commitment: Commitment, by: Side | None, now: datetime
) -> None:
    if commitment.is_public:
        drawn = views.cancelled_line(partnership, commitment, by)
        reply(db, partnership, f"deliverable-done/{commitment.id}/{to_text(now)}", drawn, now)


def untell_sent_back(
    db: Database, partnership: Partnership, after: Commitment, told_at: datetime, now: datetime
) -> None:
    contrary = views.not_sent_back_line(partnership, after)
    untell_line(db, partnership, after, ("back", told_at, contrary), now)


def tell_line(
    db: Database,
    partnership: Partnership,
    commitment: Commitment,
    told: tuple[str, Drawn],
    now: datetime,
) -> None:
    """Tell the thread what became of it.

    Args:
        told: What kind of news it is, once for each moment, and what is said.
    """
    kind, drawn = told
    if commitment.is_public:
        reply(db, partnership, f"deliverable-{kind}/{commitment.id}/{to_text(now)}", drawn, now)


def untell_line(
    db: Database,
    partnership: Partnership,
    commitment: Commitment,
    told: tuple[str, datetime, Drawn],
    now: datetime,
) -> None:
    """Take back what the thread was told; where it has been read, say the contrary.

    Args:
        told: What kind of news it was, when it was told, and the contrary.
    """
    kind, told_at, contrary = told
    key = f"deliverable-{kind}/{commitment.id}/{to_text(told_at)}"
    if outbox.state_of(db, commitment.team_id, key) is None:
        return
    if not outbox.drop(db, commitment.team_id, key, "undone", now=now):
        tell_line(db, partnership, commitment, (f"not-{kind}", contrary), now)


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
    if commitment.is_public:
        drawn = views.moved_line(partnership, commitment, *why)
        reply(db, partnership, _moved_key(commitment, now), drawn, now)


def tell_moved_back(
    db: Database,
    partnership: Partnership,
    moved: tuple[Commitment, datetime],
    back: tuple[Commitment, Side | None],
    now: datetime,
) -> None:
    """Take back what was told of a new date; where it has been read, say so.

    Args:
        moved: With the date that goes, and when it was moved there.
        back: As it is from now on, and the side that took the change back.
    """
    before, moved_at = moved
    key = _moved_key(before, moved_at)
    if outbox.state_of(db, before.team_id, key) is None:
        return
    if outbox.drop(db, before.team_id, key, "undone", now=now):
        return
    gone = views.move_undone_line(partnership, before).payload
    outbox.redraw(db, before.team_id, partnership.id, key, gone, now=now)
    drawn = views.moved_back_line(partnership, *back)
    reply(db, partnership, f"deliverable-moved-back/{before.id}/{to_text(now)}", drawn, now)


def ask_whether_done(
    db: Database, partnership: Partnership, commitment: Commitment, owner: Member, now: datetime
) -> bool:
    """Have the owner asked, once a date, whether it is done; False: they are not."""
    found = personal_place(db, partnership, owner) if owner.takes_part else None
    if found is None or not may_write(db, partnership, found, owner, now):
        return False
    asked = deliverable_answers.looks_done(db, commitment.team_id, commitment.owner_id)
    touch(db, commitment.team_id, commitment.owner_id, now)
    return commitment.id not in asked


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


def _moved_key(commitment: Commitment, moved_at: datetime) -> str:
    return f"deliverable-moved/{commitment.id}/{to_text(moved_at)}"


def _is_called(
    db: Database, partnership: Partnership, commitment: Commitment, owner: Member, now: datetime
) -> bool:
    """Whether the owner is called on the card at once: at work, and willing to hear from us."""
    if commitment.state != "proposed" or not owner.takes_part or not commitment.is_public:
        return False
    if not is_working(owner.calendar, now):
        return False
    found = personal_place(db, partnership, owner)
    return found is not None and may_write(db, partnership, found, owner, now)


def _put_first_card(
    db: Database, partnership: Partnership, commitment: Commitment, now: datetime
) -> None:
    if commitment.is_open:
        _put_card(db, partnership, card(db, partnership, commitment, now), commitment, now)


def _put_card(
    db: Database, partnership: Partnership, drawn: Drawn, commitment: Commitment, now: datetime
) -> None:
    if not commitment.is_public:
        return
    key = card_key(commitment.id)
    # What is refused at sending would never be said; it is put when it may be.
    told_by = commitment.created_by
    if may_post(db, partnership, now) and reply(db, partnership, key, drawn, now, asker=told_by):
        return
    outbox.redraw(db, commitment.team_id, partnership.id, key, drawn.payload, now=now)
