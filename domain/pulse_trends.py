"""How answers changed over the last weeks, like with like; too few are no trend. No words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from domain.pulse_results import Group

Trend = Literal["too_few", "steady", "rising", "falling"]

WEEKS: Final = 8
# Fewer answers, in the earlier or the later half, can move by chance.
ANSWERS_FEWEST: Final = 10
# Of the steps from 1 to 5.
CHANGE_LEAST: Final = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """What one group answered to one question in one week.

    Attributes:
        week_on: The week's Monday.
        question: Its code: only answers to the same question are compared.
        total: The sum of the answers.
    """

    week_on: date
    question: str
    group: Group
    answers: int
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """How one week stands for one group, over all of the week's questions."""

    week_on: date
    mean: float
    answers: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """How far the later half of the weeks lies from the earlier one.

    Attributes:
        by: None where ``trend`` is ``too_few``.
    """

    trend: Trend
    by: float | None = None


def levels(points: Iterable[Point], group: Group) -> list[Level]:
    """Week by week, oldest first; a week without a result is not in it."""
    weeks: dict[date, list[Point]] = {}
    for point in points:
        if point.group == group:
            weeks.setdefault(point.week_on, []).append(point)
    return [_level(week_on, weeks[week_on]) for week_on in sorted(weeks)]


def change(points: Sequence[Point], group: Group, middle_on: date) -> Change:
    """How a group's answers changed from the weeks before ``middle_on`` to those from it on.

    Each question is compared with itself, and counts by its answers in the half with fewer, so
    that a week of harder questions is no fall.
    """
    own = [point for point in points if point.group == group]
    earlier = _by_question(point for point in own if point.week_on < middle_on)
    later = _by_question(point for point in own if point.week_on >= middle_on)
    common = sorted(earlier.keys() & later.keys())
    weights = [min(earlier[one][0], later[one][0]) for one in common]
    if sum(weights) < ANSWERS_FEWEST:
        return Change(trend="too_few")
    steps = [_mean(later[one]) - _mean(earlier[one]) for one in common]
    by = sum(w * step for w, step in zip(weights, steps, strict=True)) / sum(weights)
    return Change(trend=_named(by), by=by)


def _named(by: float) -> Trend:
    if abs(by) < CHANGE_LEAST:
        return "steady"
    return "rising" if by > 0 else "falling"


def _by_question(points: Iterable[Point]) -> dict[str, tuple[int, int]]:
    """Answers and their sum, by question."""
    found: dict[str, tuple[int, int]] = {}
    for point in points:
        answers, total = found.get(point.question, (0, 0))
        found[point.question] = (answers + point.answers, total + point.total)
    return found


def _mean(answers_and_total: tuple[int, int]) -> float:
    answers, total = answers_and_total
    return total / answers


def _level(week_on: date, points: Sequence[Point]) -> Level:
    answers = sum(point.answers for point in points)
    return Level(
        week_on=week_on, mean=sum(point.total for point in points) / answers, answers=answers
    )
