"""A message between the sides: who wrote when in which thread; its words are not read."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

from domain.people import Side
from domain.values import value

# Slack's marks on messages that people write all the same.
_WRITTEN_BY_PEOPLE: Final = frozenset({"", "thread_broadcast", "file_share", "me_message"})


@value
class Heard:
    """A message as Slack tells of it, without its words.

    Attributes:
        thread_ts: The root that it replies to; None at the top level.
        home_team: The writer's workspace; None where Slack does not say.
    """

    channel: str
    ts: str
    slack_id: str
    home_team: str | None = None
    thread_ts: str | None = None


@value
class Written:
    """That somebody of a side wrote, as it is kept. ``ts`` is Slack's id of the message."""

    channel: str
    ts: str
    person_id: str
    side: Side
    at: datetime
    thread_ts: str | None = None


def heard(message: Mapping[str, Any], channel: str) -> Heard | None:
    """A message that a person wrote; None for bots, edits, joins and other notices.

    Args:
        message: As in an event or in a channel's history.
    """
    subtype = str(message.get("subtype") or "")
    if subtype not in _WRITTEN_BY_PEOPLE or message.get("bot_id") or not message.get("user"):
        return None
    ts, thread_ts = str(message["ts"]), message.get("thread_ts")
    team = message.get("user_team") or message.get("team")
    return Heard(
        channel=channel,
        ts=ts,
        slack_id=str(message["user"]),
        home_team=str(team) if team else None,
        thread_ts=None if thread_ts in {None, "", ts} else str(thread_ts),
    )


def moment_of(ts: str) -> datetime:
    """When a message was posted: Slack's id of it starts with the epoch second."""
    seconds, _, fraction = ts.partition(".")
    return datetime.fromtimestamp(int(seconds), UTC).replace(microsecond=int(f"{fraction:0<6}"[:6]))


def stamp_of(moment: datetime) -> str:
    """A moment as Slack writes it."""
    return f"{int(moment.timestamp())}.{moment.microsecond:06d}"
