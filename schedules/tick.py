"""The tick: has everything planned that is due, on a thread of its own, and sets the alarm."""

import logging
import time
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from threading import Condition, Thread, current_thread
from typing import Final

from schedules.wake import LONGEST_SLEEP, Alarm
from services.deps import Deps
from services.listening import Ear
from services.planning import Planner, next_wake_at, plan_due

log = logging.getLogger(__name__)

AT_ONCE: Final = timedelta(0)
# When commits come thick and fast, looking takes a fifth of the time at most.
REST_FACTOR: Final = 4
LONGEST_REST_SECONDS: Final = 0.004


class Ticker:
    """Plans whenever it is told to look, or the alarm rings; never two plans at once.

    Args:
        planners: By the kind of the wake.
        after: Called at the end of each tick.
    """

    def __init__(
        self, deps: Deps, planners: Mapping[str, Planner], ear: Ear, after: Callable[[], None]
    ) -> None:
        self._deps = deps
        self._planners = planners
        self._ear = ear
        self._after = after
        self._condition = Condition()
        self._asked = True
        self._running = False
        self._stopping = False
        self._alarm = Alarm(self.look)
        self._looked_at: datetime | None = None
        self._rest_until_seconds = 0.0
        self._thread = Thread(target=self._run, name="tick", daemon=True)

    def start(self) -> None:
        self._alarm.start()
        self._thread.start()

    def stop(self, timeout_seconds: float) -> None:
        """Finish the planner that is at work, then end."""
        with self._condition:
            self._stopping = True
            self._condition.notify_all()
        self._alarm.stop()
        self._thread.join(timeout_seconds)
        self._ear.end(self._deps.now())

    def look(self) -> None:
        """Look at once what is due; a commit of the tick itself needs no second look."""
        if current_thread() is self._thread:
            return
        with self._condition:
            if not self._asked:
                self._asked = True
                self._condition.notify_all()

    def wake(self, at: datetime) -> None:
        """Look at ``at``, if nothing calls earlier."""
        self._alarm.set(at - self._deps.now())

    def idle(self) -> bool:
        """Whether nothing is due and nothing is being planned."""
        with self._condition:
            if self._asked or self._running:
                return False
        due_at = next_wake_at(self._deps)
        return due_at is None or due_at > self._deps.now()

    def tick(self, now: datetime) -> None:
        """Plan everything that is due at ``now``. Safe to run twice, anywhere."""
        # Planners ask until when anybody listened.
        self._ear.keep(now)
        while not self._stopping and plan_due(self._deps, self._planners, now, self._is_over):
            pass

    def _is_over(self) -> bool:
        return self._stopping

    def _run(self) -> None:
        while True:
            with self._condition:
                self._condition.wait_for(lambda: self._asked or self._stopping)
                rest_seconds = self._rest_until_seconds - time.monotonic()
                self._condition.wait_for(lambda: self._stopping, max(rest_seconds, 0.0))
                if self._stopping:
                    return
                self._asked = False
                self._running = True
            started_seconds = time.monotonic()
            self._look()
            ended_seconds = time.monotonic()
            rest_seconds = REST_FACTOR * (ended_seconds - started_seconds)
            self._rest_until_seconds = ended_seconds + min(rest_seconds, LONGEST_REST_SECONDS)

    def _look(self) -> None:
        now = self._deps.now()
        delay = LONGEST_SLEEP
        try:
            self.tick(now)
            if not self._stopping:
                delay = self._until_next(now)
        except Exception:
            log.exception("the tick at %s failed", now.isoformat())
        finally:
            self._after()
            with self._condition:
                self._running = False
                if not self._stopping:
                    self._alarm.set(delay)

    def _until_next(self, now: datetime) -> timedelta:
        """How long nothing is due; a clock that stands still is not asked again and again."""
        stands_still = now == self._looked_at
        self._looked_at = now
        due_at = next_wake_at(self._deps)
        if due_at is None or (stands_still and due_at > now):
            return LONGEST_SLEEP
        return max(due_at - now, AT_ONCE)
