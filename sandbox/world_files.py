"""World files: a world with its people, what was said, the moment, and what the app remembers.

`docs/worlds.md` describes the keys.
"""

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from sandbox.control.durations import read_moment
from sandbox.errors import ControlRefused, WorldError
from sandbox.guide import Guide
from sandbox.guide_reading import read_guide
from sandbox.json_places import position_of
from sandbox.messages import Post
from sandbox.ports import Json
from sandbox.stamps import FIRST_MOMENT, LAST_MOMENT
from sandbox.world import World
from sandbox.world_messages import read_messages
from sandbox.world_people import read_people
from sandbox.world_text import Types, an_object, check_types, read_json

WORLDS: Final = Path(__file__).parent / "worlds"
DEFAULT_WORLD: Final = WORLDS / "two-companies.json"
STORY_WORLD: Final = WORLDS / "acme-globalcall.json"
BYTE_ORDER_MARK: Final = "\ufeff"  # some editors put it before all else
ABOUT_MOST: Final = 300

_TYPES: Final[Types] = {
    "title": str,
    "about": str,
    "app": dict,
    "teams": list,
    "users": list,
    "channels": list,
    "direct_messages": list,
    "messages": dict,
    "now": str,
    "guide": dict,
    "memory": str,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class WorldFile:
    """All that a world file holds.

    Attributes:
        title: For whoever chooses among ready worlds, like ``about``.
        now: The moment that the clock is set to; None leaves it where it stands.
        posts: What was said, by channel id, oldest first.
        memory: What the app in this process remembered; None when it is to begin anew.
    """

    world: World
    title: str = ""
    about: str = ""
    now: datetime | None = None
    posts: Mapping[str, list[Post]] = field(default_factory=dict)
    guide: Guide | None = None
    memory: bytes | None = None

    @property
    def is_begun(self) -> bool:
        """Whether anything happened in it yet."""
        return self.memory is not None or any(self.posts.values())


def load_world(path: Path | None = None) -> World:
    """The people and places in ``path``; None means two companies that share one channel.

    Raises:
        WorldError: The file cannot be read; the sentence names the key, or the line.
    """
    return load_file(path).world


def load_file(path: Path | None = None) -> WorldFile:
    """All that stands in ``path``.

    Raises:
        WorldError: As ``load_world``.
    """
    where = path or DEFAULT_WORLD
    try:
        return read_world(where.read_text(encoding="utf-8-sig"))
    except WorldError as error:
        raise error.in_file(str(where)) from error
    except OSError as error:
        raise WorldError(f"cannot be read: {error.strerror}.", where=str(where)) from error
    except UnicodeDecodeError as error:
        raise WorldError("cannot be read: it is not UTF-8 text.", where=str(where)) from error


def read_world(text: str) -> WorldFile:
    """The world that the text of a file describes.

    Raises:
        WorldError: It cannot be used; the sentence names the key, or the line.
    """
    text = text.removeprefix(BYTE_ORDER_MARK)
    top = read_json(text)
    try:
        return _read(top)
    except WorldError as error:
        raise error.at(*position_of(text, error.key)) from error


def _read(top: Json) -> WorldFile:
    for name in top:
        if name not in _TYPES:
            raise WorldError("is not a key of a world", key=name)
    world = read_people(top)
    check_types(top, _TYPES, "")
    posts = read_messages(top, world)
    return WorldFile(
        world=world,
        title=top.get("title", ""),
        about=top.get("about", "")[:ABOUT_MOST],
        now=_moment(top, posts),
        posts=posts,
        guide=_guide(top, world),
        memory=_memory(top),
    )


def _moment(top: Json, posts: Mapping[str, list[Post]]) -> datetime | None:
    newest = max((each[-1].ts for each in posts.values() if each), default=None)
    last = None if newest is None else datetime.fromtimestamp(float(newest), UTC)
    if "now" not in top:
        return last
    try:
        now = read_moment(top["now"])
    except (ValueError, OverflowError) as error:
        raise WorldError(f"{error}", key="now") from error
    if not FIRST_MOMENT <= now <= LAST_MOMENT:
        raise WorldError("must lie between the years 2002 and 2200", key="now")
    if last is not None and (now - last).total_seconds() < -1:
        raise WorldError("must not be earlier than the newest message", key="now")
    return now


def _guide(top: Json, world: World) -> Guide | None:
    if "guide" not in top:
        return None
    try:
        return read_guide(world, an_object(top["guide"], "guide"))
    except ControlRefused as refusal:
        inner = refusal.extra.get("key")
        key = f"guide.{inner}" if inner else "guide"
        raise WorldError(refusal.message, key=key) from refusal


def _memory(top: Json) -> bytes | None:
    if "memory" not in top:
        return None
    try:
        return base64.b64decode(top["memory"], validate=True)
    except (binascii.Error, ValueError) as error:
        raise WorldError("must be base64", key="memory") from error
