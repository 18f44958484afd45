"""Waiting in tests: for a condition, never for a while."""

import time
from collections.abc import Callable


def wait_until(condition: Callable[[], bool], within_seconds: float = 60) -> None:
    end = time.monotonic() + within_seconds
    while not condition():
        assert time.monotonic() < end, "it did not come about in time"
        time.sleep(0.005)
