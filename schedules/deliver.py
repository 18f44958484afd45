"""Delivery at work: threads that send where something may leave, each destination on one."""

import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from heapq import nsmallest
from queue import SimpleQueue
from threading import Condition, Thread, current_thread
from typing import Final

from schedules.wake import LONGEST_SLEEP
from services.delivery import Courier, Destination

log = logging.getLogger(__name__)

# 60 channels at one post a second, answered in 100 ms, keep six threads busy; twice that and more.
THREADS: Final = 16
# The whole outbox is looked through for a fifth of the time at most, however often it changes; for
# a twentieth where it is so long that others would miss that time.
REST_FACTOR, LONG_REST_FACTOR = 4, 19
LONG_LOOK_SECONDS: Final = 0.01
# After an attempt that did nothing although something was open, and after one that failed.
PAUSE: Final = timedelta(seconds=1)
LONG_PAUSE: Final = timedelta(seconds=30)


class Deliveries:
    """Hands destinations to threads as soon as something may leave for them.

    Args:
        on_spread: Called on a worker when an attempt may have put something elsewhere.
    """

    def __init__(
        self,
        courier: Courier,
        now: Callable[[], datetime],
        on_spread: Callable[[], None],
        *,
        threads: int = THREADS,
    ) -> None:
        self._courier = courier
        self._now = now
        self._on_spread = on_spread
        self._condition = Condition()
        self._moments: dict[Destination, datetime] = {}
        self._turn = 0
        self._turns: dict[Destination, int] = {}
        self._busy: set[Destination] = set()
        self._finished: set[Destination] = set()
        self._changed = True
        self._refreshing = False
        self._stopping = False
        self._rest_until_seconds = 0.0
        self._looked_at: datetime | None = None
        self._queue: SimpleQueue[Destination | None] = SimpleQueue()
        self._dispatcher = Thread(target=self._dispatch, name="dispatch", daemon=True)
        self._workers = [
            Thread(target=self._work, name=f"deliver-{number}", daemon=True)
            for number in range(threads)
        ]

    def start(self) -> None:
        self._courier.start(self._now())
        for thread in [self._dispatcher, *self._workers]:
            thread.start()

    def stop(self, timeout_seconds: float) -> None:
        """Let what is under way end and be recorded; begin nothing more."""
        end_seconds = time.monotonic() + timeout_seconds
        with self._condition:
            self._stopping = True
            self._condition.notify_all()
        for _ in self._workers:
            self._queue.put(None)
        for thread in [self._dispatcher, *self._workers]:
            thread.join(max(0.0, end_seconds - time.monotonic()))
        self._courier.stop()

    def look(self) -> None:
        """The outbox or the clock has changed."""
        with self._condition:
            if not self._changed:
                self._changed = True
                self._condition.notify_all()

    def is_worker(self) -> bool:
        return current_thread() in self._workers

    def deliver(self, destination: Destination) -> bool:
        """Do the next thing for a destination. Safe to run twice, anywhere.

        Returns:
            Whether other destinations may have got something.
        """
        now = self._now()
        moment: datetime | None = now + LONG_PAUSE
        spread = False
        try:
            done = self._courier.deliver_next(destination, now)
            spread = done == "spread"
            moment = self._courier.moment_of(destination)
            if done == "nothing" and moment is not None:
                moment = max(moment, now + PAUSE)
        except Exception:
            log.exception("delivery to a destination failed; it goes on in a while")
        finally:
            self._finish(destination, moment)
        return spread

    def idle(self) -> bool:
        """Whether nothing may leave now and nothing is under way."""
        with self._condition:
            if self._changed or self._refreshing or self._busy:
                return False
            now = self._now()
            return all(at > now for at in self._moments.values())

    def next_at(self, now: datetime) -> datetime | None:
        """The next moment after ``now`` from which something may leave."""
        with self._condition:
            return min((at for at in self._moments.values() if at > now), default=None)

    def _dispatch(self) -> None:
        while True:
            with self._condition:
                if self._stopping:
                    return
                if not self._may_refresh():
                    self._hand_out()
                    self._condition.wait(self._wait_seconds())
                    continue
                self._changed, self._refreshing = False, True
                self._finished.clear()
            self._refresh()

    def _may_refresh(self) -> bool:
        return self._changed and time.monotonic() >= self._rest_until_seconds

    def _refresh(self) -> None:
        """Look through the whole outbox; what workers touched meanwhile they know better."""
        # Not part of looking: the longer it waited the longer it would rest.
        self._courier.let_people_go_first()
        started_seconds = time.monotonic()
        agenda: dict[Destination, datetime] | None = None
        try:
            agenda = self._courier.agenda()
        except Exception:
            log.exception("the outbox could not be read")
        lasted_seconds = time.monotonic() - started_seconds
        with self._condition:
            self._refreshing = False
            if agenda is None:
                self._changed = True
                self._rest_until_seconds = time.monotonic() + PAUSE.total_seconds()
                return
            is_long = lasted_seconds > LONG_LOOK_SECONDS
            rest_seconds = lasted_seconds * (LONG_REST_FACTOR if is_long else REST_FACTOR)
            self._rest_until_seconds = time.monotonic() + rest_seconds
            known_better = self._busy | self._finished
            kept = {place: at for place, at in self._moments.items() if place in known_better}
            fresh = {place: at for place, at in agenda.items() if place not in known_better}
            self._moments = {**fresh, **kept}

    def _hand_out(self) -> None:
        if self._are_all_busy():
            return
        now = self._now()
        ready = (place for place, at in self._moments.items() if at <= now)
        free_workers = len(self._workers) - len(self._busy)
        # Whoever waited longest for a turn is next, so that a shared limit starves nobody.
        for destination in nsmallest(free_workers, ready, key=lambda one: self._turns.get(one, 0)):
            self._turn += 1
            self._turns[destination] = self._turn
            del self._moments[destination]
            self._busy.add(destination)
            self._queue.put(destination)

    def _are_all_busy(self) -> bool:
        return len(self._busy) >= len(self._workers)

    def _wait_seconds(self) -> float | None:
        """How long the dispatcher may sleep unless it is called; None for as long as it likes."""
        waits = []
        if self._changed:
            waits.append(self._rest_until_seconds - time.monotonic())
        now = self._now()
        # Where nobody is free, whoever comes back calls.
        moments = () if self._are_all_busy() else self._moments.values()
        later = min((at for at in moments if at > now), default=None)
        if later is not None:
            # A clock that stands still is not asked again and again; moving it calls us.
            stands_still = now == self._looked_at
            wait = LONGEST_SLEEP if stands_still else min(later - now, LONGEST_SLEEP)
            waits.append(wait.total_seconds())
        self._looked_at = now
        return max(min(waits), 0.0) if waits else None

    def _work(self) -> None:
        while (destination := self._queue.get()) is not None:
            if self.deliver(destination):
                self._on_spread()

    def _finish(self, destination: Destination, moment: datetime | None) -> None:
        with self._condition:
            self._busy.discard(destination)
            self._finished.add(destination)
            self._moments.pop(destination, None)
            if moment is not None:
                self._moments[destination] = moment
            self._condition.notify_all()
