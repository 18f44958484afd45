"""Whether a message is to be tracked: the question to its author, asked once, and its answers."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from domain.deliverables import Source

Asked = Literal["asked", "taken_back", "no"]

# Slack: names of reactions; the second is the same pin with a round head.
PINS: Final = frozenset({"pushpin", "round_pushpin"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Pin:
    """A pin on a message. ``author``: Slack id of who wrote it; ``by``: of who pinned it."""

    channel: str
    ts: str
    author: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PinQuestion:
    """The question whether a message is to be tracked.

    Attributes:
        pinned_by: The person whose pin brought it.
        state: ``taken_back``: the pin was taken off before anybody answered.
    """

    team_id: str
    id: str
    partnership_id: str
    source: Source
    pinned_by: str
    author_id: str
    asked_at: datetime
    state: Asked = "asked"

    @property
    def key(self) -> str:
        """Of the post that asks."""
        return f"track-question/{self.id}"
