"""When the clocks of a zone change, as a yearly rule where there is one; for calendar files."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Final

from domain import zones

# No zone changes its clocks twice within this time.
_STEP: Final = timedelta(days=7)
_WEEK_DAYS: Final = 7
_LAST: Final = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """The clocks of a zone from one change on.

    Attributes:
        wall: What the clocks show at the change, as they went until then.
        before: Offset from UTC until then; ``after``: from then on.
        name: As in EST.
        nth: With ``wall``'s weekday and month it comes again every year: 1 to 4, -1 for the last;
            None: no such rule holds.
        further: Without a rule: the further changes of the kind, as ``wall``.
    """

    wall: datetime
    before: timedelta
    after: timedelta
    name: str
    is_summer: bool
    nth: int | None = None
    further: tuple[datetime, ...] = ()


@lru_cache(maxsize=64)
def changes(zone_name: str, first_year: int, years: int) -> tuple[Change, ...]:
    """How the clocks go from the start of ``first_year``, and every change in so many years.

    The first of them is no change: it says how the clocks go at the start.
    """
    since = datetime(first_year, 1, 1, tzinfo=UTC)
    until = datetime(first_year + years, 1, 1, tzinfo=UTC)
    every = [
        _change(zone_name, moment, moment - timedelta(seconds=1))
        for moment in _moments(zone_name, since, until)
    ]
    by_rule = _grouped(every, by_day=True)
    nths = [_nth(group, years) for group in by_rule]
    if None in nths:
        found = [_listed(group) for group in _grouped(every, by_day=False)]
    else:
        found = [replace(group[0], nth=nth) for group, nth in zip(by_rule, nths, strict=True)]
    return (_change(zone_name, since, since), *found)


def _grouped(every: list[Change], *, by_day: bool) -> list[list[Change]]:
    """Changes of one kind together, in order; ``by_day``: of one month, weekday and time, too."""
    groups: dict[tuple[object, ...], list[Change]] = defaultdict(list)
    for one in every:
        day = (one.wall.month, one.wall.weekday(), one.wall.time()) if by_day else ()
        groups[one.before, one.after, one.name, *day].append(one)
    return list(groups.values())


def _moments(zone_name: str, since: datetime, until: datetime) -> Iterator[datetime]:
    """The first moment after every change of the offset, to the second."""
    low = since
    while low < until:
        high = min(low + _STEP, until)
        if _state(zone_name, low) != _state(zone_name, high):
            yield _searched(zone_name, low, high)
        low = high


def _searched(zone_name: str, low: datetime, high: datetime) -> datetime:
    old = _state(zone_name, low)
    while high - low > timedelta(seconds=1):
        middle = low + timedelta(seconds=(high - low).total_seconds() // 2)
        low, high = (middle, high) if _state(zone_name, middle) == old else (low, middle)
    return high


def _state(zone_name: str, moment: datetime) -> tuple[timedelta | None, str | None]:
    local = moment.astimezone(zones.zone(zone_name))
    return local.utcoffset(), local.tzname()


def _change(zone_name: str, moment: datetime, just_before: datetime) -> Change:
    zone = zones.zone(zone_name)
    before, after = just_before.astimezone(zone), moment.astimezone(zone)
    offset = before.utcoffset() or timedelta()
    return Change(
        wall=(moment + offset).replace(tzinfo=None),
        before=offset,
        after=after.utcoffset() or timedelta(),
        name=after.tzname() or zone_name,
        is_summer=bool(after.dst()),
    )


def _nth(group: list[Change], years: int) -> int | None:
    """Which weekday of its month a change is every year; None when it varies or years lack it."""
    if len(group) != years:
        return None
    counted = {(one.wall.day - 1) // _WEEK_DAYS + 1 for one in group}
    if len(counted) == 1:
        return counted.pop()
    are_last = all((one.wall + timedelta(days=_WEEK_DAYS)).month != one.wall.month for one in group)
    return _LAST if are_last else None


def _listed(group: list[Change]) -> Change:
    return replace(group[0], further=tuple(one.wall for one in group[1:]))
