"""What time does, put together: alarm, tick and delivery, woken by commits, clock and time."""

import time
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Final

from schedules.deliver import Deliveries
from schedules.tick import Ticker
from services.delivery import Courier, Destination
from services.deps import Deps
from services.listening import Ear
from services.planning import Planner, next_wake_at
from services.upcoming import Line, upcoming

STOP_WITHIN: Final = timedelta(seconds=5)


class Rhythm:
    """Runs planning and delivery until it is stopped.

    Also serves as the companion of a world whose clock can be moved: ``next_due``, ``idle`` and
    ``wake`` let whoever moves the clock stop at every moment at which anything happens.
    """

    def __init__(
        self,
        deps: Deps,
        courier: Courier,
        planners: Mapping[str, Planner],
        ear: Ear | None = None,
    ) -> None:
        self._deps = deps
        self._deliveries = Deliveries(courier, deps.now, self.look_now)
        self._ticker = Ticker(deps, planners, ear or Ear(deps), self._deliveries.look)

    def start(self) -> None:
        self._deliveries.start()
        self._ticker.start()
        self._deps.store.on_commit(self._committed)

    def stop(self, timeout: timedelta = STOP_WITHIN) -> None:
        """End within ``timeout``: what is being sent ends and is recorded, nothing more begins."""
        end_seconds = time.monotonic() + timeout.total_seconds()
        self._ticker.stop(timeout.total_seconds() / 2)
        self._deliveries.stop(max(0.0, end_seconds - time.monotonic()))

    def look_now(self) -> None:
        """The clock was moved, or something else changed: look at everything."""
        self._ticker.look()
        self._deliveries.look()

    def wake(self, at: datetime | None = None) -> None:
        """Look at ``at`` at the latest; None: now."""
        if at is None:
            self.look_now()
        else:
            self._ticker.wake(at)

    def tick(self, now: datetime) -> None:
        """Plan everything that is due at ``now``."""
        self._ticker.tick(now)

    def deliver(self, destination: Destination) -> None:
        """Send what may leave next for one destination."""
        self._deliveries.deliver(destination)

    def next_due(self) -> datetime | None:
        """The next moment to come at which anything is due or may leave; None when nothing is."""
        now = self._deps.now()
        moments = [next_wake_at(self._deps), self._deliveries.next_at(now)]
        return min((at for at in moments if at is not None and at > now), default=None)

    def upcoming(self, limit: int) -> list[Line]:
        """What people will see next, the soonest first."""
        return upcoming(self._deps, limit, self._deps.now())

    def idle(self) -> bool:
        """Whether nothing is due, may leave, is being planned or under way now."""
        # The tick puts work before delivery, so it is asked before and after.
        return self._ticker.idle() and self._deliveries.idle() and self._ticker.idle()

    def wait_idle(self, timeout: timedelta, poll: Callable[[float], None] = time.sleep) -> bool:
        """Wait until ``idle``; False when it did not come to rest in time (the machine's)."""
        end_seconds = time.monotonic() + timeout.total_seconds()
        while not self.idle():
            if time.monotonic() > end_seconds:
                return False
            poll(0.002)
        return True

    def _committed(self) -> None:
        # What a worker settles it knows already.
        if not self._deliveries.is_worker():
            self.look_now()
