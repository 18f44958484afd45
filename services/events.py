"""What Slack told us of by itself, accepted once, in the transaction of its effect."""

from dataclasses import dataclass
from datetime import datetime

from data import Database, inbox


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
