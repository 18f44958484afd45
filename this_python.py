"""Whether the Python that was started can run Touchbase; read by Pythons of any age."""

# An old Python is to read this file to its end, and would look up the types of today.
from __future__ import annotations

import sys
from importlib.util import find_spec

OLDEST = (3, 11)
# One of what the bot needs first; they are installed together or not at all.
NEEDED = ("click", "dotenv", "slack_bolt", "sqlite_utils", "starlette")


def refuse_unfit() -> None:
    """End with a sentence when this Python is too old or lacks what Touchbase is built on."""
    reason = why_unfit(sys.version_info[:3], NEEDED)
    if reason is not None:
        sys.exit(reason)


def why_unfit(version: tuple[int, ...], needed: tuple[str, ...]) -> str | None:
    """What is wrong with this Python; None when nothing is.

    Args:
        version: Its own, as in (3, 9, 2).
        needed: Modules that have to be there.
    """
    if version < OLDEST:
        named = ".".join(str(part) for part in version)
        return (
            f"Touchbase needs Python 3.11 or newer, and this is {named};"
            " newer ones are at python.org/downloads."
        )
    missing = [name for name in needed if find_spec(name) is None]
    if missing:
        return (
            f"Nothing was started: {missing[0]} is not installed for {sys.executable}."
            " Run `make setup` once, then `.venv/bin/python bot.py`; without make, the README has"
            " the lines."
        )
    return None
