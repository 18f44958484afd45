"""The gate that writers pass one at a time, people first; else in order of arrival."""

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Lock
from typing import Final, Literal

Lane = Literal["people", "planning", "delivery"]
# Whoever plans is one, and stands there again only after the next has passed: so both have turns.
ORDER: Final[tuple[Lane, ...]] = ("people", "planning", "delivery")


class Gate:
    """A fair lock with three lanes; the lock of the database itself is not taken here."""

    def __init__(self) -> None:
        self._mutex = Lock()
        self._taken = False
        self._waiting: dict[Lane, deque[Event]] = {lane: deque() for lane in ORDER}

    @contextmanager
    def passing(self, lane: Lane = "people") -> Iterator[None]:
        """Wait for the turn, and hold the gate for the length of the block.

        Args:
            lane: Whoever waits in one that comes before it goes first.
        """
        self._enter(lane)
        try:
            yield
        finally:
            self._leave()

    def _enter(self, lane: Lane) -> None:
        with self._mutex:
            if not self._taken:
                self._taken = True
                return
            turn = Event()
            self._waiting[lane].append(turn)
        turn.wait()

    def _leave(self) -> None:
        with self._mutex:
            first = next((self._waiting[lane] for lane in ORDER if self._waiting[lane]), None)
            if first is None:
                self._taken = False
            else:
                # The gate stays taken and is handed on, so that nobody slips in between.
                first.popleft().set()
