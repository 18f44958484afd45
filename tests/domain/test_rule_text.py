from collections.abc import Callable

import pytest
from hypothesis import given

from domain.errors import ImpossibleRule, UnknownRule
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
from tests.domain.slow_turns import rules

TEXTS = [
    (weekly((1,)), "FREQ=WEEKLY;BYDAY=TU"),
    (weekly((3, 0, 3)), "FREQ=WEEKLY;BYDAY=MO,TH"),
    (weekly((3,), every_weeks=2), "FREQ=WEEKLY;INTERVAL=2;BYDAY=TH"),
    (monthly_by_date(15), "FREQ=MONTHLY;BYMONTHDAY=15"),
    (monthly_by_date(30), "FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1"),
    (monthly_by_date(31), "FREQ=MONTHLY;BYMONTHDAY=-1"),
    (monthly_by_weekday(1, 1), "FREQ=MONTHLY;BYDAY=1TU"),
    (monthly_by_weekday(LAST, 4), "FREQ=MONTHLY;BYDAY=-1FR"),
    (monthly_by_working_day(3), "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=3"),
    (
        quarterly(monthly_by_working_day(LAST), month=12),
        "FREQ=MONTHLY;BYMONTH=3,6,9,12;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
    ),
    (quarterly(monthly_by_date(1), month=4), "FREQ=MONTHLY;BYMONTH=1,4,7,10;BYMONTHDAY=1"),
    (yearly(3, 31), "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=31"),
    (yearly(2, 29), "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=28,29;BYSETPOS=-1"),
]


@pytest.mark.parametrize(("rule", "text"), TEXTS, ids=[text for _, text in TEXTS])
def test_a_rule_is_stored_as_rfc_5545(rule: Rule, text: str) -> None:
    assert rule_text(rule) == text


@given(rule=rules)
def test_every_rule_comes_back_from_its_text(rule: Rule) -> None:
    assert parse_rule(rule_text(rule)) == rule


@pytest.mark.parametrize(
    "text",
    [
        "RRULE:FREQ=WEEKLY;BYDAY=MO,TH",
        "freq=weekly;byday=mo,th",
        "BYDAY=TH,MO;FREQ=WEEKLY",
        "FREQ=WEEKLY;INTERVAL=1;WKST=MO;BYDAY=MO,TH",
    ],
)
def test_the_same_rule_is_read_however_it_is_arranged(text: str) -> None:
    assert parse_rule(text) == weekly((0, 3))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "every tuesday",
        "FREQ",
        "FREQ=",
        "FREQ=DAILY",
        "FREQ=HOURLY;BYDAY=MO",
        "FREQ=WEEKLY",
        "FREQ=WEEKLY;BYDAY=XX",
        "FREQ=WEEKLY;BYDAY=2MO",
        "FREQ=WEEKLY;BYDAY=MO;INTERVAL=0",
        "FREQ=WEEKLY;BYDAY=MO;INTERVAL=-2",
        "FREQ=WEEKLY;BYDAY=MO;INTERVAL=two",
        "FREQ=WEEKLY;BYDAY=MO;BYDAY=TU",
        "FREQ=WEEKLY;BYDAY=MO;COUNT=3",
        "FREQ=WEEKLY;BYDAY=MO;UNTIL=20270101T000000Z",
        "FREQ=WEEKLY;BYDAY=MO;BYHOUR=9,15",
        "FREQ=WEEKLY;BYDAY=MO;INTERVAL=2;WKST=SU",
        "FREQ=MONTHLY",
        "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=1",
        "FREQ=MONTHLY;BYMONTHDAY=31",
        "FREQ=MONTHLY;BYMONTHDAY=1,15",
        "FREQ=MONTHLY;BYDAY=5FR",
        "FREQ=MONTHLY;BYDAY=FR",
        "FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=1",
        "FREQ=MONTHLY;BYMONTH=1,2;BYMONTHDAY=1",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29",
        "FREQ=YEARLY;BYDAY=MO",
    ],
)
def test_what_is_not_in_the_vocabulary_is_refused(text: str) -> None:
    with pytest.raises(UnknownRule) as refused:
        parse_rule(text)

    assert refused.value.text == text


def test_days_that_do_not_exist_make_no_rule() -> None:
    refused: list[Callable[[], Rule]] = [
        lambda: weekly(()),
        lambda: weekly((7,)),
        lambda: weekly((0,), every_weeks=0),
        lambda: weekly((0,), every_weeks=53),
        lambda: monthly_by_date(0),
        lambda: monthly_by_date(32),
        lambda: monthly_by_weekday(5, 0),
        lambda: monthly_by_weekday(1, 7),
        lambda: monthly_by_working_day(0),
        lambda: monthly_by_working_day(21),
        lambda: quarterly(weekly((0,)), month=1),
        lambda: quarterly(monthly_by_date(1), month=13),
        lambda: yearly(2, 30),
        lambda: yearly(13, 1),
    ]

    for make in refused:
        with pytest.raises(ImpossibleRule):
            make()
