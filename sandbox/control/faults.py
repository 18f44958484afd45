"""Trouble on demand: faults are planned, listed and cleared."""

from collections.abc import Mapping
from typing import Final

from sandbox.control.ask import Ask, ControlCall, invalid
from sandbox.faults import Fault, is_fault
from sandbox.ports import Json
from sandbox.webapi.registry import METHODS

MOST_RETRY_AFTER_S: Final = 86_400


async def fault(ask: Ask) -> Json:
    if ask.args.get("clear"):
        ask.ws.faults.clear()
        ask.ws.pace.open_all()
        ask.ws.stream.tell("fault")
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
    if retry_after > MOST_RETRY_AFTER_S:
        raise invalid("retry_after must be at most a day, in seconds.")
    ask.ws.faults.plan(
        Fault(method=method, kind=kind, times=int(times), retry_after_s=int(retry_after))
    )
    ask.ws.stream.tell("fault")
    return {}


async def faults(ask: Ask) -> Json:
    """What is still to strike, which methods are closed, and which methods there are."""
    ws = ask.ws
    planned = [
        {
            "method": fault.method,
            "fault": fault.kind,
            "times": fault.times,
            "retry_after": fault.retry_after_s if fault.kind == "ratelimited" else None,
        }
        for fault in ws.faults.planned()
    ]
    closed = [
        {"method": method, "until": until.isoformat()}
        for method, until in ws.pace.closed(ws.now()).items()
    ]
    return {"faults": planned, "closed": closed, "methods": sorted(METHODS)}


READS: Final[Mapping[str, ControlCall]] = {"faults": faults}
CALLS: Final[Mapping[str, ControlCall]] = {"fault": fault}
