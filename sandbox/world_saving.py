"""Writes a world as the file that ``sandbox.world_files`` reads; who has read what is left out."""

import base64
from collections.abc import Iterator
from typing import Final

from sandbox.guide_reading import guide_file
from sandbox.messages import Board, Post
from sandbox.ports import Json
from sandbox.workspace import Workspace
from sandbox.world import Channel, Team, User, World

# Counted again from the replies.
_COUNTED: Final = frozenset({"reply_count", "reply_users", "reply_users_count", "latest_reply"})


def world_file(ws: Workspace, memory: bytes | None) -> Json:
    """The present world with all that was said to everybody, and what the app remembers."""
    world = ws.world
    file: Json = {
        "now": ws.now().isoformat(),
        "app": _app(world),
        "teams": [_team(team) for team in world.teams.values()],
        "users": [_user(one) for one in world.users.values() if one is not world.bot],
        "channels": [_channel(one) for one in world.channels.values() if one.dm_of is None],
        "direct_messages": [_direct(one) for one in world.channels.values() if one.dm_of],
        "messages": dict(_messages(ws)),
    }
    if ws.guide is not None:
        file["guide"] = guide_file(ws.guide)
    if memory is not None:
        file["memory"] = base64.b64encode(memory).decode()
    return file


def _app(world: World) -> Json:
    app = world.app
    return {
        "team": app.team_id,
        "name": app.name,
        "id": app.id,
        "user": app.user_id,
        "bot_id": app.bot_id,
    }


def _team(team: Team) -> Json:
    return {"id": team.id, "name": team.name, "domain": team.domain, "url": team.url}


def _user(user: User) -> Json:
    entry: Json = {
        "id": user.id,
        "team": user.team_id,
        "name": user.name,
        "real_name": user.real_name,
        "tz": user.tz,
        "locale": user.locale,
    }
    rest: Json = {
        "guest": user.guest,
        "deleted": user.deleted,
        "bot": user.is_bot,
        "status_text": user.status_text,
        "status_emoji": user.status_emoji,
    }
    return entry | {name: value for name, value in rest.items() if value}


def _channel(channel: Channel) -> Json:
    entry: Json = {"id": channel.id, "name": channel.name, "team": channel.team_ids[0]}
    rest: Json = {
        "shared_with": channel.team_ids[1:],
        "members": list(channel.members),
        "private": channel.private,
        "is_archived": channel.archived,
        "created": channel.created,
    }
    return entry | {name: value for name, value in rest.items() if value}


def _direct(channel: Channel) -> Json:
    return {"id": channel.id, "user": channel.dm_of, "created": channel.created}


def _messages(ws: Workspace) -> Iterator[tuple[str, list[Json]]]:
    for channel_id in ws.world.channels:
        said = list(_said(ws.boards.of(channel_id)))
        if said:
            yield channel_id, said


def _said(board: Board) -> Iterator[Json]:
    said = [*board.seen_by_all()]
    known = {post.ts for post in said}
    gone = {str(p.body["thread_ts"]): p for p in reversed(said) if p.is_reply}
    marks = [_tombstone(board, ts, reply) for ts, reply in gone.items() if ts not in known]
    bodies = [post.body for post in said] + marks
    for body in sorted(bodies, key=lambda one: str(one["ts"])) if marks else bodies:
        yield {name: value for name, value in body.items() if name not in _COUNTED}


def _tombstone(board: Board, ts: str, reply: Post) -> Json:
    """What Slack shows in the place of a message that was deleted under its replies."""
    deleted = board.by_ts.get(ts, reply)
    return {
        "type": "message",
        "subtype": "tombstone",
        "text": "This message was deleted.",
        "user": deleted.body["user"],
        "hidden": True,
        "ts": ts,
        "thread_ts": ts,
    }
