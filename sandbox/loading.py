"""Puts one world in the place of another: everything of the old one is dropped and forgotten."""

import asyncio
from functools import partial
from typing import Final

from sandbox.ports import Keeper
from sandbox.read_marks import EVERYONE
from sandbox.workspace import Workspace
from sandbox.world_files import WorldFile

REPLACED_WITHIN_S: Final = 60.0


async def check_world(ws: Workspace, file: WorldFile) -> None:
    """Refuse what ``change_world`` would refuse, as far as that is known beforehand.

    Raises:
        SandboxError: With a sentence.
    """
    if ws.keeper is not None:
        await asyncio.to_thread(ws.keeper.check, file.memory, file.world.app.team_id)


async def change_world(ws: Workspace, file: WorldFile) -> None:
    """Let ``file`` be the world. A companion begins anew; another app connects again by itself.

    Raises:
        SandboxError: With a sentence; the old world goes on.
    """
    if ws.keeper is None:
        await _replace(ws, file)
    else:
        await _with_companion(ws, ws.keeper, file)
    # Every open page says so, whoever loaded it.
    ws.stream.tell("world", reset=True, title=file.title or "A world from a file")


async def _with_companion(ws: Workspace, keeper: Keeper, file: WorldFile) -> None:
    loop = asyncio.get_running_loop()

    def between() -> None:
        asyncio.run_coroutine_threadsafe(_replace(ws, file), loop).result(REPLACED_WITHIN_S)

    # It ends and begins with calls to this very loop.
    begin = partial(keeper.begin_anew, file.memory, file.world.app.team_id, between)
    await asyncio.to_thread(begin)


async def _replace(ws: Workspace, file: WorldFile) -> None:
    await ws.events.close()
    await ws.transport.drop()
    if file.now is not None:
        ws.clock.begin_at(file.now)
    ws.alarms.clear()
    ws.world.become(file.world)
    ws.forget()
    enter(ws, file)


def enter(ws: Workspace, file: WorldFile) -> None:
    """Take over what a file holds beside its people and places; all of it counts as read."""
    if ws.manifest.name is not None:
        ws.world.bot.name = ws.world.bot.real_name = ws.world.app.name = ws.manifest.name
    ws.sockets.app_id = ws.world.app.id
    newest = ""
    for channel_id, posts in file.posts.items():
        board = ws.boards.of(channel_id)
        for post in posts:
            board.add(post)
            newest = max(newest, post.ts)
        if posts:
            board.marks.mark(EVERYONE, posts[-1].ts)
    ws.stamps.begin_after(newest)
    ws.guide = file.guide
