"""What was read in a transaction and need not be read again; what it is stands with its subject."""

from collections.abc import Callable, Hashable
from typing import TypeVar

from sqlite_utils import Database

from data.connection import Connection

Found = TypeVar("Found")


def remembered(db: Database, table: str, key: Hashable, read: Callable[[], Found]) -> Found:
    """What ``read`` finds in ``table`` alone; in a transaction it is read once.

    Nobody else writes meanwhile, and what the transaction itself writes into the table makes all
    that was read from it forgotten. Outside of one it is always read.
    """
    if not isinstance(db, Connection) or not db.conn.in_transaction:
        return read()
    known = db.known.setdefault(table, {})
    if key not in known:
        known[key] = read()
    found: Found = known[key]
    return found
