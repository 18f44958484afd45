"""What it costs to find that nothing is due, with little and with much stored."""

import time
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any, Final

from bench.figures import Figure, median
from bench.ground import Ground, say
from bench.today import now
from bench.world import Size
from data.store import Store
from schedules.rhythm import Rhythm
from services.audiences import may_leave
from services.delivery import Courier
from services.delivery_settling import Policy
from services.deps import Deps
from services.planners import PLANNERS
from services.planning import next_wake_at
from services.refusals import follow_refusal

LITTLE, MUCH = 1_000, 100_000
ROUNDS, TICKS = 7, 200
MOST_SECONDS: Final = 0.001


class NoClients:
    """An idle tick asks Slack for nothing."""

    def for_team(self, team_id: str) -> Any:
        raise AssertionError(team_id)

    def quick(self, team_id: str) -> Any:
        raise AssertionError(team_id)


async def measure(ground: Ground) -> list[Figure]:
    """In turns, on both databases."""
    say("idle ticks")
    stores = [
        Store.open(ground.database(Size(commitments=commitments, open_part=1)))
        for commitments in (LITTLE, MUCH)
    ]
    try:
        ticks = [idle_tick(store) for store in stores]
        rounds = [[seconds_of(tick) for tick in ticks] for _ in range(ROUNDS)]
    finally:
        for store in stores:
            store.close()
    little, much = (median(column) * 1000 for column in zip(*rounds, strict=True))
    return [
        Figure(
            what=f"idle tick, {MUCH} commitments",
            measured=much,
            floor=MOST_SECONDS * 1000,
            unit="ms",
            most=1,
        ),
        Figure(
            what=f"idle tick, {MUCH} beside {LITTLE} commitments",
            measured=much,
            floor=little,
            unit="ms",
            most=2,
        ),
    ]


def idle_tick(store: Store) -> Callable[[], None]:
    """All that happens when time looks and finds nothing: planning, the next alarm, delivery."""
    started_at = now()
    deps = Deps(store=store, now=lambda: started_at, clients=NoClients())
    courier = Courier(deps, Policy(may_leave=may_leave, on_refused=follow_refusal))
    rhythm = Rhythm(deps, courier, PLANNERS)
    # The first one notes that somebody listens, and plans what follows from that.
    rhythm.tick(started_at)
    return partial(_look, rhythm, deps, courier, started_at)


def _look(rhythm: Rhythm, deps: Deps, courier: Courier, at: datetime) -> None:
    rhythm.tick(at)
    next_wake_at(deps)
    courier.agenda()


def seconds_of(tick: Callable[[], None]) -> float:
    """The median of many."""
    took = []
    for _ in range(TICKS):
        began_seconds = time.perf_counter()
        tick()
        took.append(time.perf_counter() - began_seconds)
    return median(took)
