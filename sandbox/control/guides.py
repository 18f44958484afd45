"""The guide of a world: written once, read by every page, ticked by what people do."""

from collections.abc import Mapping
from typing import Final

from sandbox.control.ask import Ask, ControlCall
from sandbox.guide import FACTS
from sandbox.guide_reading import read_guide
from sandbox.ports import Json


async def guide(ask: Ask) -> Json:
    """What is written; no title where nobody has written one."""
    return {"title": None, "steps": []} if ask.ws.guide is None else ask.ws.guide.shown()


async def write_guide(ask: Ask) -> Json:
    """What the page shows on top: a title and steps to try; and as whom and where it opens.

    A step is a sentence, or ``{"text", "user"?, "until"?}``. ``until`` lists what has to happen
    for it to be done, in any order, after the steps before it: an act and what is true of it,
    such as ``{"act": "click", "user", "action_id"}``; with ``after`` only from that moment on,
    with ``before`` only until then, with ``then`` only when those before it are met; acts under
    ``or`` do as well; ``text`` is a pattern ("* by *").
    """
    ask.ws.guide = read_guide(ask.ws.world, ask.args)
    ask.ws.stream.tell("guide")
    return {}


def act_of(call: str, ask: Ask) -> tuple[str, Mapping[str, str]]:
    """Which act a control call is, and what is true of it; asked before it is done.

    People and places are given by their ids. Taking faults away is no fault.
    """
    act = "mend" if ask.args.get("clear") else call
    given = {name: ask.args[name] for name in FACTS if isinstance(ask.args.get(name), str)}
    return act, given | _ids(ask) | _form(ask)


def _ids(ask: Ask) -> dict[str, str]:
    world = ask.ws.world
    user = world.user_called(str(ask.args.get("user", "")))
    named = ask.args.get("channel")
    channel = world.channel_called(str(named))
    if named == world.app.user_id and user is not None:
        channel = world.dm_with(user)
    found = {"user": user, "channel": channel}
    return {name: one.id for name, one in found.items() if one is not None}


def _form(ask: Ask) -> dict[str, str]:
    view_id = ask.args.get("view_id")
    view = ask.ws.surfaces.find(view_id=view_id) if view_id else None
    return {} if view is None else {"callback_id": str(view.body["callback_id"])}


READS: Final[Mapping[str, ControlCall]] = {"guide": guide}
CALLS: Final[Mapping[str, ControlCall]] = {"guide": write_guide}
