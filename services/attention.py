"""People first: while somebody is being answered, work that nobody waits for stands back."""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from math import exp2, inf
from threading import Lock, RLock
from typing import Final, Literal

Work = Literal["planning", "delivery"]

# Who has just been answered often goes on: the next press comes within this time.
QUIET_SECONDS: Final = 0.01
# The longest turn of planning, which one thread does; a delivery is a turn of its own.
TURN_SECONDS: Final[Mapping[Work, float]] = {"planning": 0.008, "delivery": 0.0}
# However many people ask, other work has a turn this often, at first.
BETWEEN_TURNS_SECONDS: Final = 0.1
# As many waiting is what a morning or a week off brings, and no few presses.
MANY: Final = 50
# When none of a kind asked to go on for so long, all that there was is done.
DONE_AFTER_SECONDS: Final = 0.25
SHORTEST_WAIT_SECONDS: Final = 0.001


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How work that is not done gets more turns.

    Attributes:
        halved_every_seconds: So often the time between its turns is halved, the longer it lasts.
        most: So many times at most.
    """

    halved_every_seconds: float
    most: int


USUAL: Final = Pace(halved_every_seconds=1.0, most=3)
# In the end it stands back hardly longer than to let people write.
BEHIND: Final = Pace(halved_every_seconds=0.25, most=5)
# While much is to be planned, which is what people wait for when both are late, delivery stays at
# its first pace.
BESIDE_PLANNING: Final = Pace(halved_every_seconds=1.0, most=0)


@dataclass(slots=True, kw_only=True)
class _Lane:
    """Where one kind of work stands; in seconds of the machine's clock."""

    work: Work
    pace: Pace = USUAL
    # Held by who looks whether it may go on; the others sleep until it does, and cost nothing.
    looking: RLock = field(default_factory=RLock)
    next_turn_at: float = 0.0
    turn_ends_at: float = -inf
    undone_since: float = 0.0
    seen_at: float = -inf

    def see(self, now: float, late_seconds: float) -> None:
        """Some of it wants to go on."""
        if self.is_done(now):
            self.undone_since = now
        # A machine that stood still for a moment has done nothing.
        self.undone_since = min(self.undone_since, now - late_seconds)
        self.seen_at = now

    def take_turn(self, now: float) -> None:
        """One piece at first; the longer there has been something to do, the longer."""
        grown = self._halvings(now) / max(self.pace.most, 1)
        self.turn_ends_at = now + TURN_SECONDS[self.work] * grown
        self.next_turn_at = self.turn_ends_at + self.between_turns(now)

    def between_turns(self, now: float) -> float:
        return BETWEEN_TURNS_SECONDS / exp2(self._halvings(now))

    def is_done(self, now: float) -> bool:
        return now > self.seen_at + DONE_AFTER_SECONDS

    def _halvings(self, now: float) -> float:
        if self.is_done(now):
            return 0.0
        return min((now - self.undone_since) / self.pace.halved_every_seconds, self.pace.most)


class Attention:
    """Who is being answered now; shared by all threads. It orders work, it never forbids it.

    Attributes:
        machine_seconds: The machine's clock, by which work is measured; not the world's time.
    """

    def __init__(
        self,
        machine_seconds: Callable[[], float] = time.monotonic,
        rest: Callable[[float], None] = time.sleep,
    ) -> None:
        """Begin with nobody asking; the machine's clock and its sleep can be given."""
        self.machine_seconds = machine_seconds
        self._rest = rest
        self._lock = Lock()
        self._asking = 0
        self._answered_at = -inf
        self._lanes = {work: _Lane(work=work) for work in TURN_SECONDS}

    @contextmanager
    def answering(self) -> Iterator[None]:
        """Somebody waits for an answer as long as the block runs."""
        with self._lock:
            now = self.machine_seconds()
            for lane in self._lanes.values():
                if self._wanted_until(lane, now) <= now:
                    lane.next_turn_at = now + lane.between_turns(now)
            self._asking += 1
        try:
            yield
        finally:
            with self._lock:
                self._asking -= 1
                self._answered_at = self.machine_seconds()

    def stand_back(self, work: Work, late_seconds: float = 0.0, *, waiting: int = 0) -> None:
        """Return when nobody is being answered, or when it is this caller's turn all the same.

        Args:
            late_seconds: How late it is already: so long it counts as not done.
            waiting: How many pieces wait; from ``MANY`` on they get more turns.
        """
        lane = self._lanes[work]
        with lane.looking:
            usual = BEHIND if waiting >= MANY else USUAL
            while wait_seconds := self._wait_seconds(lane, usual, late_seconds):
                self._rest(wait_seconds)

    def may_go_on(self, work: Work) -> bool:
        """Whether what was begun may go on: nobody is being answered, or its turn still lasts."""
        with self._lock:
            now = self.machine_seconds()
            lane = self._lanes[work]
            return now >= self._wanted_until(lane, now) or now < lane.turn_ends_at

    def _wanted_until(self, lane: _Lane, now: float) -> float:
        """Until when people go first; without end while somebody is being answered."""
        if self._asking:
            return inf
        beside = self._is_beside_planning(lane, now)
        return self._answered_at + (BETWEEN_TURNS_SECONDS if beside else QUIET_SECONDS)

    def _is_beside_planning(self, lane: _Lane, now: float) -> bool:
        planning = self._lanes["planning"]
        is_behind = planning.pace is BEHIND and not planning.is_done(now)
        return lane.work == "delivery" and is_behind

    def _wait_seconds(self, lane: _Lane, usual: Pace, late_seconds: float) -> float:
        """How long to wait before asking again; 0: go on, and if it was a turn it is taken."""
        with self._lock:
            now = self.machine_seconds()
            lane.see(now, late_seconds)
            lane.pace = BESIDE_PLANNING if self._is_beside_planning(lane, now) else usual
            wanted_until = self._wanted_until(lane, now)
            if now >= wanted_until or now < lane.turn_ends_at:
                return 0.0
            if now >= lane.next_turn_at:
                lane.take_turn(now)
                return 0.0
            # Nobody says that the last answer is given, so it is looked again.
            wanted_until = min(wanted_until, now + QUIET_SECONDS)
            return max(min(lane.next_turn_at, wanted_until) - now, SHORTEST_WAIT_SECONDS)
