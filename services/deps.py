"""What every service works with, made once at the start and handed down."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from data.store import Store
from services.attention import Attention
from services.directory import Clients


@dataclass(frozen=True, slots=True, kw_only=True)
class Deps:
    """The database, the one clock and the clients.

    Attributes:
        now: The present moment, aware, in UTC; read once per listener or tick and handed down.
        attention: Who is being answered now, before whom other work stands back.
    """

    store: Store
    now: Callable[[], datetime]
    clients: Clients
    attention: Attention = field(default_factory=Attention)
