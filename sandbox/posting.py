"""Puts messages into channels, changes and removes them, and tells the app."""

from sandbox.elements import fill_ids
from sandbox.messages import Post
from sandbox.ports import Json
from sandbox.shapes import bot_profile, outsider_fields
from sandbox.workspace import Workspace
from sandbox.world import Channel, User


def person_posts(
    ws: Workspace, channel: Channel, user: User, text: str, thread_ts: str | None = None
) -> Post:
    """A person posts; a mention of the bot tells the app twice, as in Slack."""
    body: Json = {
        "type": "message",
        "user": user.id,
        "team": user.team_id,
        "text": text,
        "ts": ws.next_ts(),
        "client_msg_id": ws.stamps.secret(),
        **outsider_fields(ws.world, user),
    }
    if thread_ts is not None:
        body["thread_ts"] = thread_ts
    post = put(ws, channel, body)
    # Slack: who writes somewhere has read what stands there.
    ws.boards.of(channel.id).marks.mark(user.id, post.ts, thread_ts)
    bot = f"<@{ws.world.app.user_id}"
    if channel.dm_of is None and (f"{bot}>" in text or f"{bot}|" in text):
        mention = {**post.body, "type": "app_mention", "channel": channel.id}
        ws.events.emit(mention, channel)
    return post


def bot_posts(ws: Workspace, channel: Channel, fields: Json) -> Post:
    """The app posts; ``fields`` are the parts of the message that the call gave."""
    return put(ws, channel, bot_body(ws, fields))


def bot_body(ws: Workspace, fields: Json) -> Json:
    app = ws.world.app
    body: Json = {
        "type": "message",
        "user": app.user_id,
        "bot_id": app.bot_id,
        "app_id": app.id,
        "team": app.team_id,
        "text": "",
        "ts": ws.next_ts(),
        "bot_profile": bot_profile(ws.world),
        **fields,
    }
    if "blocks" in body:
        body["blocks"] = fill_ids(body["blocks"], ws.stamps)
    return body


def put(ws: Workspace, channel: Channel, body: Json) -> Post:
    """Put a message that all members see into a channel and tell the app."""
    post = Post(body=body)
    board = ws.boards.of(channel.id)
    if post.is_reply:
        parent = board.find(str(body["thread_ts"]))
        if parent is not None:
            body["parent_user_id"] = parent.body.get("user", "")
    board.add(post)
    ws.events.emit({**in_channel(channel), **body}, channel)
    ws.show(channel, post)
    return post


def put_ephemeral(ws: Workspace, channel: Channel, fields: Json, user: User) -> Post:
    """Show a message of the app to one person; no event tells of it."""
    post = Post(body={**bot_body(ws, fields), "is_ephemeral": True}, ephemeral_to=user.id)
    ws.boards.of(channel.id).add(post)
    ws.show(channel, post)
    return post


def change(ws: Workspace, channel: Channel, post: Post, body: Json) -> None:
    """Replace a message's body and tell the app what it was before."""
    previous, post.body = post.body, body
    ws.boards.of(channel.id).touch(post)
    ws.show(channel, post)
    if post.ephemeral_to is not None:
        return
    event = {
        **in_channel(channel),
        "type": "message",
        "subtype": "message_changed",
        "hidden": True,
        "message": dict(body),
        "previous_message": previous,
        "ts": ws.next_ts(),
    }
    ws.events.emit(event, channel)


def remove(ws: Workspace, channel: Channel, post: Post) -> None:
    ws.boards.of(channel.id).delete(post)
    ws.show(channel, post)
    if post.ephemeral_to is not None:
        return
    event = {
        **in_channel(channel),
        "type": "message",
        "subtype": "message_deleted",
        "hidden": True,
        "deleted_ts": post.ts,
        "previous_message": post.body,
        "ts": ws.next_ts(),
    }
    ws.events.emit(event, channel)


def in_channel(channel: Channel) -> Json:
    return {"channel": channel.id, "channel_type": channel.kind}


def open_dm(ws: Workspace, user: User) -> Channel:
    """The direct messages of a person with the bot, made at first use."""
    known = ws.world.dm_with(user)
    if known is not None:
        return known
    created = int(ws.now().timestamp())
    channel = ws.world.direct_messages(ws.stamps.id("D"), user.id, created)
    ws.world.channels[channel.id] = channel
    ws.stream.tell("world")
    return channel
