"""How the end of an attempt is written down: the state of the row, the journal, who hears of it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from data import Database, journal, outbox, outbox_claims
from domain.outgoing import LOOKED_FOR, Closed, Row
from services.delivery_outcomes import Outcome, back_off, may_repeat
from services.delivery_proof import look_after

MayLeave = Callable[[Database, Row, datetime], str | None]
OnRefused = Callable[[Database, Row, datetime], None]
OnLeaving = Callable[[Database, Row, datetime], None]


def _as_it_is(db: Database, row: Row, now: datetime) -> None:
    """Nothing changes because it is late."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What the subjects decide about what leaves.

    Attributes:
        may_leave: Why a row may not be sent any more, or None; asked when it is about to leave.
        on_refused: Tells the person who asked that Slack will not take it; runs in the
            transaction that records the refusal, and may put rows into the outbox.
        on_leaving: Brings a row that may leave to how it has to read by now.
    """

    may_leave: MayLeave
    on_refused: OnRefused
    on_leaving: OnLeaving = _as_it_is


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered:
    """What an attempt came to, and where Slack put the message (both None: nowhere)."""

    outcome: Outcome
    channel: str | None = None
    ts: str | None = None


def settle(db: Database, row: Row, end: Delivered, policy: Policy, now: datetime) -> bool:
    """Write down how an attempt ended.

    Returns:
        Whether rows of other destinations may have been touched.
    """
    outcome = end.outcome
    if outcome.result == "sent":
        outbox_claims.settle_sent(db, row, end.channel, end.ts, now)
        return False
    if not outbox_claims.is_still(db, row):
        return False
    match outcome.result:
        case "later":
            at = later_at(outcome, row, now)
            outbox_claims.reopen(db, row, "queued", at, outcome.reason, now)
        case "uncertain":
            # While Slack is down, one look and one more try follow the other, ever more slowly.
            wait = max(look_after(row.kind), back_off(row.attempts))
            doubt(db, row, outcome.reason, now, look_at=now + wait)
        case "gone":
            close(db, row, "dropped", outcome.reason, now)
        case "refused":
            close(db, row, "refused", outcome.reason, now)
            refused = replace(row, state="refused", reason=outcome.reason)
            policy.on_refused(db, refused, now)
            return True
    return False


def doubt(db: Database, row: Row, reason: str, now: datetime, *, look_at: datetime) -> None:
    """Slack may have it or not. What can neither be looked up nor repeated stays unproven."""
    if row.kind in LOOKED_FOR or may_repeat(row.kind):
        outbox_claims.reopen(db, row, "uncertain", look_at, reason, now)
    else:
        close(db, row, "unproven", reason, now)


def close(db: Database, row: Row, state: Closed, reason: str, now: datetime) -> None:
    """Settle a row that will not be sent, and what hangs on it; the journal keeps why."""
    dropped = outbox.close(db, row, state, reason, now=now)
    _note(db, row, state, reason, now)
    for dependent in dropped:
        _note(db, dependent, "dropped", f"target_{state}", now)


def later_at(outcome: Outcome, row: Row, now: datetime) -> datetime:
    """When a row that was surely not accepted is tried again."""
    return now + (outcome.retry_after or back_off(row.attempts))


def _note(db: Database, row: Row, state: Closed, reason: str, now: datetime) -> None:
    journal.record(
        db,
        row.team_id,
        row.partnership_id,
        f"message_{state}",
        "message",
        row.id,
        by=None,
        side=None,
        now=now,
        details={"key": row.key, "kind": row.kind, "reason": reason},
    )
