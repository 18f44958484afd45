"""The usual world with fewer people in the channel, each of whose profiles would be read anew."""

import json
from collections.abc import Collection
from pathlib import Path

from tests.project_files import ROOT

WORLD = ROOT / "sandbox" / "worlds" / "two-companies.json"
TWELVE = (
    "maria james priya tom grace owen ana miguel liza carlo divya joy".split()
)  # six of each company
# One more of both companies than are proposed as members, and a guest.
CROWD = (
    *TWELVE,
    *"abby ben hank clara dan ella frank arnel vic bea cesar dina emil faye kim".split(),
)


def small_world(folder: Path) -> Path:
    """Few enough share the channel to be proposed as members."""
    return _with_only(TWELVE, folder)


def crowded_world(folder: Path) -> Path:
    """Just too many share the channel to be proposed: the leads pick."""
    return _with_only(CROWD, folder)


def _with_only(names: Collection[str], folder: Path) -> Path:
    world = json.loads(WORLD.read_text(encoding="utf-8"))
    for channel in world["channels"]:
        channel["members"] = [name for name in channel["members"] if name in names]
    path = folder / "world.json"
    path.write_text(json.dumps(world), encoding="utf-8")
    return path
