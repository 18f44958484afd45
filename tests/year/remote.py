"""The companion of a sandbox whose bot lives in another process, dies there and is born again."""

import multiprocessing
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import count
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Lock
from typing import Final, Literal

from clock import MovableClock
from sandbox.ports import Upcoming
from tests.year import wire_bot
from tests.year.plans import Death
from tests.year.wire_bot import Birth

_PROCESSES: Final = multiprocessing.get_context("forkserver")
# What is loaded once is there in each life.
_PROCESSES.set_forkserver_preload([wire_bot.__name__])
_MINUTE: Final = timedelta(minutes=1)
_BORN_WITHIN_S: Final = 100


class Remote:
    """One bot at a time; what asks how far it is begins the next life when its time has come.

    Attributes:
        fate: The deaths to come, the next one first.
        down: From when until when nobody was there.
    """

    def __init__(self, clock: MovableClock, path: Path, url: str) -> None:
        self.fate: list[Death] = []
        self.down: list[tuple[datetime, datetime]] = []
        self._clock, self._path, self._url = clock, path, url
        self._lock = Lock()
        self._lives = count()
        self._parent: Connection | None = None
        self._known: datetime | Literal["busy"] | None = None

    def begin(self) -> None:
        """Begin a life; it may end before it has begun."""
        parent, child = _PROCESSES.Pipe()
        death = self.fate[0] if self.fate else None
        birth = Birth(
            number=next(self._lives),
            path=self._path,
            url=self._url,
            now=self._clock.now(),
            death=death,
        )
        process = _PROCESSES.Process(target=wire_bot.live, args=(child, birth), daemon=True)
        process.start()
        child.close()
        self._process, self._parent = process, parent
        try:
            assert parent.poll(_BORN_WITHIN_S), "the bot did not begin"
            parent.recv()
        except EOFError:
            self._died()

    def end(self) -> None:
        """Stop whoever lives."""
        with self._lock:
            if self._parent is not None:
                self._parent.send(None)
                self._process.join(_BORN_WITHIN_S)
                self._parent.close()
                self._parent = None

    def kill(self, minutes: int) -> None:
        """End a life between two things that it does, for so long; one that ended stays so."""
        with self._lock:
            if self._parent is not None:
                self._process.kill()
                self.fate.insert(0, Death(writes=0, after_commit=False, minutes=minutes))
                self._died()

    def is_gone(self) -> bool:
        with self._lock:
            self._ask()
            return self._parent is None

    @property
    def born_again_at(self) -> datetime:
        return self.down[-1][1]

    def next_due(self) -> datetime | None:
        with self._lock:
            self._ask()
            if self._parent is None:
                return self.born_again_at
            return self._known if isinstance(self._known, datetime) else None

    def idle(self) -> bool:
        with self._lock:
            self._ask()
            if self._parent is None and self._clock.now() >= self.born_again_at:
                self.begin()
                return False
            return self._parent is None or self._known != "busy"

    def wake(self) -> None:
        with self._lock:
            self._ask()

    def upcoming(self, limit: int) -> Sequence[Upcoming]:
        del limit
        return ()

    def _ask(self) -> None:
        if self._parent is None:
            return
        try:
            self._parent.send(self._clock.now())
            self._known = self._parent.recv()
        except (EOFError, OSError):
            self._died()

    def _died(self) -> None:
        self._process.join()
        assert self._parent is not None
        self._parent.close()
        self._parent = None
        now, death = self._clock.now(), self.fate.pop(0)
        self.down.append((now, now + death.minutes * _MINUTE))
