"""People and the bot join and leave channels, with what Slack tells the app about it."""

from sandbox.ports import Json
from sandbox.posting import put
from sandbox.shapes import outsider_fields
from sandbox.workspace import Workspace
from sandbox.world import Channel, User


def join(ws: Workspace, channel: Channel, user: User) -> bool:
    """Make somebody a member; False if they were one. A new team shares the channel first."""
    if user.id in channel.members:
        return False
    if user.team_id not in channel.team_ids:
        share(ws, channel, user.team_id)
    channel.members[user.id] = None
    ws.events.emit({**_came(channel, user, ws), "type": "member_joined_channel"}, channel)
    _note(ws, channel, user, "channel_join", "has joined the channel")
    board = ws.boards.of(channel.id)
    board.marks.mark(user.id, board.posts[-1].ts)
    ws.stream.tell("world", channel=channel.id)
    return True


def leave(ws: Workspace, channel: Channel, user: User) -> bool:
    """End somebody's membership; False if there was none."""
    if user.id not in channel.members:
        return False
    event = {**_came(channel, user, ws), "type": "member_left_channel"}
    if user.id == ws.world.app.user_id:
        # The app hears of its own removal, but of nothing that follows.
        ws.events.emit(event, channel)
        del channel.members[user.id]
        left = "group_left" if channel.private else "channel_left"
        ws.events.emit({"type": left, "channel": channel.id, "actor_id": user.id})
    else:
        del channel.members[user.id]
        ws.events.emit(event, channel)
    _note(ws, channel, user, "channel_leave", "has left the channel")
    ws.stream.tell("world", channel=channel.id)
    return True


def share(ws: Workspace, channel: Channel, team_id: str) -> None:
    channel.team_ids.append(team_id)
    ws.events.emit(
        {"type": "channel_shared", "connected_team_id": team_id, "channel": channel.id}, channel
    )


def unshare(ws: Workspace, channel: Channel, team_id: str) -> None:
    """Cut a team off: its people are no members any more."""
    channel.team_ids.remove(team_id)
    users = ws.world.users
    for user_id in [u for u in channel.members if users[u].team_id == team_id]:
        del channel.members[user_id]
    event = {
        "type": "channel_unshared",
        "previously_connected_team_id": team_id,
        "channel": channel.id,
        "is_ext_shared": channel.shared,
    }
    ws.events.emit(event, channel)


def _came(channel: Channel, user: User, ws: Workspace) -> Json:
    return {
        "user": user.id,
        "channel": channel.id,
        "channel_type": "G" if channel.private else "C",
        "team": ws.world.app.team_id if user.is_bot else user.team_id,
    }


def _note(ws: Workspace, channel: Channel, user: User, subtype: str, words: str) -> None:
    body = {
        "type": "message",
        "subtype": subtype,
        "user": user.id,
        "text": f"<@{user.id}> {words}",
        "ts": ws.next_ts(),
        **outsider_fields(ws.world, user),
    }
    put(ws, channel, body)
