"""What was heard so far of a rhythm while the words are read; the readers are elsewhere."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from views.words.pieces import Sheet
from views.words.rhythm_rules import Named
from views.words.times import Clock, Half


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjective:
    """A frequency before a plain word, which may be part of the title: "monthly report review"."""

    start: int
    end: int
    unit: tuple[str, int]


@dataclass(slots=True)
class Listening:
    """What was heard so far; ``taken`` says of each word whether it was understood.

    ``spare``: from where to where words stand that said nothing new. ``has_ended``: the last day is
    past.
    """

    sheet: Sheet
    taken: list[bool]
    named: Named = field(default_factory=Named)
    clock: Clock | None = None
    half: Half | None = None
    zone: str | None = None
    fixed_clock: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    has_ended: bool = False
    length: timedelta | None = None
    once: bool = False
    adjective: Adjective | None = None
    spare: list[tuple[int, int]] = field(default_factory=list)

    def take(self, start: int, end: int) -> int:
        """Note that the words from ``start`` up to ``end`` were understood, and return ``end``."""
        self.taken[start:end] = [True] * (end - start)
        return end
