"""What is going on: envelopes that wait for an ack, API calls in flight, alarms to come."""

import asyncio
import heapq
import itertools
from datetime import datetime


class Activity:
    """Counts what is in flight and wakes those who wait for quiet. Lives on one event loop.

    ``last_s`` are the machine seconds at which an API call or an envelope last ended.
    """

    def __init__(self) -> None:
        self.envelopes = 0
        self.kept = 0
        self.calls = 0
        self.last_s = float("-inf")
        self._waiting: list[asyncio.Future[None]] = []

    @property
    def quiet(self) -> bool:
        """Whether no envelope waits for an ack and no API call runs."""
        return self.envelopes == 0 and self.calls == 0

    def began_call(self) -> None:
        self.calls += 1

    def ended_call(self) -> None:
        self.calls -= 1
        self.last_s = asyncio.get_running_loop().time()
        self.touch()

    def began_envelope(self) -> None:
        self.envelopes += 1

    def ended_envelope(self) -> None:
        self.envelopes -= 1
        self.last_s = asyncio.get_running_loop().time()
        self.touch()

    def quiet_for_s(self) -> float:
        """Machine seconds since the last API call or envelope ended; 0 while one is in flight."""
        return 0.0 if not self.quiet else asyncio.get_running_loop().time() - self.last_s

    def touch(self) -> None:
        waiting, self._waiting = self._waiting, []
        for future in waiting:
            if not future.done():
                future.set_result(None)

    async def changed(self, within_s: float) -> None:
        """Return at the next change, or after ``within_s`` machine seconds."""
        future = asyncio.get_running_loop().create_future()
        self._waiting.append(future)
        await asyncio.wait((future,), timeout=within_s)
        if not future.done():
            future.cancel()
            self._waiting.remove(future)


class Alarms:
    """Moments of the world's clock at which the sandbox itself has something to do."""

    def __init__(self) -> None:
        self._heap: list[tuple[datetime, int, asyncio.Future[None], str]] = []
        self._order = itertools.count()

    def at(self, moment: datetime, what: str) -> asyncio.Future[None]:
        """A future that is done once the world's clock has reached ``moment``.

        Args:
            what: A sentence for people who look at what is due.
        """
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._heap, (moment, next(self._order), future, what))
        return future

    def next_at(self) -> datetime | None:
        while self._heap and self._heap[0][2].done():
            heapq.heappop(self._heap)
        return self._heap[0][0] if self._heap else None

    def every(self) -> list[tuple[datetime, str]]:
        """All moments to come and what happens then, in no order."""
        return [(moment, what) for moment, _, future, what in self._heap if not future.done()]

    def clear(self) -> None:
        """Nothing happens any more."""
        for _, _, future, _ in self._heap:
            future.cancel()
        self._heap.clear()

    def ring(self, now: datetime) -> bool:
        """Wake everyone whose moment has come; False if there was nobody."""
        rang = False
        while self._heap and self._heap[0][0] <= now:
            future = heapq.heappop(self._heap)[2]
            if not future.done():
                future.set_result(None)
                rang = True
        return rang
