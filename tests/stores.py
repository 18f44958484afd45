"""Stores and moments for tests of everything that remembers."""

from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from data.store import Store
from domain.outgoing import Message

TEAM = "T1"
CHANNEL = "C1"
MONDAY_NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def open_store(folder: Path, name: str = "touchbase.sqlite") -> Store:
    """A store of its own; a power cut would lose what it holds, a killed process does not."""
    if not (folder / name).exists():
        lay_down(folder / name)
    return Store.open(folder / name, synchronous="OFF")


def lay_down(path: Path) -> None:
    """A database in which nothing is remembered yet; taking each step anew takes long."""
    path.write_bytes(_with_nothing_in_it())


@cache
def _with_nothing_in_it() -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "touchbase.sqlite"
        Store.open(path, synchronous="OFF").close()
        assert not Path(f"{path}-wal").exists()
        return path.read_bytes()


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
