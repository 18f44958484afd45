import threading
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clock import ClockBackwards, MovableClock, SystemClock

MONDAY_NOON = datetime(2026, 11, 16, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


class MachineSeconds:
    """Real time by hand."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


def test_the_systems_clock_speaks_utc_and_does_not_stand_still() -> None:
    clock = SystemClock()

    first = clock.now()

    assert first.tzinfo is UTC
    assert clock.now() >= first


def test_a_clock_starts_at_the_present_moment_unless_told() -> None:
    before = SystemClock().now()

    clock = MovableClock()

    assert before <= clock.now() <= SystemClock().now() + timedelta(seconds=1)


def test_a_clock_runs_in_real_time_from_where_it_was_set() -> None:
    machine = MachineSeconds()
    clock = MovableClock(MONDAY_NOON, machine_seconds=machine)

    machine.seconds += 90

    assert clock.now() == MONDAY_NOON + timedelta(seconds=90)


def test_a_moved_clock_runs_on_from_there() -> None:
    machine = MachineSeconds()
    clock = MovableClock(MONDAY_NOON, machine_seconds=machine)
    machine.seconds += 5

    clock.move(MONDAY_NOON + HOUR)
    machine.seconds += 2

    assert clock.now() == MONDAY_NOON + HOUR + timedelta(seconds=2)


def test_a_stopped_clock_stands_still_until_it_is_moved() -> None:
    machine = MachineSeconds()
    clock = MovableClock(MONDAY_NOON, machine_seconds=machine)
    machine.seconds += 5

    clock.running = False
    machine.seconds += 3600
    stopped_at = clock.now()
    clock.move(MONDAY_NOON + HOUR)
    machine.seconds += 3600

    assert not clock.running
    assert stopped_at == MONDAY_NOON + timedelta(seconds=5)
    assert clock.now() == MONDAY_NOON + HOUR


def test_a_clock_that_runs_again_does_not_make_up_for_the_time_it_stood_still() -> None:
    machine = MachineSeconds()
    clock = MovableClock(MONDAY_NOON, running=False, machine_seconds=machine)
    machine.seconds += 3600

    clock.running = True
    machine.seconds += 1

    assert clock.now() == MONDAY_NOON + timedelta(seconds=1)


def test_a_clock_does_not_go_back() -> None:
    clock = MovableClock(MONDAY_NOON, running=False)

    with pytest.raises(ClockBackwards) as refused:
        clock.move(MONDAY_NOON - HOUR)

    assert (refused.value.now, refused.value.to) == (MONDAY_NOON, MONDAY_NOON - HOUR)
    assert clock.now() == MONDAY_NOON


def test_a_clock_may_be_moved_to_where_it_stands() -> None:
    clock = MovableClock(MONDAY_NOON, running=False)

    clock.move(MONDAY_NOON)

    assert clock.now() == MONDAY_NOON


def test_a_moment_of_any_zone_moves_the_clock_and_is_told_in_utc() -> None:
    clock = MovableClock(MONDAY_NOON, running=False)

    clock.move(datetime(2026, 11, 16, 21, tzinfo=timezone(timedelta(hours=8))))

    assert clock.now() == datetime(2026, 11, 16, 13, tzinfo=UTC)
    assert clock.now().tzinfo is UTC


def test_a_moment_without_a_zone_is_refused() -> None:
    clock = MovableClock(MONDAY_NOON)
    naive = MONDAY_NOON.replace(tzinfo=None)

    with pytest.raises(ValueError, match="needs a zone"):
        MovableClock(naive)
    with pytest.raises(ValueError, match="needs a zone"):
        clock.move(naive)


def test_who_listens_is_woken_by_a_move_a_stop_and_a_start_and_sees_the_new_moment() -> None:
    clock = MovableClock(MONDAY_NOON, running=False)
    seen: list[datetime] = []
    stop_listening = clock.on_move(lambda: seen.append(clock.now()))

    clock.move(MONDAY_NOON + HOUR)
    clock.running = True
    clock.running = False
    clock.running = False
    stop_listening()
    stop_listening()
    clock.move(MONDAY_NOON + 5 * HOUR)

    assert len(seen) == 3
    assert seen[0] == MONDAY_NOON + HOUR


def test_a_refused_move_wakes_nobody() -> None:
    clock = MovableClock(MONDAY_NOON)
    woken = threading.Event()
    clock.on_move(woken.set)

    with pytest.raises(ClockBackwards):
        clock.move(MONDAY_NOON - HOUR)

    assert not woken.is_set()


def test_threads_that_move_and_read_one_clock_never_see_it_go_back() -> None:
    clock = MovableClock(MONDAY_NOON)
    readings: list[list[datetime]] = [[], []]
    done = threading.Event()

    def read(into: list[datetime]) -> None:
        while not done.is_set():
            into.append(clock.now())

    readers = [threading.Thread(target=read, args=(into,), daemon=True) for into in readings]
    for reader in readers:
        reader.start()
    for step in range(1, 200):
        clock.running = step % 2 == 0
        clock.move(MONDAY_NOON + step * HOUR)
    done.set()
    for reader in readers:
        reader.join(timeout=60)

    assert not any(reader.is_alive() for reader in readers)
    assert all(into == sorted(into) for into in readings)


@given(st.lists(st.one_of(st.booleans(), st.integers(0, 10**9)), max_size=30))
def test_a_clock_never_goes_back_whatever_is_done_to_it(steps: list[bool | int]) -> None:
    machine = MachineSeconds()
    clock = MovableClock(MONDAY_NOON, machine_seconds=machine)
    last = clock.now()

    for step in steps:
        if isinstance(step, bool):
            clock.running = step
        else:
            machine.seconds += step % 1000
            clock.move(clock.now() + timedelta(microseconds=step))

        assert clock.now() >= last
        last = clock.now()
