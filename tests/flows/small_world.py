"""A world in which few enough people share the channel to be proposed as members."""

import json
from pathlib import Path

from tests.project_files import ROOT

WORLD = ROOT / "sandbox" / "worlds" / "two-companies.json"
TWELVE = (
    "maria james priya tom grace owen ana miguel liza carlo divya joy".split()
)  # six of each company


def small_world(folder: Path) -> Path:
    """The usual world with twelve people in the channel instead of all."""
    world = json.loads(WORLD.read_text(encoding="utf-8"))
    for channel in world["channels"]:
        channel["members"] = [name for name in channel["members"] if name in TWELVE]
    path = folder / "world.json"
    path.write_text(json.dumps(world), encoding="utf-8")
    return path
