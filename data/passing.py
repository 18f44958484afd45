"""Databases that go when they were used, for those who must not leave one behind."""

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from data.store import Store


@contextmanager
def passing_database() -> Iterator[Path]:
    """Where a database may be made that is gone after the block."""
    with tempfile.TemporaryDirectory(prefix="touchbase-") as folder:
        yield Path(folder) / "touchbase.sqlite"


@contextmanager
def looked_at(database: Path) -> Iterator[Store]:
    """The database, or an empty one elsewhere, so that looking makes no file where it belongs.

    Raises:
        StoreError: It cannot be used.
    """
    with ExitStack() as kept:
        if not database.exists() and database.absolute().parent.is_dir():
            database = kept.enter_context(passing_database())
        store = Store.open(database)
        kept.callback(store.close)
        yield store
