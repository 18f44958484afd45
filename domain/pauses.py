"""A rest for which each side asks by itself, and what can be wrong with asking."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Final, Literal

from domain.errors import TouchbaseError
from domain.partnerships import Pause
from domain.people import SIDES, Side, other_side

# Why nothing can be said in a channel.
Out = Literal["removed", "archived", "unshared"]

# A person who named no end: later than anything that is ever planned.
ENDLESS: Final = datetime(2199, 1, 1, tzinfo=UTC)


class EndIsPast(TouchbaseError):
    """The end that was asked for is past, or cannot be read."""

    field = "until"


class BotIsOut(TouchbaseError):
    """The partnership rests because nothing can be said in its channel."""

    def __init__(self, reason: Out) -> None:
        super().__init__(reason)
        self.reason = reason


def asked_by(pause: Pause | None, now: datetime) -> dict[Side, datetime]:
    """Until when each side wants the rest that holds; sides that want none are absent.

    Empty, too, where nobody wrote down who asked.
    """
    if pause is None or pause.reason != "asked" or not pause.holds(now):
        return {}
    ends = {side: _end(pause, side) for side in SIDES}
    return {side: end for side, end in ends.items() if end is not None and end > now}


def with_side(known: Pause | None, side: Side, until_at: datetime | None, now: datetime) -> Pause:
    """The rest once a side asks for it; what the other side asked for stays.

    Args:
        until_at: None: no end was named.
    """
    asked = asked_by(known, now) | {side: until_at or ENDLESS}
    return _until_both(asked, now)


def without_side(known: Pause, side: Side, now: datetime) -> Pause | None:
    """What is left of a rest once a side wants it no more; None: nothing."""
    asked = asked_by(known, now)
    left = {one: end for one, end in asked.items() if one != side}
    return _until_both(left, known.from_at) if left else None


def awaited_side(pause: Pause | None, side: Side, now: datetime) -> Side | None:
    """The other side, while the rest is its wish alone; louder takes both."""
    asked = asked_by(pause, now)
    return other_side(side) if set(asked) == {other_side(side)} else None


def _end(pause: Pause, side: Side) -> datetime | None:
    return pause.client_until if side == "client" else pause.vendor_until


def _until_both(asked: dict[Side, datetime], from_at: datetime) -> Pause:
    last = max(asked.values())
    pause = Pause(from_at=from_at, until_at=None if last == ENDLESS else last, reason="asked")
    return replace(pause, client_until=asked.get("client"), vendor_until=asked.get("vendor"))
