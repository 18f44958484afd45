import threading
import time
from collections.abc import Callable

import pytest

from services.attention import (
    ONE_PIECE_EVERY_SECONDS,
    QUIET_SECONDS,
    SHORTEST_WAIT_SECONDS,
    Attention,
)

BOUND_SECONDS = 5


def took_seconds(act: Callable[[], None]) -> float:
    began_seconds = time.monotonic()
    act()
    return time.monotonic() - began_seconds


def waiting(attention: Attention, turns: list[float]) -> threading.Thread:
    """Other work, which notes when it may go on."""

    def work() -> None:
        attention.stand_back()
        turns.append(time.monotonic())

    return threading.Thread(target=work)


def test_other_work_goes_on_at_once_when_nobody_asks() -> None:
    assert took_seconds(Attention().stand_back) < QUIET_SECONDS


def test_other_work_waits_until_the_answer_is_given() -> None:
    attention = Attention()
    went_on_at: list[float] = []
    other = waiting(attention, went_on_at)

    with attention.answering():
        other.start()
        time.sleep(ONE_PIECE_EVERY_SECONDS / 4)
        answered_at = time.monotonic()
    other.join(BOUND_SECONDS)

    assert went_on_at[0] - answered_at >= QUIET_SECONDS - SHORTEST_WAIT_SECONDS


def test_whoever_asks_without_end_does_not_stop_other_work() -> None:
    attention = Attention()

    with attention.answering():
        pieces = [took_seconds(attention.stand_back) for _ in range(2)]

    assert all(piece < 2 * ONE_PIECE_EVERY_SECONDS for piece in pieces)
    assert pieces[1] > ONE_PIECE_EVERY_SECONDS / 2


def test_of_many_who_wait_one_has_its_turn_at_a_time() -> None:
    attention = Attention()
    turns: list[float] = []
    others = [waiting(attention, turns) for _ in range(3)]

    with attention.answering():
        for other in others:
            other.start()
        for other in others:
            other.join(BOUND_SECONDS)

    first, second, third = sorted(turns)
    assert min(second - first, third - second) > ONE_PIECE_EVERY_SECONDS / 2


def test_an_answer_that_fails_holds_nobody_up() -> None:
    attention = Attention()

    with pytest.raises(ZeroDivisionError), attention.answering():
        raise ZeroDivisionError

    assert took_seconds(attention.stand_back) < ONE_PIECE_EVERY_SECONDS / 2
