"""What is asked for in the campaign: always the same, so that it can be asked again."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from data import Database, outbox
from domain.outgoing import Message
from tests.stores import MONDAY_NOON, TEAM

CHANNELS: Final = (
    "C0ACMEGLOB",
    "C0SECOND00",
    "C0THIRD000",
    "C0FOURTH00",
    "C0FIFTH000",
    "C0SIXTH000",
)
# Our ids and Slack's: the test makes up both.
PEOPLE: Final = {"p1": "U0MARIA0000", "p2": "U0JAMES0000"}
PLACES: Final = (*CHANNELS, *(f"person:{person}" for person in PEOPLE))


@dataclass(frozen=True, slots=True)
class Ask:
    """One message.

    Attributes:
        number: Counts from 0, over all places in turn.
    """

    number: int

    @property
    def key(self) -> str:
        return f"ask-{self.number:05}"

    @property
    def place(self) -> str:
        return PLACES[self.number % len(PLACES)]

    @property
    def thread_of(self) -> str | None:
        """Every fifth is a reply to the one before it in the same place."""
        earlier = self.number - len(PLACES)
        return (
            Ask(earlier).key if self.number % 5 == 4 and earlier >= 0 and earlier % 5 != 4 else None
        )

    @property
    def text(self) -> str:
        """What it says in the end: every seventh is drawn again after it was put."""
        return f"{self.key} again" if self.number % 7 == 3 else self.key

    def put(self, db: Database) -> None:
        message = Message(
            kind="post",
            place=self.place,
            payload={"text": self.key},
            audience="both",
            needs="nothing",
            thread_of=self.thread_of,
        )
        outbox.put(db, TEAM, None, self.key, message, now=MONDAY_NOON)
        if self.text != self.key:
            outbox.redraw(db, TEAM, None, self.key, {"text": self.text}, now=MONDAY_NOON)


def asks(up_to: int) -> Iterator[Ask]:
    return (Ask(number) for number in range(up_to))
