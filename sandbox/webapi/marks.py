"""``reactions.*`` and ``pins.*``: what is marked on messages."""

from collections.abc import Mapping
from typing import Final

from sandbox.errors import Refused
from sandbox.marking import Reaction, is_emoji_name, mark_pin, mark_reaction
from sandbox.messages import Post
from sandbox.ports import Json
from sandbox.webapi.call import Call, Method
from sandbox.world import Channel

MOST_PINS: Final = 100  # Slack: too_many_pins


def _message(call: Call, channel: Channel, name: str) -> Post:
    post = call.ws.boards.of(channel.id).find(call.text(name, missing="no_item_specified"))
    if post is None or post.ephemeral_to is not None:
        raise Refused("message_not_found")
    return post


def add_reaction(call: Call) -> Json:
    return _reaction(call, add=True)


def remove_reaction(call: Call) -> Json:
    return _reaction(call, add=False)


def _reaction(call: Call, *, add: bool) -> Json:
    name = call.text("name", missing="invalid_name").strip(":")
    if not is_emoji_name(name):
        raise Refused("invalid_name")
    channel = call.joined_channel()
    if channel.archived:
        raise Refused("is_archived")
    post = _message(call, channel, "timestamp")
    reaction = Reaction(name=name, user=call.ws.world.bot, add=add)
    if not mark_reaction(call.ws, channel, post, reaction):
        raise Refused("already_reacted" if add else "no_reaction")
    return {}


def get_reactions(call: Call) -> Json:
    channel = call.joined_channel()
    post = _message(call, channel, "timestamp")
    return {"type": "message", "channel": channel.id, "message": post.body}


def add_pin(call: Call) -> Json:
    channel = call.joined_channel()
    if channel.archived:
        raise Refused("is_archived")
    post = _message(call, channel, "timestamp")
    if post.pinned:
        raise Refused("already_pinned")
    if len(call.ws.boards.of(channel.id).pinned()) >= MOST_PINS:
        raise Refused("too_many_pins")
    mark_pin(call.ws, channel, post, pinned=True)
    return {}


def remove_pin(call: Call) -> Json:
    channel = call.joined_channel()
    post = _message(call, channel, "timestamp")
    if not post.pinned:
        raise Refused("no_pin")
    mark_pin(call.ws, channel, post, pinned=False)
    return {}


def list_pins(call: Call) -> Json:
    channel = call.joined_channel()
    items = [
        {"type": "message", "channel": channel.id, "created_by": "", "message": post.body}
        for post in call.ws.boards.of(channel.id).pinned()
    ]
    return {"items": items}


METHODS: Final[Mapping[str, Method]] = {
    "reactions.add": Method(run=add_reaction, scopes=("reactions:write",), tier=3),
    "reactions.remove": Method(run=remove_reaction, scopes=("reactions:write",), tier=2),
    "reactions.get": Method(run=get_reactions, scopes=("reactions:read",), tier=3),
    "pins.add": Method(run=add_pin, scopes=("pins:write",), tier=2),
    "pins.remove": Method(run=remove_pin, scopes=("pins:write",), tier=2),
    "pins.list": Method(run=list_pins, scopes=("pins:read",), tier=2),
}
