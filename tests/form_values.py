"""What a drawn form holds when nobody touches it."""

from collections.abc import Mapping
from typing import Any


def as_drawn(view: Mapping[str, Any]) -> dict[str, object]:
    """What a form holds when nobody touches it."""
    inputs = [block for block in view["blocks"] if block["type"] == "input"]
    return {block["block_id"]: _initial(block["element"]) for block in inputs}


def _initial(element: Mapping[str, Any]) -> object:
    if "initial_options" in element:
        return tuple(option["value"] for option in element["initial_options"])
    if "initial_option" in element:
        return element["initial_option"]["value"]
    for name in ("initial_value", "initial_time", "initial_date"):
        if name in element:
            return element[name]
    return None
