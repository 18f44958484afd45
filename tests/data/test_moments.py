from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.moments import from_text, maybe_from, maybe_text, to_text
from domain.errors import MalformedMoment, NaiveMoment

ZONES = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
MOMENTS = st.builds(
    lambda seconds, zone: (datetime(1900, 1, 2, tzinfo=UTC) + seconds).astimezone(zone),
    st.timedeltas(timedelta(0), timedelta(days=300 * 365)),
    ZONES,
)

MOMENT = datetime(2026, 11, 23, 13, 0, tzinfo=UTC)


@given(MOMENTS)
def test_a_moment_comes_back_as_it_was(moment: datetime) -> None:
    assert from_text(to_text(moment)) == moment


@given(MOMENTS, MOMENTS)
def test_texts_sort_as_their_moments_do(one: datetime, other: datetime) -> None:
    assert (to_text(one) < to_text(other)) == (one < other)


def test_a_moment_is_written_in_utc_with_microseconds() -> None:
    manila = timezone(timedelta(hours=8))

    text = to_text(datetime(2026, 11, 23, 21, 0, tzinfo=manila))

    assert text == "2026-11-23T13:00:00.000000Z"
    assert from_text(text).utcoffset() == timedelta(0)


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(NaiveMoment):
        to_text(MOMENT.replace(tzinfo=None))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("2026-11-23T13:00:00Z", id="no microseconds"),
        pytest.param("2026-11-23T13:00:00.000000+", id="no zone"),
        pytest.param("2026-13-23T13:00:00.000000Z", id="no such month"),
        pytest.param("", id="empty"),
    ],
)
def test_other_texts_are_no_moments(text: str) -> None:
    with pytest.raises(MalformedMoment):
        from_text(text)


def test_no_moment_stays_none() -> None:
    assert maybe_text(None) is None
    assert maybe_from(None) is None


def test_the_two_hours_in_which_clocks_are_put_back_are_two_moments() -> None:
    new_york = ZoneInfo("America/New_York")
    first = datetime(2026, 11, 1, 1, 30, tzinfo=new_york)

    texts = [to_text(first), to_text(first.replace(fold=1))]

    assert texts == ["2026-11-01T05:30:00.000000Z", "2026-11-01T06:30:00.000000Z"]
