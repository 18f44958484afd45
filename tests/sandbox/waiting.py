"""Waiting for a condition, with an end."""

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from tests.people import Json, Slack

T = TypeVar("T")
_ACTS = ThreadPoolExecutor(8, thread_name_prefix="act")


def until(condition: Callable[[], T], within_s: float = 60.0) -> T:
    """The condition's first true value.

    Raises:
        AssertionError: It did not become true in time.
    """
    deadline_s = time.monotonic() + within_s
    while not (value := condition()):
        assert time.monotonic() < deadline_s, "the condition did not become true in time"
        time.sleep(0.005)
    return value


def connected(slack: Slack) -> bool:
    return bool(slack.world()["connected"])


def meanwhile(slack: Slack, call: str, **body: object) -> Future[Json]:
    """Start an act that waits for the app's ack; its answer comes later."""
    return _ACTS.submit(slack.post, call, **body)
