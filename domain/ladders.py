"""How often somebody is asked about what they owe, as both sides agreed; when stands elsewhere."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Final, Literal

from domain.errors import TouchbaseError
from domain.values import value

Preset = Literal["gentle", "standard", "firm"]

BEFORE_MOST: Final = 5
EVERY_MOST: Final = 5
REMINDERS_MOST: Final = 10


class ImpossibleLadder(TouchbaseError):
    """A number lies outside its bounds; ``field`` names it."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


@value
class Ladder:
    """The steps that time takes by itself; further ones are taken by people.

    Attributes:
        before_days: Working days of the owner before the due one, 0 to 5; 0: none.
        every_days: Working days between two reminders once it is late, 1 to 5.
        lead_after: After so many reminders of what is late the owner's own lead reads it too, 1 to
            10; 0: never.
        most: Reminders of one date in all, 1 to 10.
    """

    before_days: int
    every_days: int
    lead_after: int
    most: int

    def __post_init__(self) -> None:
        bounds = {
            "before_days": (0, BEFORE_MOST),
            "every_days": (1, EVERY_MOST),
            "lead_after": (0, REMINDERS_MOST),
            "most": (1, REMINDERS_MOST),
        }
        for field, (least, greatest) in bounds.items():
            if not least <= getattr(self, field) <= greatest:
                raise ImpossibleLadder(field)

    @property
    def code(self) -> str:
        """As it is stored, in the form "0-1-3-6"."""
        return f"{self.before_days}-{self.every_days}-{self.lead_after}-{self.most}"

    @property
    def preset(self) -> Preset | None:
        """The name under which it is known; None: own numbers."""
        return next((name for name, one in PRESETS.items() if one == self), None)


PRESETS: Final[Mapping[Preset, Ladder]] = {
    "gentle": Ladder(before_days=0, every_days=3, lead_after=0, most=3),
    "standard": Ladder(before_days=0, every_days=1, lead_after=3, most=6),
    "firm": Ladder(before_days=1, every_days=1, lead_after=2, most=10),
}
STANDARD: Final = PRESETS["standard"]


@lru_cache(maxsize=64)
def ladder_of(code: str) -> Ladder:
    """What is stored under a code.

    Raises:
        ImpossibleLadder: It says no ladder.
    """
    parts = code.split("-")
    if len(parts) != len(STANDARD.code.split("-")) or not all(part.isdecimal() for part in parts):
        raise ImpossibleLadder("ladder")
    before_days, every_days, lead_after, most = map(int, parts)
    return Ladder(before_days=before_days, every_days=every_days, lead_after=lead_after, most=most)
