"""How fast an app may call: Slack's tiers and the pace of posts, measured on the world's clock."""

import math
from collections import deque
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

# Slack: calls per minute of a method and workspace, by tier.
PER_MINUTE: Final[Mapping[int, int]] = {1: 1, 2: 20, 3: 50, 4: 100}
MINUTE: Final = timedelta(minutes=1)
# Slack: about one message a second and channel, short bursts tolerated.
POST_INTERVAL: Final = timedelta(seconds=1)
POST_BURST: Final = 4


class Pace:
    """Remembers recent calls; every answer is the whole seconds to wait, or None to go on."""

    def __init__(self) -> None:
        self._recent: dict[str, deque[datetime]] = {}
        self._paid_until: dict[str, datetime] = {}
        self._closed_until: dict[str, datetime] = {}

    def close(self, method: str, until: datetime) -> None:
        """Refuse ``method`` until a moment, as Slack does after a 429."""
        self._closed_until[method] = until

    def open_all(self) -> None:
        self._closed_until.clear()

    def closed(self, now: datetime) -> Mapping[str, datetime]:
        """The methods that are refused at ``now``, and until when."""
        return {method: until for method, until in self._closed_until.items() if until > now}

    def closed_for_s(self, method: str, now: datetime) -> int | None:
        until = self._closed_until.get(method)
        if until is None:
            return None
        if until <= now:
            del self._closed_until[method]
            return None
        return _whole_seconds(until - now)

    def call(self, method: str, tier: int, now: datetime) -> int | None:
        recent = self._recent.setdefault(method, deque())
        while recent and recent[0] <= now - MINUTE:
            recent.popleft()
        if len(recent) >= PER_MINUTE[tier]:
            return _whole_seconds(recent[0] + MINUTE - now)
        recent.append(now)
        return None

    def post(self, channel_id: str, now: datetime) -> int | None:
        paid_until = max(self._paid_until.get(channel_id, now), now)
        ahead = paid_until - now
        if ahead > (POST_BURST - 1) * POST_INTERVAL:
            return _whole_seconds(ahead - (POST_BURST - 1) * POST_INTERVAL)
        self._paid_until[channel_id] = paid_until + POST_INTERVAL
        return None


def _whole_seconds(wait: timedelta) -> int:
    return max(1, math.ceil(wait.total_seconds()))
