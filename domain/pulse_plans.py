"""What both sides agreed on about their pulse: how much is asked, and who sees what; no words."""

import json
from dataclasses import dataclass
from typing import Final, Literal

Means = Literal["leads", "channel"]

QUESTIONS_MOST: Final = 3
OWN_MOST: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class PulsePlan:
    """How the weekly survey is asked and told.

    Attributes:
        questions: How many stand in one survey, 1 to ``QUESTIONS_MOST``.
        own: Questions of the two sides' own, as typed, that take their turn after ours.
        means: Who reads the average of each side; what both give together is for everybody.
        is_signed: Where a side is of one or two, its leads answer openly.
        is_quarterly: Once a quarter the leads are asked about the partnership itself.
    """

    questions: int = 1
    own: tuple[str, ...] = ()
    means: Means = "leads"
    is_signed: bool = False
    is_quarterly: bool = False

    @property
    def code(self) -> str:
        """The plan as stored: what differs from the usual one, in one line."""
        usual = PulsePlan()
        said = {name: getattr(self, name) for name in _NAMES}
        differing = {name: value for name, value in said.items() if value != getattr(usual, name)}
        return json.dumps(differing, sort_keys=True, ensure_ascii=False) if differing else ""


USUAL: Final = PulsePlan()
_NAMES: Final = ("questions", "own", "means", "is_signed", "is_quarterly")


def plan_of(code: str) -> PulsePlan:
    """The plan behind its code."""
    if not code:
        return USUAL
    said = json.loads(code)
    return PulsePlan(**{**said, "own": tuple(said.get("own", ()))})
