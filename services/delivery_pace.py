"""How fast may be sent where, in the world's time; reads no clock, sends nothing."""

from collections import deque
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from threading import Lock
from typing import Final

from domain.outgoing import Destination

POST: Final = "chat.postMessage"
# Slack: about one message a second per channel.
POST_INTERVAL: Final = timedelta(seconds=1)
# Slack: calls a minute per method and workspace, by tier (2: 20, 3: 50, 4: 100).
PER_MINUTE: Final[Mapping[str, int]] = {
    "chat.postEphemeral": 100,
    "chat.update": 50,
    "conversations.history": 50,
    "conversations.open": 50,
    "conversations.replies": 50,
    "files.completeUploadExternal": 100,
    "pins.add": 20,
    "pins.remove": 20,
    "views.publish": 100,
}
MINUTE: Final = timedelta(minutes=1)
ALWAYS: Final = datetime.min.replace(tzinfo=UTC)


class Pacer:
    """Remembers what left when and what Slack asked to wait for; safe to share by threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._windows: dict[tuple[str, str], deque[datetime]] = {}
        self._methods: dict[tuple[str, str], datetime] = {}
        self._places: dict[Destination, datetime] = {}
        self._posts: dict[Destination, datetime] = {}
        self._teams: dict[str, datetime] = {}

    def free_at(self, destination: Destination, method: str) -> datetime:
        """From when the method may be called for the destination; ``ALWAYS`` when at any time."""
        with self._lock:
            return self._free_at(destination, method)

    def reserve(self, destination: Destination, method: str, now: datetime) -> datetime | None:
        """Take the right to one call now. None when taken; else the moment to try again."""
        with self._lock:
            free_at = self._free_at(destination, method)
            if free_at > now:
                return free_at
            self._note(destination, method, now)
            return None

    def note(self, destination: Destination, method: str, at: datetime) -> None:
        """A call was made, or has just been answered, at ``at``."""
        with self._lock:
            self._note(destination, method, at)

    def posted(self, destination: Destination, at: datetime) -> None:
        """A post has been answered: the next second counts from here, not from its start."""
        with self._lock:
            self._posts[destination] = max(at, self._posts.get(destination, ALWAYS))

    def block_place(self, destination: Destination, until: datetime) -> None:
        with self._lock:
            self._places[destination] = max(until, self._places.get(destination, ALWAYS))

    def block_method(self, team_id: str, method: str, until: datetime) -> None:
        key = (team_id, method)
        with self._lock:
            self._methods[key] = max(until, self._methods.get(key, ALWAYS))

    def block_team(self, team_id: str, until: datetime) -> None:
        with self._lock:
            self._teams[team_id] = max(until, self._teams.get(team_id, ALWAYS))

    def forget(self) -> None:
        """The world's clock was set back: what was remembered lies in its future."""
        with self._lock:
            for memory in (self._windows, self._methods, self._places, self._posts, self._teams):
                memory.clear()

    def _note(self, destination: Destination, method: str, at: datetime) -> None:
        if method == POST:
            self._posts[destination] = max(at, self._posts.get(destination, ALWAYS))
        limit = PER_MINUTE.get(method)
        if limit is not None:
            key = (destination.team_id, method)
            # Only the newest count: when the oldest of them is a minute old, there is room.
            self._windows.setdefault(key, deque(maxlen=limit)).append(at)

    def _free_at(self, destination: Destination, method: str) -> datetime:
        team_id = destination.team_id
        moments = [
            self._teams.get(team_id, ALWAYS),
            self._methods.get((team_id, method), ALWAYS),
            self._places.get(destination, ALWAYS),
        ]
        if method == POST and destination in self._posts:
            moments.append(self._posts[destination] + POST_INTERVAL)
        window = self._windows.get((team_id, method))
        if window is not None and len(window) == window.maxlen:
            moments.append(window[0] + MINUTE)
        return max(moments)
