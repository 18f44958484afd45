"""What Slack told us of by itself, accepted once, in the transaction of its effect."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from data import Database, inbox

_WORDS: Final = "words"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One event.

    Attributes:
        event_id: The same when Slack tells of it again.
        kind: Slack's type of the event.
        at: When we heard of it.
        bot_user: Slack id of our own user; empty where Slack does not say.
    """

    team_id: str
    event_id: str
    kind: str
    at: datetime
    bot_user: str = ""


def is_new(db: Database, told: Told) -> bool:
    """Note an event in the transaction of its effect; False when it was seen before."""
    return inbox.accept(db, told.team_id, told.event_id, told.kind, told.at)


def is_said_anew(db: Database, team_id: str, fact: str, now: datetime) -> bool:
    """Note words said to us in the transaction of their effect; False when they were seen before.

    Args:
        fact: The id of the event that brought them, or of the question that a press answered.
    """
    return inbox.accept(db, team_id, fact, _WORDS, now)
