"""``chat.*``: post, update, delete, whisper, and the link of a message."""

import re
from collections.abc import Mapping
from typing import Final

from sandbox.elements import fill_ids
from sandbox.errors import Refused
from sandbox.messages import Post
from sandbox.ports import Json
from sandbox.posting import bot_posts, change, open_dm, put_ephemeral, remove
from sandbox.webapi.call import Call, Method
from sandbox.webapi.content import content, says_something
from sandbox.world import Channel

MOST_UPDATED_TEXT: Final = 4000  # Slack: chat.update refuses longer text
_TS: Final = re.compile(r"\d{1,10}\.\d{6}")


def post_message(call: Call) -> Json:
    channel = _place_to_post(call)
    fields = content(call)
    if not says_something(fields):
        raise Refused("no_text")
    fields |= _thread(call, channel)
    _keep_pace(call, channel)
    post = bot_posts(call.ws, channel, fields)
    return {"channel": channel.id, "ts": post.ts, "message": dict(post.body)}


def _place_to_post(call: Call) -> Channel:
    """The channel; a person's id means the direct messages with that person."""
    given = call.text("channel", missing="channel_not_found")
    person = call.ws.world.users.get(given)
    if person is not None:
        if not can_be_written_to(call, person.id):
            raise Refused("channel_not_found")
        channel = open_dm(call.ws, person)
    else:
        channel = call.joined_channel()
    if channel.archived:
        raise Refused("is_archived")
    if channel.dm_of is not None and not call.ws.manifest.messages_tab:
        raise Refused("messages_tab_disabled")
    return channel


def can_be_written_to(call: Call, user_id: str) -> bool:
    world = call.ws.world
    user = world.users[user_id]
    if user.deleted or user.is_bot:
        return False
    return not world.is_outsider(user) or world.shares_a_channel_with_bot(user)


def _thread(call: Call, channel: Channel) -> Json:
    thread_ts = call.optional("thread_ts")
    if thread_ts is None:
        return {}
    if not _TS.fullmatch(thread_ts):
        raise Refused("invalid_thread_ts")
    parent = call.ws.boards.of(channel.id).find(thread_ts)
    if parent is None or parent.ephemeral_to is not None:
        raise Refused("thread_not_found")
    if parent.is_reply:
        raise Refused("cannot_reply_to_message")
    broadcast = {"subtype": "thread_broadcast"} if call.flag("reply_broadcast") else {}
    return {"thread_ts": thread_ts, **broadcast}


def _keep_pace(call: Call, channel: Channel) -> None:
    if not call.ws.rate_limits:
        return
    wait_s = call.ws.pace.post(channel.id, call.ws.now())
    if wait_s is not None:
        raise Refused("ratelimited", retry_after=wait_s)


def update(call: Call) -> Json:
    channel = call.joined_channel()
    post = _own_post(call, channel, "cant_update_message")
    given = content(call)
    if len(given.get("text", "")) > MOST_UPDATED_TEXT:
        raise Refused("msg_too_long")
    if not says_something(given):
        raise Refused("no_text")
    if channel.archived:
        raise Refused("is_archived")
    change(call.ws, channel, post, _updated(call, post, given))
    return {
        "channel": channel.id,
        "ts": post.ts,
        "text": post.body["text"],
        "message": dict(post.body),
    }


def _updated(call: Call, post: Post, given: Json) -> Json:
    """The new body: text without blocks takes the blocks away; metadata stays unless given."""
    body = {k: v for k, v in post.body.items() if k not in {"blocks", "attachments", "edited"}}
    body |= {"text": "", **given}
    if "blocks" in given:
        body["blocks"] = fill_ids(given["blocks"], call.ws.stamps)
    else:
        body["edited"] = {"user": call.ws.world.app.user_id, "ts": call.ws.next_ts()}
    if not body.get("metadata", True):
        del body["metadata"]
    return body


def delete(call: Call) -> Json:
    channel = call.joined_channel()
    post = _own_post(call, channel, "cant_delete_message")
    remove(call.ws, channel, post)
    return {"channel": channel.id, "ts": post.ts}


def _own_post(call: Call, channel: Channel, not_own: str) -> Post:
    post = call.ws.boards.of(channel.id).find(call.text("ts", missing="message_not_found"))
    if post is None or post.ephemeral_to is not None:
        raise Refused("message_not_found")
    if post.body.get("bot_id") != call.ws.world.app.bot_id:
        raise Refused(not_own)
    return post


def post_ephemeral(call: Call) -> Json:
    channel = call.joined_channel()
    user = call.user()
    if user.id not in channel.members:
        raise Refused("user_not_in_channel")
    if channel.archived:
        raise Refused("is_archived")
    fields = content(call)
    if not says_something(fields):
        raise Refused("no_text")
    post = put_ephemeral(call.ws, channel, fields | _thread(call, channel), user)
    return {"message_ts": post.ts}


def get_permalink(call: Call) -> Json:
    channel = call.channel()
    ts = call.text("message_ts", missing="message_not_found")
    post = call.ws.boards.of(channel.id).find(ts)
    if post is None or post.ephemeral_to is not None:
        raise Refused("message_not_found")
    link = f"{call.ws.world.home.url}archives/{channel.id}/p{ts.replace('.', '')}"
    if post.is_reply:
        link += f"?thread_ts={post.body['thread_ts']}&cid={channel.id}"
    return {"channel": channel.id, "permalink": link}


_WRITE: Final = ("chat:write",)
METHODS: Final[Mapping[str, Method]] = {
    "chat.postMessage": Method(run=post_message, scopes=_WRITE),
    "chat.update": Method(run=update, scopes=_WRITE, tier=3),
    "chat.delete": Method(run=delete, scopes=_WRITE, tier=3),
    "chat.postEphemeral": Method(run=post_ephemeral, scopes=_WRITE, tier=4),
    "chat.getPermalink": Method(run=get_permalink),
}
