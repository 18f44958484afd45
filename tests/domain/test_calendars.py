from datetime import date, datetime, timedelta

import pytest

from domain.calendars import (
    Away,
    Calendar,
    Handover,
    Variant,
    add_working,
    add_working_days,
    always,
    end_of_day,
    is_working,
    is_working_day,
    next_handover,
    next_shared,
    next_shift,
    next_working,
    office,
    shift_at,
    shift_on,
    weekly_hours,
    working_between,
    working_days_between,
)
from domain.errors import (
    ImpossibleHours,
    NaiveMoment,
    NegativeAmount,
    TimeOutOfRange,
    UnknownHolidays,
    UnknownZone,
)
from tests.domain.shift_patterns import (
    HALF_DAYS,
    NIGHT_SHIFT,
    OFFICE,
    WEEKEND_SUPPORT,
    madrid,
    manila,
    new_york,
)

NOTHING = Calendar(zone="UTC", hours=weekly_hours(""))
HOUR = timedelta(hours=1)

NEXT_MOMENTS = [
    pytest.param(
        OFFICE, new_york("2026-11-20 16:59"), new_york("2026-11-20 16:59"), id="office, at work"
    ),
    pytest.param(
        OFFICE, new_york("2026-11-20 17:00"), new_york("2026-11-23 09:00"), id="office, weekend"
    ),
    pytest.param(
        OFFICE,
        new_york("2026-11-25 17:00"),
        new_york("2026-11-27 09:00"),
        id="office, Thanksgiving",
    ),
    pytest.param(
        NIGHT_SHIFT, manila("2026-03-06 21:30"), manila("2026-03-06 22:00"), id="night, winter"
    ),
    pytest.param(
        NIGHT_SHIFT, manila("2026-03-09 20:30"), manila("2026-03-09 21:00"), id="night, summer"
    ),
    pytest.param(
        NIGHT_SHIFT, manila("2026-03-10 05:59"), manila("2026-03-10 05:59"), id="night, still there"
    ),
    pytest.param(
        NIGHT_SHIFT, manila("2026-11-30 22:00"), manila("2026-12-01 22:00"), id="night, Bonifacio"
    ),
    pytest.param(
        HALF_DAYS, madrid("2026-05-04 13:00"), madrid("2026-05-05 14:00"), id="half days, afternoon"
    ),
    pytest.param(
        HALF_DAYS, madrid("2026-05-05 18:00"), madrid("2026-05-06 09:00"), id="half days, morning"
    ),
    pytest.param(
        WEEKEND_SUPPORT,
        manila("2026-05-06 12:00"),
        manila("2026-05-08 20:00"),
        id="weekend, Friday",
    ),
    pytest.param(
        WEEKEND_SUPPORT, manila("2026-05-09 03:00"), manila("2026-05-09 03:00"), id="weekend, night"
    ),
    pytest.param(
        WEEKEND_SUPPORT, manila("2026-05-09 04:00"), manila("2026-05-09 08:00"), id="weekend, pause"
    ),
]


@pytest.mark.parametrize(("calendar", "moment", "expected"), NEXT_MOMENTS)
def test_the_next_working_moment_of_each_pattern(
    calendar: Calendar, moment: datetime, expected: datetime
) -> None:
    assert next_working(calendar, moment) == expected
    assert is_working(calendar, moment) == (moment == expected)


WEEKS = [
    pytest.param(OFFICE, new_york("2026-11-16 00:00"), 40 * HOUR, id="office"),
    pytest.param(OFFICE, new_york("2026-11-23 00:00"), 32 * HOUR, id="office, Thanksgiving"),
    pytest.param(NIGHT_SHIFT, manila("2026-11-16 12:00"), 45 * HOUR, id="night"),
    pytest.param(NIGHT_SHIFT, manila("2026-11-23 12:00"), 45 * HOUR, id="night, no Thanksgiving"),
    pytest.param(NIGHT_SHIFT, manila("2026-11-30 12:00"), 36 * HOUR, id="night, Bonifacio"),
    pytest.param(HALF_DAYS, madrid("2026-03-23 00:00"), 20 * HOUR, id="half days"),
    pytest.param(WEEKEND_SUPPORT, manila("2026-05-04 00:00"), 32 * HOUR, id="weekend"),
]


@pytest.mark.parametrize(("calendar", "monday", "worked"), WEEKS)
def test_a_week_of_each_pattern_has_its_hours(
    calendar: Calendar, monday: datetime, worked: timedelta
) -> None:
    assert working_between(calendar, monday, monday + timedelta(days=7)) == worked


def test_hours_that_two_intervals_cover_count_once() -> None:
    calendar = Calendar(
        zone="Asia/Kathmandu", hours=weekly_hours("mon 09:00-12:00 11:00-14:00 14:00-15:00")
    )
    monday = shift_on(calendar, date(2026, 5, 4))

    assert monday is not None
    assert working_between(calendar, monday.starts_at, monday.ends_at) == 6 * HOUR


def test_hours_past_midnight_that_meet_the_next_day_count_once() -> None:
    calendar = Calendar(zone="UTC", hours=weekly_hours("mon 20:00-06:00; tue 04:00-08:00"))
    monday = datetime.fromisoformat("2026-05-04T00:00Z")

    assert working_between(calendar, monday, monday + timedelta(days=7)) == 12 * HOUR


def test_a_moment_to_the_second_is_counted_to_the_second() -> None:
    nine = new_york("2026-11-16 09:00")
    odd = timedelta(seconds=61, microseconds=7)

    assert working_between(OFFICE, nine - odd, nine + odd) == odd
    assert add_working(OFFICE, nine - odd, odd) == nine + odd


@pytest.mark.parametrize("zone", ["Etc/GMT+12", "UTC", "Pacific/Kiritimati"])
def test_shifts_of_many_weeks_count_whole_wherever_they_are_divided(zone: str) -> None:
    calendar = Calendar(zone=zone, hours=weekly_hours("mon-sun 23:00-22:00"))
    first, last = shift_on(calendar, date(2026, 5, 4)), shift_on(calendar, date(2026, 8, 11))

    assert first is not None
    assert last is not None
    assert working_between(calendar, first.starts_at, last.ends_at) == 100 * 23 * HOUR
    for days in range(100):
        shift = shift_on(calendar, first.day_on + timedelta(days=days))
        assert shift is not None
        assert working_between(calendar, shift.starts_at, shift.ends_at) == 23 * HOUR
        assert next_working(calendar, shift.starts_at - timedelta(minutes=30)) == shift.starts_at


def test_nothing_passes_from_later_to_earlier() -> None:
    assert working_between(OFFICE, new_york("2026-11-17 09:00"), new_york("2026-11-16 09:00")) == (
        timedelta(0)
    )


ADDED = [
    pytest.param(
        "2026-11-16 09:00", 8 * HOUR, "2026-11-16 17:00", id="the end, not the next start"
    ),
    pytest.param("2026-11-16 09:00", 8.5 * HOUR, "2026-11-17 09:30", id="into the next day"),
    pytest.param("2026-11-20 16:00", 2 * HOUR, "2026-11-23 10:00", id="over a weekend"),
    pytest.param("2026-11-25 16:00", 2 * HOUR, "2026-11-27 10:00", id="over a holiday"),
    pytest.param("2026-11-21 12:00", 1 * HOUR, "2026-11-23 10:00", id="asked on a Saturday"),
    pytest.param("2026-11-21 12:00", 0 * HOUR, "2026-11-21 12:00", id="nothing added"),
    pytest.param("2026-10-30 09:00", 400 * HOUR, "2027-01-13 17:00", id="fifty working days"),
]


@pytest.mark.parametrize(("start", "amount", "end"), ADDED)
def test_working_time_is_added_over_nights_weekends_and_holidays(
    start: str, amount: timedelta, end: str
) -> None:
    assert add_working(OFFICE, new_york(start), amount) == new_york(end)


def test_working_time_is_not_counted_backwards() -> None:
    with pytest.raises(NegativeAmount):
        add_working(OFFICE, new_york("2026-11-16 09:00"), -HOUR)


def test_dated_variants_hold_from_a_day_until_a_day() -> None:
    ramadan = Variant(
        from_on=date(2026, 2, 18),
        until_on=date(2026, 3, 19),
        hours=weekly_hours("mon-fri 9:00-15:00"),
    )
    first_week = Variant(
        from_on=date(2026, 2, 18),
        until_on=date(2026, 2, 20),
        hours=weekly_hours("mon-fri 10:00-14:00"),
    )
    calendar = Calendar(
        zone="Asia/Manila",
        hours=weekly_hours("mon-fri 09:00-18:00"),
        variants=(ramadan, first_week),
    )

    ends = [end_of_day(calendar, date(2026, *day)) for day in ((2, 17), (2, 18), (3, 19), (3, 20))]

    assert ends == [
        manila("2026-02-17 18:00"),
        manila("2026-02-18 14:00"),
        manila("2026-03-19 15:00"),
        manila("2026-03-20 18:00"),
    ]


NO_DAYS: frozenset[date] = frozenset()


def night_in_manila(
    unticked: frozenset[date] = NO_DAYS, days_off: frozenset[date] = NO_DAYS
) -> Calendar:
    return Calendar(
        zone="Asia/Manila",
        hours=weekly_hours("mon-fri 21:00-06:00"),
        holiday_countries=(("PH", None),),
        unticked=unticked,
        days_off=days_off,
    )


def test_a_holiday_takes_the_shift_that_starts_on_it_and_no_other() -> None:
    calendar = night_in_manila()

    # 8 December is a Tuesday: Monday's shift reaches into it, its own reaches into Wednesday.
    assert is_working(calendar, manila("2026-12-08 05:00"))
    assert not is_working(calendar, manila("2026-12-08 22:00"))
    assert not is_working(calendar, manila("2026-12-09 05:00"))
    assert end_of_day(calendar, date(2026, 12, 8)) is None


def test_an_unticked_holiday_is_worked() -> None:
    calendar = night_in_manila(unticked=frozenset({date(2026, 12, 8)}))

    assert end_of_day(calendar, date(2026, 12, 8)) == manila("2026-12-09 06:00")


def test_a_day_off_is_stronger_than_an_unticked_holiday() -> None:
    day = frozenset({date(2026, 12, 8)})

    assert not is_working_day(night_in_manila(unticked=day, days_off=day), date(2026, 12, 8))


def test_holidays_of_both_sides_can_be_observed() -> None:
    both = Calendar(
        zone="Asia/Manila",
        hours=weekly_hours("mon-fri 09:00-18:00"),
        holiday_countries=(("PH", None), ("US", "NY")),
    )

    days = [is_working_day(both, date(2026, 11, day)) for day in (26, 27, 30)]

    assert days == [False, True, False]


def test_time_away_is_cut_out_to_the_minute() -> None:
    away = Away(from_at=manila("2026-05-05 15:10"), until_at=manila("2026-05-07 10:20"))
    calendar = Calendar(zone="Asia/Manila", hours=weekly_hours("mon-fri 09:00-18:00"), away=(away,))

    assert end_of_day(calendar, date(2026, 5, 5)) == manila("2026-05-05 15:10")
    assert end_of_day(calendar, date(2026, 5, 6)) is None
    assert next_working(calendar, away.from_at) == away.until_at
    shift = next_shift(calendar, away.from_at)
    assert shift is not None
    assert (shift.day_on, shift.starts_at) == (date(2026, 5, 7), away.until_at)


def test_time_away_inside_a_shift_is_a_break_of_it() -> None:
    away = Away(from_at=manila("2026-05-05 12:00"), until_at=manila("2026-05-05 14:00"))
    calendar = Calendar(zone="Asia/Manila", hours=weekly_hours("tue 09:00-18:00"), away=(away,))

    shift = shift_at(calendar, manila("2026-05-05 13:00"))

    assert shift == shift_on(calendar, date(2026, 5, 5))
    assert not is_working(calendar, manila("2026-05-05 13:00"))


def test_the_next_shift_may_belong_to_yesterday_when_time_away_cut_off_its_beginning() -> None:
    away = Away(from_at=manila("2026-05-04 20:00"), until_at=manila("2026-05-05 03:00"))
    calendar = Calendar(zone="Asia/Manila", hours=weekly_hours("mon-fri 21:00-06:00"), away=(away,))

    shift = next_shift(calendar, manila("2026-05-05 01:00"))

    assert shift is not None
    assert (shift.day_on, shift.starts_at) == (date(2026, 5, 4), away.until_at)


def test_time_away_that_does_not_last_is_refused() -> None:
    noon = manila("2026-05-05 12:00")
    with pytest.raises(ImpossibleHours):
        Away(from_at=noon, until_at=noon)


def test_new_york_and_manila_office_hours_share_nothing_but_hand_over() -> None:
    new_york_office = office("America/New_York", end="17:00")
    manila_office = office("Asia/Manila")
    saturday = manila("2026-11-21 12:00")

    assert next_shared(new_york_office, manila_office, saturday) is None
    assert next_handover(new_york_office, manila_office, saturday) == Handover(
        leaves_at=new_york("2026-11-23 17:00"), takes_at=manila("2026-11-24 09:00")
    )
    assert next_handover(manila_office, new_york_office, saturday) == Handover(
        leaves_at=manila("2026-11-23 18:00"), takes_at=new_york("2026-11-23 09:00")
    )


def test_a_lunch_break_is_no_handover_to_somebody_who_is_not_there() -> None:
    with_lunch = Calendar(zone="Asia/Manila", hours=weekly_hours("mon-fri 9:00-12:00 13:00-18:00"))

    handover = next_handover(with_lunch, OFFICE, manila("2026-11-23 10:00"))

    assert handover is not None
    assert handover.leaves_at == manila("2026-11-23 18:00")


def test_a_night_shift_shares_the_hours_of_the_clock_it_follows() -> None:
    assert next_shared(OFFICE, NIGHT_SHIFT, manila("2026-11-21 12:00")) == (
        manila("2026-11-23 22:00")
    )


def test_who_never_stops_never_hands_over() -> None:
    assert next_handover(always("Asia/Manila"), OFFICE, manila("2026-11-21 12:00")) is None
    assert next_handover(OFFICE, NOTHING, manila("2026-11-21 12:00")) is None


def test_who_never_works_has_no_next_moment() -> None:
    moment = manila("2026-11-21 12:00")

    assert next_working(NOTHING, moment) is None
    assert add_working(NOTHING, moment, HOUR) is None
    assert next_shared(OFFICE, NOTHING, moment) is None
    assert next_shift(NOTHING, moment) is None
    assert add_working_days(NOTHING, date(2026, 11, 21), 1) is None
    assert working_between(NOTHING, moment, moment + timedelta(days=1000)) == timedelta(0)


@pytest.mark.parametrize(("days", "found"), [(400, True), (401, False)])
def test_nothing_is_looked_for_beyond_400_days(days: int, found: bool) -> None:
    start = datetime.fromisoformat("2026-05-04T00:00Z")
    away = Away(from_at=start, until_at=start + timedelta(days=days))
    calendar = Calendar(zone="UTC", hours=always("UTC").hours, away=(away,))

    assert (next_working(calendar, start) is not None) == found
    assert (add_working(calendar, start, HOUR) is not None) == found
    assert (next_shared(calendar, calendar, start) is not None) == found


def test_a_shift_with_a_break_is_one_and_belongs_to_the_day_it_starts_on() -> None:
    calendar = Calendar(zone="Asia/Manila", hours=weekly_hours("mon-fri 20:00-23:00 23:30-05:00"))

    shift = shift_at(calendar, manila("2026-05-08 23:15"))

    assert shift is not None
    assert shift.day_on == date(2026, 5, 8)
    assert shift.starts_at == manila("2026-05-08 20:00")
    assert shift.ends_at == manila("2026-05-09 05:00")
    assert shift_at(calendar, manila("2026-05-09 04:59")) == shift
    assert shift_at(calendar, manila("2026-05-09 05:00")) is None


def test_the_next_shift_is_not_the_one_under_way() -> None:
    shift = next_shift(OFFICE, new_york("2026-11-20 09:00"))

    assert shift == shift_on(OFFICE, date(2026, 11, 23))


def test_due_friday_is_the_end_of_the_owners_friday_shift() -> None:
    friday = date(2026, 11, 20)

    assert end_of_day(OFFICE, friday) == new_york("2026-11-20 17:00")
    assert end_of_day(NIGHT_SHIFT, friday) == manila("2026-11-21 07:00")
    assert end_of_day(WEEKEND_SUPPORT, friday) == manila("2026-11-21 04:00")
    assert end_of_day(OFFICE, date(2026, 11, 21)) is None


WORKING_DAYS = [
    pytest.param(date(2026, 11, 20), 1, date(2026, 11, 23), id="over a weekend"),
    pytest.param(date(2026, 11, 25), 1, date(2026, 11, 27), id="over Thanksgiving"),
    pytest.param(date(2026, 11, 20), 5, date(2026, 11, 30), id="a week with a holiday"),
    pytest.param(date(2026, 11, 23), -1, date(2026, 11, 20), id="before"),
    pytest.param(date(2026, 11, 21), 0, date(2026, 11, 23), id="none, from a Saturday"),
    pytest.param(date(2026, 11, 20), 0, date(2026, 11, 20), id="none, from a Friday"),
]


@pytest.mark.parametrize(("day", "count", "expected"), WORKING_DAYS)
def test_working_days_are_added_and_counted(day: date, count: int, expected: date) -> None:
    assert add_working_days(OFFICE, day, count) == expected
    if count > 0:
        assert working_days_between(OFFICE, day, expected) == count


def test_no_working_day_lies_between_a_day_and_an_earlier_one() -> None:
    assert working_days_between(OFFICE, date(2026, 11, 23), date(2026, 11, 16)) == 0


def test_what_cannot_be_is_refused_with_its_name() -> None:
    with pytest.raises(UnknownZone):
        office("Manila")
    with pytest.raises(UnknownHolidays):
        Calendar(zone="UTC", hours=weekly_hours(""), holiday_countries=(("XX", None),))
    with pytest.raises(NaiveMoment):
        next_working(OFFICE, datetime.fromisoformat("2026-11-20 12:00"))
    with pytest.raises(TimeOutOfRange):
        end_of_day(OFFICE, date(9999, 12, 31))


def test_equal_calendars_are_one_key() -> None:
    other = office("Asia/Manila")

    assert {office("Asia/Manila"): "found"}[other] == "found"
    assert other != office("Asia/Manila", end="17:00")
