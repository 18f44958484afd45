"""Random rules, and their days found by asking every day of the calendar."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta

from hypothesis import strategies as st

from domain.rule_text import (
    LAST,
    Rule,
    monthly_by_date,
    monthly_by_weekday,
    monthly_by_working_day,
    quarterly,
    weekly,
    yearly,
)

_monthly = (
    st.integers(1, 31).map(monthly_by_date)
    | st.builds(monthly_by_weekday, st.sampled_from([1, 2, 3, 4, LAST]), st.integers(0, 6))
    | (st.integers(1, 20) | st.just(LAST)).map(monthly_by_working_day)
)
_yearly = st.integers(1, 12).flatmap(
    lambda month: st.builds(yearly, st.just(month), st.integers(1, monthrange(2024, month)[1]))
)
rules = (
    st.builds(
        weekly, st.sets(st.integers(0, 6), min_size=1).map(tuple), every_weeks=st.integers(1, 5)
    )
    | _monthly
    | st.builds(
        lambda monthly, month: quarterly(monthly, month=month), _monthly, st.integers(1, 12)
    )
    | _yearly
)


def rule_days(rule: Rule, start: date) -> Iterator[date]:
    """The days of the rule from ``start`` on; working days are Monday to Friday."""
    counted_from: date | None = None
    for n in range(3000):
        day = start + timedelta(days=n)
        if rule.frequency == "weekly":
            if day.weekday() in rule.days:
                counted_from = counted_from or monday(day)
                if (monday(day) - counted_from).days // 7 % rule.every_weeks == 0:
                    yield day
        elif _month_counts(rule, day) and day.day == _day_of_month(rule, day):
            yield day


def monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _month_counts(rule: Rule, day: date) -> bool:
    if rule.frequency == "quarterly":
        return day.month % 3 == (rule.month or 0) % 3
    return rule.frequency == "monthly" or day.month == rule.month


def _day_of_month(rule: Rule, day: date) -> int:
    length = monthrange(day.year, day.month)[1]
    dates = [day.replace(day=n) for n in range(1, length + 1)]
    if rule.day is not None:
        return min(rule.day, length)
    if rule.working_day is not None:
        kept, nth = [d for d in dates if d.weekday() < 5], rule.working_day
    else:
        kept, nth = [d for d in dates if d.weekday() == rule.weekday], rule.nth or 0
    return kept[nth if nth == LAST else nth - 1].day
