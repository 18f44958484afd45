"""Reactions and pins come and go, with what Slack tells the app about it."""

import re
from dataclasses import dataclass
from typing import Final

from sandbox.messages import Post, react, unreact
from sandbox.shapes import outsider_fields
from sandbox.workspace import Workspace
from sandbox.world import Channel, User

_EMOJI: Final = re.compile(r"[a-z0-9_+'-]+(::skin-tone-[2-6])?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reaction:
    name: str
    user: User
    add: bool = True


def is_emoji_name(name: str) -> bool:
    """Whether an emoji can have this name; which ones a workspace has is not known here."""
    return _EMOJI.fullmatch(name) is not None


def mark_reaction(ws: Workspace, channel: Channel, post: Post, reaction: Reaction) -> bool:
    """Add or take away a reaction; False if nothing changed."""
    user = reaction.user
    mark = react if reaction.add else unreact
    if not mark(post, reaction.name, user.id):
        return False
    event = {
        "type": "reaction_added" if reaction.add else "reaction_removed",
        "user": user.id,
        "reaction": reaction.name,
        "item_user": post.body.get("user", ""),
        "item": {"type": "message", "channel": channel.id, "ts": post.ts},
        **outsider_fields(ws.world, user),
    }
    ws.events.emit(event, channel)
    ws.boards.of(channel.id).touch(post)
    ws.show(channel, post)
    return True


def mark_pin(ws: Workspace, channel: Channel, post: Post, *, pinned: bool) -> None:
    post.pinned = pinned
    if pinned:
        post.body["pinned_to"] = [channel.id]
    else:
        post.body.pop("pinned_to", None)
    user_id = ws.world.app.user_id
    event = {
        "type": "pin_added" if pinned else "pin_removed",
        "user": user_id,
        "channel_id": channel.id,
        "item": {
            "type": "message",
            "channel": channel.id,
            "created_by": user_id,
            "message": dict(post.body),
        },
    }
    ws.events.emit(event, channel)
    ws.boards.of(channel.id).touch(post)
    ws.show(channel, post)
