"""Time and trouble: the clock, waiting until all is quiet, and faults."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from sandbox.control.ask import Ask, ControlCall, invalid
from sandbox.control.durations import read_duration, read_moment
from sandbox.errors import ControlRefused, WalkStuck
from sandbox.faults import Fault, is_fault
from sandbox.ports import Json
from sandbox.walk import settle_until, walk
from sandbox.webapi.registry import METHODS

MOST_SETTLE_S: Final = 600.0


async def clock(ask: Ask) -> Json:
    """Move the clock to ``now`` or by ``advance``, and set it running or not.

    The answer names the channels in which a message appeared, changed or went on the way.
    """
    ws = ask.ws
    running = ask.flag("running")
    given = [key for key in ("now", "advance") if ask.optional(key) is not None]
    if len(given) > 1 or (not given and running is None):
        raise invalid("Give now, or advance, or running.")
    async with ws.walking:
        before = ws.stream.shown.copy()
        if given:
            await _walk_to(ask, _target(ask))
        if running is not None:
            ws.clock.running = running
            if ws.companion is not None:
                ws.companion.wake()
    ws.moved()
    changed = sorted(ws.stream.shown - before)
    return {"now": ws.now().isoformat(), "running": ws.clock.running, "changed": changed}


def _target(ask: Ask) -> datetime:
    try:
        if ask.optional("now") is not None:
            return read_moment(ask.text("now"))
        return ask.ws.now() + read_duration(ask.text("advance"))
    except (ValueError, OverflowError) as error:
        raise invalid(f"{error}.") from error


async def _walk_to(ask: Ask, target: datetime) -> None:
    now = ask.ws.now()
    if target < now:
        raise ControlRefused(
            "clock_backwards", f"It is {now.isoformat()}: the clock never goes back."
        )
    try:
        await walk(ask.ws, target)
    except WalkStuck as error:
        raise ControlRefused("operation_timeout", str(error)) from error


async def settle(ask: Ask) -> Json:
    timeout_s = min(ask.number("timeout", 10), MOST_SETTLE_S)
    return {"settled": await settle_until(ask.ws, timeout_s)}


async def fault(ask: Ask) -> Json:
    if ask.args.get("clear"):
        ask.ws.faults.clear()
        ask.ws.pace.open_all()
        return {}
    kind, method = ask.text("fault"), ask.optional("method") or "*"
    if kind == "disconnect":
        await ask.ws.transport.drop()
        return {}
    if not is_fault(kind):
        raise invalid(f"There is no fault {kind}.")
    if method != "*" and method not in METHODS:
        raise invalid(f"There is no method {method}.")
    times, retry_after = ask.number("times", 1), ask.number("retry_after", 1)
    if times != int(times) or times < 1 or retry_after != int(retry_after):
        raise invalid("times and retry_after must be whole numbers, times at least 1.")
    ask.ws.faults.plan(
        Fault(method=method, kind=kind, times=int(times), retry_after_s=int(retry_after))
    )
    return {}


CALLS: Final[Mapping[str, ControlCall]] = {"clock": clock, "settle": settle, "fault": fault}
