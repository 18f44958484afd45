"""Identifiers as Slack shapes them: rising message stamps and ids that never come twice."""

import itertools
import secrets
from datetime import UTC, datetime
from typing import Final

# Slack's stamps have ten digits before the point.
FIRST_MOMENT: Final = datetime(2002, 1, 1, tzinfo=UTC)
LAST_MOMENT: Final = datetime(2200, 1, 1, tzinfo=UTC)
_ALPHABET: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def _base36(number: int, width: int) -> str:
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = _ALPHABET[digit] + digits
    return digits.rjust(width, "0")


class Stamps:
    """Makes ``ts`` values and ids for one run of the sandbox."""

    def __init__(self) -> None:
        # A bot may outlive the sandbox: a second run must not repeat the ids of the first.
        self._run = _base36(secrets.randbelow(36**4), 4)
        self._numbers = itertools.count(1)
        self._last_us = 0

    def ts(self, now: datetime) -> str:
        """The next stamp: the moment in seconds, unique and rising."""
        present_us = round(now.timestamp() * 1_000_000)
        self._last_us = max(self._last_us + 1, present_us)
        return f"{self._last_us // 1_000_000}.{self._last_us % 1_000_000:06d}"

    def begin_after(self, ts: str) -> None:
        """Let the next stamp follow ``ts``, also where that means going back; empty: none."""
        seconds, _, micros = ts.partition(".")
        self._last_us = int(seconds) * 1_000_000 + int(micros) if ts else 0

    def id(self, prefix: str) -> str:
        """A new id such as ``V01AB00000C``."""
        return f"{prefix}0{self._run}{_base36(next(self._numbers), 5)}"

    def secret(self) -> str:
        """A token that cannot be guessed, for tickets and addresses."""
        return secrets.token_hex(12)
