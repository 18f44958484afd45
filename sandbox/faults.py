"""Faults on demand: which of the coming Web API calls go wrong, and how."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

KINDS: Final = frozenset({"ratelimited", "http_500", "http_500_done", "timeout", "lost_response"})


@dataclass(slots=True, kw_only=True)
class Fault:
    """A planned fault.

    ``http_500_done`` and ``lost_response`` carry the call out and then spoil the answer; with
    ``timeout`` it is not carried out and never answered.
    """

    method: str
    kind: str
    times: int = 1
    retry_after_s: int = 1


def is_fault(name: str) -> bool:
    return name in KINDS or (name.startswith("error:") and len(name) > len("error:"))


class Faults:
    def __init__(self) -> None:
        self._planned: list[Fault] = []

    def plan(self, fault: Fault) -> None:
        self._planned.append(fault)

    def clear(self) -> None:
        self._planned.clear()

    def planned(self) -> Sequence[Fault]:
        """What is still to strike, the oldest plan first."""
        return tuple(self._planned)

    def take(self, method: str) -> Fault | None:
        """The fault that strikes this call, if any; the oldest planned one first."""
        for fault in self._planned:
            if fault.method not in {"*", method}:
                continue
            fault.times -= 1
            if fault.times <= 0:
                self._planned.remove(fault)
            return fault
        return None
