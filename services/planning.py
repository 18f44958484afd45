"""What time does: hands each due wake to the planner of its kind, which decides."""

import logging
import secrets
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Final

from data import wakes
from data.store import ClosedStore
from data.wakes import Wake
from services.deps import Deps

# Loads and draws outside a transaction, then records in a short ``writing(..., planning=True)``
# and, in that same transaction, sets its next wake or clears it. Safe to run twice.
Planner = Callable[[Deps, Wake, datetime], None]

TRY_AGAIN_AFTER: Final = timedelta(minutes=5)
NOT_LATE: Final = timedelta(0)
# So that a long queue does not keep the caller from noticing that it shall stop.
MOST_AT_ONCE: Final = 100

log = logging.getLogger(__name__)


def _never() -> bool:
    return False


def plan_due(
    deps: Deps,
    planners: Mapping[str, Planner],
    now: datetime,
    is_over: Callable[[], bool] = _never,
) -> int:
    """Let the planners look at what is due, longest due first.

    Args:
        is_over: Asked before each; from then on no planner begins.

    Returns:
        How many wakes were looked at; when not 0, more may be due.
    """
    deps.attention.stand_back("planning")
    due = wakes.due(deps.store.reading(), now, MOST_AT_ONCE)
    for wake in due:
        late = max(deps.now() - wake.due_at, NOT_LATE)
        deps.attention.stand_back("planning", late.total_seconds())
        if is_over():
            break
        plan_one(deps, planners, wake, now)
    return len(due)


def plan_one(deps: Deps, planners: Mapping[str, Planner], wake: Wake, now: datetime) -> None:
    """Let one planner look at one wake; a planner that fails is asked again later."""
    try:
        planners[wake.kind](deps, wake, now)
    except ClosedStore:
        # It waited for Slack longer than an end may take; the next run does it again.
        return
    except Exception:
        reference = secrets.token_hex(4)
        log.exception("planning %s %s failed: %s", wake.kind, wake.subject_id, reference)
        _put_off(deps, wake, now)
        return
    if wakes.wake_of(deps.store.reading(), wake.team_id, wake.kind, wake.subject_id) == wake:
        log.error("planning %s %s left its wake as it was", wake.kind, wake.subject_id)
        _put_off(deps, wake, now)


def next_wake_at(deps: Deps) -> datetime | None:
    """When anything is due next; it may be past."""
    return wakes.next_at(deps.store.reading())


def _put_off(deps: Deps, wake: Wake, now: datetime) -> None:
    with deps.store.writing(wake.partnership_id, planning=True) as db:
        wakes.put_off(db, wake, now + TRY_AGAIN_AFTER)
