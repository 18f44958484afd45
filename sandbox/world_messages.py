"""Reads what was said in a world: Slack's message objects of each channel, oldest first."""

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any, Final

from sandbox.blocks import block_problems
from sandbox.errors import WorldError
from sandbox.messages import Post
from sandbox.ports import Json
from sandbox.stamps import FIRST_MOMENT, LAST_MOMENT
from sandbox.world import World
from sandbox.world_text import Types, a_list, an_object, check_known, check_types

# What the sandbox itself looks at; of a message object everything else is kept as it is.
_TYPES: Final[Types] = {
    "type": str,
    "subtype": str,
    "ts": str,
    "thread_ts": str,
    "parent_user_id": str,
    "user": str,
    "bot_id": str,
    "app_id": str,
    "team": str,
    "text": str,
    "blocks": list,
    "attachments": list,
    "files": list,
    "reactions": list,
    "pinned_to": list,
    "metadata": dict,
    "edited": dict,
    "user_profile": dict,
    "bot_profile": dict,
}
_REACTION: Final[Types] = {"name": str, "users": list, "count": int}
_TS: Final = re.compile(r"\d{10}\.\d{6}")


def read_messages(top: Json, world: World) -> dict[str, list[Post]]:
    """The posts by channel id.

    Raises:
        WorldError: With the key of what is wrong.
    """
    found: dict[str, list[Post]] = {}
    for channel_id, listed in an_object(top.get("messages", {}), "messages").items():
        key = f"messages.{channel_id}"
        check_known(channel_id, world.channels, key, "channel")
        bodies = a_list(listed, key)
        posts = [_post(one, f"{key}[{n}]", world, channel_id) for n, one in enumerate(bodies)]
        for n, (before, after) in enumerate(pairwise(posts)):
            if after.ts <= before.ts:
                raise WorldError("must be later than the one before it", key=f"{key}[{n + 1}].ts")
        _check_roots(posts, key)
        found[channel_id] = posts
    return found


def _check_roots(posts: list[Post], key: str) -> None:
    known: set[str] = set()
    for n, post in enumerate(posts):
        known.add(post.ts)
        root = post.body.get("thread_ts", post.ts)
        if root not in known:
            raise WorldError(f"there is no message {root} to reply to", key=f"{key}[{n}].thread_ts")


def _post(value: object, key: str, world: World, channel_id: str) -> Post:
    body = an_object(value, key)
    for name in ("ts", "user"):
        if name not in body:
            raise WorldError("is missing", key=f"{key}.{name}")
    check_types(body, _TYPES, key)
    check_known(body["user"], world.users, f"{key}.user", "user")
    for name in ("ts", "thread_ts"):
        if name in body and not _TS.fullmatch(body[name]):
            raise WorldError('must be a stamp such as "1792414800.000100"', key=f"{key}.{name}")
    if not FIRST_MOMENT.timestamp() <= float(body["ts"]) <= LAST_MOMENT.timestamp():
        raise WorldError("must lie between the years 2002 and 2200", key=f"{key}.ts")
    if body.get("thread_ts", body["ts"]) > body["ts"]:
        raise WorldError("must not be later than the message", key=f"{key}.thread_ts")
    _check_blocks(body, key)
    reactions = list(_reactions(body, key, world))
    pinned = _is_pinned(body, key, channel_id)
    filled = {"type": "message", "text": ""} | body
    return Post(body=filled | ({"reactions": reactions} if reactions else {}), pinned=pinned)


def _check_blocks(body: Json, key: str) -> None:
    for problem in block_problems(body.get("blocks", []), surface="message"):
        raise WorldError(problem.message, key=f"{key}{_path(problem.pointer)}")
    for name in ("attachments", "files"):
        for n, one in enumerate(body.get(name, [])):
            an_object(one, f"{key}.{name}[{n}]")


def _path(pointer: str) -> str:
    """A JSON pointer as a key's path: ``/blocks/2/text`` is ``.blocks[2].text``."""
    return "".join(
        f"[{part}]" if part.isdecimal() else f".{part}" for part in pointer.split("/") if part
    )


def _reactions(body: Json, key: str, world: World) -> Iterator[Json]:
    names: set[str] = set()
    for n, value in enumerate(body.get("reactions", [])):
        at = f"{key}.reactions[{n}]"
        entry = an_object(value, at)
        check_types(entry, _REACTION, at)
        name, users = entry.get("name"), entry.get("users", [])
        if not name or name in names or not users:
            raise WorldError("must have a name of its own, and users", key=at)
        names.add(name)
        _check_users(users, f"{at}.users", world.users)
        yield {"name": name, "users": users, "count": len(users)}


def _check_users(users: list[Any], key: str, known: Mapping[str, object]) -> None:
    for n, user_id in enumerate(users):
        check_known(user_id, known, f"{key}[{n}]", "user")
        if user_id in users[:n]:
            raise WorldError(f"{user_id} is named twice", key=f"{key}[{n}]")


def _is_pinned(body: Json, key: str, channel_id: str) -> bool:
    for n, place in enumerate(body.get("pinned_to", [])):
        if place != channel_id:
            raise WorldError("must be the channel of the message", key=f"{key}.pinned_to[{n}]")
    return bool(body.get("pinned_to"))
