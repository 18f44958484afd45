from datetime import datetime, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendars import Calendar, is_working, office
from domain.waits import Wait, circle, lost_minutes, moved_on, stopped_since, stops_at
from tests.domain.test_deliverables import owed
from tests.partners import MANILA, MONDAY_NOON

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
DAYS = office(MANILA)
NIGHTS = office(MANILA, start="21:00", end="06:00")

minutes = st.integers(0, 4 * 24 * 60)
calendars = st.sampled_from([DAYS, NIGHTS])


@st.composite
def stretches(draw: st.DrawFn) -> tuple[datetime, datetime]:
    start, end = sorted((draw(minutes), draw(minutes)))
    return MONDAY_NOON + start * MINUTE, MONDAY_NOON + end * MINUTE


def waits(number: int = 1, **changes: object) -> Wait:
    values: dict[str, object] = {
        "id": f"w{number}",
        "commitment_id": "deck",
        "on_id": "forecast",
        "since_at": MONDAY_NOON,
        "said_by": "ana",
        "due_at": MONDAY_NOON + 24 * HOUR,
    }
    return Wait(**(values | changes))  # type: ignore[arg-type]


def slow_count(calendar: Calendar, every: list[tuple[datetime, datetime]]) -> int:
    """Minute by minute."""
    first, last = min(start for start, _ in every), max(end for _, end in every)
    moments = (first + n * MINUTE for n in range((last - first) // MINUTE))
    return sum(
        is_working(calendar, at) and any(start <= at < end for start, end in every)
        for at in moments
    )


@given(calendar=calendars, every=st.lists(stretches(), min_size=1, max_size=4))
def test_lost_time_is_what_a_slow_count_of_minutes_gives_in_any_order(
    calendar: Calendar, every: list[tuple[datetime, datetime]]
) -> None:
    lost = lost_minutes(calendar, every)

    assert lost == slow_count(calendar, every)
    assert {lost_minutes(calendar, order) for order in permutations(every)} == {lost}


@given(due=minutes, came=minutes, since=minutes)
def test_what_comes_in_time_costs_nothing_and_what_is_late_only_from_then_on(
    due: int, came: int, since: int
) -> None:
    since, came = sorted((since, came))
    wait = waits(
        due_at=MONDAY_NOON + due * MINUTE,
        since_at=MONDAY_NOON + since * MINUTE,
        until_at=MONDAY_NOON + came * MINUTE,
    )

    late = wait.late_stretch(MONDAY_NOON + 9 * 24 * HOUR)

    if came <= due or came == since:
        assert late is None
    else:
        assert late == (MONDAY_NOON + max(due, since) * MINUTE, MONDAY_NOON + came * MINUTE)


@given(calendar=calendars, first=st.integers(0, 3000), second=st.integers(0, 3000))
def test_moved_twice_is_as_far_as_moved_once_by_both(
    calendar: Calendar, first: int, second: int
) -> None:
    one = owed(due_at=MONDAY_NOON + 20 * HOUR, first_due_at=MONDAY_NOON + 20 * HOUR)

    twice = moved_on(moved_on(one, calendar, first), calendar, second)

    assert twice.due_at == moved_on(one, calendar, first + second).due_at
    assert (twice.due_at, twice.moves) == (twice.first_due_at, 0)


def test_the_clock_stands_still_from_the_first_that_is_late() -> None:
    every = [
        waits(1, due_at=MONDAY_NOON + 3 * HOUR),
        waits(2, due_at=MONDAY_NOON + 2 * HOUR),
        waits(3, due_at=None),
        waits(4, due_at=MONDAY_NOON + 9 * HOUR),
    ]

    assert stopped_since(every, MONDAY_NOON + HOUR) is None
    assert stopped_since(every, MONDAY_NOON + 4 * HOUR) == MONDAY_NOON + 2 * HOUR
    assert stops_at(every, MONDAY_NOON + 4 * HOUR) == MONDAY_NOON + 9 * HOUR


@pytest.mark.parametrize(
    ("edges", "way"),
    [
        pytest.param({}, None, id="nothing waits"),
        pytest.param({"b": ("c",)}, None, id="what it waits for waits for something else"),
        pytest.param({"b": ("a",)}, ("b", "a"), id="they would wait for each other"),
        pytest.param({"b": ("x", "c"), "c": ("d",), "d": ("a",)}, ("b", "c", "d", "a"), id="chain"),
        pytest.param({"b": ("c",), "c": ("b",)}, None, id="an old circle that it is not part of"),
    ],
)
def test_a_circle_is_found_by_its_shortest_way(
    edges: dict[str, tuple[str, ...]], way: tuple[str, ...] | None
) -> None:
    assert circle(edges, "a", "b") == way


def test_nothing_waits_for_itself() -> None:
    assert circle({}, "a", "a") == ("a",)
