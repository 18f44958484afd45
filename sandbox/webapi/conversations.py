"""``conversations.*`` and ``users.conversations``: channels, members and what was said."""

from collections.abc import Iterator, Mapping
from typing import Final

from sandbox.errors import Refused
from sandbox.membership import join
from sandbox.messages import Post
from sandbox.ports import Json
from sandbox.posting import open_dm
from sandbox.shapes import channel_object
from sandbox.webapi.call import Call, Method
from sandbox.webapi.chat import can_be_written_to
from sandbox.webapi.pages import cursor, cut, limit, next_cursor, page
from sandbox.world import Channel

_KINDS: Final[Mapping[str, str]] = {
    "channel": "public_channel",
    "group": "private_channel",
    "im": "im",
}


def info(call: Call) -> Json:
    channel = call.channel()
    call.needs(channel, "read")
    shown = channel_object(call.ws.world, channel)
    if not call.flag("include_num_members"):
        shown.pop("num_members", None)
    return {"channel": shown}


def list_channels(call: Call) -> Json:
    return _channels(call, [c for c in _wanted(call) if not c.private or call.is_member(c)])


def own_channels(call: Call) -> Json:
    """``users.conversations``: where the bot, or a given person, is a member."""
    user_id = call.optional("user") or call.ws.world.app.user_id
    if user_id not in call.ws.world.users:
        raise Refused("user_not_found")
    seen = [c for c in _wanted(call) if user_id in c.members]
    return _channels(call, [c for c in seen if not c.private or call.is_member(c)])


def _wanted(call: Call) -> Iterator[Channel]:
    kinds = call.listed("types") or ["public_channel"]
    if any(kind not in {*_KINDS.values(), "mpim"} for kind in kinds):
        raise Refused("invalid_types")
    home = call.ws.world.app.team_id
    for channel in call.ws.world.channels.values():
        if channel.archived and call.flag("exclude_archived"):
            continue
        if _KINDS[channel.kind] in kinds and home in channel.team_ids:
            yield channel


def _channels(call: Call, channels: list[Channel]) -> Json:
    for channel in channels:
        call.needs(channel, "read")
    shown, more = page(call, channels)
    listed = [channel_object(call.ws.world, channel) for channel in shown]
    for entry in listed:
        # Slack: lists do not say which teams are connected.
        entry.pop("connected_team_ids", None)
    return {"channels": listed, "response_metadata": more}


def members(call: Call) -> Json:
    channel = call.channel()
    call.needs(channel, "read")
    shown, more = page(call, list(channel.members))
    return {"members": shown, "response_metadata": more}


def history(call: Call) -> Json:
    channel = call.joined_channel()
    call.needs(channel, "history")
    size = limit(call, most=999, default=100)
    inclusive = call.flag("inclusive")
    oldest = _stamp(call, "oldest", "0")
    after = cursor(call, "next_ts")
    latest = after or _stamp(call, "latest", "9999999999.999999")
    newest_first = call.ws.boards.of(channel.id).before(latest, inclusive=inclusive and not after)
    found, more = cut(_since(newest_first, oldest, inclusive=inclusive), size)
    return {
        "messages": [_shown(call, post) for post in found],
        "has_more": more,
        "pin_count": 0,
        "response_metadata": next_cursor("next_ts", found[-1].ts if more else None),
    }


def _since(posts: Iterator[Post], oldest: str, *, inclusive: bool) -> Iterator[Post]:
    """Top-level posts (and replies that were broadcast) not older than ``oldest``."""
    for post in posts:
        if post.ts < oldest or (post.ts == oldest and not inclusive):
            return
        if not post.is_reply or post.body.get("subtype") == "thread_broadcast":
            yield post


def replies(call: Call) -> Json:
    """A thread, the parent first; the parent comes on every page, as in Slack."""
    channel = call.joined_channel()
    call.needs(channel, "history")
    board = call.ws.boards.of(channel.id)
    parent = board.find(call.text("ts", missing="thread_not_found"))
    if parent is None or parent.ephemeral_to is not None:
        raise Refused("thread_not_found")
    inclusive = call.flag("inclusive")
    oldest, latest = _stamp(call, "oldest", "0"), _stamp(call, "latest", "9999999999.999999")
    wanted = [
        post
        for post in board.replies(parent.ts)
        if oldest < post.ts < latest or (inclusive and post.ts in {oldest, latest})
    ]
    shown, more = page(call, wanted, most=1000, default=1000)
    return {
        "messages": [_shown(call, post) for post in (parent, *shown)],
        "has_more": bool(more["next_cursor"]),
        "response_metadata": more,
    }


def _stamp(call: Call, name: str, default: str) -> str:
    """A moment as a stamp of full length, so that stamps compare as text."""
    given = call.optional(name)
    try:
        seconds, _, fraction = (given or default).partition(".")
        return f"{int(seconds):010d}.{fraction[:6]:0<6}"
    except ValueError as error:
        raise Refused(f"invalid_ts_{name}") from error


def _shown(call: Call, post: Post) -> Json:
    """The message; without ``include_all_metadata`` only the type of its metadata."""
    if "metadata" not in post.body or call.flag("include_all_metadata"):
        return post.body
    return post.body | {"metadata": {"event_type": post.body["metadata"]["event_type"]}}


def open_channel(call: Call) -> Json:
    given = call.optional("channel")
    if given is not None:
        channel = call.ws.world.channels.get(given)
        if channel is None or channel.dm_of is None:
            raise Refused("channel_not_found")
        return {"channel": _opened(call, channel)}
    user_ids = call.listed("users")
    if not user_ids:
        raise Refused("users_list_not_supplied")
    if len(user_ids) > 1:
        # The bot's groups of several people are a place of their own that this world lacks.
        raise Refused("not_enabled")
    user = call.ws.world.users.get(user_ids[0])
    if user is None:
        raise Refused("user_not_found")
    if user.deleted:
        raise Refused("user_disabled")
    if not can_be_written_to(call, user.id):
        raise Refused("user_not_visible")
    known = call.ws.world.dm_with(user)
    channel = open_dm(call.ws, user)
    already = {"no_op": True, "already_open": True} if known is not None else {}
    return {**already, "channel": _opened(call, channel)}


def _opened(call: Call, channel: Channel) -> Json:
    if call.flag("return_im"):
        return channel_object(call.ws.world, channel)
    return {"id": channel.id}


def join_channel(call: Call) -> Json:
    channel = call.channel()
    if channel.private or channel.dm_of is not None:
        raise Refused("method_not_supported_for_channel_type")
    if channel.archived:
        raise Refused("is_archived")
    join(call.ws, channel, call.ws.world.bot)
    return {"channel": channel_object(call.ws.world, channel)}


_READ: Final = ("channels:read", "groups:read", "im:read", "mpim:read")
_HISTORY: Final = ("channels:history", "groups:history", "im:history", "mpim:history")
METHODS: Final[Mapping[str, Method]] = {
    "conversations.info": Method(run=info, scopes=_READ, tier=3),
    "conversations.list": Method(run=list_channels, scopes=_READ, tier=2),
    "conversations.members": Method(run=members, scopes=_READ, tier=4),
    "conversations.history": Method(run=history, scopes=_HISTORY, tier=3),
    "conversations.replies": Method(run=replies, scopes=_HISTORY, tier=3),
    "conversations.open": Method(run=open_channel, scopes=("im:write", "mpim:write"), tier=3),
    "conversations.join": Method(run=join_channel, scopes=("channels:join",), tier=3),
    "users.conversations": Method(run=own_channels, scopes=_READ, tier=3),
}
