"""Stores and moments for tests of everything that remembers."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from data.store import Store
from domain.outgoing import Message

TEAM = "T1"
CHANNEL = "C1"
MONDAY_NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def open_store(folder: Path, name: str = "touchbase.sqlite") -> Store:
    """A store of its own; a power cut would lose what it holds, a killed process does not."""
    return Store.open(folder / name, synchronous="OFF")


def message(**changes: Any) -> Message:
    """A post for everyone in the channel, unless said otherwise."""
    values: dict[str, Any] = {
        "kind": "post",
        "place": CHANNEL,
        "payload": {"text": "hello"},
        "audience": "both",
        "needs": "nothing",
    }
    return Message(**{**values, **changes})
