"""People use the app: commands, clicks, shortcuts and the Home tab."""

from collections.abc import Mapping
from typing import Any, Final

from sandbox.answers import say
from sandbox.control.ask import Ask, ControlCall, invalid
from sandbox.control.talk import answered
from sandbox.elements import NotChosen, Place
from sandbox.errors import ControlRefused, Refused
from sandbox.interactions import (
    Spot,
    action_of,
    click_payload,
    command_payload,
    global_shortcut_payload,
    message_shortcut_payload,
    pick,
    suggestion_payload,
    tell_app,
)
from sandbox.offers import EXTERNAL, offer_problems
from sandbox.ports import Json
from sandbox.posting import open_dm
from sandbox.world import Channel, User

_BUTTONS: Final = ("button", "workflow_button", "icon_button", "feedback_buttons")


async def command(ask: Ask) -> Json:
    user = ask.person()
    channel = ask.place(user)
    name = ask.text("command")
    _check_may_run(ask, user, ask.ws.manifest.runs(name), name)
    text = ask.with_mentions(ask.optional("text") or "", named=True)
    payload = command_payload(ask.ws, channel, user, (name, text))
    ack = await tell_app(ask.ws, "slash_commands", payload, answers=True)
    response = _as_message(ack.body)
    if response:
        _show(ask, channel, user, response)
    return {"response": response}


def _check_may_run(ask: Ask, user: User, known: bool, name: str) -> None:
    if ask.ws.world.is_outsider(user) or not known:
        raise ControlRefused("not_a_valid_command", f"{name} is not a valid command.")


def _as_message(body: Any) -> Json:
    if isinstance(body, str):
        return {"text": body} if body else {}
    return body if isinstance(body, dict) else {}


def _show(ask: Ask, channel: Channel, user: User, response: Json) -> None:
    if not any(response.get(key) for key in ("text", "blocks", "attachments")):
        return
    try:
        say(ask.ws, channel, user, response)
    except Refused as refusal:
        raise ControlRefused(
            refusal.error,
            f"The app's answer cannot be shown: {refusal.error}.",
            response=response,
            details=refusal.extra,
        ) from refusal


async def click(ask: Ask) -> Json:
    user = ask.person()
    spot = _spot(ask, user)
    place = _chosen_place(ask, spot)
    _fill_in(ask, user, spot)
    held = _held(ask, user, spot, place)
    payload = click_payload(ask.ws, user, spot, action_of(place, held))
    await tell_app(ask.ws, "interactive", payload)
    return {}


def _spot(ask: Ask, user: User) -> Spot:
    if ask.optional("view_id") is not None:
        return Spot(view=ask.view(user))
    channel = ask.place(user)
    return Spot(channel=channel, post=ask.post(channel, user))


def _chosen_place(ask: Ask, spot: Spot) -> Place:
    """The one element meant; ``block_id`` and ``value`` choose among equal action ids."""
    action_id = ask.text("action_id")
    block_id, value = ask.optional("block_id"), ask.args.get("value")
    found = [p for p in spot.places() if p.element["action_id"] == action_id]
    if block_id is not None:
        found = [p for p in found if p.block["block_id"] == block_id]
    if value is not None and any(p.element["type"] in _BUTTONS for p in found):
        found = [p for p in found if p.element.get("value") == value]
    if not found:
        raise ControlRefused("element_not_found", f"There is no {action_id} to press here.")
    if len(found) > 1:
        raise ControlRefused(
            "ambiguous_element",
            f"{action_id} stands here {len(found)} times: give block_id or value.",
        )
    return found[0]


def _fill_in(ask: Ask, user: User, spot: Spot) -> None:
    """Take over ``values``, what was typed beside the element; its form is that of ``submit``."""
    values = ask.args.get("values") or {}
    if not isinstance(values, dict) or not all(isinstance(v, dict) for v in values.values()):
        raise invalid("values must be {block_id: {action_id: value}}.")
    for place in spot.places():
        block_id, action_id = place.key
        if action_id in values.get(block_id, {}):
            _picked(ask, user, spot, place, values[block_id][action_id])


async def options(ask: Ask) -> Json:
    """What the app offers in an external select for what was typed as ``value``."""
    user = ask.person()
    spot = _spot(ask, user)
    place = _chosen_place(ask, spot)
    if place.element["type"] not in EXTERNAL:
        raise invalid(f"{place.element['action_id']} asks nobody for its options.")
    payload = suggestion_payload(ask.ws, user, spot, place, ask.optional("value") or "")
    ack = await tell_app(ask.ws, "interactive", payload, answers=True)
    problems = offer_problems(ack.body)
    if problems:
        said = f"{problems[0].pointer} {problems[0].message}".strip()
        raise ControlRefused("invalid_response", f"The app's answer cannot be used: {said}.")
    ask.ws.offers.keep(spot.surface, place, user.id, ack.body)
    return {key: ack.body[key] for key in ("options", "option_groups") if ack.body.get(key)}


def _held(ask: Ask, user: User, spot: Spot, place: Place) -> Json | None:
    if place.element["type"] in _BUTTONS:
        return None
    given = ask.args.get("selected", ask.args.get("value"))
    if "selected" not in ask.args and "value" not in ask.args:
        raise invalid(f"{place.element['action_id']} needs selected.")
    return _picked(ask, user, spot, place, given)


def _picked(ask: Ask, user: User, spot: Spot, place: Place, given: object) -> Json:
    try:
        return pick(ask.ws, user, spot, place, given)
    except NotChosen as error:
        raise ControlRefused(error.code, str(error)) from error


async def shortcut(ask: Ask) -> Json:
    """A message shortcut; without channel and ts a global one."""
    user = ask.person()
    callback_id = ask.text("callback_id")
    _check_may_run(ask, user, ask.ws.manifest.offers(callback_id), callback_id)
    if ask.optional("ts") is None:
        payload = global_shortcut_payload(ask.ws, user, callback_id)
    else:
        spot = _spot(ask, user)
        payload = message_shortcut_payload(ask.ws, user, spot, callback_id)
    await tell_app(ask.ws, "interactive", payload)
    return {}


async def home(ask: Ask) -> Json:
    """Open the Home tab."""
    user = ask.person()
    if not ask.ws.manifest.home_tab:
        raise ControlRefused("invalid_arguments", "The app has no Home tab.")
    event: Json = {
        "type": "app_home_opened",
        "user": user.id,
        "channel": open_dm(ask.ws, user).id,
        "tab": "home",
    }
    published = ask.ws.surfaces.homes.get(user.id)
    if published is not None:
        event["view"] = published.with_state()
    with ask.ws.events.gathered() as told:
        ask.ws.events.emit(event)
    return await answered(told)


CALLS: Final[Mapping[str, ControlCall]] = {
    "command": command,
    "click": click,
    "shortcut": shortcut,
    "home": home,
    "options": options,
}
