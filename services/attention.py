"""People first: while somebody is being answered, work that nobody waits for stands back."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Final

# Who has just been answered often goes on: the next press comes within this time.
QUIET_SECONDS: Final = 0.01
# However many people ask, one piece of other work is done this often.
ONE_PIECE_EVERY_SECONDS: Final = 0.1
SHORTEST_WAIT_SECONDS: Final = 0.001


class Attention:
    """Who is being answered now; shared by all threads. It orders work, it never forbids it."""

    def __init__(
        self,
        machine_seconds: Callable[[], float] = time.monotonic,
        rest: Callable[[float], None] = time.sleep,
    ) -> None:
        """Begin with nobody asking; the machine's clock and its sleep can be given."""
        self._machine_seconds = machine_seconds
        self._rest = rest
        self._lock = Lock()
        self._asking = 0
        self._free_at_seconds = 0.0
        self._next_piece_at_seconds = 0.0

    @contextmanager
    def answering(self) -> Iterator[None]:
        """Somebody waits for an answer as long as the block runs."""
        with self._lock:
            now_seconds = self._machine_seconds()
            if not self._is_wanted(now_seconds):
                self._next_piece_at_seconds = now_seconds + ONE_PIECE_EVERY_SECONDS
            self._asking += 1
        try:
            yield
        finally:
            with self._lock:
                self._asking -= 1
                self._free_at_seconds = self._machine_seconds() + QUIET_SECONDS

    def stand_back(self) -> None:
        """Return when nobody is being answered, or when it is this caller's turn all the same."""
        while wait_seconds := self._wait_seconds(self._machine_seconds()):
            self._rest(wait_seconds)

    def _is_wanted(self, now_seconds: float) -> bool:
        return self._asking > 0 or now_seconds < self._free_at_seconds

    def _wait_seconds(self, now_seconds: float) -> float:
        """How long to wait before asking again; 0: go on, and if it was a turn it is taken."""
        with self._lock:
            if not self._is_wanted(now_seconds):
                return 0.0
            if now_seconds >= self._next_piece_at_seconds:
                self._next_piece_at_seconds = now_seconds + ONE_PIECE_EVERY_SECONDS
                return 0.0
            until_seconds = self._next_piece_at_seconds
            if self._asking == 0:
                until_seconds = min(until_seconds, self._free_at_seconds)
            return max(until_seconds - now_seconds, SHORTEST_WAIT_SECONDS)
