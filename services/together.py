"""Plans the due wakes of a partnership in one transaction, and of the next ones as time allows.

Who plans says how: alone, `Together` with what is known of the partnership, or `Beside` others.
"""

import logging
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final

from data import Database, partnerships, wakes
from data.store import ClosedStore
from data.wakes import Wake
from services.attention import Attention
from services.deps import Deps
from services.known import Known

# Planned by one that stands alone, or that works beside others in one transaction.
Planner = Callable[[Deps, Wake, datetime], None]

TRY_AGAIN_AFTER: Final = timedelta(minutes=5)
# Nothing of another partnership begins in a transaction that lasts longer already, and nothing at
# all in one that lasts as long as the second; a commit takes its time besides.
BEGINS_WITHIN_SECONDS: Final = 0.025
LONGEST_SECONDS: Final = 0.04
# A group that was begun is not left for people earlier: all that is known of it would be read anew.
AT_LEAST_SECONDS: Final = 0.02

# What is to be planned is looked up at once for a whole group.
MOST_IN_A_GROUP: Final = 50

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Together:
    """A planner that works in the transaction of its partnership, beside others.

    What it does must be safe to do again: where another one fails, all of it is undone and done
    anew. It sets its next wake or clears it, as every planner does.
    """

    plan: Callable[[Known, Wake], None]

    def __call__(self, deps: Deps, wake: Wake, now: datetime) -> None:
        """Plan one wake in a transaction of its own."""
        with deps.store.writing(wake.partnership_id, planning=True) as db:
            known = _known(db, wake, now)
            if known is None:
                wakes.clear_wake(db, wake.team_id, wake.kind, wake.subject_id)
            else:
                self.plan(known, wake)


@dataclass(frozen=True, slots=True)
class Beside:
    """As `Together`, for what needs nothing of its partnership, or belongs to none."""

    plan: Callable[[Database, Wake, datetime], None]

    def __call__(self, deps: Deps, wake: Wake, now: datetime) -> None:
        """Plan one wake in a transaction of its own."""
        with deps.store.writing(wake.partnership_id, planning=True) as db:
            self.plan(db, wake, now)


@dataclass(frozen=True, slots=True)
class Group:
    """Wakes that are planned in one transaction, in this order; of one partnership, or of none.

    Attributes:
        alone: One wake, planned in a transaction of its own.
        waits: What planning them makes due waits for the next transaction.
    """

    wakes: tuple[Wake, ...]
    alone: bool = False
    waits: bool = False


class FailedAmongOthers(Exception):  # what is so
    """A wake could not be planned; what was planned beside it is undone."""

    def __init__(self, wake: Wake, group: Group) -> None:
        super().__init__(wake.subject_id)
        self.wake = wake
        self.group = group


def groups_of(planners: Mapping[str, Planner], due: Iterable[Wake]) -> deque[Group]:
    """The wakes by partnership, each group where its first wake stood.

    A wake that is planned alone parts those of its partnership before it from those after it.
    """
    found: list[list[Wake]] = []
    alone: set[int] = set()
    latest: dict[tuple[str, str | None], list[Wake]] = {}
    for wake in due:
        place = (wake.team_id, wake.partnership_id)
        shares = _shares(planners.get(wake.kind), wake)
        group = latest.get(place) if shares else None
        if group is None or len(group) >= MOST_IN_A_GROUP:
            group = []
            found.append(group)
            latest[place] = group
        group.append(wake)
        if not shares:
            alone.add(len(found) - 1)
            latest.pop(place)
    return deque(Group(tuple(group), alone=number in alone) for number, group in enumerate(found))


def _shares(planner: Planner | None, wake: Wake) -> bool:
    """Whether a wake is planned in a transaction with others."""
    if isinstance(planner, Beside):
        return True
    return isinstance(planner, Together) and wake.partnership_id is not None


@dataclass(slots=True)
class _Batch:
    """What one transaction plans; ``at`` is the wake that is being planned."""

    planners: Mapping[str, Planner]
    now: datetime
    is_over: Callable[[], bool]
    attention: Attention
    began_seconds: float = 0.0
    at: Wake | None = None
    group: Group | None = None
    planned: int = 0
    done: set[Wake] = field(default_factory=set)

    def may_begin(self) -> bool:
        """Whether there is time for another partnership."""
        if not self.planned:
            return True
        if self.is_over() or not self.attention.may_go_on("planning"):
            return False
        return self._lasts_seconds() < BEGINS_WITHIN_SECONDS

    def may_go_on(self) -> bool:
        """Whether there is time for another wake; one is planned, however late it is."""
        if not self.planned:
            return True
        lasts_seconds = self._lasts_seconds()
        if self.is_over() or lasts_seconds >= LONGEST_SECONDS:
            return False
        return lasts_seconds < AT_LEAST_SECONDS or self.attention.may_go_on("planning")

    def _lasts_seconds(self) -> float:
        return self.attention.machine_seconds() - self.began_seconds


def plan_first(
    deps: Deps,
    waiting: deque[Group],
    planners: Mapping[str, Planner],
    now: datetime,
    is_over: Callable[[], bool],
) -> None:
    """Plan the first groups in one transaction, as many as there is time for, and take them away.

    Args:
        is_over: Whether to end after the wake that is being planned.

    Raises:
        FailedAmongOthers: One of them could not be planned, so nothing is kept of any.
    """
    batch = _Batch(planners, now, is_over, deps.attention)
    try:
        # Were it undone, it would be planned again: what it says to people is sent only afterwards.
        with deps.store.writing(None, planning=True, lasting=False) as db:
            # Others may have been at the gate for a while.
            batch.began_seconds = deps.attention.machine_seconds()
            for group in _together(waiting):
                if not batch.may_begin():
                    break
                _plan_group(db, batch, group)
            batch.at = None
    except ClosedStore:
        # It waited longer than an end may take; the next run does it again.
        waiting.clear()
    except Exception as error:
        if batch.at is None or batch.group is None:
            raise
        raise FailedAmongOthers(batch.at, batch.group) from error
    else:
        _take(waiting, batch.done)


def set_apart(waiting: deque[Group], failed: Wake, group: Group) -> None:
    """Have the wake that failed planned alone; what only planning made due, in a later one."""
    log.info("planning %s %s is tried alone", failed.kind, failed.subject_id)
    if failed in group.wakes:
        _take(waiting, {failed})
        waiting.appendleft(Group((failed,), alone=True))
    else:
        waiting[waiting.index(group)] = replace(group, waits=True)


def _together(waiting: Iterable[Group]) -> Iterator[Group]:
    for group in waiting:
        if group.alone:
            return
        yield group


def _take(waiting: deque[Group], done: set[Wake]) -> None:
    """Take wakes away that stand in the first groups."""
    left = len(done)
    kept: list[Group] = []
    while left and waiting:
        group = waiting.popleft()
        rest = tuple(wake for wake in group.wakes if wake not in done)
        left -= len(group.wakes) - len(rest)
        if rest:
            kept.append(replace(group, wakes=rest))
    waiting.extendleft(reversed(kept))


def _plan_group(db: Database, batch: _Batch, group: Group) -> None:
    standing = wakes.standing(db, group.wakes)
    batch.done |= set(group.wakes) - set(standing)
    first, known = group.wakes[0], None
    if first.partnership_id is not None:
        known = _known(db, first, batch.now)
        if known is None:
            for wake in standing:
                wakes.clear_wake(db, wake.team_id, wake.kind, wake.subject_id)
            batch.done |= set(standing)
            return
        known.turns.wanted = frozenset(wake.subject_id for wake in standing)
    batch.group = group
    planned = _plan_each(batch, db, known, standing)
    batch.done |= set(planned)
    while known is not None and not group.waits and planned and len(planned) == len(standing):
        standing = _due_now(batch, known)
        planned = _plan_each(batch, db, known, standing)


def _due_now(batch: _Batch, known: Known) -> list[Wake]:
    """What planning itself has made due."""
    about = [
        one for one in known.due_now if isinstance(batch.planners.get(one[0]), Together | Beside)
    ]
    known.due_now.clear()
    return wakes.due_among(known.db, known.partnership.team_id, about, batch.now) if about else []


def _plan_each(batch: _Batch, db: Database, known: Known | None, due: list[Wake]) -> list[Wake]:
    """Plan wakes of one group; those that there was no time for are not in the list."""
    planned: list[Wake] = []
    for wake in due:
        if not batch.may_go_on():
            break
        batch.at = wake
        planner = batch.planners[wake.kind]
        if isinstance(planner, Beside):
            planner.plan(db, wake, batch.now)
        elif isinstance(planner, Together) and known is not None:
            planner.plan(known, wake)
        batch.planned += 1
        planned.append(wake)
    for wake in wakes.standing(db, planned) if planned else ():
        left_as_it_was(db, wake, batch.now)
    return planned


def left_as_it_was(db: Database, wake: Wake, now: datetime) -> None:
    """A planner that neither sets nor clears its wake would be asked for ever."""
    log.error("planning %s %s left its wake as it was", wake.kind, wake.subject_id)
    wakes.put_off(db, wake, now + TRY_AGAIN_AFTER)


def _known(db: Database, wake: Wake, now: datetime) -> Known | None:
    partnership = partnerships.get(db, wake.team_id, str(wake.partnership_id))
    return None if partnership is None else Known(db, partnership, now)
