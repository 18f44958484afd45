from datetime import UTC, date, datetime
from functools import partial
from itertools import islice, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendars import Calendar, is_working_day, weekly_hours
from domain.errors import UnknownZone, WallTimeWithZone
from domain.recurrence import (
    LAST,
    Rule,
    Turn,
    monthly_by_date,
    monthly_by_weekday,
    monthly_by_working_day,
    next_turn,
    quarterly,
    turns,
    weekly,
    yearly,
)
from domain.zones import local
from tests.domain.slow_turns import rule_days, rules

EVERY_DAY = weekly((0, 1, 2, 3, 4, 5, 6))


def wall(text: str) -> datetime:
    return datetime.fromisoformat(text)


def days(rule: Rule, start: str, count: int) -> list[str]:
    found = turns(rule, local_start=wall(start), zone_name="UTC", count=count)
    return [turn.original.date().isoformat() for turn in found]


SERIES = [
    pytest.param(
        weekly((1, 3)), "2026-11-18 10:00", "2026-11-19 2026-11-24 2026-11-26", id="two days a week"
    ),
    pytest.param(
        weekly((1,), 2),
        "2026-11-17 10:00",
        "2026-11-17 2026-12-01 2026-12-15",
        id="every other week",
    ),
    pytest.param(
        weekly((0, 4), 2),
        "2026-11-18 10:00",
        "2026-11-20 2026-11-30 2026-12-04",
        id="both in one week",
    ),
    pytest.param(
        weekly((1,), 2),
        "2026-11-18 10:00",
        "2026-11-24 2026-12-08 2026-12-22",
        id="first the nearest",
    ),
    pytest.param(
        weekly((6,), 2), "2026-12-20 10:00", "2026-12-20 2027-01-03 2027-01-17", id="over week 53"
    ),
    pytest.param(
        monthly_by_date(31), "2027-01-15 10:00", "2027-01-31 2027-02-28 2027-03-31", id="last day"
    ),
    pytest.param(
        monthly_by_date(30), "2028-01-30 10:00", "2028-01-30 2028-02-29 2028-03-30", id="leap year"
    ),
    pytest.param(
        monthly_by_weekday(2, 1),
        "2026-11-11 10:00",
        "2026-12-08 2027-01-12 2027-02-09",
        id="second",
    ),
    pytest.param(
        monthly_by_weekday(LAST, 4),
        "2026-11-01 10:00",
        "2026-11-27 2026-12-25 2027-01-29",
        id="last",
    ),
    pytest.param(
        monthly_by_working_day(1),
        "2026-07-02 10:00",
        "2026-08-03 2026-09-01 2026-10-01",
        id="working",
    ),
    pytest.param(
        monthly_by_working_day(LAST), "2026-10-01 10:00", "2026-10-30 2026-11-30", id="last working"
    ),
    pytest.param(
        quarterly(monthly_by_weekday(1, 1), month=11),
        "2026-11-04 10:00",
        "2027-02-02 2027-05-04 2027-08-03",
        id="quarterly",
    ),
    pytest.param(
        yearly(2, 29), "2026-03-01 10:00", "2027-02-28 2028-02-29 2029-02-28", id="29 February"
    ),
]


@pytest.mark.parametrize(("rule", "start", "expected"), SERIES)
def test_a_rule_has_its_days(rule: Rule, start: str, expected: str) -> None:
    assert days(rule, start, len(expected.split())) == expected.split()


CLOCK_CHANGES = [
    pytest.param(
        "America/New_York",
        "2026-03-07 02:30",
        ["2026-03-07T07:30Z", "2026-03-08T07:30Z", "2026-03-09T06:30Z"],
        id="New York, into the gap",
    ),
    pytest.param(
        "America/New_York",
        "2026-10-31 01:30",
        ["2026-10-31T05:30Z", "2026-11-01T05:30Z", "2026-11-02T06:30Z"],
        id="New York, the first of two",
    ),
    pytest.param(
        "America/New_York",
        "2026-03-07 10:00",
        ["2026-03-07T15:00Z", "2026-03-08T14:00Z", "2026-03-09T14:00Z"],
        id="New York, ten stays ten",
    ),
    pytest.param(
        "Australia/Lord_Howe",
        "2026-10-03 02:15",
        ["2026-10-02T15:45Z", "2026-10-03T15:45Z", "2026-10-04T15:15Z"],
        id="Lord Howe, half an hour forward",
    ),
    pytest.param(
        "Australia/Lord_Howe",
        "2026-04-04 01:45",
        ["2026-04-03T14:45Z", "2026-04-04T14:45Z", "2026-04-05T15:15Z"],
        id="Lord Howe, half an hour back",
    ),
    pytest.param(
        "Africa/Cairo",
        "2026-04-23 00:00",
        ["2026-04-22T22:00Z", "2026-04-23T22:00Z", "2026-04-24T21:00Z"],
        id="Cairo, midnight that is not",
    ),
    pytest.param(
        "Africa/Cairo",
        "2026-10-28 23:30",
        ["2026-10-28T20:30Z", "2026-10-29T20:30Z", "2026-10-30T21:30Z"],
        id="Cairo, before midnight twice",
    ),
    pytest.param(
        "Africa/Casablanca",
        "2026-03-21 02:30",
        ["2026-03-21T02:30Z", "2026-03-22T02:30Z", "2026-03-23T01:30Z"],
        id="Casablanca, after Ramadan",
    ),
    pytest.param(
        "Africa/Casablanca",
        "2026-02-14 02:30",
        ["2026-02-14T01:30Z", "2026-02-15T01:30Z", "2026-02-16T02:30Z"],
        id="Casablanca, at its start",
    ),
    pytest.param(
        "Asia/Kathmandu",
        "2026-12-30 09:00",
        ["2026-12-30T03:15Z", "2026-12-31T03:15Z", "2027-01-01T03:15Z"],
        id="Kathmandu, week 53",
    ),
    pytest.param(
        "Pacific/Apia",
        "2011-12-29 10:00",
        ["2011-12-29T20:00Z", "2011-12-30T20:00Z", "2011-12-31T20:00Z"],
        id="Apia, a day that was not is the next one's",
    ),
]


@pytest.mark.parametrize(("zone", "start", "moments"), CLOCK_CHANGES)
def test_a_turn_keeps_wall_time_when_clocks_change(
    zone: str, start: str, moments: list[str]
) -> None:
    found = turns(EVERY_DAY, local_start=wall(start), zone_name=zone, count=3)

    assert [turn.starts_at for turn in found] == [datetime.fromisoformat(text) for text in moments]
    assert {turn.starts_at.tzinfo for turn in found} == {UTC}


def test_a_turn_keeps_its_original_time_though_clocks_skip_it() -> None:
    turn = next_turn(EVERY_DAY, local_start=wall("2026-03-08 02:30"), zone_name="America/New_York")

    assert turn == Turn(
        original=wall("2026-03-08 02:30"), starts_at=datetime.fromisoformat("2026-03-08T07:30Z")
    )


def test_a_day_that_two_turns_land_on_has_only_the_first() -> None:
    found = turns(
        EVERY_DAY, local_start=wall("2011-12-29 10:00"), zone_name="Pacific/Apia", count=3
    )

    assert [turn.original for turn in found] == [
        wall("2011-12-29 10:00"),
        wall("2011-12-30 10:00"),
        wall("2012-01-01 10:00"),
    ]


def test_a_new_time_of_day_gives_no_second_turn_on_the_day_of_the_last() -> None:
    turn = next_turn(
        weekly((1,)),
        local_start=wall("2026-11-03 15:00"),
        zone_name="UTC",
        after=wall("2026-11-17 10:00"),
    )

    assert turn is not None
    assert turn.original == wall("2026-11-24 15:00")


OBSERVED = Calendar(
    zone="America/New_York",
    hours=weekly_hours("mon-fri 09:00-17:00"),
    holiday_countries=(("US", None),),
)


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (monthly_by_working_day(1), ["2026-12-01", "2027-01-04", "2027-02-01"]),
        (monthly_by_working_day(LAST), ["2026-11-30", "2026-12-31", "2027-01-29"]),
        (quarterly(monthly_by_working_day(1), month=1), ["2027-01-04", "2027-04-01", "2027-07-01"]),
        (monthly_by_working_day(20), ["2026-11-30", "2026-12-29", "2027-01-29"]),
    ],
    ids=["first", "last", "quarterly", "twentieth, or the last there is"],
)
def test_working_days_can_leave_out_holidays(rule: Rule, expected: list[str]) -> None:
    found = turns(
        rule,
        local_start=wall("2026-11-21 10:00"),
        zone_name="America/New_York",
        count=3,
        is_working_day=partial(is_working_day, OBSERVED),
    )

    assert [turn.original.date().isoformat() for turn in found] == expected


def test_a_day_off_that_is_added_later_gives_a_month_no_second_turn() -> None:
    held = wall("2026-12-01 10:00")

    def only_later(day: date) -> bool:
        return day.weekday() < 5 and day > held.date()

    turn = next_turn(
        monthly_by_working_day(1),
        local_start=held,
        zone_name="UTC",
        after=held,
        is_working_day=only_later,
    )

    assert turn is not None
    assert turn.original == wall("2027-01-01 10:00")


def test_where_nobody_ever_works_there_is_no_turn() -> None:
    assert (
        next_turn(
            monthly_by_working_day(1),
            local_start=wall("2026-12-01 10:00"),
            zone_name="UTC",
            is_working_day=lambda _: False,
        )
        is None
    )


def test_turns_end_with_the_year_2200() -> None:
    found = turns(yearly(12, 31), local_start=wall("2199-01-01 10:00"), zone_name="UTC", count=5)

    assert [turn.original.year for turn in found] == [2199, 2200]


def test_a_start_with_a_zone_or_in_none_is_refused() -> None:
    with pytest.raises(WallTimeWithZone):
        next_turn(EVERY_DAY, local_start=datetime(2026, 1, 1, tzinfo=UTC), zone_name="UTC")
    with pytest.raises(UnknownZone):
        next_turn(EVERY_DAY, local_start=wall("2026-01-01"), zone_name="Manila")


starts = st.datetimes(min_value=wall("2010-01-01"), max_value=wall("2035-01-01"))


@given(rule=rules, start=starts)
def test_turns_fall_on_the_days_found_by_asking_every_day(rule: Rule, start: datetime) -> None:
    found = turns(rule, local_start=start, zone_name="UTC", count=6)

    assert [turn.original.date() for turn in found] == list(
        islice(rule_days(rule, start.date()), 6)
    )
    assert {turn.original.time() for turn in found} == {start.time()}


@given(
    rule=rules,
    start=starts,
    zone=st.sampled_from(["America/New_York", "Pacific/Apia", "America/Scoresbysund", "UTC"]),
)
def test_there_is_at_most_one_turn_a_day(rule: Rule, start: datetime, zone: str) -> None:
    found = turns(rule, local_start=start, zone_name=zone, count=6)

    seen = [local(turn.starts_at, zone).date() for turn in found]
    assert len(found) == 6
    assert all(one < next_one for one, next_one in pairwise(seen))


@given(rule=rules, start=starts, skipped=st.integers(1, 5))
def test_turns_go_on_from_the_last_as_if_counted_from_the_first(
    rule: Rule, start: datetime, skipped: int
) -> None:
    whole = turns(rule, local_start=start, zone_name="America/New_York", count=7)

    rest = turns(
        rule,
        local_start=start,
        zone_name="America/New_York",
        after=whole[skipped].original,
        count=6 - skipped,
    )

    assert rest == whole[skipped + 1 :]
