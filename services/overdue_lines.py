"""What the other side reads about a deliverable that is not in: told once, then kept true."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from data import Database, outbox, partnerships, wakes
from data.ladder import raised_of
from data.moments import to_text
from domain.deliverables import Commitment
from domain.partnerships import Partnership
from services import ladder, sponsor_lines, wait_lines
from services.replies import reply
from views import overdue_lines as views
from views import sponsors, waits
from views.blocks import Block, Drawn
from views.overdue_lines import Asked
from views.raising import raised_words

# Names the planner that looks at one deliverable.
WAKE: Final = "deliverable"


def overdue_key(commitment: Commitment) -> str:
    return f"deliverable-overdue/{commitment.id}/{to_text(commitment.due_at)}"


def is_told(db: Database, commitment: Commitment) -> bool:
    """Whether the other side was told about this date."""
    return outbox.state_of(db, commitment.team_id, overdue_key(commitment)) is not None


def tell(db: Database, partnership: Partnership, commitment: Commitment, now: datetime) -> bool:
    """Tell the other side, once for each date, that it is not in yet."""
    drawn = _drawn(db, partnership, commitment, now)
    return reply(db, partnership, overdue_key(commitment), drawn, now)


def keep_true(
    db: Database, partnership: Partnership, commitment: Commitment, now: datetime
) -> None:
    """Draw the line as it stands now, if there is one; look again when it says."""
    if not is_told(db, commitment):
        return
    key, shown = overdue_key(commitment), _drawn(db, partnership, commitment, now).payload
    outbox.redraw(db, commitment.team_id, partnership.id, key, shown, now=now)


def take_back(db: Database, before: Commitment, after: Commitment, now: datetime) -> None:
    """What is not true any more is not said; where it has been read, it says what became of it."""
    if after.is_open and after.due_at == before.due_at:
        return
    team_id, key = before.team_id, overdue_key(before)
    if outbox.drop(db, team_id, key, "settled", now=now) or not is_told(db, before):
        return
    partnership = partnerships.get(db, team_id, before.partnership_id)
    if partnership is not None:
        shown = views.was_overdue_line(partnership, before, after).payload
        outbox.redraw(db, team_id, partnership.id, key, shown, now=now)


def _drawn(db: Database, partnership: Partnership, commitment: Commitment, now: datetime) -> Drawn:
    if not commitment.is_open:
        return views.was_overdue_line(partnership, commitment, commitment)
    if commitment.stopped_at is not None:
        return waits.not_in_line(partnership, commitment, wait_lines.waited(db, commitment))
    beside, waiting = _beside(db, partnership, commitment, now), _waits(db, partnership, commitment)
    if commitment.acknowledged_at is not None:
        return views.overdue_line(partnership, commitment, Asked(waits=waiting), beside)
    asked = replace(_asked(db, partnership, commitment, now), waits=waiting)
    if asked.next_at is not None:
        wakes.wake_by(db, commitment.team_id, WAKE, commitment.id, partnership.id, asked.next_at)
    return views.overdue_line(partnership, commitment, asked, beside)


def _waits(db: Database, partnership: Partnership, commitment: Commitment) -> str:
    """What it waits for although its clock does not stand still, as both sides may read it."""
    every = wait_lines.waited(db, commitment)[: wait_lines.SHOWN_MOST]
    return " ".join(waits.line(partnership, commitment, one) for one in every)


def _beside(
    db: Database, partnership: Partnership, commitment: Commitment, now: datetime
) -> tuple[str, Sequence[Block]]:
    """How far it was brought up, and what can be pressed beyond."""
    found = raised_of(db, commitment).get("both_leads")
    if found is None:
        return "", ()
    notice = sponsor_lines.standing(db, partnership, commitment, now)
    said = [raised_words(partnership, found.side), sponsors.words(partnership, commitment, notice)]
    named = sponsor_lines.is_one_named(db, partnership)
    row = sponsors.row(partnership, commitment, notice, is_one_named=named)
    return " ".join(filter(None, said)), row


def _asked(db: Database, partnership: Partnership, commitment: Commitment, now: datetime) -> Asked:
    """When the owner was asked last, and is asked next."""
    if commitment.asked_at is None:
        return Asked()
    found = ladder.standing_of(db, partnership, commitment, now)
    if found is None:
        return Asked(last_at=commitment.asked_at)
    word_at = found.word_at(now)
    if word_at is not None and word_at <= now:
        # It is said at this moment; what people read here is the word after that.
        found = found.after_now(now)
    last_at = max((commitment.asked_at, *(step.told_at for step in found.told)))
    return Asked(last_at=last_at, next_at=found.word_at(now))
