"""The gate that writers pass one at a time: people before planning, else in order of arrival."""

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Lock


class Gate:
    """A fair lock with two lanes; the lock of the database itself is not taken here."""

    def __init__(self) -> None:
        self._mutex = Lock()
        self._taken = False
        self._people: deque[Event] = deque()
        self._planning: deque[Event] = deque()

    @contextmanager
    def passing(self, *, planning: bool = False) -> Iterator[None]:
        """Wait for the turn, and hold the gate for the length of the block.

        Args:
            planning: Let every waiting person go first.
        """
        self._enter(planning=planning)
        try:
            yield
        finally:
            self._leave()

    def _enter(self, *, planning: bool) -> None:
        with self._mutex:
            if not self._taken:
                self._taken = True
                return
            turn = Event()
            (self._planning if planning else self._people).append(turn)
        turn.wait()

    def _leave(self) -> None:
        with self._mutex:
            lane = self._people or self._planning
            if lane:
                # The gate stays taken and is handed on, so that nobody slips in between.
                lane.popleft().set()
            else:
                self._taken = False
