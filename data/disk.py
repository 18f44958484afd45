"""Has commits last: one wait for the disk serves everybody who has committed before it began."""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from threading import Condition

from domain.store_errors import StoreError

if sys.platform == "darwin":
    import fcntl


def flush(descriptor: int) -> None:
    """Return when what was written to a file outlasts a power cut.

    Raises:
        OSError: The disk could not take it.
    """
    if sys.platform == "darwin":
        fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
    else:
        os.fdatasync(descriptor)


class Disk:
    """The log of one database; SQLite writes it, and it is waited for here.

    SQLite would wait within the transaction, where all other writers wait for the one that does.
    Here they write on meanwhile, and what they write lasts with the next wait.
    """

    def __init__(self, database: Path, flush: Callable[[int], None] = flush) -> None:
        self._database = database
        # SQLite: https://www.sqlite.org/walformat.html, the log of "x" is "x-wal".
        self._log = Path(f"{database}-wal")
        self._flush = flush
        self._descriptor: int | None = None
        self._condition = Condition()
        self._flushing = False
        self._committed = 0
        self._lasting = 0
        self._lost = 0

    def wait(self) -> None:
        """Return when all that this thread has committed lasts.

        Raises:
            StoreError: The disk could not take it; whether it lasts, nobody knows.
        """
        with self._condition:
            self._committed += 1
            mine = self._committed
            while self._flushing and self._lasting < mine:
                self._condition.wait()
            if self._lasting >= mine:
                if mine <= self._lost:
                    raise StoreError(self._database)
                return
            self._flushing = True
            # Who commits from now on cannot know whether this wait is for them, too.
            until = self._committed
        self._flush_all(until)

    def close(self) -> None:
        """Nobody waits any more."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def _flush_all(self, until: int) -> None:
        lasts = False
        try:
            self._flush_log()
            lasts = True
        except OSError as error:
            raise StoreError(self._database) from error
        finally:
            with self._condition:
                self._flushing = False
                self._lasting = until
                if not lasts:
                    # A disk that failed once says of the same pages afterwards that all is well.
                    self._lost = until
                self._condition.notify_all()

    def _flush_log(self) -> None:
        try:
            found = self._log.stat()
        except FileNotFoundError:
            return  # SQLite removes it when all of it stands in the database, and lasts there
        if self._descriptor is not None and os.fstat(self._descriptor).st_ino != found.st_ino:
            self.close()
        if self._descriptor is None:
            self._descriptor = os.open(self._log, os.O_RDONLY)
        self._flush(self._descriptor)
