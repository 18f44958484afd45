from collections.abc import Callable

import pytest

from services.attention import ONE_PIECE_EVERY_SECONDS, QUIET_SECONDS, Attention


class Machine:
    """A machine whose time passes only while somebody rests."""

    def __init__(self) -> None:
        self.seconds = 100.0
        self._later: list[tuple[float, Callable[[], object]]] = []
        self.attention = Attention(lambda: self.seconds, self.rest)

    def at(self, seconds: float, act: Callable[[], object]) -> None:
        self._later.append((self.seconds + seconds, act))

    def rest(self, seconds: float) -> None:
        ends_at = self.seconds + seconds
        for at, act in [one for one in self._later if one[0] <= ends_at]:
            self._later.remove((at, act))
            self.seconds = max(self.seconds, at)
            act()
        self.seconds = max(self.seconds, ends_at)

    def stood_back_seconds(self) -> float:
        began = self.seconds
        self.attention.stand_back()
        return self.seconds - began


def test_other_work_goes_on_at_once_when_nobody_asks() -> None:
    assert Machine().stood_back_seconds() == 0


def test_other_work_waits_until_the_answer_is_given_and_a_little_longer() -> None:
    machine = Machine()
    answering = machine.attention.answering()
    answering.__enter__()
    machine.at(0.03, lambda: answering.__exit__(None, None, None))

    stood_back = machine.stood_back_seconds()

    assert 0.03 + QUIET_SECONDS <= stood_back <= ONE_PIECE_EVERY_SECONDS + QUIET_SECONDS


def test_who_has_just_been_answered_may_go_on_first() -> None:
    machine = Machine()
    with machine.attention.answering():
        pass

    assert machine.stood_back_seconds() == pytest.approx(QUIET_SECONDS)


def test_whoever_asks_without_end_does_not_stop_other_work() -> None:
    machine = Machine()

    with machine.attention.answering():
        pieces = [machine.stood_back_seconds() for _ in range(3)]

    assert pieces == pytest.approx([ONE_PIECE_EVERY_SECONDS] * 3)


def test_of_two_who_wait_one_has_its_turn_at_a_time() -> None:
    machine = Machine()
    turns: list[float] = []

    with machine.attention.answering():
        machine.at(0.01, lambda: turns.append(machine.stood_back_seconds()))
        turns.append(machine.stood_back_seconds())

    assert turns == pytest.approx([ONE_PIECE_EVERY_SECONDS - 0.01, 2 * ONE_PIECE_EVERY_SECONDS])


def test_an_answer_that_fails_is_over_too() -> None:
    machine = Machine()
    with pytest.raises(ValueError, match="broken"), machine.attention.answering():
        raise ValueError("broken")

    assert machine.stood_back_seconds() == pytest.approx(QUIET_SECONDS)
