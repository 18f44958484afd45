from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import NaiveMoment, TimeOutOfRange, UnknownZone, WallTimeWithZone
from domain.zones import local, to_utc, utc, zone, zone_names


def wall(text: str) -> datetime:
    return datetime.fromisoformat(text)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


WALL_TIMES = [
    pytest.param("America/New_York", "2026-01-15 10:00", "2026-01-15 15:00", id="New York, winter"),
    pytest.param("America/New_York", "2026-07-15 10:00", "2026-07-15 14:00", id="New York, summer"),
    pytest.param("America/New_York", "2026-03-08 02:30", "2026-03-08 07:30", id="gap of an hour"),
    pytest.param("America/New_York", "2026-11-01 01:30", "2026-11-01 05:30", id="first of two"),
    pytest.param("America/New_York", "2026-11-01 02:00", "2026-11-01 07:00", id="after both"),
    pytest.param("Australia/Lord_Howe", "2026-10-04 02:15", "2026-10-03 15:45", id="half-hour gap"),
    pytest.param(
        "Australia/Lord_Howe", "2026-04-05 01:45", "2026-04-04 14:45", id="half-hour fold"
    ),
    pytest.param("Africa/Cairo", "2026-04-24 00:30", "2026-04-23 22:30", id="gap at midnight"),
    pytest.param("Africa/Casablanca", "2026-03-22 02:30", "2026-03-22 02:30", id="after Ramadan"),
    pytest.param("Africa/Casablanca", "2026-02-15 02:30", "2026-02-15 01:30", id="before Ramadan"),
    pytest.param("Pacific/Apia", "2011-12-30 10:00", "2011-12-30 20:00", id="a day that was not"),
    pytest.param("Asia/Kathmandu", "2026-05-04 09:00", "2026-05-04 03:15", id="45 minutes"),
    pytest.param("Asia/Kolkata", "2026-05-04 09:00", "2026-05-04 03:30", id="30 minutes"),
]


@pytest.mark.parametrize(("name", "shown", "moment"), WALL_TIMES)
def test_a_wall_time_is_one_moment(name: str, shown: str, moment: str) -> None:
    assert to_utc(wall(shown), name) == at(moment)


def test_a_skipped_time_is_shown_moved_forward_by_the_gap() -> None:
    moved = local(to_utc(wall("2026-03-08 02:30"), "America/New_York"), "America/New_York")

    assert moved == wall("2026-03-08 03:30")


@given(
    moment=st.datetimes(
        min_value=wall("1970-01-01"), max_value=wall("2100-01-01"), timezones=st.just(UTC)
    ),
    name=st.sampled_from(["America/New_York", "Australia/Lord_Howe", "Pacific/Apia", "UTC"]),
)
def test_what_a_clock_shows_leads_back_to_the_moment_or_to_the_first_of_two(
    moment: datetime, name: str
) -> None:
    back = to_utc(local(moment, name), name)

    assert back == moment or (back < moment and local(back, name) == local(moment, name))


def test_a_moment_of_any_zone_becomes_utc() -> None:
    in_manila = wall("2026-05-04 09:00").replace(tzinfo=timezone(timedelta(hours=8)))

    assert utc(in_manila) == at("2026-05-04 01:00")
    assert utc(in_manila).tzinfo is UTC


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(NaiveMoment, match="a moment needs a zone: 2026-05-04T09:00:00"):
        utc(wall("2026-05-04 09:00"))
    with pytest.raises(NaiveMoment):
        local(wall("2026-05-04 09:00"), "Asia/Manila")


def test_a_wall_time_with_a_zone_is_refused() -> None:
    with pytest.raises(WallTimeWithZone, match="no zone of its own"):
        to_utc(at("2026-05-04 09:00"), "Asia/Manila")


@pytest.mark.parametrize("year", [1899, 2201, 9999])
def test_a_year_that_is_a_typing_error_is_refused(year: int) -> None:
    with pytest.raises(TimeOutOfRange, match=f"the year {year}"):
        to_utc(wall(f"{year}-12-31 23:00"), "America/New_York")
    with pytest.raises(TimeOutOfRange):
        utc(at(f"{year}-12-31 23:00"))


@pytest.mark.parametrize(
    "name",
    [
        "",
        "America",
        "america/new_york",
        "../etc/passwd",
        "/etc/passwd",
        "a\0b",
        "Manila",
        "localtime",
    ],
)
def test_a_name_that_is_no_zone_is_refused(name: str) -> None:
    with pytest.raises(UnknownZone) as refused:
        zone(name)

    assert refused.value.name == name


def test_each_zone_is_one_object_however_many_are_in_play() -> None:
    names = sorted(zone_names())[:50]
    first = [zone(name) for name in names]

    assert all(zone(name) is held for name, held in zip(names, first, strict=True))
