"""The only clock: the world's, and one that can be moved; nobody else asks what time it is."""

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta


class ClockBackwards(ValueError):
    """A clock was asked to go back.

    Attributes:
        now: The clock's present moment.
        to: The earlier moment it was asked for.
    """

    def __init__(self, now: datetime, to: datetime) -> None:
        super().__init__(
            f"The clock stands at {now.isoformat()} and cannot go back to {to.isoformat()}."
        )
        self.now = now
        self.to = to


class SystemClock:
    """The world's clock as this machine knows it."""

    def now(self) -> datetime:
        """The present moment, in UTC."""
        return datetime.now(UTC)


class MovableClock:
    """A clock that runs in real time until it is moved or stopped.

    It never goes back but for another world to begin.

    Safe to share between threads.

    Args:
        start_at: The aware moment it starts from; None means the present one.
        running: False to start standing still.
        machine_seconds: What real time it follows; it only ever grows.
    """

    def __init__(
        self,
        start_at: datetime | None = None,
        *,
        running: bool = True,
        machine_seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        self._machine_seconds = machine_seconds
        self._lock = threading.Lock()
        self._listeners: list[Callable[[], None]] = []
        self._running = running
        self._base_at = SystemClock().now() if start_at is None else _aware(start_at)
        self._base_seconds = machine_seconds()

    def now(self) -> datetime:
        """The clock's present moment, in UTC."""
        with self._lock:
            return self._now()

    def move(self, to: datetime) -> None:
        """Set the clock to ``to``, an aware moment, and wake who listens.

        Raises:
            ClockBackwards: ``to`` lies before the clock's present moment.
        """
        target_at = _aware(to)
        with self._lock:
            now = self._now()
            if target_at < now:
                raise ClockBackwards(now, target_at)
            self._set(target_at)
        self._tell()

    def begin_at(self, moment: datetime) -> None:
        """Set the clock to any aware moment, also an earlier one, and wake who listens.

        Only for a world in which nobody remembers a later moment.
        """
        with self._lock:
            self._set(_aware(moment))
        self._tell()

    @property
    def running(self) -> bool:
        """Whether the clock follows real time; if not, ``move`` alone advances it."""
        with self._lock:
            return self._running

    @running.setter
    def running(self, running: bool) -> None:
        with self._lock:
            if running == self._running:
                return
            self._set(self._now())
            self._running = running
        self._tell()

    def on_move(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Have ``listener`` called after each move, start and stop, on the thread that caused it.

        The clock's lock is not held then, so it may ask the clock; it should only wake somebody.

        Returns:
            What ends the listening; harmless to call twice.
        """
        with self._lock:
            self._listeners.append(listener)

        def stop_listening() -> None:
            with self._lock:
                if listener in self._listeners:
                    self._listeners.remove(listener)

        return stop_listening

    def _now(self) -> datetime:
        if not self._running:
            return self._base_at
        return self._base_at + timedelta(seconds=self._machine_seconds() - self._base_seconds)

    def _set(self, at: datetime) -> None:
        self._base_at = at
        self._base_seconds = self._machine_seconds()

    def _tell(self) -> None:
        with self._lock:
            listeners = tuple(self._listeners)
        for listener in listeners:
            listener()


def _aware(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError(f"A moment needs a zone, and {moment.isoformat()} has none.")
    return moment.astimezone(UTC)
