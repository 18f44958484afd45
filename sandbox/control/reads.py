"""What can be read: the world, views, calls, and the guide."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from sandbox.control.ask import Ask, ControlCall, invalid
from sandbox.errors import ControlRefused
from sandbox.ports import Json
from sandbox.walk import next_stop
from sandbox.world import world_listing


async def world(ask: Ask) -> Json:
    ws = ask.ws
    due = await next_stop(ws)
    return {
        "now": ws.now().isoformat(),
        "running": ws.clock.running,
        "next_due": due.isoformat() if due is not None else None,
        "connected": ws.transport.connected,
        **world_listing(ws.world),
    }


async def views(ask: Ask) -> Json:
    user = ask.user()
    home = ask.ws.surfaces.homes.get(user.id)
    return {
        "modals": [view.with_state() for view in ask.ws.surfaces.stack(user.id)],
        "home": home.with_state() if home is not None else None,
    }


async def calls(ask: Ask) -> Json:
    return {"calls": ask.ws.calls.after(int(ask.number("after", 0)))}


async def guide(ask: Ask) -> Json:
    if ask.ws.guide is None:
        raise ControlRefused("guide_not_found", "Nobody has written a guide for this world.")
    return dict(ask.ws.guide)


async def write_guide(ask: Ask) -> Json:
    """What the page shows on top: a title and steps to try; and as whom and where it opens.

    A step is a sentence, or ``{"text", "user"}``: the page then offers to become that person.
    ``empty`` stands in the channel as long as nothing has been said there.
    """
    steps = ask.args.get("steps", [])
    if not isinstance(steps, list):
        raise invalid("steps must be a list.")
    guide: Json = {"title": ask.text("title"), "steps": [_step(ask, one) for one in steps]}
    if ask.optional("empty") is not None:
        guide["empty"] = ask.text("empty")
    if ask.optional("user") is not None:
        guide["user"] = ask.user().id
    if ask.optional("channel") is not None:
        guide["channel"] = ask.channel().id
    ask.ws.guide = guide
    ask.ws.stream.tell("world")
    return {}


def _step(ask: Ask, step: object) -> str | Json:
    if isinstance(step, str):
        return step
    if not isinstance(step, dict):
        raise invalid("A step must be a sentence, or an object with text and user.")
    own = replace(ask, args=step)
    return {"text": own.text("text"), "user": own.user().id}


READS: Final[Mapping[str, ControlCall]] = {
    "world": world,
    "views": views,
    "calls": calls,
    "guide": guide,
}
CALLS: Final[Mapping[str, ControlCall]] = {"guide": write_guide}
