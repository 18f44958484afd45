"""Plays a stretch of time event by event, with a pause of machine time where something was said."""

import asyncio
from collections.abc import Iterator
from datetime import datetime

from sandbox.errors import WalkStuck
from sandbox.journeys import MOST_WORDS, Play
from sandbox.messages import Post
from sandbox.ports import Json
from sandbox.walk import next_stop, walk
from sandbox.workspace import Workspace


def begin_play(ws: Workspace, to: datetime, pause_s: float) -> Play:
    """Begin to play until ``to``; it goes on by itself, whoever looks at it."""
    ws.journeys.plays += 1
    play = Play(from_at=ws.now(), to_at=to, number=ws.journeys.plays)
    ws.journeys.play = play
    play.task = asyncio.create_task(_play(ws, play, pause_s))
    return play


async def _play(ws: Workspace, play: Play, pause_s: float) -> None:
    try:
        while not play.halted.is_set() and ws.now() < play.to_at:
            if await _hop(ws, play):
                ws.moved()
                await _pause(play, pause_s)
        play.state = "stopped" if ws.now() < play.to_at else "reached"
    except WalkStuck:
        play.state = "stuck"
    finally:
        if play.goes_on:
            play.state = "stopped"
        ws.moved()


async def _hop(ws: Workspace, play: Play) -> bool:
    """Go on to the next stop; whether something was said there."""
    # Between two stops the world may be saved, or moved by somebody else.
    async with ws.walking:
        if play.halted.is_set():
            return False
        due = await next_stop(ws)
        stop = max(ws.now(), min(due or play.to_at, play.to_at))
        mark, before = ws.next_ts(), ws.stream.shown.copy()
        await walk(ws, stop, play.halted.is_set)
        said = list(_said_since(ws, mark, sorted(ws.stream.shown - before)))
    for line in said:
        play.say(line)
    return bool(said)


async def _pause(play: Play, pause_s: float) -> None:
    try:
        await asyncio.wait_for(play.halted.wait(), pause_s)
    except TimeoutError:
        return


def _said_since(ws: Workspace, mark: str, channel_ids: list[str]) -> Iterator[Json]:
    found = [(post, one) for one in channel_ids for post in _newer(ws, mark, one)]
    for post, channel_id in sorted(found, key=lambda pair: pair[0].ts):
        line: Json = {
            "channel": channel_id,
            "ts": post.ts,
            "text": str(post.body.get("text", ""))[:MOST_WORDS],
        }
        yield line | ({"thread_ts": post.body["thread_ts"]} if post.is_reply else {})


def _newer(ws: Workspace, mark: str, channel_id: str) -> Iterator[Post]:
    for post in ws.boards.of(channel_id).older(None):
        if post.ts <= mark:
            return
        if post.ephemeral_to is None:
            yield post
