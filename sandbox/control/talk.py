"""People talk: they post, edit, delete and react."""

from collections.abc import Mapping
from typing import Final

from sandbox.control.ask import Ask, ControlCall, invalid
from sandbox.errors import ControlRefused
from sandbox.events import Told
from sandbox.interactions import timed_out
from sandbox.marking import Reaction, is_emoji_name, mark_reaction
from sandbox.messages import Post
from sandbox.ports import Json
from sandbox.posting import change, person_posts, remove
from sandbox.world import Channel, User


async def message(ask: Ask) -> Json:
    user = ask.person()
    channel = ask.place(user)
    _check_open(channel)
    text = ask.with_mentions(ask.text("text"), named=False)
    thread_ts = ask.optional("thread_ts")
    if thread_ts is not None:
        parent = ask.post(channel, user, "thread_ts")
        thread_ts = str(parent.body.get("thread_ts", parent.ts))
    with ask.ws.events.gathered() as told:
        post = person_posts(ask.ws, channel, user, text, thread_ts)
    return await answered(told, ts=post.ts, channel=channel.id)


async def edit(ask: Ask) -> Json:
    channel, user, post = _own(ask)
    text = ask.with_mentions(ask.text("text"), named=False)
    edited = {"user": user.id, "ts": ask.ws.next_ts()}
    with ask.ws.events.gathered() as told:
        change(ask.ws, channel, post, post.body | {"text": text, "edited": edited})
    return await answered(told, ts=post.ts)


async def delete(ask: Ask) -> Json:
    channel, _, post = _own(ask)
    with ask.ws.events.gathered() as told:
        remove(ask.ws, channel, post)
    return await answered(told, ts=post.ts)


async def reaction(ask: Ask) -> Json:
    user = ask.person()
    channel = ask.place(user)
    _check_open(channel)
    post = ask.post(channel, user)
    if post.ephemeral_to is not None:
        raise invalid("Nobody can react to a message that only one person sees.")
    name = ask.text("name").strip(":")
    if not is_emoji_name(name):
        raise ControlRefused("invalid_name", f"No emoji is called {name!r}, as in thumbsup.")
    add = not ask.flag("removed")
    with ask.ws.events.gathered() as told:
        mark_reaction(ask.ws, channel, post, Reaction(name=name, user=user, add=add))
    return await answered(told)


async def answered(told: Told, **done: object) -> Json:
    """The answer of an act, once the app has acked what it set off.

    Raises:
        ControlRefused: ``operation_timeout``; what was done stands, and its ids come along.
    """
    if not await told.acked():
        raise timed_out(told.cause, **done)
    return dict(done)


def _own(ask: Ask) -> tuple[Channel, User, Post]:
    user = ask.person()
    channel = ask.place(user)
    post = ask.post(channel, user)
    if post.body.get("user") != user.id:
        raise invalid(f"Only the author can change a message, and that is not {user.name}.")
    return channel, user, post


def _check_open(channel: Channel) -> None:
    if channel.archived:
        raise ControlRefused("is_archived", f"{channel.id} is archived: nobody can write there.")


CALLS: Final[Mapping[str, ControlCall]] = {
    "message": message,
    "edit": edit,
    "delete": delete,
    "reaction": reaction,
}
