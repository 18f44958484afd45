"""Reads a guide as somebody wrote it down, people and places by name or id, and writes one out."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Final

from sandbox.control.durations import read_moment
from sandbox.errors import ControlRefused
from sandbox.guide import CLOCK, FACTS, Condition, Guide, Step
from sandbox.ports import Json
from sandbox.world import World

# What can be waited for: control calls by people, calls of the Web API, and the clock.
ACTS: Final = frozenset(
    "message edit delete reaction command click submit close shortcut home member seen fault"
    " call clock".split()
)
NO_FACTS: Final = frozenset("act after before then or".split())
Given = Mapping[str, Any]


def read_guide(world: World, given: Given) -> Guide:
    """The guide that ``given`` describes.

    Raises:
        ControlRefused: What is wrong with it.
    """
    steps = given.get("steps", [])
    if not isinstance(steps, list):
        raise _invalid("steps must be a list.", "steps")
    guide = Guide(
        title=_text(given, "title"),
        steps=tuple(_step(world, one, f"steps[{n}]") for n, one in enumerate(steps)),
        user=_user(world, given),
        channel=_channel(world, given),
        empty=_optional(given, "empty"),
        ending=_optional(given, "ending"),
    )
    done = given.get("done", 0)
    if isinstance(done, bool) or not isinstance(done, int) or not 0 <= done <= guide.ticks:
        raise _invalid("done must be how many steps are done.", "done")
    guide.done = done
    return guide


def guide_file(guide: Guide) -> Json:
    """The guide as ``read_guide`` reads it; of the present step nothing is kept."""
    steps = [_given(text=one.text, user=one.user) | _until(one) for one in guide.steps]
    return {**guide.heading(), "steps": steps, "done": guide.done}


def _until(step: Step) -> Json:
    return {"until": [_condition_file(one) for one in step.until]} if step.until else {}


def _condition_file(one: Condition) -> Json:
    after = None if one.after is None else one.after.isoformat()
    before = None if one.before is None else one.before.isoformat()
    instead = [_condition_file(other) for other in one.instead]
    given = _given(act=one.act, after=after, before=before, **one.facts)
    return given | ({"then": True} if one.then else {}) | ({"or": instead} if instead else {})


def _given(**values: str | None) -> Json:
    return {name: value for name, value in values.items() if value is not None}


@contextmanager
def _within(place: str) -> Iterator[None]:
    """Let what is refused inside be known by its whole path."""
    try:
        yield
    except ControlRefused as refusal:
        inner = refusal.extra.get("key", "")
        key = f"{place}.{inner}" if inner else place
        raise ControlRefused(refusal.error, refusal.message, key=key) from refusal


def _step(world: World, step: object, key: str) -> Step:
    if isinstance(step, str):
        return Step(text=step)
    with _within(key):
        if not isinstance(step, dict):
            raise _invalid("A step must be a sentence, or an object with text, user and until.")
        return Step(
            text=_text(step, "text"),
            user=_user(world, step),
            until=_conditions(world, step, "until"),
        )


def _conditions(world: World, given: Given, name: str) -> tuple[Condition, ...]:
    found = given.get(name, [])
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise _invalid(f"{name} must be a list of acts.", name)
    return tuple(_condition(world, one, f"{name}[{n}]") for n, one in enumerate(found))


def _condition(world: World, given: Given, key: str) -> Condition:
    with _within(key):
        return _read_condition(world, given)


def _read_condition(world: World, given: Given) -> Condition:
    act = _text(given, "act")
    if act not in ACTS:
        raise _invalid(f"There is no act {act}; there are: {', '.join(sorted(ACTS))}.", "act")
    facts = {n: _optional(given, n) or "" for n in given if n not in NO_FACTS}
    strange = sorted(facts if act == CLOCK else facts.keys() - FACTS)
    if strange:
        raise _invalid(f"{act} has no {strange[0]} that could be waited for.", strange[0])
    facts |= _given(user=_user(world, given), channel=_channel(world, given))
    after = _moment(given, "after", needed=act == CLOCK)
    then = given.get("then", False)
    if not isinstance(then, bool):
        raise _invalid("then must be true or false.", "then")
    return Condition(
        act=act,
        facts=facts,
        after=after,
        before=_moment(given, "before"),
        then=then,
        instead=_conditions(world, given, "or"),
    )


def _moment(given: Given, name: str, *, needed: bool = False) -> datetime | None:
    if not needed and name not in given:
        return None
    try:
        return read_moment(_text(given, name))
    except ValueError as error:
        raise _invalid(f"{error}.", name) from error


def _user(world: World, given: Given) -> str | None:
    name = _optional(given, "user")
    user = None if name is None else world.user_called(name)
    if name is not None and user is None:
        raise ControlRefused("user_not_found", f"There is no user {name}.", key="user")
    return None if user is None else user.id


def _channel(world: World, given: Given) -> str | None:
    name = _optional(given, "channel")
    channel = None if name is None else world.channel_called(name)
    if name is not None and channel is None:
        raise ControlRefused("channel_not_found", f"There is no channel {name}.", key="channel")
    return None if channel is None else channel.id


def _text(given: Given, name: str) -> str:
    value = _optional(given, name)
    if value is None:
        raise _invalid(f"{name} is missing.", name)
    return value


def _optional(given: Given, name: str) -> str | None:
    value = given.get(name)
    if value is not None and not isinstance(value, str):
        raise _invalid(f"{name} must be a string.", name)
    return value or None


def _invalid(message: str, key: str = "") -> ControlRefused:
    """A refusal; ``key`` is where in the guide, as far as is known here."""
    return ControlRefused("invalid_arguments", message, **({"key": key} if key else {}))
