from datetime import date

import pytest

from domain.errors import ImpossibleHours
from domain.hours import Hours, Interval, Variant, weekly_hours


def minutes(hours: Hours) -> list[list[tuple[int, int]]]:
    return [[(i.start_minute, i.end_minute) for i in day] for day in hours.weekly]


NONE: list[tuple[int, int]] = []
NINE_TO_SIX = [(540, 1080)]

NOTATIONS = [
    pytest.param("mon-fri 09:00-18:00", [NINE_TO_SIX] * 5 + [NONE] * 2, id="office"),
    pytest.param("sat,sun 9:00-18:00", [NONE] * 5 + [NINE_TO_SIX] * 2, id="a list of days"),
    pytest.param(
        "fri-mon 09:00-18:00",
        [NINE_TO_SIX, NONE, NONE, NONE] + [NINE_TO_SIX] * 3,
        id="round Sunday",
    ),
    pytest.param("wed 21:00-06:00", [NONE, NONE, [(1260, 1800)]] + [NONE] * 4, id="past midnight"),
    pytest.param("mon-sun 00:00-24:00", [[(0, 1440)]] * 7, id="always"),
    pytest.param(
        "mon 13:00-18:00 09:00-12:00; mon 19:00-20:00",
        [[(540, 720), (780, 1080), (1140, 1200)]] + [NONE] * 6,
        id="several a day, in any order",
    ),
    pytest.param("MON 12:00-12:00", [[(720, 2160)]] + [NONE] * 6, id="a whole day from noon"),
    pytest.param("", [NONE] * 7, id="no hours at all"),
]


@pytest.mark.parametrize(("text", "week"), NOTATIONS)
def test_the_short_notation_reads_as_a_week(text: str, week: list[list[tuple[int, int]]]) -> None:
    assert minutes(weekly_hours(text)) == week


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("mon", "no times for 'mon'"),
        ("monday 09:00-18:00", "'monday' does not name weekdays"),
        ("mon- 09:00-18:00", "'mon-' does not name weekdays"),
        (",mon 09:00-18:00", "'' does not name weekdays"),
        ("mon-fry 09:00-18:00", "'mon-fry' does not name weekdays"),
        ("mon 9-18", "'9-18' does not read as 09:00-18:00"),
        ("mon 09:60-18:00", "a time that no clock shows"),
        ("mon 24:00-25:00", "a time that no clock shows"),
        ("mon 09:00-24:30", "a time that no clock shows"),
    ],
)
def test_hours_that_do_not_read_are_refused_with_a_reason(text: str, reason: str) -> None:
    with pytest.raises(ImpossibleHours, match=reason):
        weekly_hours(text)


@pytest.mark.parametrize(("start", "end"), [(-1, 60), (1440, 1500), (60, 60), (60, 30), (60, 1501)])
def test_an_interval_begins_within_its_day_and_lasts_at_most_one(start: int, end: int) -> None:
    with pytest.raises(ImpossibleHours):
        Interval(start_minute=start, end_minute=end)


def test_a_week_of_six_days_is_refused() -> None:
    with pytest.raises(ImpossibleHours, match="seven days, not 6"):
        Hours(weekly=((),) * 6)


def test_a_variant_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(ImpossibleHours):
        Variant(from_on=date(2026, 3, 2), until_on=date(2026, 3, 1), hours=weekly_hours(""))
