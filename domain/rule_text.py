"""The rules of recurrence that we know, and their stored text (RFC 5545); no turns, no dates."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final, Literal

from domain.errors import ImpossibleRule, UnknownRule
from domain.values import value

Frequency = Literal["weekly", "monthly", "quarterly", "yearly"]

LAST: Final = -1

_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_WORKING_DAYS = "MO,TU,WE,TH,FR"
_MONTH_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_SHORTEST_MONTH = 28
# No month has fewer days from Monday to Friday.
_FEWEST_WORKING_DAYS = 20
# What holds in RFC 5545 when nothing is said.
_UNSAID = {("INTERVAL", "1"), ("WKST", "MO")}
# A year of weeks: more is a typing error, and "yearly" says it better.
_MOST_WEEKS = 52


@value
class Rule:
    """When something recurs. Made by the functions below, which refuse what cannot exist.

    Attributes:
        every_weeks: 1 for every week; only weekly rules have another.
        days: Weekly: the weekdays in order, 0 is Monday.
        month: Quarterly: 1, 2 or 3, the first month of the four; yearly: 1 to 12.
        day: By date, 1 to 31; a month that is shorter has its turn on its last day.
        nth: With ``weekday``: 1 to 4, or `LAST`.
        weekday: 0 is Monday.
        working_day: The n-th working day of the month, or `LAST`.

    Of ``day``, ``weekday`` and ``working_day`` monthly and quarterly rules have one, yearly rules
    have ``day``, and weekly rules have none.
    """

    frequency: Frequency
    every_weeks: int = 1
    days: tuple[int, ...] = ()
    month: int | None = None
    day: int | None = None
    nth: int | None = None
    weekday: int | None = None
    working_day: int | None = None


def weekly(days: tuple[int, ...], every_weeks: int = 1) -> Rule:
    """On these weekdays (0 is Monday) of every week, or of every n-th.

    Raises:
        ImpossibleRule: No day, no such day, or not 1 to 52 weeks.
    """
    if not days or not all(0 <= day < len(_DAYS) for day in days):
        raise ImpossibleRule("a weekly rule names weekdays from 0, Monday, to 6")
    if not 1 <= every_weeks <= _MOST_WEEKS:
        raise ImpossibleRule(f"every {every_weeks} weeks is not between 1 and {_MOST_WEEKS}")
    return Rule(frequency="weekly", days=tuple(sorted(set(days))), every_weeks=every_weeks)


def monthly_by_date(day: int) -> Rule:
    """On a date of each month, or on its last day where it is shorter; so 31 is always the last.

    Raises:
        ImpossibleRule: No month has that date.
    """
    if not 1 <= day <= max(_MONTH_DAYS):
        raise ImpossibleRule(f"no month has a day {day}")
    return Rule(frequency="monthly", day=day)


def monthly_by_weekday(nth: int, weekday: int) -> Rule:
    """On the first to fourth or the `LAST` of a weekday (0 is Monday) in each month.

    Raises:
        ImpossibleRule: Not every month has such a day.
    """
    if nth not in {1, 2, 3, 4, LAST}:
        raise ImpossibleRule("a month has a first to fourth and a last of each weekday")
    if not 0 <= weekday < len(_DAYS):
        raise ImpossibleRule(f"{weekday} is no weekday: 0 is Monday, 6 is Sunday")
    return Rule(frequency="monthly", nth=nth, weekday=weekday)


def monthly_by_working_day(n: int) -> Rule:
    """On the n-th or the `LAST` working day of each month.

    Raises:
        ImpossibleRule: Not every month has so many.
    """
    if n != LAST and not 1 <= n <= _FEWEST_WORKING_DAYS:
        raise ImpossibleRule(f"not every month has {n} working days")
    return Rule(frequency="monthly", working_day=n)


def quarterly(monthly: Rule, *, month: int) -> Rule:
    """As a monthly rule, but only in ``month`` (1 to 12) and every third month from it.

    Raises:
        ImpossibleRule: The rule is not monthly, or there is no such month.
    """
    if monthly.frequency != "monthly":
        raise ImpossibleRule(f"a {monthly.frequency} rule cannot be made quarterly")
    if not 1 <= month <= len(_MONTH_DAYS):
        raise ImpossibleRule(f"{month} is no month")
    return Rule(
        frequency="quarterly",
        month=(month - 1) % 3 + 1,
        day=monthly.day,
        nth=monthly.nth,
        weekday=monthly.weekday,
        working_day=monthly.working_day,
    )


def yearly(month: int, day: int) -> Rule:
    """On a date of each year; 29 February is the 28th in ordinary years.

    Raises:
        ImpossibleRule: No year has that date.
    """
    if not 1 <= month <= len(_MONTH_DAYS) or not 1 <= day <= _MONTH_DAYS[month - 1]:
        raise ImpossibleRule(f"no year has a day {day} in month {month}")
    return Rule(frequency="yearly", month=month, day=day)


def rule_text(rule: Rule) -> str:
    """The rule as the value of an RFC 5545 RRULE. It names no start; weeks begin on Monday."""
    if rule.frequency == "weekly":
        interval = f"INTERVAL={rule.every_weeks};" if rule.every_weeks > 1 else ""
        return f"FREQ=WEEKLY;{interval}BYDAY={','.join(_DAYS[day] for day in rule.days)}"
    if rule.frequency == "yearly":
        return f"FREQ=YEARLY;BYMONTH={rule.month};{_date_text(rule)}"
    first = rule.month or 0
    months = ",".join(str(month) for month in range(first, 13, 3))
    return f"FREQ=MONTHLY;{f'BYMONTH={months};' if first else ''}{_day_text(rule)}"


@lru_cache(maxsize=1024)
def parse_rule(text: str) -> Rule:
    """The rule that `rule_text` wrote; parts and lists in any order.

    Raises:
        UnknownRule: It is not one of ours, though perhaps good RFC 5545.
    """
    try:
        parts = _parts(text)
        rule = _read(parts)
        known = _parts(rule_text(rule)) == parts
    except (ImpossibleRule, KeyError, ValueError) as error:
        raise UnknownRule(text) from error
    if not known:
        raise UnknownRule(text)
    return rule


def _day_text(rule: Rule) -> str:
    if rule.working_day is not None:
        return f"BYDAY={_WORKING_DAYS};BYSETPOS={rule.working_day}"
    if rule.weekday is not None:
        return f"BYDAY={rule.nth}{_DAYS[rule.weekday]}"
    return _date_text(rule)


def _date_text(rule: Rule) -> str:
    day = rule.day or 0
    months_are_long_enough = rule.frequency == "yearly" and rule.month != 2
    if day <= _SHORTEST_MONTH or months_are_long_enough:
        return f"BYMONTHDAY={day}"
    if day == max(_MONTH_DAYS):
        return f"BYMONTHDAY={LAST}"
    # RFC 5545 passes over months without the date, so name all that may be last and take the last.
    days = ",".join(str(n) for n in range(_SHORTEST_MONTH, day + 1))
    return f"BYMONTHDAY={days};BYSETPOS={LAST}"


def _parts(text: str) -> dict[str, frozenset[str]]:
    pairs = [part.split("=") for part in text.upper().removeprefix("RRULE:").split(";")]
    parts = {name: frozenset(values.split(",")) for name, values in pairs}
    if len(parts) != len(pairs):
        raise ValueError("a part stands twice")
    return {name: values for name, values in parts.items() if (name, *values) not in _UNSAID}


def _read(parts: Mapping[str, frozenset[str]]) -> Rule:
    """The rule that these parts seem to say; whoever calls compares its text with them."""
    (frequency,) = parts["FREQ"]
    if frequency == "WEEKLY":
        (interval,) = parts.get("INTERVAL", {"1"})
        return weekly(tuple(_DAYS.index(day) for day in parts["BYDAY"]), int(interval))
    if frequency == "YEARLY":
        (month,) = parts["BYMONTH"]
        return yearly(int(month), max(map(int, parts["BYMONTHDAY"])))
    monthly = _read_monthly(parts)
    if "BYMONTH" not in parts:
        return monthly
    return quarterly(monthly, month=min(map(int, parts["BYMONTH"])))


def _read_monthly(parts: Mapping[str, frozenset[str]]) -> Rule:
    if "BYMONTHDAY" in parts:
        day = max(map(int, parts["BYMONTHDAY"]))
        return monthly_by_date(max(_MONTH_DAYS) if day == LAST else day)
    if "BYSETPOS" in parts:
        (nth,) = parts["BYSETPOS"]
        return monthly_by_working_day(int(nth))
    (day_text,) = parts["BYDAY"]
    match = re.fullmatch(r"(-?\d)([A-Z]{2})", day_text)
    if match is None:
        raise ValueError(day_text)
    return monthly_by_weekday(int(match[1]), _DAYS.index(match[2]))
