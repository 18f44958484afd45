from datetime import date

import pytest

from domain.errors import UnknownHolidays
from domain.holidays_of import check_holidays, holidays_in

CASES = [
    pytest.param("US", None, date(2026, 11, 26), "Thanksgiving Day", id="United States"),
    pytest.param("US", "NY", date(2026, 2, 12), "Lincoln's Birthday", id="New York alone"),
    pytest.param("PH", None, date(2026, 11, 30), "Bonifacio Day", id="Philippines"),
    pytest.param("DE", "BY", date(2026, 6, 4), "Corpus Christi", id="Bavaria, in English"),
    pytest.param("US", None, date(2021, 12, 31), "New Year's Day (observed)", id="the year before"),
]


@pytest.mark.parametrize(("country", "subdivision", "day", "name"), CASES)
def test_a_holiday_has_its_day_and_english_name(
    country: str, subdivision: str | None, day: date, name: str
) -> None:
    assert holidays_in(country, subdivision, day.year)[day] == name


def test_a_year_holds_its_own_days_in_order() -> None:
    days = list(holidays_in("PH", None, 2026))

    assert days == sorted(days)
    assert {day.year for day in days} == {2026}


def test_a_holiday_of_one_state_is_none_of_the_country() -> None:
    assert date(2026, 2, 12) not in holidays_in("US", None, 2026)


@pytest.mark.parametrize(
    ("country", "subdivision"), [("XX", None), ("", None), ("us", None), ("US", "ZZ"), ("US", "")]
)
def test_a_place_of_which_nothing_is_known_is_refused(
    country: str, subdivision: str | None
) -> None:
    with pytest.raises(UnknownHolidays) as refused:
        check_holidays(country, subdivision)

    assert (refused.value.country, refused.value.subdivision) == (country, subdivision)


def test_asking_for_holidays_of_nowhere_is_refused_too() -> None:
    with pytest.raises(UnknownHolidays, match="'XX-YY'"):
        holidays_in("XX", "YY", 2026)
