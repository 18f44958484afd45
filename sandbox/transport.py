"""What goes to the app and what comes back, whichever way it travels."""

from dataclasses import dataclass, replace
from typing import Any, Literal, Protocol

from sandbox.ports import Json

EnvelopeType = Literal["events_api", "interactive", "slash_commands"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    type: EnvelopeType
    payload: Json
    accepts_response: bool = False
    retry_attempt: int = 0
    retry_reason: str = ""

    def retried(self, attempt: int, reason: str) -> "Envelope":
        return replace(self, retry_attempt=attempt, retry_reason=reason)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ack:
    """What the app answered.

    Attributes:
        reason: Why it did not ack, in Slack's words.
        cause: The same as a sentence for people, where more is known than that time ran out.
    """

    acked: bool
    body: Any = None
    reason: str = "timeout"
    cause: str = ""
    retry: bool = True


class Transport(Protocol):
    """Socket Mode or signed HTTP."""

    @property
    def connected(self) -> bool:
        """Whether there is an app that could hear something, as far as is known."""
        ...

    @property
    def seen(self) -> bool:
        """Whether an app was ever there."""
        ...

    async def ready(self) -> None:
        """Return when events may be sent; while no app is there they are kept."""
        ...

    async def send(self, envelope: Envelope) -> Ack:
        """Deliver once and wait for the ack, as long as its ``Patience`` says.

        Raises:
            NotConnected: No app is there.
        """
        ...

    async def drop(self) -> None:
        """Break all connections that the app holds."""
        ...

    async def close(self) -> None: ...
