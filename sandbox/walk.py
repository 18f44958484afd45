"""Moves the world's clock through everything that is due on the way, and waits for quiet."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from sandbox.errors import WalkStuck
from sandbox.workspace import Workspace

STUCK_AFTER_S: Final = 65.0  # nothing ended for longer than a call stays open
STOP_WITHIN_S: Final = 300.0  # how long one stop may take to settle, however much goes on
LOOK_AGAIN_S: Final = 0.001  # a companion cannot say that it became idle, so it is asked again
SHARE_OF_WAITING: Final = 0.2  # and the longer it takes the less often, to leave it the machine
QUIET_S: Final = 0.1
MOST_UNSEEN: Final = 20  # so many stops may go by until something shows
SOON: Final = timedelta(seconds=1.5)  # a paced post is at most a second away


async def walk(
    ws: Workspace, target: datetime, is_stopped: Callable[[], bool] = lambda: False
) -> bool:
    """Move to ``target``, stopping at every due moment until what is due there is settled.

    The clock stands still between the stops and runs on afterwards if it ran before.

    Args:
        is_stopped: Asked at each stop; once it is true the walk ends there.

    Returns:
        Whether the clock reached ``target``.

    Raises:
        WalkStuck: What is due at a stop was not settled in time.
    """
    ran, ws.clock.running = ws.clock.running, False
    try:
        stop = await _settle_stop(ws)
        while stop is not None and stop <= target:
            if is_stopped():
                return False
            _move(ws, stop)
            stop = await _settle_stop(ws)
        if is_stopped():
            return False
        _move(ws, target)
        await _settle_stop(ws)
        return True
    finally:
        ws.clock.running = ran


async def walk_to_news(
    ws: Workspace, target: datetime, is_stopped: Callable[[], bool] = lambda: False
) -> bool:
    """Move to ``target``, and on from stop to stop until a message appeared, changed or went.

    Returns:
        Whether nobody stopped it.

    Raises:
        WalkStuck: What is due at a stop was not settled in time.
    """
    before = ws.stream.shown.copy()
    for _ in range(MOST_UNSEEN):
        if not await walk(ws, target, is_stopped):
            return False
        due = await next_stop(ws)
        if due is None or ws.stream.shown - before:
            break
        target = max(due, ws.now())
    return True


async def next_stop(ws: Workspace) -> datetime | None:
    """The next moment at which the sandbox or its companion has something to do."""
    return _sooner(ws.alarms.next_at(), await _next_due(ws))


def _sooner(one: datetime | None, other: datetime | None) -> datetime | None:
    return min((moment for moment in (one, other) if moment is not None), default=None)


async def _next_due(ws: Workspace) -> datetime | None:
    # The companion may look into its database: not on the loop that its API calls need.
    return None if ws.companion is None else await asyncio.to_thread(ws.companion.next_due)


async def _idle(ws: Workspace) -> bool:
    return ws.companion is None or await asyncio.to_thread(ws.companion.idle)


def _move(ws: Workspace, to: datetime) -> None:
    if to > ws.now():
        ws.clock.move(to)
    ws.alarms.ring(ws.now())
    if ws.companion is not None:
        ws.companion.wake()
    ws.moved()


async def _settle_stop(ws: Workspace) -> datetime | None:
    """Wait until nothing more is to be done here, and return the next stop."""
    began_s = asyncio.get_running_loop().time()
    # An alarm that rang wakes its task only now.
    await asyncio.sleep(0)
    while True:
        settled, stop = await _settled(ws)
        if settled:
            return stop
        if _is_stuck(ws, began_s):
            raise WalkStuck(ws.now())
        waited_s = asyncio.get_running_loop().time() - began_s
        again_s = max(LOOK_AGAIN_S, waited_s * SHARE_OF_WAITING)
        await ws.activity.changed(again_s if ws.activity.quiet else 1.0)


def _is_stuck(ws: Workspace, began_s: float) -> bool:
    now_s = asyncio.get_running_loop().time()
    last_s = max(began_s, ws.activity.last_s)
    return now_s - last_s > STUCK_AFTER_S or now_s - began_s > STOP_WITHIN_S


async def _settled(ws: Workspace) -> tuple[bool, datetime | None]:
    """Whether nothing is to be done here, and if so the next stop."""
    if not ws.activity.quiet:
        return False, None
    is_idle, due = await _idle_until(ws)
    stop = _sooner(ws.alarms.next_at(), due)
    if not is_idle or (stop is not None and stop <= ws.now()):
        return False, None
    # It may have begun something while it was asked.
    return ws.activity.envelopes + ws.activity.calls == 0, stop


async def _idle_until(ws: Workspace) -> tuple[bool, datetime | None]:
    """Whether the companion is idle, and until when; both asked in one go off the loop."""
    companion = ws.companion
    if companion is None:
        return True, None

    def ask() -> tuple[bool, datetime | None]:
        return (True, companion.next_due()) if companion.idle() else (False, None)

    return await asyncio.to_thread(ask)


async def settle_until(ws: Workspace, timeout_s: float) -> bool:
    """Wait until nothing is going on and, while the clock runs, nothing is about to be."""
    deadline_s = asyncio.get_running_loop().time() + timeout_s
    while not await _is_calm(ws):
        left_s = deadline_s - asyncio.get_running_loop().time()
        if left_s <= 0:
            return False
        await asyncio.sleep(min(0.01, left_s))
    return True


async def _is_calm(ws: Workspace) -> bool:
    kept = ws.activity.kept and ws.transport.seen
    if kept or ws.activity.quiet_for_s() < QUIET_S or not await _idle(ws):
        return False
    if not ws.clock.running:
        return ws.activity.quiet
    due = await _next_due(ws)
    return ws.activity.quiet and (due is None or due > ws.now() + SOON)
