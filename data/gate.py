"""The gate that writers pass one at a time: people before all others, each kind in its order."""

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Lock
from typing import Final, Literal

Lane = Literal["people", "planning", "delivery"]
LANES: Final[tuple[Lane, ...]] = ("people", "planning", "delivery")


class Gate:
    """A fair lock with three lanes: planning and delivery take turns where nobody else waits.

    The lock of the database itself is not taken here.
    """

    def __init__(self) -> None:
        self._mutex = Lock()
        self._taken = False
        self._waiting: dict[Lane, deque[Event]] = {lane: deque() for lane in LANES}
        self._order = list(LANES)

    @contextmanager
    def passing(self, lane: Lane = "people") -> Iterator[None]:
        """Wait for the turn, and hold the gate for the length of the block.

        Args:
            lane: In that of people, everybody who waits in another one goes later.
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
            lane = next((lane for lane in self._order if self._waiting[lane]), None)
            if lane is None:
                self._taken = False
                return
            if lane != "people":
                self._order.remove(lane)
                self._order.append(lane)
            # The gate stays taken and is handed on, so that nobody slips in between.
            self._waiting[lane].popleft().set()
