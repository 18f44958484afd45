"""Reads JSON that came from outside, and lets in nothing that could not be sent on."""

import json
from typing import Any, Final

MOST_DEPTH: Final = 100  # far beyond what blocks and views need
# JSON can write half a character beyond the basic plane, and no text can hold it.
_HALVES: Final = ("\\ud", "\\uD")


def read_json(text: str | bytes) -> Any:
    """What ``text`` says; half characters become the mark for what cannot be shown.

    Raises:
        ValueError: It is no JSON (``NaN`` and ``Infinity`` are none), or nested too deeply.
    """
    if isinstance(text, bytes):
        text = text.decode()
    try:
        value = json.loads(text, parse_constant=_refuse)
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error
    check_depth(value)
    return _whole(value) if any(half in text for half in _HALVES) else value


def _refuse(constant: str) -> Any:
    raise ValueError(f"{constant} is not JSON")


def check_depth(value: Any) -> None:
    """Refuse, with a ValueError, what is nested deeper than anything Slack knows."""
    level = [value]
    for _ in range(MOST_DEPTH):
        lists = [item for item in level if isinstance(item, list)]
        lists += [list(item.values()) for item in level if isinstance(item, dict)]
        level = [inner for items in lists for inner in items]
        if not level:
            return
    raise ValueError("it is nested too deeply")


def _whole(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, list):
        return [_whole(item) for item in value]
    if isinstance(value, dict):
        return {_whole(key): _whole(item) for key, item in value.items()}
    return value
