"""Tells open pages what changed, as server-sent events."""

import asyncio
import json
import secrets
from collections import Counter
from collections.abc import AsyncIterator
from typing import Final

from sandbox.ports import Json

MOST_WAITING: Final = 1000  # a page that reads no more is told once to read everything anew
HEARTBEAT_S: Final = 15.0


class Stream:
    """Tells whoever listens.

    Attributes:
        shown: By channel, how often a message in it appeared, changed or went.
    """

    def __init__(self) -> None:
        self.shown: Counter[str] = Counter()
        self._listeners: set[asyncio.Queue[Json | None]] = set()
        self._closed = False
        # A page may outlive the sandbox: by this it knows that another one answers.
        self._run = secrets.token_hex(6)

    def tell(self, kind: str, **facts: str | int | None) -> None:
        """Tell every page about a change of this kind; facts that are None are left out."""
        if kind == "message":
            self.shown[str(facts["channel"])] += 1
        if not self._listeners:
            return
        news: Json = {"kind": kind} | {
            key: value for key, value in facts.items() if value is not None
        }
        for queue in self._listeners:
            if queue.qsize() < MOST_WAITING:
                queue.put_nowait(news)
            elif queue.qsize() == MOST_WAITING:
                queue.put_nowait({"kind": "world", "reset": True})

    def close(self) -> None:
        self._closed = True
        for queue in self._listeners:
            queue.put_nowait(None)

    async def lines(self) -> AsyncIterator[str]:
        queue: asyncio.Queue[Json | None] = asyncio.Queue()
        self._listeners.add(queue)
        try:
            yield ": hello\n\n"
            yield _line({"kind": "hello", "run": self._run})
            while not self._closed:
                try:
                    news = await asyncio.wait_for(queue.get(), HEARTBEAT_S)
                except TimeoutError:
                    yield ": still here\n\n"
                    continue
                if news is None:
                    return
                yield _line(news)
        finally:
            self._listeners.discard(queue)


def _line(news: Json) -> str:
    return f"data: {json.dumps(news)}\n\n"
