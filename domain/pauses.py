"""What can be wrong with a rest that somebody asks for."""

from datetime import UTC, datetime
from typing import Final

from domain.errors import TouchbaseError
from domain.partnerships import PauseReason

# A person who named no end: later than anything that is ever planned.
ENDLESS: Final = datetime(2199, 1, 1, tzinfo=UTC)


class EndIsPast(TouchbaseError):
    """The end that was asked for is past, or cannot be read."""

    field = "until"


class BotIsOut(TouchbaseError):
    """The partnership rests because nothing can be said in its channel."""

    def __init__(self, reason: PauseReason) -> None:
        super().__init__(reason)
        self.reason = reason
