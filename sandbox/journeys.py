"""What pages are told of a clock that goes on: a move, or a stretch played event by event."""

import asyncio
from collections import deque
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from sandbox.ports import Json

MOST_LINES: Final = 100  # of what was said, the newest
MOST_WORDS: Final = 500  # characters of one message
GOING: Final = "going"


@dataclass(slots=True, kw_only=True)
class Move:
    """The clock on its way to a moment.

    ``state`` is ``going`` or ``stopping``.
    """

    from_at: datetime
    to_at: datetime
    kind: str = "move"
    state: str = GOING

    @property
    def goes_on(self) -> bool:
        return self.state in {GOING, "stopping"}

    def listing(self) -> Json:
        return {
            "kind": self.kind,
            "from": self.from_at.isoformat(),
            "to": self.to_at.isoformat(),
            "state": self.state,
        }


@dataclass(slots=True, kw_only=True)
class Play(Move):
    """A stretch of time that is played to its end or until somebody stops it.

    ``state`` ends as ``reached``, ``stopped`` or ``stuck``, and is ``past`` after the next move.
    ``number`` tells it from other plays.
    """

    number: int
    kind: str = "play"
    messages: int = 0
    places: set[str] = field(default_factory=set)
    lines: deque[Json] = field(default_factory=lambda: deque(maxlen=MOST_LINES))
    halted: asyncio.Event = field(default_factory=asyncio.Event)
    task: "asyncio.Task[None] | None" = None

    def say(self, line: Json) -> None:
        """Note what was said; the newest line stands first."""
        self.messages += 1
        self.places.add(line["channel"])
        self.lines.appendleft(line)

    def halt(self) -> None:
        """Let it end where it is, also in a pause."""
        if self.goes_on:
            self.state = "stopping"
        self.halted.set()


@dataclass(slots=True)
class Journeys:
    """The move that goes on, if one does, and the last play, which is remembered."""

    move: Move | None = None
    play: Play | None = None
    plays: int = 0

    @property
    def playing(self) -> Play | None:
        """The play that goes on."""
        return self.play if self.play is not None and self.play.goes_on else None

    def begin(self, move: Move) -> None:
        """Go on to somewhere: how the last play ended is no news any more."""
        self.move = move
        if self.play is not None and not self.play.goes_on:
            self.play.state = "past"

    def halt(self) -> None:
        if self.move is not None:
            self.move.state = "stopping"
        if self.play is not None:
            self.play.halt()

    def listing(self, now: datetime) -> Json | None:
        """What goes on, else the last play; None when there is neither."""
        shown = self.playing or self.move or self.play
        return None if shown is None else shown.listing() | {"at": now.isoformat()} | self._said()

    def _said(self) -> Json:
        play = self.play
        if play is None:
            return {"play": 0, "messages": 0, "places": 0, "said": []}
        return {
            "play": play.number,
            "messages": play.messages,
            "places": len(play.places),
            "said": list(play.lines),
        }
