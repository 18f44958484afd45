"""The alarm: one job of the scheduler, which rings for the earliest due moment."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.base import BaseTrigger

# So that a clock that was set, or a machine that slept, is noticed.
LONGEST_SLEEP: Final = timedelta(seconds=5)
SHORTEST_SLEEP: Final = timedelta(milliseconds=5)
JOB: Final = "tick"


class After(BaseTrigger):  # type: ignore[misc]  # the library carries no types
    """Rings a while after it is set, in the machine's time, and then at long intervals.

    Whoever hears it sets it anew; a short delay must not ring on while they are still at work.
    """

    def __init__(self, delay: timedelta, longest: timedelta) -> None:
        self.delay = delay
        self.longest = longest

    def get_next_fire_time(
        self,
        previous_fire_time: datetime | None,
        now: datetime,
    ) -> datetime:
        return now + (self.delay if previous_fire_time is None else self.longest)


class Alarm:
    """Rings after a delay that can be set anew.

    Args:
        longest: It is never silent for longer than this.
    """

    def __init__(self, ring: Callable[[], None], longest: timedelta = LONGEST_SLEEP) -> None:
        self._ring = ring
        self._longest = longest
        self._rings_at_seconds = 0.0
        # Late is better than never: without this a run that is a second late is left out.
        defaults: dict[str, Any] = {"misfire_grace_time": None, "max_instances": 3}
        self._scheduler = BackgroundScheduler(timezone=UTC, job_defaults=defaults)

    def start(self) -> None:
        self._scheduler.add_job(self._rung, After(self._longest, self._longest), id=JOB)
        self._scheduler.start()

    def set(self, delay: timedelta) -> None:
        """Ring after ``delay`` at the latest; an earlier ring that is still to come stays."""
        delay = min(max(delay, SHORTEST_SLEEP), self._longest)
        machine_seconds = time.monotonic()
        rings_at_seconds = machine_seconds + delay.total_seconds()
        if machine_seconds < self._rings_at_seconds <= rings_at_seconds:
            return
        self._rings_at_seconds = rings_at_seconds
        self._scheduler.reschedule_job(JOB, trigger=After(delay, self._longest))

    def stop(self) -> None:
        self._scheduler.shutdown(wait=False)

    def _rung(self) -> None:
        self._rings_at_seconds = 0.0
        self._ring()
