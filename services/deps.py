"""What every service works with, made once at the start and handed down."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from data.store import Store
from services.directory import Clients


@dataclass(frozen=True, slots=True, kw_only=True)
class Deps:
    """The database, the one clock and the clients.

    Attributes:
        now: The present moment, aware, in UTC; read once per listener or tick and handed down.
    """

    store: Store
    now: Callable[[], datetime]
    clients: Clients
