"""What time does: hands each due wake to the planner of its kind, which decides."""

import logging
import secrets
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from data import wakes
from data.store import ClosedStore
from data.wakes import Wake
from services.deps import Deps
from services.together import (
    TRY_AGAIN_AFTER,
    FailedAmongOthers,
    Group,
    Planner,
    groups_of,
    left_as_it_was,
    plan_first,
    set_apart,
)

# A planner loads and draws outside a transaction, then records in a short
# ``writing(..., planning=True)`` and, in that same transaction, sets its next wake or clears it.
# One of `Together` or `Beside` does all of it in a transaction that it shares. Safe to run twice.
__all__ = ["MOST_AT_ONCE", "TRY_AGAIN_AFTER", "Planner", "next_wake_at", "plan_due", "plan_one"]

NOT_LATE: Final = timedelta(0)
# All that a partnership has to do stands together only as far as it is read at once.
MOST_AT_ONCE: Final = 20_000
_WEEK: Final = "week"

log = logging.getLogger(__name__)


def _never() -> bool:
    return False


def plan_due(
    deps: Deps,
    planners: Mapping[str, Planner],
    now: datetime,
    is_over: Callable[[], bool] = _never,
) -> int:
    """Let the planners look at what is due, longest due first, what is of one partnership at once.

    Args:
        is_over: Asked before each; from then on no planner begins.

    Returns:
        How many wakes were looked at; when not 0, more may be due.
    """
    deps.attention.stand_back("planning")
    due = wakes.due(deps.store.reading(), now, MOST_AT_ONCE)
    waiting = groups_of(planners, weeks_first(due))
    while waiting:
        first = waiting[0].wakes[0]
        late = max(deps.now() - first.due_at, NOT_LATE)
        deps.attention.stand_back("planning", late.total_seconds(), waiting=len(waiting))
        if is_over():
            break
        if waiting[0].alone:
            waiting.popleft()
            # Others may have set it anew since it was read.
            if wakes.standing(deps.store.reading(), [first]):
                plan_one(deps, planners, first, now)
        else:
            _plan_some(deps, waiting, planners, now, is_over)
    return len(due)


def weeks_first(due: Sequence[Wake]) -> list[Wake]:
    """The same wakes, but of each partnership the opening of its week before all else.

    What was due before it, and is told only now, belongs in the thread of the week that is read.
    """
    opening = {(wake.team_id, wake.partnership_id): wake for wake in due if wake.kind == _WEEK}
    ordered: list[Wake] = []
    for wake in due:
        week = opening.pop((wake.team_id, wake.partnership_id), None)
        ordered += [] if week is None else [week]
        ordered += [] if wake.kind == _WEEK else [wake]
    return ordered


def _plan_some(
    deps: Deps,
    waiting: deque[Group],
    planners: Mapping[str, Planner],
    now: datetime,
    is_over: Callable[[], bool],
) -> None:
    """Plan the first that wait; where one fails, it is the next, and alone."""
    try:
        plan_first(deps, waiting, planners, now, is_over)
    except FailedAmongOthers as failed:
        set_apart(waiting, failed.wake, failed.group)


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
        with deps.store.writing(wake.partnership_id, planning=True) as db:
            wakes.put_off(db, wake, now + TRY_AGAIN_AFTER)
        return
    if wakes.wake_of(deps.store.reading(), wake.team_id, wake.kind, wake.subject_id) == wake:
        with deps.store.writing(wake.partnership_id, planning=True) as db:
            left_as_it_was(db, wake, now)


def next_wake_at(deps: Deps) -> datetime | None:
    """When anything is due next; it may be past."""
    return wakes.next_at(deps.store.reading())
