"""What an app answers to a person's act: messages by ``response_url`` or with the ack itself."""

from datetime import timedelta
from typing import Final

from sandbox.elements import fill_ids
from sandbox.errors import Refused
from sandbox.messages import Post
from sandbox.ports import Json
from sandbox.posting import bot_posts, change, put_ephemeral, remove
from sandbox.webapi.call import Call
from sandbox.webapi.content import content, says_something
from sandbox.workspace import Workspace
from sandbox.world import Channel, User

MOST_USES: Final = 5  # Slack: a response_url works five times ...
LIFETIME: Final = timedelta(minutes=30)  # ... within thirty minutes


def use_response_url(ws: Workspace, key: str, body: Json) -> None:
    """Post, replace or delete what the app says at a ``response_url``.

    Raises:
        Refused: ``used_url``, ``expired_url``, or what is wrong with the message.
    """
    url = ws.response_urls.get(key)
    if url is None:
        raise Refused("used_url")
    if ws.now() - url.issued_at > LIFETIME:
        raise Refused("expired_url")
    if url.uses >= MOST_USES:
        raise Refused("used_url")
    url.uses += 1
    channel = ws.world.channels.get(url.channel_id)
    if channel is None:
        raise Refused("channel_not_found")
    original = ws.boards.of(channel.id).find(url.ts) if url.ts else None
    call = Call(ws=ws, method="response_url", args=body)
    if call.flag("delete_original"):
        _delete(ws, channel, original)
    elif call.flag("replace_original"):
        _replace(call, channel, original)
    else:
        say(ws, channel, ws.world.users[url.user_id], body)


def _delete(ws: Workspace, channel: Channel, original: Post | None) -> None:
    if original is None:
        raise Refused("message_not_found")
    remove(ws, channel, original)


def _replace(call: Call, channel: Channel, original: Post | None) -> None:
    if original is None:
        raise Refused("message_not_found")
    if original.ephemeral_to and call.optional("response_type") == "in_channel":
        # Slack: an ephemeral message cannot be made public later.
        raise Refused("invalid_arguments")
    given = content(call)
    if not says_something(given):
        raise Refused("no_text")
    if "blocks" in given:
        given["blocks"] = fill_ids(given["blocks"], call.ws.stamps)
    body = {k: v for k, v in original.body.items() if k not in {"blocks", "attachments"}}
    change(call.ws, channel, original, body | {"text": ""} | given)


def say(ws: Workspace, channel: Channel, user: User, body: Json) -> Post:
    """Post what the app answers: for one person unless it says ``in_channel``.

    Raises:
        Refused: What is wrong with the message.
    """
    call = Call(ws=ws, method="response_url", args=body)
    fields = content(call)
    if not says_something(fields):
        raise Refused("no_text")
    thread_ts = call.optional("thread_ts")
    if thread_ts is not None:
        fields["thread_ts"] = thread_ts
    if call.optional("response_type") == "in_channel":
        return bot_posts(ws, channel, fields)
    return put_ephemeral(ws, channel, fields, user)
