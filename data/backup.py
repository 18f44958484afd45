"""A copy of the whole database in one file, made while others go on using it."""

import sqlite3
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from data.connection import store_errors
from data.passing import passing_database
from data.store import Store
from domain.store_errors import CorruptDatabase


class BackupExists(Exception):
    """There is a file already; nothing is ever written over."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} exists already. Name another file; nothing was changed.")


class NoPlaceForBackup(Exception):
    """The copy cannot be written there; nothing is left of it."""


# What SQLite says of the copy; the rest it says of the database.
_NO_PLACE: Final[Mapping[str, str]] = {
    "SQLITE_FULL": "there is no room left on its disk",
    "SQLITE_CANTOPEN": "no file can be made there",
    "SQLITE_READONLY": "its place is read-only",
    "SQLITE_PERM": "its place is read-only",
    "SQLITE_IOERR_WRITE": "its disk does not take it",
}


def copy_to(store: Store, path: Path) -> None:
    """Copy the database to a new file.

    It holds no running answer to a survey; their keys lie outside the database, and so outside the
    copy.

    Raises:
        BackupExists, NoPlaceForBackup, StoreError: There is no copy.
    """
    if path.exists():
        raise BackupExists(path)
    if not path.absolute().parent.is_dir():
        folder = path.absolute().parent
        raise NoPlaceForBackup(f"The folder {folder} does not exist. Nothing was changed.")
    # Whatever ends it on the way, a file of the wanted name is a whole copy.
    part = path.with_name(f"{path.name}.part")
    part.unlink(missing_ok=True)
    try:
        _copy(store, part, path)
        _without_answers(part, path)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _copy(store: Store, part: Path, path: Path) -> None:
    with store_errors(store.path), closing(sqlite3.connect(store.path)) as own:
        try:
            own.execute("VACUUM INTO :path", {"path": str(part)})
        except sqlite3.Error as error:
            reason = _NO_PLACE.get(error.sqlite_errorname)
            if reason is None:
                raise
            raise _no_place(path, reason) from error


def _without_answers(part: Path, path: Path) -> None:
    try:
        with closing(sqlite3.connect(part)) as own:
            if own.execute("SELECT 1 FROM survey_replies LIMIT 1").fetchone() is None:
                return
            own.execute("PRAGMA secure_delete = ON")
            own.execute("DELETE FROM survey_replies")
            own.commit()
            # Also of where they stood nothing is left to see.
            own.execute("VACUUM")
    except sqlite3.Error as error:
        raise _no_place(path, _NO_PLACE.get(error.sqlite_errorname, str(error))) from error


def _no_place(path: Path, reason: str) -> NoPlaceForBackup:
    words = f"The copy {path} could not be written: {reason}. Nothing is left of it."
    return NoPlaceForBackup(words)


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
