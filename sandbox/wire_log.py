"""The newest traffic between the sandbox and the app, kept to be looked at; it sends nothing."""

import asyncio
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Final

MOST_ENTRIES: Final = 2_000
MOST_CHARACTERS: Final = 50_000_000  # of all requests and answers together
MOST_PART: Final = 200_000  # characters of one request or answer; of a longer one the beginning
SHOWN_OF_LONG: Final = 2_000
TOLD_AFTER_S: Final = 0.03  # news that come thick are told once


@dataclass(frozen=True, slots=True, kw_only=True)
class Traffic:
    """What is on its way.

    Args:
        at: The moment of the world's clock, ISO 8601.
        kind: ``call``, ``response_url``, or what the app is told: ``event``, ``command``,
            ``action``, ``submit``, ``close``, ``shortcut``, ``options``.
        name: The method, the event's type, the command, or the app's own id of the element or view.
        who: The id of the person who set it off; None for the app and for nobody in particular.
        place: The id of the channel where it happened, if in one.
        attempt: 0 at first, then the number of the redelivery, whose ``reason`` is Slack's word.
    """

    at: str
    kind: str
    name: str
    who: str | None = None
    place: str | None = None
    attempt: int = 0
    reason: str = ""


@dataclass(slots=True, kw_only=True)
class Entry:
    """``request`` and ``answer`` are JSON; ``changed`` is the log's number at the last change."""

    seq: int
    changed: int
    traffic: Traffic
    request: str
    began_s: float
    place: str | None
    answer: str = "null"
    status: int | str | None = None
    took_ms: float | None = None
    fault: str | None = None

    def listing(self) -> str:
        traffic = self.traffic
        head = {
            "seq": self.seq,
            "at": traffic.at,
            "kind": traffic.kind,
            "name": traffic.name,
            "who": traffic.who,
            "place": self.place,
            "attempt": traffic.attempt,
            "reason": traffic.reason or None,
            "status": self.status,
            "took_ms": self.took_ms,
            "fault": self.fault,
        }
        return f'{json.dumps(head)[:-1]}, "request": {self.request}, "answer": {self.answer}}}'


@dataclass(slots=True, kw_only=True)
class WireLog:
    """Lives on one event loop.

    Args:
        secrets: What never stands in an entry.
        told: Called soon after something changed.
    """

    secrets: Sequence[str]
    told: Callable[[], None]
    count: int = 0
    _characters: int = 0
    _is_telling: bool = False
    _entries: dict[int, Entry] = field(default_factory=dict)
    # The same, the one that changed last at the end.
    _changes: dict[int, Entry] = field(default_factory=dict)

    def begin(self, traffic: Traffic, request: object) -> Entry:
        """Note what sets out; how it ended is filled in later."""
        entry = Entry(
            seq=self.count + 1,
            changed=0,
            traffic=traffic,
            place=traffic.place,
            request=self._text(request),
            began_s=asyncio.get_running_loop().time(),
        )
        self._entries[entry.seq] = entry
        self._characters += len(entry.request)
        self._changed(entry)
        return entry

    def end(self, entry: Entry, *, status: int | str | None, answer: object) -> None:
        """Fill in how it ended.

        Args:
            status: HTTP's number for what the app asked; ``acked`` or the reason why not for what
                the app was told; None if the connection ended without a word.
        """
        took_s = asyncio.get_running_loop().time() - entry.began_s
        entry.took_ms, entry.status = round(took_s * 1000, 1), status
        entry.answer = self._text(answer)
        if entry.seq in self._entries:
            self._characters += len(entry.answer)
        self._changed(entry)

    def clear(self) -> None:
        """Forget all entries; numbers go on rising."""
        self._entries.clear()
        self._changes.clear()
        self._characters = 0

    def after(self, seq: int, limit: int) -> list[Entry]:
        """The newest ``limit`` entries that began or ended after ``seq``, in order of beginning.

        A number that was never given out, as of another run, stands for the beginning.
        """
        since = seq if seq <= self.count else 0
        changed = takewhile(lambda entry: entry.changed > since, reversed(self._changes.values()))
        return sorted(changed, key=lambda entry: entry.seq)[-limit:]

    def _changed(self, entry: Entry) -> None:
        self.count += 1
        entry.changed = self.count
        self._changes.pop(entry.seq, None)
        # What was dropped for its age does not come back because it ended at last.
        if entry.seq in self._entries:
            self._changes[entry.seq] = entry
        self._drop_oldest()
        if not self._is_telling:
            self._is_telling = True
            asyncio.get_running_loop().call_later(TOLD_AFTER_S, self._tell)

    def _drop_oldest(self) -> None:
        while len(self._entries) > MOST_ENTRIES or self._characters > MOST_CHARACTERS:
            oldest = self._entries.pop(next(iter(self._entries)))
            del self._changes[oldest.seq]
            self._characters -= len(oldest.request) + len(oldest.answer)

    def _tell(self) -> None:
        self._is_telling = False
        self.told()

    def _text(self, value: object) -> str:
        text = json.dumps(value)
        if len(text) > MOST_PART:
            text = json.dumps({"cut": len(text), "begins": text[:SHOWN_OF_LONG]})
        for secret in self.secrets:
            text = text.replace(secret, "…")
        return text
