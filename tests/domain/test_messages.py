from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.messages import heard, moment_of, stamp_of
from domain.stretches import Stretch, without

WRITTEN = {"type": "message", "user": "U1", "ts": "1795000000.000100", "text": "words"}
START = datetime(2026, 11, 16, tzinfo=UTC)


@pytest.mark.parametrize(
    "more",
    [
        pytest.param({}, id="a plain one"),
        pytest.param({"subtype": "file_share"}, id="with a file"),
        pytest.param({"subtype": "thread_broadcast"}, id="sent to the channel, too"),
        pytest.param({"subtype": "me_message"}, id="about oneself"),
    ],
)
def test_what_people_write_is_heard_without_its_words(more: dict[str, Any]) -> None:
    found = heard(WRITTEN | more, "C1")

    assert found is not None
    assert (found.slack_id, found.ts, found.thread_ts) == ("U1", "1795000000.000100", None)
    assert "words" not in repr(found)


@pytest.mark.parametrize(
    "message",
    [
        pytest.param(WRITTEN | {"bot_id": "B1"}, id="an app"),
        pytest.param(WRITTEN | {"subtype": "bot_message"}, id="an old app"),
        pytest.param(WRITTEN | {"subtype": "message_changed"}, id="an edit"),
        pytest.param(WRITTEN | {"subtype": "message_deleted"}, id="a deletion"),
        pytest.param(WRITTEN | {"subtype": "channel_join"}, id="a join"),
        pytest.param(WRITTEN | {"subtype": "channel_topic"}, id="a topic"),
        pytest.param(WRITTEN | {"user": None}, id="nobody"),
    ],
)
def test_notices_and_apps_are_not_heard(message: dict[str, Any]) -> None:
    assert heard(message, "C1") is None


@pytest.mark.parametrize(
    ("thread_ts", "kept"),
    [
        pytest.param("1795000000.000100", None, id="the root of a thread"),
        pytest.param("1794000000.000100", "1794000000.000100", id="a reply"),
    ],
)
def test_only_a_reply_has_a_thread(thread_ts: str, kept: str | None) -> None:
    found = heard(WRITTEN | {"thread_ts": thread_ts}, "C1")

    assert found is not None
    assert found.thread_ts == kept


@given(st.integers(0, 4_000_000_000_000_000))
def test_a_moment_and_slacks_stamp_of_it_are_the_same(microseconds: int) -> None:
    moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=microseconds)

    assert moment_of(stamp_of(moment)) == moment


minutes = st.integers(0, 60)
stretches = st.lists(st.tuples(minutes, minutes), max_size=6)


def at(minute: int) -> datetime:
    return START + timedelta(minutes=minute)


def covered(found: list[Stretch]) -> set[int]:
    """The minutes that lie in any of the stretches."""
    return {m for m in range(61) if any(start <= at(m) < end for start, end in found)}


@given(stretches, stretches)
def test_what_is_left_is_what_was_there_and_was_not_taken(
    there: list[tuple[int, int]], taken: list[tuple[int, int]]
) -> None:
    first = [(at(start), at(end)) for start, end in there]
    second = [(at(start), at(end)) for start, end in taken if start < end]

    left = without(first, second)

    assert covered(left) == covered(first) - covered(second)
    assert all(start < end for start, end in left)
    assert left == sorted(left)
