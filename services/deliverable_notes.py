"""What is said beside a deliverable: who asks for it, and that it was sent back and why."""

from collections.abc import Iterable, Sequence
from typing import Final

from data import Database, deliverable_dates, deliverable_reasons, journal, members
from data.moments import from_text
from domain.deliverables import Commitment
from domain.partnerships import Partnership
from domain.people import Side
from views.sent_back import SentBack

# Noted of what was told with others in one line instead of a card of its own.
LISTED: Final = "deliverable_listed"
_SENT_BACK: Final = "deliverable_sent_back"


def asking_side(db: Database, partnership: Partnership, one: Commitment) -> Side | None:
    """On whose behalf it is asked for, while nobody took it on; None: of neither side, or it is."""
    if one.state != "proposed":
        return None
    return members.sides_of(db, partnership, [one.created_by]).get(one.created_by, (None, ""))[0]


def askers(
    db: Database, partnership: Partnership, every: Iterable[Commitment]
) -> dict[str, tuple[Side | None, str]]:
    """Of what nobody took on yet: who wrote it down, by person id, with side and Slack id."""
    asked = {one.created_by for one in every if one.state == "proposed"}
    return members.sides_of(db, partnership, sorted(asked)) if asked else {}


def sent_back(db: Database, one: Commitment) -> SentBack | None:
    """The last time that it was sent back; None: it was not, or is delivered again."""
    if not one.sent_back or one.state != "accepted":
        return None
    happened = journal.entries(db, one.team_id, "commitment", one.id)
    last = next((entry for entry in reversed(happened) if entry.verb == _SENT_BACK), None)
    if last is None:
        return None
    reasons = deliverable_reasons.every(db, one.team_id, one.id)
    dates = deliverable_dates.history(db, one)
    is_moved = bool(dates) and dates[-1].changed_at == last.at
    return SentBack(
        reason=reasons.get(last.at),
        was_due_at=from_text(last.details["due_at"]) if is_moved else None,
    )


def sent_back_by_id(db: Database, every: Sequence[Commitment]) -> dict[str, SentBack]:
    """For each of some that was sent back and is open again."""
    found = {one.id: sent_back(db, one) for one in every if one.sent_back}
    return {one_id: back for one_id, back in found.items() if back is not None}
