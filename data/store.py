"""The database: kept connections, one writer at a time, news of commits; no SQL of a subject."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from threading import Lock, Thread, current_thread
from typing import Final, Literal, Self

from sqlite_utils import Database

from data.connection import Connection, refuse_damaged, refuse_foreign, store_errors
from data.disk import Disk
from data.gate import Gate, Lane
from data.schema import ANY_STEP, STEPS, missing_steps, missing_tables, unknown_steps
from domain.store_errors import CorruptDatabase, MissingDatabase, NewerDatabase, ReadOnlyDatabase

# Slack gives a person's request three seconds: time for somebody ahead to wait in vain, and for us.
BUSY_TIMEOUT: Final = timedelta(seconds=1.4)
Synchronous = Literal["FULL", "NORMAL", "OFF"]


class AlreadyWriting(RuntimeError):
    """A write was begun inside a write of the same thread: it would wait for itself."""


class ClosedStore(RuntimeError):
    """The store was closed; whoever still wants it came too late."""


class Store:
    """One SQLite file, shared by all threads of the process."""

    def __init__(self, path: Path, *, synchronous: Synchronous, busy_timeout: timedelta) -> None:
        self.path = path
        self._synchronous = synchronous
        self._busy_timeout = busy_timeout
        self._gate = Gate()
        # SQLite waits for the disk itself only where it moves the log into the database.
        self._disk = Disk(path) if synchronous == "FULL" else None
        self._lock = Lock()
        self._connections: dict[Thread, Connection] = {}
        self._unlent: list[Connection] = []
        self._closed = False
        self._callbacks: tuple[Callable[[], None], ...] = ()

    @classmethod
    def open(
        cls,
        path: str | os.PathLike[str],
        *,
        synchronous: Synchronous = "FULL",
        busy_timeout: timedelta = BUSY_TIMEOUT,
    ) -> Self:
        """Open the file, made if new, and bring its tables up to date.

        Args:
            path: The file; its folder must exist.
            synchronous: "OFF" is for tests and demos: a power cut may lose what was committed.
            busy_timeout: How long another process may hold the database before we give up.

        Raises:
            NewerDatabase, LockedDatabase, ReadOnlyDatabase, FullDisk, CorruptDatabase,
            MissingDatabase: Nothing was changed.
        """
        store = cls(Path(path), synchronous=synchronous, busy_timeout=busy_timeout)
        try:
            store._migrate()
        except BaseException:
            store.close()
            raise
        return store

    def reading(self) -> Database:
        """This thread's connection; inside ``writing`` it also sees what is not committed yet."""
        return self._connection()

    @contextmanager
    def lent(self) -> Iterator[None]:
        """For one act: a thread that has no connection works on the one that was used last.

        What one connection writes makes SQLite forget what all others have read, so acts that
        follow each other on different threads are faster on the same one.
        """
        thread = current_thread()
        with self._lock:
            has_none = thread not in self._connections
            if has_none and self._unlent:
                self._connections[thread] = self._unlent.pop()
        try:
            yield
        finally:
            if has_none:
                self._take_back(thread)

    @contextmanager
    def writing(
        self,
        partnership: str | None,
        *,
        planning: bool = False,
        delivery: bool = False,
        lasting: bool = True,
    ) -> Iterator[Database]:
        """One short transaction: all of the block or nothing.

        Args:
            partnership: The partnership whose rows are written, None for what belongs to none.
                It names what is locked; SQLite locks everything anyway.
            planning: Nobody waits for it: people who wait to write go first.
            delivery: As planning, and in turns with it.
            lasting: Return only when a power cut cannot undo it any more. Where it need not, it
                lasts as soon as anything does that is committed after it.

        Raises:
            StoreError: The database could not take it; nothing was stored.
        """
        del partnership
        db = self._connection()
        if db.conn.in_transaction:
            raise AlreadyWriting
        lane: Lane = "planning" if planning else "delivery" if delivery else "people"
        if planning:
            db.make_room()
        before = db.conn.total_changes
        with self._gate.passing(lane), self._transaction(db):
            yield db
        if lasting and self._disk is not None and db.conn.total_changes != before:
            self._disk.wait()
        for callback in self._callbacks:
            callback()

    def on_commit(self, callback: Callable[[], None]) -> None:
        """Call it after every commit, in the thread that committed, outside the gate."""
        with self._lock:
            self._callbacks = (*self._callbacks, callback)

    def close(self) -> None:
        """Close the connections of all threads; nothing may be using them.

        Afterwards every use raises ``ClosedStore``.
        """
        with self._lock:
            self._closed = True
            connections = [*self._connections.values(), *self._unlent]
            self._connections.clear()
            self._unlent.clear()
        for connection in connections:
            connection.close()
        if self._disk is not None:
            self._disk.close()

    def _take_back(self, thread: Thread) -> None:
        with self._lock:
            connection = self._connections.pop(thread, None)
            if connection is not None:
                self._unlent.append(connection)

    @contextmanager
    def _transaction(self, db: Connection) -> Iterator[None]:
        with store_errors(self.path):
            try:
                db.conn.execute("BEGIN IMMEDIATE")
                yield
                db.conn.execute("COMMIT")
            finally:
                db.known.clear()
                # Some errors make SQLite end the transaction by itself.
                if db.conn.in_transaction:
                    db.conn.execute("ROLLBACK")

    def _connection(self) -> Connection:
        connection = self._connections.get(current_thread())
        return connection if connection is not None else self._connect()

    def _connect(self) -> Connection:
        if self._closed:
            raise ClosedStore
        connection = Connection(
            self.path,
            synchronous="NORMAL" if self._synchronous == "FULL" else self._synchronous,
            busy_timeout=self._busy_timeout,
        )
        with self._lock:
            gone = [thread for thread in self._connections if not thread.is_alive()]
            left = [self._connections.pop(thread) for thread in gone]
            self._connections[current_thread()] = connection
        for unused in left:
            unused.close()
        return connection

    def _migrate(self) -> None:
        self._refuse_unusable()
        db = self._connection()
        if unknown_steps(db):
            raise NewerDatabase(self.path)
        if missing_tables(db):
            raise CorruptDatabase(self.path)
        if not missing_steps(db):
            return
        # Two programs that start together: the second waits here and finds the work done.
        with self._gate.passing(), self._transaction(db):
            STEPS.apply(db)
        if self._disk is not None:
            self._disk.wait()

    def _refuse_unusable(self) -> None:
        folder = self.path.parent
        if not folder.is_dir() or self.path.is_dir():
            raise MissingDatabase(self.path)
        target = self.path if self.path.exists() else folder
        if not os.access(target, os.W_OK) or not os.access(folder, os.W_OK):
            raise ReadOnlyDatabase(self.path)
        refuse_damaged(self.path)
        refuse_foreign(self.path, ANY_STEP)
