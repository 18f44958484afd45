"""Whether Slack would take some blocks, and how near to its limits they are."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final, get_args

from sandbox.block_undrawn import UNDRAWN
from sandbox.blocks import (
    MOST_BLOCKS,
    MOST_BYTES,
    MOST_MESSAGE_CHARACTERS,
    Problem,
    Surface,
    block_problems,
    characters,
)
from sandbox.control.ask import Ask, ControlCall, invalid
from sandbox.ports import Json

_INDEX: Final = re.compile(r"\.(\d+)(?=\.|$)")


async def check(ask: Ask) -> Json:
    """What Slack would refuse in ``blocks`` on a ``surface`` (a message unless named).

    ``counts`` are what there is and the most that may be: blocks, and the characters of a
    message's texts, or of a whole view as it is sent. ``notes`` names blocks that Slack draws and
    the sandbox's page does not.
    """
    blocks, surface = ask.args.get("blocks"), _surface(ask)
    problems = block_problems(blocks, surface=surface)
    count = len(blocks) if isinstance(blocks, list) else 0
    return {
        "problems": [_shown(problem) for problem in problems],
        "notes": [] if problems else [_shown(note) for note in _notes(blocks)],
        "counts": {"blocks": [count, MOST_BLOCKS[surface]], "characters": _size(blocks, surface)},
    }


def _surface(ask: Ask) -> Surface:
    given = ask.optional("surface") or "message"
    for surface in get_args(Surface):
        if given == surface:
            found: Surface = surface
            return found
    raise invalid(f"There is no surface {given}: message, modal or home.")


def _size(blocks: object, surface: Surface) -> list[int]:
    if surface == "message":
        return [characters(blocks), MOST_MESSAGE_CHARACTERS]
    return [len(json.dumps(blocks, ensure_ascii=False).encode()), MOST_BYTES]


def _notes(blocks: Any) -> Iterator[Problem]:
    """Only of blocks without problems."""
    for index, block in enumerate(blocks):
        if block["type"] in UNDRAWN:
            what = f'Slack knows the block type "{block["type"]}"; this page does not draw it'
            yield Problem(f"/blocks/{index}", what)


def _shown(problem: Problem) -> Json:
    """The place as people write it, such as ``blocks[2].text``, and a sentence."""
    path = problem.pointer.removeprefix("/").replace("/", ".")
    what = problem.message if " " in problem.message else problem.message.replace("_", " ")
    return {"where": _INDEX.sub(r"[\1]", path), "what": f"{what[0].upper()}{what[1:]}."}


CALLS: Final[Mapping[str, ControlCall]] = {"check": check}
