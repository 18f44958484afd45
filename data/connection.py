"""One SQLite connection, opened as we need it, whose errors are ours; who may write is not here."""

import re
import sqlite3
import sys
from collections.abc import Generator, Hashable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from datetime import timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from sqlite_utils import Database

from domain.store_errors import (
    CorruptDatabase,
    FullDisk,
    LockedDatabase,
    MissingDatabase,
    ReadOnlyDatabase,
    StoreError,
)

# SQLite: https://www.sqlite.org/rescode.html, primary codes; the extended ones begin with them.
_ERRORS: Final[tuple[tuple[str, type[StoreError]], ...]] = (
    ("SQLITE_BUSY", LockedDatabase),
    ("SQLITE_LOCKED", LockedDatabase),
    ("SQLITE_READONLY", ReadOnlyDatabase),
    ("SQLITE_PERM", ReadOnlyDatabase),
    ("SQLITE_FULL", FullDisk),
    ("SQLITE_CORRUPT", CorruptDatabase),
    ("SQLITE_NOTADB", CorruptDatabase),
    ("SQLITE_IOERR_SHORT_READ", CorruptDatabase),
    ("SQLITE_CANTOPEN", MissingDatabase),
    ("SQLITE_IOERR", StoreError),
)


# SQLite's own is twice that; some forty threads have a connection.
CACHE_KIB: Final = 1024
# Planning goes through many partnerships in a row, on one thread.
PLANNING_CACHE_KIB: Final = 4096
LOG_PAGES: Final = 2000


@contextmanager
def store_errors(path: Path) -> Iterator[None]:
    """Turn what SQLite says about the file into our errors; mistakes in SQL stay what they are."""
    try:
        yield
    except sqlite3.Error as error:
        kind = _kind_of(error)
        if kind is None:
            raise
        raise kind(path) from error


def _kind_of(error: sqlite3.Error) -> type[StoreError] | None:
    """Which of our errors it is; None for a mistake in SQL."""
    name = getattr(error, "sqlite_errorname", None) or ""
    return next((kind for prefix, kind in _ERRORS if name.startswith(prefix)), None)


_READS: Final = re.compile(r"\s*(?:SELECT|EXPLAIN|PRAGMA)\b", re.IGNORECASE)
_BEGINS_WITH: Final = re.compile(r"\s*WITH\b", re.IGNORECASE)
_CHANGES: Final = re.compile(r"\b(?:INSERT|UPDATE|DELETE|REPLACE)\b", re.IGNORECASE)


class NotWriting(RuntimeError):
    """Something was to be changed outside a write, where nothing would hold it together."""


class NoRows(ValueError):
    """``query`` was asked to run what returns no rows; that is for ``execute``."""


class Connection(Database):
    """A kept connection of one thread. Only inside a transaction may it change anything."""

    def __init__(self, path: Path, *, synchronous: str, busy_timeout: timedelta) -> None:
        self._path = path
        # By table; see ``data.remembering``.
        self.known: dict[str, dict[Hashable, Any]] = {}
        self._has_room = False
        with store_errors(path):
            # Each thread uses its own; closing at the end is done by one thread for all.
            conn = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
            super().__init__(conn, execute_plugins=False)
            try:
                self._prepare(synchronous, busy_timeout)
            except BaseException:
                conn.close()
                raise

    def make_room(self) -> None:
        """From now on keep as many pages as planning needs; safe to ask for again."""
        if not self._has_room:
            self._has_room = True
            self.conn.execute(f"PRAGMA cache_size = -{PLANNING_CACHE_KIB}")

    def execute(
        self, sql: str, parameters: Sequence[Any] | dict[str, Any] | None = None
    ) -> sqlite3.Cursor:
        self._before(sql)
        # Without a context manager: it would cost as much as a short statement.
        try:
            return self.conn.execute(sql, () if parameters is None else parameters)
        except sqlite3.Error as error:
            kind = _kind_of(error)
            if kind is None:
                raise
            raise kind(self._path) from error

    def query(
        self, sql: str, params: Sequence[Any] | dict[str, Any] | None = None
    ) -> Generator[dict[str, Any], None, None]:
        # Not the library's own, which lays two more statements around each one.
        cursor, rows = self._fetched(sql, {} if params is None else params)
        described = cursor.description
        if described is None:
            raise NoRows(sql)
        names = [column[0] for column in described] if rows else []
        return (dict(zip(names, row, strict=True)) for row in rows)

    def _fetched(
        self, sql: str, params: Sequence[Any] | dict[str, Any]
    ) -> tuple[sqlite3.Cursor, list[Any]]:
        """All rows at once: an unfinished read would keep its view of the database open."""
        self._before(sql)
        try:
            cursor = self.conn.execute(sql, params)
            return cursor, cursor.fetchall()
        except sqlite3.Error as error:
            kind = _kind_of(error)
            if kind is None:
                raise
            raise kind(self._path) from error

    def _before(self, sql: str) -> None:
        """Refuse to change anything outside a transaction; in one forget what is changed."""
        # Not by "PRAGMA query_only": each turn of it makes SQLite read every kept statement anew.
        if not self.conn.in_transaction:
            if not only_reads(sql):
                raise NotWriting(sql)
        elif self.known and not only_reads(sql):
            # It is enough that a table is named: better one reading too many.
            self.known = {table: found for table, found in self.known.items() if table not in sql}

    def _prepare(self, synchronous: str, busy_timeout: timedelta) -> None:
        milliseconds = int(busy_timeout / timedelta(milliseconds=1))
        self.conn.execute(f"PRAGMA busy_timeout = {milliseconds}")
        self.conn.execute("PRAGMA journal_mode = WAL")
        self.conn.execute(f"PRAGMA synchronous = {synchronous}")
        # SQLite's own is half of it; whoever moves the log into the database holds up all others.
        self.conn.execute(f"PRAGMA wal_autocheckpoint = {LOG_PAGES}")
        self.conn.execute("PRAGMA foreign_keys = ON")
        # Each thread keeps its own pages, and whatever another one writes makes them worthless.
        self.conn.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
        self.conn.execute("PRAGMA secure_delete = ON")
        if sys.platform == "darwin":
            self.conn.execute("PRAGMA fullfsync = ON")


@lru_cache(maxsize=1024)
def only_reads(sql: str) -> bool:
    """Whether a statement changes nothing, as its words say; in doubt it does."""
    if _BEGINS_WITH.match(sql):
        return _CHANGES.search(sql) is None
    return _READS.match(sql) is not None


def refuse_damaged(path: Path) -> None:
    """Look at the head of the file before SQLite does, which notices a cut file only much later.

    Raises:
        CorruptDatabase: It is no SQLite database, or it is shorter than it says.
    """
    # SQLite: https://www.sqlite.org/fileformat.html, the first 100 bytes.
    if not path.is_file() or path.stat().st_size == 0:
        return
    with path.open("rb") as file:
        head = file.read(100)
    if len(head) < 100 or not head.startswith(b"SQLite format 3\0"):
        raise CorruptDatabase(path)
    log = Path(f"{path}-wal")
    if log.exists() and log.stat().st_size > 0:
        return  # the newest pages lie in the log, and SQLite puts them back
    page_bytes = int.from_bytes(head[16:18], "big")
    page_bytes = 65536 if page_bytes == 1 else page_bytes
    pages_are_counted = head[24:28] == head[92:96]
    pages = int.from_bytes(head[28:32], "big")
    if pages_are_counted and path.stat().st_size < pages * page_bytes:
        raise CorruptDatabase(path)


def refuse_foreign(path: Path, mark: str) -> None:
    """Look whether somebody else's tables stand in the file, before anything is added to it.

    Args:
        mark: A statement that finds a row in a database of ours that has any tables.

    Raises:
        CorruptDatabase: It is another program's.
    """
    if not path.is_file() or path.stat().st_size == 0:
        return
    with suppress(sqlite3.Error), closing(_looking_at(path)) as conn:
        if conn.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone() is None:
            return
        try:
            is_ours = conn.execute(mark).fetchone() is not None
        except sqlite3.OperationalError as error:
            is_ours = "no such table" not in str(error)
        if not is_ours:
            raise CorruptDatabase(path)


def _looking_at(path: Path) -> sqlite3.Connection:
    # What keeps us from looking keeps us from opening, too, and is said there.
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=0)
