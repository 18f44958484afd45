"""A list of deliverables pasted in one go: its lines, and how many there can be."""

import hashlib
import re
from typing import Final

from domain.errors import TouchbaseError

LINES_MOST: Final = 50
# A bullet or a number in front, as lists in letters and tables have them.
_BULLET: Final = re.compile(r"^(?:(?:[•*\-–—]|\d{1,3}[.)]|\[[ xX]?\])\s+)+")


class TooManyLines(TouchbaseError):
    """More lines than anybody looks through before they are written down."""

    field = "list"

    def __init__(self, count: int) -> None:
        super().__init__(count)
        self.count = count


class TooMuchText(TouchbaseError):
    """More than a field of a form can hold."""

    field = "list"

    def __init__(self, count: int) -> None:
        super().__init__(count)
        self.count = count


class NoLines(TouchbaseError):
    """Nothing was pasted."""

    field = "list"


def lines_of(pasted: str) -> tuple[str, ...]:
    """What stands in each line, without bullets; empty lines are none.

    Raises:
        NoLines, TooManyLines.
    """
    found = tuple(line for line in map(_line, pasted.splitlines()) if line)
    if not found:
        raise NoLines
    if len(found) > LINES_MOST:
        raise TooManyLines(len(found))
    return found


def draft_id(form_id: str, number: int) -> str:
    """Of the deliverable that a line becomes: the same when the form is sent twice."""
    return hashlib.sha256(f"{form_id}/{number}".encode()).hexdigest()[:20]


def mark_of(pasted: str) -> str:
    """Tells whether a list is the one that was looked through."""
    return hashlib.sha256(pasted.encode()).hexdigest()[:20]


def _line(typed: str) -> str:
    return " ".join(_BULLET.sub("", typed.strip()).split())
