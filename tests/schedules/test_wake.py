import time
from collections.abc import Iterator
from datetime import timedelta
from threading import Event

import pytest

from schedules.wake import LONGEST_SLEEP, Alarm
from tests.waiting import wait_until

LONG_SECONDS = 60.0
NEVER = timedelta(hours=1)


class Bell:
    def __init__(self) -> None:
        self.rung = Event()
        self.count = 0

    def ring(self) -> None:
        self.count += 1
        self.rung.set()

    def hear(self, count: int) -> None:
        """Wait until it has rung so often."""
        wait_until(lambda: self.count >= count)


@pytest.fixture
def bell() -> Bell:
    return Bell()


@pytest.fixture
def alarm(bell: Bell) -> Iterator[Alarm]:
    started = Alarm(bell.ring, longest=NEVER)
    started.start()
    yield started
    started.stop()


def test_it_rings_after_its_delay(alarm: Alarm, bell: Bell) -> None:
    started_seconds = time.monotonic()

    alarm.set(timedelta(milliseconds=200))
    assert bell.rung.wait(LONG_SECONDS)

    assert time.monotonic() - started_seconds >= 0.19


def test_it_rings_at_once_for_what_is_overdue(alarm: Alarm, bell: Bell) -> None:
    alarm.set(timedelta(days=-2))

    assert bell.rung.wait(LONG_SECONDS)


def test_an_earlier_ring_stays_when_a_later_one_is_set(alarm: Alarm, bell: Bell) -> None:
    alarm.set(timedelta(milliseconds=100))
    alarm.set(NEVER)

    assert bell.rung.wait(LONG_SECONDS)


def test_it_is_never_silent_for_longer_than_its_longest_sleep(bell: Bell) -> None:
    alarm = Alarm(bell.ring, longest=timedelta(milliseconds=200))
    alarm.start()
    alarm.set(timedelta(days=365))

    assert bell.rung.wait(LONG_SECONDS)
    alarm.stop()
    assert timedelta(seconds=5) == LONGEST_SLEEP


def test_a_ring_that_is_late_is_not_left_out(bell: Bell) -> None:
    """Ten that last long, one after the other, each set while the one before still rings."""
    slow = Event()

    def ring() -> None:
        slow.wait(0.02)
        bell.ring()

    alarm = Alarm(ring, longest=NEVER)
    alarm.start()
    for number in range(10):
        alarm.set(timedelta(0))
        bell.hear(number + 1)
    alarm.stop()

    assert bell.count >= 10
