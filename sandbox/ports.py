"""What the sandbox is handed by whoever starts it: a clock, and perhaps a companion."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, Protocol

Json = dict[str, Any]


class Clock(Protocol):
    """The world's clock: it gives every ``ts``, pace and Retry-After window."""

    running: bool

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        ...

    def move(self, to: datetime) -> None:
        """Set the clock forward.

        Raises:
            ValueError: ``to`` lies before the present moment.
        """
        ...

    def begin_at(self, moment: datetime) -> None:
        """Set the clock to any moment, also an earlier one: another world begins."""
        ...


class Upcoming(Protocol):
    """Something that the companion will do.

    ``what`` is a sentence for people, ``where`` a channel's id or None.
    """

    @property
    def at(self) -> datetime: ...

    @property
    def what(self) -> str: ...

    @property
    def where(self) -> str | None: ...


class Companion(Protocol):
    """The bot when it lives in the same process and shares the clock."""

    def next_due(self) -> datetime | None:
        """The next moment at which anything is due or may leave; None when nothing is planned."""
        ...

    def idle(self) -> bool:
        """Whether nothing is due, may leave or is in flight at the clock's present moment."""
        ...

    def wake(self) -> None:
        """The clock was moved: look now."""
        ...

    def upcoming(self, limit: int) -> Sequence[Upcoming]:
        """What comes next, the soonest first, at most ``limit`` of it."""
        ...


class Keeper(Protocol):
    """Who runs the companion: can tell what it remembers, and begin it anew."""

    def memory(self) -> bytes | None:
        """What the companion remembers, as one file; None when it is not to be had.

        Raises:
            SandboxError: With a sentence why not.
        """
        ...

    def check(self, memory: bytes | None, team_id: str) -> None:
        """Refuse what it could not begin anew with; nothing is changed.

        Raises:
            SandboxError: With a sentence.
        """
        ...

    def begin_anew(self, memory: bytes | None, team_id: str, between: Callable[[], None]) -> None:
        """End the companion, and begin another one.

        Args:
            memory: What it is to remember; None: nothing.
            team_id: The team that it is to be installed in.
            between: Called when the old one has ended and the new one has not begun.

        Raises:
            SandboxError: With a sentence; nothing was ended.
        """
        ...
