"""Time: the clock, and waiting until all is quiet."""

import asyncio
from collections.abc import Mapping
from datetime import datetime
from typing import Final

from sandbox.control.ask import Ask, ControlCall, invalid
from sandbox.control.durations import read_duration, read_moment
from sandbox.errors import ControlRefused, WalkStuck
from sandbox.journeys import Move
from sandbox.playing import begin_play
from sandbox.ports import Json
from sandbox.stamps import LAST_MOMENT
from sandbox.walk import next_stop, settle_until, walk, walk_to_news
from sandbox.workspace import Workspace

MOST_SETTLE_S: Final = 600.0
MOST_PAUSE_S: Final = 60.0
_MOMENTS: Final = ("now", "advance")
_WISHES: Final = (*_MOMENTS, "play")
_FLAGS: Final = ("stop", "next")


async def clock(ask: Ask) -> Json:
    """Move the clock, play a stretch of time, stop what goes on, or set the clock running or not.

    ``now`` and ``advance`` move it to a moment or by a length, ``next`` on to the next stop at
    which a message shows; the answer names the channels in which one appeared, changed or went on
    the way, and says whether the move was stopped. ``play`` answers at once and goes on by itself.
    ``stop`` ends the moves that are going on or waiting, and a play also in its pause; each has
    reached a due moment by then, and what is due there is settled.
    """
    ws = ask.ws
    running, wish = ask.flag("running"), _wish(ask)
    if wish == "stop":
        await _stop(ws)
    if wish == "play":
        _play(ask)
    stops = ws.stops
    async with ws.walking:
        before = ws.stream.shown.copy()
        stopped = wish in {*_MOMENTS, "next"} and not await _go(ask, wish, stops)
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
    given = [key for key in _WISHES if ask.optional(key) is not None]
    given += [key for key in _FLAGS if ask.flag(key)]
    if len(given) > 1 or (not given and ask.flag("running") is None):
        raise invalid("Give now, or advance, or next, or play, or stop, or running.")
    return given[0] if given else ""


def _read(ask: Ask, name: str) -> datetime:
    """A moment as it stands there, or the one that lies a length of time ahead."""
    text = ask.text(name)
    is_length = name == "advance" or (name == "play" and text.startswith("P"))
    try:
        moment = ask.ws.now() + read_duration(text) if is_length else read_moment(text)
    except (ValueError, OverflowError) as error:
        raise invalid(f"{error}.") from error
    if moment > LAST_MOMENT:
        raise invalid(f"The clock goes no further than {LAST_MOMENT.year}.")
    return moment


async def _stop(ws: Workspace) -> None:
    playing = ws.journeys.playing
    ws.stop_walks()
    if playing is not None and playing.task is not None:
        ws.moved()
        await asyncio.wait((playing.task,))


def _play(ask: Ask) -> None:
    ws = ask.ws
    target, pause_s = _read(ask, "play"), min(ask.number("pause_s", 1), MOST_PAUSE_S)
    _refuse_the_past(ws, target)
    if ws.journeys.playing is not None:
        raise ControlRefused("already_playing", "A stretch of time is being played: stop it first.")
    begin_play(ws, target, pause_s)


async def _go(ask: Ask, wish: str, stops: int) -> bool:
    """Go there; False if somebody stopped the move, or did so while it waited for its turn."""
    ws = ask.ws
    to_news = wish == "next"
    target = await _next(ws) if to_news else _read(ask, wish)
    _refuse_the_past(ws, target)
    ws.journeys.begin(Move(from_at=ws.now(), to_at=target))
    ws.stream.tell("clock")
    try:
        return await (walk_to_news if to_news else walk)(ws, target, lambda: ws.stops > stops)
    except WalkStuck as error:
        raise ControlRefused("operation_timeout", str(error)) from error
    finally:
        ws.journeys.move = None


async def _next(ws: Workspace) -> datetime:
    due = await next_stop(ws)
    return ws.now() if due is None else max(due, ws.now())


def _refuse_the_past(ws: Workspace, target: datetime) -> None:
    if target < ws.now():
        raise ControlRefused(
            "clock_backwards", f"It is {ws.now().isoformat()}: the clock never goes back."
        )


async def settle(ask: Ask) -> Json:
    timeout_s = min(ask.number("timeout", 10), MOST_SETTLE_S)
    return {"settled": await settle_until(ask.ws, timeout_s)}


CALLS: Final[Mapping[str, ControlCall]] = {"clock": clock, "settle": settle}
