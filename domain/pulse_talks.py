"""Which of the answers is worth talking about next; the words are not here."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from domain.pulse_results import Reading, Result
from domain.pulse_trends import Change

Reason = Literal["alike", "low", "apart", "falling"]

# A mean below the middle of the scale is low.
LOW_BELOW: Final = 3.0


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkingPoint:
    """One question of a survey, by its position, and what makes it stand out."""

    position: int
    reason: Reason


def talking_point(results: Mapping[int, Result], falling: Change | None) -> TalkingPoint | None:
    """The one thing to talk about, the most pressing first; None when nothing stands out.

    A group that is low and all alike, the lowest mean, the widest gap; else, where the answers
    fall over weeks, the lowest of this week's.

    Args:
        results: Of the questions on a scale, by the question's position.
        falling: How the joint answers changed over the last weeks; None: unknown.
    """
    lowest = {key: low for key, found in results.items() if (low := _lowest(found)) is not None}
    if not lowest:
        return None
    bottom = min(lowest, key=lowest.__getitem__)
    for key, found in results.items():
        if any(one.alike == "low" for one in _readings(found)):
            return TalkingPoint(position=key, reason="alike")
    if lowest[bottom] < LOW_BELOW:
        return TalkingPoint(position=bottom, reason="low")
    gaps = {key: abs(found.gap) for key, found in results.items() if found.gap is not None}
    widest = max(gaps, key=gaps.__getitem__, default=None)
    if widest is not None and results[widest].is_apart:
        return TalkingPoint(position=widest, reason="apart")
    if falling is not None and falling.trend == "falling":
        return TalkingPoint(position=bottom, reason="falling")
    return None


def _lowest(found: Result) -> float | None:
    return min((one.mean for one in _readings(found)), default=None)


def _readings(found: Result) -> list[Reading]:
    return [*found.sides.values(), *([] if found.joint is None else [found.joint])]
