"""Worlds: those that are ready, the present one as a file, and another in its place."""

import asyncio
import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from sandbox.control.ask import Ask, ControlCall, Drawn, invalid
from sandbox.errors import ControlRefused, SandboxError, WorldError
from sandbox.loading import change_world, check_world
from sandbox.ports import Json
from sandbox.workspace import Workspace
from sandbox.world_files import WORLDS, WorldFile, read_world
from sandbox.world_saving import world_file
from sandbox.world_text import ID


async def worlds(ask: Ask) -> Json:
    """The worlds that come with the sandbox, and those that were kept since it started."""
    ready = await asyncio.to_thread(lambda: list(_shipped()))
    return {"ready": ready + [_listing(name, text) for name, text in ask.ws.kept.items()]}


def _shipped() -> Iterator[Json]:
    for path in sorted(WORLDS.glob("*.json")):
        yield _listing(path.stem, path.read_text(encoding="utf-8"))


def _listing(name: str, text: str) -> Json:
    file: Mapping[str, Any] = json.loads(text)
    return {"name": name, "title": file["title"], "about": file["about"]}


async def present(ask: Ask) -> Drawn:
    """The present world as a file: the answer's body is the file."""
    return Drawn(json.dumps(await _saved(ask.ws)))


async def _saved(ws: Workspace) -> Json:
    async with ws.walking:
        try:
            memory = None if ws.keeper is None else await asyncio.to_thread(ws.keeper.memory)
        except SandboxError as error:
            raise ControlRefused("world_not_saved", str(error)) from error
        return world_file(ws, memory)


async def keep(ask: Ask) -> Json:
    """Keep the present world as a ready one, until the sandbox ends."""
    name = ask.text("name")
    if not ID.fullmatch(name) or (WORLDS / f"{name}.json").exists():
        raise invalid("name must consist of letters and digits, and be no name of a ready world.")
    heading = {"title": ask.text("title"), "about": ask.text("about")}
    ask.ws.kept[name] = json.dumps(heading | await _saved(ask.ws))
    return {}


async def load(ask: Ask) -> Json:
    """Put another world in the place of this one: a ready one by ``name``, or a file's ``text``.

    With ``check`` nothing is changed: it is only refused what would be refused without.
    """
    text = await _text(ask)
    change = check_world if ask.flag("check") else _change
    try:
        file = await asyncio.to_thread(read_world, text)
        file = replace(file, title=ask.optional("title") or file.title)
        await change(ask.ws, file)
    except WorldError as error:
        at = {"key": error.key, "line": error.line, "column": error.column}
        where = {name: value for name, value in at.items() if value}
        raise ControlRefused("invalid_world", f"{error}", **where) from error
    except SandboxError as error:
        raise ControlRefused("world_not_loaded", f"{error}") from error
    return {"now": ask.ws.now().isoformat()}


async def _text(ask: Ask) -> str:
    name, text = ask.optional("name"), ask.optional("text")
    if (name is None) == (text is None):
        raise invalid("Give name or text.")
    if text is not None:
        return text
    kept = ask.ws.kept.get(str(name))
    if kept is not None:
        return kept
    path = WORLDS / f"{name}.json"
    if not ID.fullmatch(str(name)) or not path.is_file():
        raise ControlRefused("world_not_found", f"There is no ready world {name}.")
    return await asyncio.to_thread(path.read_text, "utf-8")


async def _change(ws: Workspace, file: WorldFile) -> None:
    ws.stop_walks()  # nobody wants to see the end of a walk through a world that goes
    async with ws.walking:
        await change_world(ws, file)


READS: Final[Mapping[str, ControlCall]] = {"worlds": worlds, "world_file": present}
CALLS: Final[Mapping[str, ControlCall]] = {"load": load, "keep": keep}
