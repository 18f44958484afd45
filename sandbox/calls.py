"""The record of every Web API call that reached the sandbox."""

from collections import deque
from itertools import count, takewhile
from typing import Final

from sandbox.ports import Json

MOST_CALLS: Final = 200_000  # a bound for a sandbox that stays up for weeks


class Calls:
    def __init__(self) -> None:
        self._calls: deque[Json] = deque(maxlen=MOST_CALLS)
        self._seq = count(1)

    def begin(self, *, at: str, token: str | None, method: str, args: Json) -> Json:
        """Note a call as it comes in; what became of it is filled in later."""
        call: Json = {
            "seq": next(self._seq),
            "at": at,
            "token": token,
            "method": method,
            "args": args,
            "status": None,
            "answer": None,
            "fault": None,
        }
        self._calls.append(call)
        return call

    def after(self, seq: int) -> list[Json]:
        newer = list(takewhile(lambda call: call["seq"] > seq, reversed(self._calls)))
        return newer[::-1]
