import itertools
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.outgoing import Destination
from services.delivery_pace import ALWAYS, PER_MINUTE, POST, Pacer
from tests.stores import MONDAY_NOON

HERE = Destination("T1", "C1")
THERE = Destination("T1", "C2")
ELSEWHERE = Destination("T2", "C1")
SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
STEPS = st.lists(st.integers(0, 3_000), min_size=1, max_size=150)


@given(STEPS)
def test_posts_of_a_channel_are_never_less_than_a_second_apart(steps: list[int]) -> None:
    pacer = Pacer()
    now = MONDAY_NOON
    left = []
    for milliseconds in steps:
        now += timedelta(milliseconds=milliseconds)
        free_at = pacer.reserve(HERE, POST, now)
        if free_at is None:
            left.append(now)
        else:
            assert now < free_at <= now + SECOND

    assert all(later - earlier >= SECOND for earlier, later in itertools.pairwise(left))


@given(STEPS, st.sampled_from(sorted(PER_MINUTE)))
def test_no_minute_holds_more_calls_than_the_tier_allows(steps: list[int], method: str) -> None:
    pacer = Pacer()
    now = MONDAY_NOON
    left = []
    for milliseconds in steps:
        now += timedelta(milliseconds=milliseconds)
        if pacer.reserve(HERE, method, now) is None:
            left.append(now)

    for start in left:
        within = [moment for moment in left if start <= moment < start + MINUTE]
        assert len(within) <= PER_MINUTE[method]


def test_a_second_counts_from_the_answer() -> None:
    pacer = Pacer()
    assert pacer.reserve(HERE, POST, MONDAY_NOON) is None
    pacer.posted(HERE, MONDAY_NOON + SECOND / 2)

    assert pacer.free_at(HERE, POST) == MONDAY_NOON + SECOND * 1.5


def test_channels_and_workspaces_do_not_hold_up_each_other() -> None:
    pacer = Pacer()
    pacer.reserve(HERE, POST, MONDAY_NOON)

    assert pacer.free_at(THERE, POST) == ALWAYS
    assert pacer.free_at(ELSEWHERE, POST) == ALWAYS
    assert pacer.free_at(HERE, "chat.update") == ALWAYS


@pytest.mark.parametrize(
    ("block", "held"),
    [
        pytest.param("place", {(HERE, POST), (HERE, "pins.add")}, id="a place"),
        pytest.param("method", {(HERE, POST), (THERE, POST)}, id="a method"),
        pytest.param(
            "team", {(HERE, POST), (HERE, "pins.add"), (THERE, POST), (THERE, "pins.add")}, id="all"
        ),
    ],
)
def test_what_slack_asked_for_holds_up_that_much_and_no_more(
    block: str, held: set[tuple[Destination, str]]
) -> None:
    pacer = Pacer()
    until = MONDAY_NOON + MINUTE
    match block:
        case "place":
            pacer.block_place(HERE, until)
        case "method":
            pacer.block_method("T1", POST, until)
        case _:
            pacer.block_team("T1", until)

    calls = [(place, method) for place in (HERE, THERE, ELSEWHERE) for method in (POST, "pins.add")]
    blocked = {call for call in calls if pacer.free_at(*call) == until}

    assert blocked == held


def test_a_shorter_wait_does_not_end_a_longer_one() -> None:
    pacer = Pacer()
    pacer.block_method("T1", POST, MONDAY_NOON + MINUTE)
    pacer.block_method("T1", POST, MONDAY_NOON + SECOND)

    assert pacer.free_at(HERE, POST) == MONDAY_NOON + MINUTE
