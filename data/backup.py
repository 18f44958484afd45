"""A copy of the whole database in one file, made while others go on using it."""

import sqlite3
from contextlib import closing
from pathlib import Path

from data.connection import store_errors
from data.store import Store


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
