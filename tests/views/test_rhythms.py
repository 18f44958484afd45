import pytest

from domain.recurrence import (
    LAST,
    Rule,
    monthly_by_date,
    monthly_by_weekday,
    monthly_by_working_day,
    quarterly,
    weekly,
    yearly,
)
from views.rhythms import say_rule


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        (weekly((1,)), "Every Tuesday"),
        (weekly((0, 2, 4)), "Every Monday, Wednesday and Friday"),
        (weekly((0, 1, 2, 3, 4)), "Every day from Monday to Friday"),
        (weekly((0, 1, 2, 3, 4, 5, 6)), "Every day"),
        (weekly((3,), 2), "Every other Thursday"),
        (weekly((0, 3), 2), "Every two weeks on Monday and Thursday"),
        (weekly((2,), 3), "Every 3 weeks on Wednesday"),
        (monthly_by_date(1), "The 1st of each month"),
        (monthly_by_date(3), "The 3rd of each month"),
        (monthly_by_date(22), "The 22nd of each month"),
        (monthly_by_date(13), "The 13th of each month"),
        (monthly_by_date(31), "The last day of each month"),
        (monthly_by_weekday(LAST, 4), "The last Friday of each month"),
        (monthly_by_weekday(2, 1), "The second Tuesday of each month"),
        (monthly_by_working_day(LAST), "The last working day of each month"),
        (
            quarterly(monthly_by_working_day(1), month=2),
            "The first working day of February, May, August and November",
        ),
        (yearly(3, 1), "Every year on 1 March"),
    ],
)
def test_a_rule_is_said_in_one_phrase(rule: Rule, said: str) -> None:
    assert say_rule(rule) == said
