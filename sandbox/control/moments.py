"""Time: the clock, and waiting until all is quiet."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from sandbox.control.ask import Ask, ControlCall, invalid
from sandbox.control.durations import read_duration, read_moment
from sandbox.errors import ControlRefused, WalkStuck
from sandbox.ports import Json
from sandbox.walk import settle_until, walk

MOST_SETTLE_S: Final = 600.0
_MOVES: Final = ("now", "advance")


async def clock(ask: Ask) -> Json:
    """Move the clock to ``now`` or by ``advance``, and set it running or not.

    ``stop`` ends the moves that are going on or waiting; each has reached a due moment by then,
    and what is due there is settled. The answer names the channels in which a message appeared,
    changed or went on the way, and says whether the move was stopped.
    """
    ws = ask.ws
    running, wish = ask.flag("running"), _wish(ask)
    if wish == "stop":
        ws.stops += 1
    stops = ws.stops
    async with ws.walking:
        before = ws.stream.shown.copy()
        stopped = wish in _MOVES and not await _walk_to(ask, _target(ask), stops)
        if running is not None:
            ws.clock.running = running
            if ws.companion is not None:
                ws.companion.wake()
    ws.moved()
    return {
        "now": ws.now().isoformat(),
        "running": ws.clock.running,
        "changed": sorted(ws.stream.shown - before),
        "stopped": stopped,
    }


def _wish(ask: Ask) -> str:
    """What is wished of the clock beside ``running``, at most one thing; empty for none."""
    given = [key for key in _MOVES if ask.optional(key) is not None]
    given += ["stop"] if ask.flag("stop") else []
    if len(given) > 1 or (not given and ask.flag("running") is None):
        raise invalid("Give now, or advance, or stop, or running.")
    return given[0] if given else ""


def _target(ask: Ask) -> datetime:
    try:
        if ask.optional("now") is not None:
            return read_moment(ask.text("now"))
        return ask.ws.now() + read_duration(ask.text("advance"))
    except (ValueError, OverflowError) as error:
        raise invalid(f"{error}.") from error


async def _walk_to(ask: Ask, target: datetime, stops: int) -> bool:
    """Walk there; False if somebody stopped the walk, or did so while it waited for its turn."""
    ws = ask.ws
    now = ws.now()
    if target < now:
        raise ControlRefused(
            "clock_backwards", f"It is {now.isoformat()}: the clock never goes back."
        )
    ws.stream.tell("clock")
    try:
        return await walk(ws, target, lambda: ws.stops > stops)
    except WalkStuck as error:
        raise ControlRefused("operation_timeout", str(error)) from error


async def settle(ask: Ask) -> Json:
    timeout_s = min(ask.number("timeout", 10), MOST_SETTLE_S)
    return {"settled": await settle_until(ask.ws, timeout_s)}


CALLS: Final[Mapping[str, ControlCall]] = {"clock": clock, "settle": settle}
