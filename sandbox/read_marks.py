"""Who has read how far; what is unread since is counted elsewhere."""

from dataclasses import dataclass, field
from typing import Final

EVERYONE: Final = "*"


@dataclass(slots=True, eq=False)
class ReadMarks:
    """The stamps up to which people have read one channel; a mark only moves on.

    Attributes:
        everyone: What counts as read by all, threads included; empty when nothing does.
        places: By user.
        threads: By user and the stamp of the thread's first message.
    """

    everyone: str = ""
    places: dict[str, str] = field(default_factory=dict)
    threads: dict[tuple[str, str], str] = field(default_factory=dict)

    def mark(self, user_id: str, ts: str, thread_ts: str | None = None) -> None:
        """Note that somebody, or ``EVERYONE``, has read up to ``ts``."""
        if user_id == EVERYONE:
            self.everyone = max(self.everyone, ts)
        elif thread_ts is None:
            self.places[user_id] = max(self.places.get(user_id, ""), ts)
        else:
            key = (user_id, thread_ts)
            self.threads[key] = max(self.threads.get(key, ""), ts)

    def place(self, user_id: str) -> str:
        return max(self.everyone, self.places.get(user_id, ""))

    def thread(self, user_id: str, thread_ts: str) -> str:
        return max(self.everyone, self.threads.get((user_id, thread_ts), ""))
