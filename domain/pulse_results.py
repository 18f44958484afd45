"""What may be kept and shown of a closed survey's scores, question by question; no words."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final, Literal

from domain.people import SIDES, Side
from domain.questions import SCALE

Group = Literal["client", "vendor", "both"]
"""A side, or both together where neither alone may be shown."""
Alike = Literal["low", "high"]
Counts = Mapping[str, int]
"""How often each answer was given: "1" to "5", or "yes" and "no"."""

# A group below this many is never shown, and nobody can agree on less.
SHOWN_FROM: Final = 3
# From so many on it is shown how the answers spread, and what people wrote.
SPREAD_FROM: Final = 5
COMMENTS_FROM: Final = 5
# The two sides see it differently when their means lie so far apart.
APART: Final = 1.0
_VALUES: Final[Mapping[str, int]] = {**{step: int(step) for step in SCALE}, "no": 0, "yes": 1}
_ENDS: Final[Mapping[str, Alike]] = {"1": "low", "5": "high", "no": "low", "yes": "high"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What is shown of one group's answers to one question.

    Attributes:
        alike: At which end all are, in a group below ``SPREAD_FROM``: this is said instead of the
            mean; None: they differ, or are many.
        spread: How often each answer was given; None below ``SPREAD_FROM``, and of both together
            where either side is below it.
    """

    answers: int
    mean: float
    alike: Alike | None = None
    spread: Counts | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What is shown of one question.

    Attributes:
        sides: Of the sides with ``SHOWN_FROM`` answers and more.
        joint: Of both together; None when one side alone is shown, because beside that side's it
            would tell the other's.
    """

    sides: Mapping[Side, Reading]
    joint: Reading | None

    @property
    def gap(self) -> float | None:
        """How much higher the client's mean is than the vendor's; None unless both are shown."""
        if len(self.sides) < len(SIDES):
            return None
        return self.sides["client"].mean - self.sides["vendor"].mean

    @property
    def is_apart(self) -> bool:
        return self.gap is not None and abs(self.gap) >= APART


def kept(counts: Mapping[Side, Counts]) -> dict[Group, dict[str, int]]:
    """The answers to one question that may outlive the survey: from three of a group on.

    Both sides together are a group only when neither is one alone.
    """
    sides: dict[Group, dict[str, int]] = {
        side: dict(counts[side])
        for side in SIDES
        if sum(counts.get(side, {}).values()) >= SHOWN_FROM
    }
    if sides:
        return sides
    together = _together(counts)
    return {"both": together} if sum(together.values()) >= SHOWN_FROM else {}


def result(groups: Mapping[Group, Counts]) -> Result:
    """What is shown of what was kept, as `kept` gives it."""
    sides = {side: _reading(groups[side]) for side in SIDES if side in groups}
    if len(sides) == len(SIDES):
        both = _reading(_together({side: groups[side] for side in SIDES}))
        # Beside what one side chose, the spread of both would tell the other's.
        is_told = all(one.spread is not None for one in sides.values())
        return Result(sides=sides, joint=both if is_told else replace(both, spread=None))
    joint = groups.get("both")
    return Result(sides=sides, joint=None if joint is None else _reading(joint))


def _reading(counts: Counts) -> Reading:
    answers = sum(counts.values())
    is_many = answers >= SPREAD_FROM
    return Reading(
        answers=answers,
        mean=sum(_VALUES[one] * count for one, count in counts.items()) / answers,
        alike=None if is_many else _alike(counts),
        spread=dict(counts) if is_many else None,
    )


def _alike(counts: Counts) -> Alike | None:
    given = {answer for answer, count in counts.items() if count}
    return _ENDS.get(given.pop()) if len(given) == 1 else None


def _together(counts: Mapping[Side, Counts]) -> dict[str, int]:
    found: dict[str, int] = {}
    for side in SIDES:
        for answer, count in counts.get(side, {}).items():
            found[answer] = found.get(answer, 0) + count
    return dict(sorted(found.items()))
