"""A copy of the whole database in one file, made while others go on using it."""

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from data.connection import store_errors
from data.passing import passing_database
from data.store import Store
from domain.store_errors import CorruptDatabase


class BackupExists(Exception):
    """There is a file already; nothing is ever written over."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} exists already. Name another file; nothing was changed.")


class NoPlaceForBackup(Exception):
    """The folder of the copy does not exist."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"The folder {path.parent} does not exist. Nothing was changed.")


def copy_to(store: Store, path: Path) -> None:
    """Copy the database to a new file.

    The keys of running surveys lie outside the database, and so outside the copy.

    Raises:
        BackupExists, NoPlaceForBackup, StoreError: There is no copy.
    """
    if path.exists():
        raise BackupExists(path)
    if not path.absolute().parent.is_dir():
        raise NoPlaceForBackup(path.absolute())
    with store_errors(path), closing(sqlite3.connect(store.path)) as own:
        own.execute("VACUUM INTO :path", {"path": str(path)})


def copied(store: Store) -> bytes:
    """The same copy as bytes.

    Raises:
        StoreError: There is no copy.
    """
    with tempfile.TemporaryDirectory(prefix="touchbase-") as folder:
        path = Path(folder) / "copy.sqlite"
        copy_to(store, path)
        return path.read_bytes()


@contextmanager
def looked_over(copy: bytes) -> Iterator[Store]:
    """A copy, opened apart from everything else to be looked at.

    Raises:
        StoreError: It cannot be used as a database.
    """
    with passing_database() as path:
        path.write_bytes(copy)
        if not copy:
            raise CorruptDatabase(path)
        store = Store.open(path)
        try:
            _refuse_unsound(store)
            yield store
        finally:
            store.close()


def _refuse_unsound(store: Store) -> None:
    with store_errors(store.path):
        found = [row for (row,) in store.reading().execute("PRAGMA quick_check").fetchall()]
    if found != ["ok"]:
        raise CorruptDatabase(store.path)
