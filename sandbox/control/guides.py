"""The guide of a world: written once, read by every page, ticked by what people do."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from sandbox.control.ask import Ask, ControlCall, invalid
from sandbox.control.durations import read_moment
from sandbox.errors import ControlRefused
from sandbox.guide import CLOCK, FACTS, Condition, Guide, Step
from sandbox.ports import Json

# What can be waited for: control calls by people, calls of the Web API, and the clock.
ACTS: Final = frozenset(
    "message edit delete reaction command click submit close shortcut home member seen fault"
    " call clock".split()
)


async def guide(ask: Ask) -> Json:
    if ask.ws.guide is None:
        raise ControlRefused("guide_not_found", "Nobody has written a guide for this world.")
    return ask.ws.guide.shown()


async def write_guide(ask: Ask) -> Json:
    """What the page shows on top: a title and steps to try; and as whom and where it opens.

    A step is a sentence, or ``{"text", "user"?, "until"?}``. ``until`` lists what has to happen
    for it to be done, in this order and after the steps before it: an act and what is true of
    it, such as ``{"act": "click", "user", "action_id"}``, or ``{"act": "clock", "after"}``.
    """
    ask.ws.guide = written(ask)
    ask.ws.stream.tell("guide")
    return {}


def written(ask: Ask) -> Guide:
    """The guide that the arguments describe.

    Raises:
        ControlRefused: What is wrong with it.
    """
    steps = ask.args.get("steps", [])
    if not isinstance(steps, list):
        raise invalid("steps must be a list.")
    return Guide(
        title=ask.text("title"),
        steps=tuple(_step(ask, one) for one in steps),
        user=ask.user().id if ask.optional("user") is not None else None,
        channel=ask.channel().id if ask.optional("channel") is not None else None,
        empty=ask.optional("empty"),
        ending=ask.optional("ending"),
    )


def _step(ask: Ask, step: object) -> Step:
    if isinstance(step, str):
        return Step(text=step)
    if not isinstance(step, dict):
        raise invalid("A step must be a sentence, or an object with text, user and until.")
    own = replace(ask, args=step)
    until = step.get("until", [])
    if not isinstance(until, list) or not all(isinstance(one, dict) for one in until):
        raise invalid("until must be a list of acts.")
    return Step(
        text=own.text("text"),
        user=own.user().id if own.optional("user") is not None else None,
        until=tuple(_condition(replace(ask, args=one)) for one in until),
    )


def _condition(ask: Ask) -> Condition:
    act = ask.text("act")
    if act not in ACTS:
        raise invalid(f"There is no act {act}; there are: {', '.join(sorted(ACTS))}.")
    wanted = {"after"} if act == CLOCK else FACTS
    strange = sorted(ask.args.keys() - wanted - {"act"})
    if strange:
        raise invalid(f"{act} has no {strange[0]} that could be waited for.")
    if act == CLOCK:
        return Condition(act=act, facts={}, after=_moment(ask.text("after")))
    facts = {name: ask.text(name) for name in ask.args if name != "act"}
    return Condition(act=act, facts=facts | _ids(ask, strict=True))


def _moment(text: str) -> datetime:
    try:
        return read_moment(text)
    except ValueError as error:
        raise invalid(f"{error}.") from error


def facts_of(ask: Ask) -> Mapping[str, str]:
    """What is true of a control call, people and places by their ids; asked before it is done."""
    given = {name: ask.args[name] for name in FACTS if isinstance(ask.args.get(name), str)}
    return given | _ids(ask, strict=False) | _form(ask, ask.args.get("view_id"))


def _ids(ask: Ask, *, strict: bool) -> dict[str, str]:
    """The ids of the person and place named; who is unknown is refused only if ``strict``."""
    found: dict[str, str] = {}
    world = ask.ws.world
    user = world.user_called(str(ask.args.get("user", "")))
    channel = world.channel_called(str(ask.args.get("channel", "")))
    if user is not None or (strict and "user" in ask.args):
        found["user"] = user.id if user is not None else ask.user().id
    if channel is None and user is not None and ask.args.get("channel") == world.app.user_id:
        channel = world.dm_with(user)
    if channel is not None or (strict and "channel" in ask.args):
        found["channel"] = channel.id if channel is not None else ask.channel().id
    return found


def _form(ask: Ask, view_id: Any) -> dict[str, str]:
    view = ask.ws.surfaces.find(view_id=view_id) if view_id else None
    return {} if view is None else {"callback_id": str(view.body["callback_id"])}


READS: Final[Mapping[str, ControlCall]] = {"guide": guide}
CALLS: Final[Mapping[str, ControlCall]] = {"guide": write_guide}
