"""What recurs: our own vocabulary of rules and their turns; no cadences, no storage.

Turns are stepped in wall time and become moments one by one, so ten o'clock stays ten o'clock.
The stored text of a rule stands in `domain.rule_text`.
"""

from calendar import monthrange
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import islice

from dateutil.rrule import rrule, rrulestr

from domain import zones
from domain.rule_text import (
    LAST,
    Rule,
    monthly_by_date,
    monthly_by_weekday,
    monthly_by_working_day,
    parse_rule,
    quarterly,
    rule_text,
    weekly,
    yearly,
)
from domain.values import value

__all__ = [
    "LAST",
    "Rule",
    "Turn",
    "monthly_by_date",
    "monthly_by_weekday",
    "monthly_by_working_day",
    "next_turn",
    "parse_rule",
    "quarterly",
    "rule_text",
    "turns",
    "weekly",
    "yearly",
]

IsWorkingDay = Callable[[date], bool]

_ONE_DAY = timedelta(days=1)
# A zone that changes sides of the date line skips a whole day.
_CARRIED_MOST = timedelta(days=2)
# A working day is looked for in so many months before a rule is taken to have no more turns.
_MONTHS_AHEAD = 24


@value
class Turn:
    """One turn of a recurrence.

    Attributes:
        original: Wall time by the rule, without a zone; with its cadence the key of the turn, also
            when the clocks skip that time.
        starts_at: The moment, in UTC.
    """

    original: datetime
    starts_at: datetime


def next_turn(
    rule: Rule,
    *,
    local_start: datetime,
    zone_name: str,
    after: datetime | None = None,
    is_working_day: IsWorkingDay | None = None,
) -> Turn | None:
    """The turn that follows ``after``, or the first.

    A wall time that does not exist is moved forward by the gap, one that happens twice means the
    first. At most one turn a day: what lands on the day of the turn before it is left out.

    Args:
        rule: "Every n weeks" counts from the week of ``after``, at first from the first turn's.
        local_start: Wall time from which the first turn is looked for, and the time of day of all.
        zone_name: IANA name of the zone in which the wall time is meant.
        after: ``original`` of the last turn, also if that was moved; None asks for the first turn.
        is_working_day: Which days count for a rule by working days, one turn a month. None counts
            Monday to Friday. Other rules do not ask it: a turn on a holiday is still a turn.

    Returns:
        None when there is none before the year 2201, or no working day within two years.

    Raises:
        WallTimeWithZone, UnknownZone, TimeOutOfRange: See `domain.zones`.
    """
    zones.check_wall_time(local_start)
    first_on = _anchor(rule, local_start.date()) if after is None else after.date() + _ONE_DAY
    for day in _days(rule, first_on, after, is_working_day):
        original = datetime.combine(day, local_start.time())
        if original.year > zones.LAST_YEAR:
            return None
        if after is None or not _on_one_day(after, original, zone_name):
            return Turn(original=original, starts_at=zones.to_utc(original, zone_name))
    return None


def turns(  # noqa: PLR0913 -- what next_turn takes, and a count
    rule: Rule,
    *,
    local_start: datetime,
    zone_name: str,
    count: int,
    after: datetime | None = None,
    is_working_day: IsWorkingDay | None = None,
) -> list[Turn]:
    """The next ``count`` turns in order, each computed from the one before; see `next_turn`."""
    found: list[Turn] = []
    while len(found) < count:
        turn = next_turn(
            rule,
            local_start=local_start,
            zone_name=zone_name,
            after=found[-1].original if found else after,
            is_working_day=is_working_day,
        )
        if turn is None:
            break
        found.append(turn)
    return found


def _on_one_day(before: datetime, original: datetime, zone_name: str) -> bool:
    """Whether two turns fall on one day, which only those of neighbouring days can."""
    if original.date() - before.date() > _CARRIED_MOST:
        return False
    return _day_of(before, zone_name) == _day_of(original, zone_name)


def _day_of(original: datetime, zone_name: str) -> date:
    """The day on which clocks in the zone show a turn, which a skipped time can carry over."""
    return zones.local(zones.to_utc(original, zone_name), zone_name).date()


def _anchor(rule: Rule, start_on: date) -> date:
    """From where weeks are counted: not from a week whose days are over."""
    if rule.frequency == "weekly" and start_on.weekday() > rule.days[-1]:
        return start_on + (7 - start_on.weekday()) * _ONE_DAY
    return start_on


def _days(
    rule: Rule, first_on: date, after: datetime | None, is_working_day: IsWorkingDay | None
) -> Iterator[date]:
    """The days of the rule from ``first_on`` on, in order."""
    if rule.working_day is not None and is_working_day is not None:
        # A day off that is added later must not give a month a second turn.
        month_on = first_on.replace(day=1) if after is None else _next_month(after.date())
        days = _working_days(rule, month_on, is_working_day)
    elif rule.frequency == "yearly":
        days = _yearly_days(rule, first_on.year)
    elif rule.frequency == "weekly":
        days = _weekly_days(rule, first_on if after is None else after.date())
    else:
        counted_from = first_on if after is None else after.date()
        days = (turn.date() for turn in _stepped(rule, counted_from))
    return (day for day in days if day >= first_on)


def _yearly_days(rule: Rule, first_year: int) -> Iterator[date]:
    """Its date in each year; the library lays out every day of a year before it finds one."""
    month, day = rule.month or 1, rule.day or 1
    for year in range(first_year, zones.LAST_YEAR + 2):
        yield date(year, month, min(day, monthrange(year, month)[1]))


def _weekly_days(rule: Rule, counted_from: date) -> Iterator[date]:
    """Its days in each week that counts; the library would take most of the time of a turn."""
    monday = counted_from - counted_from.weekday() * _ONE_DAY
    while monday.year <= zones.LAST_YEAR + 1:
        yield from (monday + day * _ONE_DAY for day in rule.days)
        monday += rule.every_weeks * 7 * _ONE_DAY


def _stepped(rule: Rule, first_on: date) -> Iterator[datetime]:
    return iter(_recurrence(rule).replace(dtstart=datetime.combine(first_on, time())))


@lru_cache(maxsize=256)
def _recurrence(rule: Rule) -> rrule:
    found = rrulestr(rule_text(rule), dtstart=datetime.combine(date(2000, 1, 1), time()))
    assert isinstance(found, rrule)
    return found


def _working_days(rule: Rule, month_on: date, is_working_day: IsWorkingDay) -> Iterator[date]:
    """The rule's working day of each month, from the month that begins on ``month_on``.

    A month with fewer working days has its turn on the last.
    """
    for _ in range(_MONTHS_AHEAD):
        if rule.month is None or (month_on.month - rule.month) % 3 == 0:
            day = _working_day_of(rule.working_day or LAST, month_on, is_working_day)
            yield from () if day is None else (day,)
        month_on = _next_month(month_on)


def _working_day_of(nth: int, month_on: date, is_working_day: IsWorkingDay) -> date | None:
    days = (_next_month(month_on) - month_on).days
    dates = [month_on + n * _ONE_DAY for n in range(days)]
    if nth == LAST:
        return next(filter(is_working_day, reversed(dates)), None)
    worked = list(islice(filter(is_working_day, dates), nth))
    return worked[-1] if worked else None


def _next_month(day: date) -> date:
    return (day.replace(day=28) + 4 * _ONE_DAY).replace(day=1)
