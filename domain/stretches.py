"""Stretches of time as pairs of moments: what is left of some when others are taken away."""

from collections.abc import Iterable
from datetime import datetime

Stretch = tuple[datetime, datetime]


def without(stretches: Iterable[Stretch], taken: Iterable[Stretch]) -> list[Stretch]:
    """What is left of stretches, oldest first; a stretch has its start and not its end."""
    left = [(start, end) for start, end in stretches if start < end]
    for taken_from, taken_until in taken:
        left = [piece for one in left for piece in _cut(one, taken_from, taken_until)]
    return sorted(left)


def _cut(one: Stretch, taken_from: datetime, taken_until: datetime) -> list[Stretch]:
    start, end = one
    if taken_until <= start or end <= taken_from:
        return [one]
    pieces = [(start, min(end, taken_from)), (max(start, taken_until), end)]
    return [(begins, ends) for begins, ends in pieces if begins < ends]
