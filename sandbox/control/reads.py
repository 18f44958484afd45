"""What can be read: the world, views and calls."""

from collections.abc import Mapping
from typing import Final

from sandbox.control.ask import Ask, ControlCall
from sandbox.ports import Json
from sandbox.walk import next_stop
from sandbox.world import world_listing


async def world(ask: Ask) -> Json:
    ws = ask.ws
    due = await next_stop(ws)
    listing = world_listing(ws.world)
    listing["app"] |= ws.manifest.listing()
    return {
        "now": ws.now().isoformat(),
        "running": ws.clock.running,
        "next_due": due.isoformat() if due is not None else None,
        "walking": ws.walking.locked() or ws.journeys.playing is not None,
        "walk": ws.journeys.listing(ws.now()),
        "connected": ws.transport.connected,
        **listing,
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


READS: Final[Mapping[str, ControlCall]] = {
    "world": world,
    "views": views,
    "calls": calls,
}
