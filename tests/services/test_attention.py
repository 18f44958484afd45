from collections.abc import Callable

import pytest

from services.attention import (
    BEHIND,
    BETWEEN_TURNS_SECONDS,
    DONE_AFTER_SECONDS,
    MANY,
    QUIET_SECONDS,
    TURN_SECONDS,
    USUAL,
    Attention,
    Work,
)

BOTH = pytest.mark.parametrize("work", ["planning", "delivery"])
PIECE_SECONDS = 0.002
MOST_HALVINGS: dict[Work, int] = {"planning": BEHIND.most, "delivery": USUAL.most}


class Machine:
    """A machine whose time passes only while somebody rests or works."""

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

    def stood_back_seconds(self, work: Work) -> float:
        began = self.seconds
        self.attention.stand_back(work)
        return self.seconds - began

    def pieces_until(self, seconds: float, work: Work, waiting: int = MANY) -> int:
        """How many pieces are done, one after the other, until that moment.

        Args:
            waiting: How many wait to be planned; it makes no difference to deliveries.
        """
        pieces = 0
        while self.seconds < seconds:
            self.attention.stand_back(work, waiting=waiting if work == "planning" else 0)
            self.rest(PIECE_SECONDS)
            pieces += 1
        return pieces


@BOTH
def test_other_work_goes_on_at_once_when_nobody_asks(work: Work) -> None:
    assert Machine().stood_back_seconds(work) == 0


@BOTH
def test_other_work_waits_until_the_answer_is_given_and_a_little_longer(work: Work) -> None:
    machine = Machine()
    answering = machine.attention.answering()
    answering.__enter__()
    machine.at(0.03, lambda: answering.__exit__(None, None, None))

    stood_back = machine.stood_back_seconds(work)

    assert 0.03 + QUIET_SECONDS <= stood_back < 0.03 + 3 * QUIET_SECONDS
    assert stood_back < BETWEEN_TURNS_SECONDS


@BOTH
def test_who_has_just_been_answered_may_go_on_first(work: Work) -> None:
    machine = Machine()
    with machine.attention.answering():
        pass

    assert machine.stood_back_seconds(work) == pytest.approx(QUIET_SECONDS)


@BOTH
def test_whoever_asks_without_end_does_not_stop_other_work(work: Work) -> None:
    machine = Machine()

    with machine.attention.answering():
        first = machine.stood_back_seconds(work)
        pieces = machine.pieces_until(101, work)

    assert first == pytest.approx(BETWEEN_TURNS_SECONDS)
    assert pieces >= 10


@BOTH
def test_work_that_is_long_undone_has_its_turn_ever_more_often_up_to_a_limit(work: Work) -> None:
    machine = Machine()
    with machine.attention.answering():
        at_first = machine.pieces_until(101, work)
        machine.pieces_until(110, work)

        later = machine.pieces_until(111, work)

    every_seconds = max(TURN_SECONDS[work], PIECE_SECONDS) + BETWEEN_TURNS_SECONDS / (
        2 ** MOST_HALVINGS[work]
    )
    assert later > 2 * at_first
    assert later * PIECE_SECONDS <= max(TURN_SECONDS[work], PIECE_SECONDS) / every_seconds * 1.3


def test_what_is_late_already_has_its_share_at_once_and_also_after_the_machine_stood_still() -> (
    None
):
    machine = Machine()
    with machine.attention.answering():
        machine.rest(BETWEEN_TURNS_SECONDS)
        machine.attention.stand_back("planning", late_seconds=60, waiting=MANY)
        machine.rest(10 * DONE_AFTER_SECONDS)
        machine.attention.stand_back("planning", late_seconds=60, waiting=MANY)

        pieces = machine.pieces_until(machine.seconds + 1, "planning")

    every_seconds = (
        TURN_SECONDS["planning"] + BETWEEN_TURNS_SECONDS / 2 ** MOST_HALVINGS["planning"]
    )
    assert pieces * PIECE_SECONDS >= TURN_SECONDS["planning"] / every_seconds * 0.8


def test_long_undone_planning_goes_on_for_a_whole_turn_and_a_delivery_is_one() -> None:
    machine = Machine()

    with machine.attention.answering():
        machine.pieces_until(110, "planning")
        machine.rest(BETWEEN_TURNS_SECONDS)
        machine.attention.stand_back("planning", waiting=MANY)
        machine.attention.stand_back("delivery")
        machine.rest(PIECE_SECONDS)

        assert machine.stood_back_seconds("planning") == 0
        assert machine.stood_back_seconds("delivery") > 0


def test_what_a_few_presses_bring_is_planned_less_often_than_what_a_week_off_brings() -> None:
    pieces = []
    for waiting in (1, MANY):
        machine = Machine()
        with machine.attention.answering():
            machine.pieces_until(102, "planning", waiting)
            pieces.append(machine.pieces_until(103, "planning", waiting))

    few, many = pieces
    assert few * 2 < many


def test_deliveries_take_no_turn_from_planning() -> None:
    machine = Machine()

    with machine.attention.answering():
        machine.pieces_until(100 + BETWEEN_TURNS_SECONDS, "delivery")

        assert machine.stood_back_seconds("planning") == 0


def test_while_there_is_much_to_plan_delivery_does_not_come_more_often() -> None:
    machine = Machine()
    with machine.attention.answering():
        machine.pieces_until(110, "delivery")
        machine.attention.stand_back("planning", waiting=MANY)
        machine.attention.stand_back("delivery")
        machine.rest(PIECE_SECONDS)

        beside_planning = machine.stood_back_seconds("delivery")
        machine.rest(2 * DONE_AFTER_SECONDS)
        machine.pieces_until(120, "delivery")
        alone = machine.stood_back_seconds("delivery")

    assert beside_planning == pytest.approx(BETWEEN_TURNS_SECONDS, rel=0.1)
    assert alone <= BETWEEN_TURNS_SECONDS / 2 ** MOST_HALVINGS["delivery"]


@pytest.mark.parametrize(
    ("waiting", "stands_back"),
    [
        pytest.param(MANY, BETWEEN_TURNS_SECONDS, id="much to plan"),
        pytest.param(1, QUIET_SECONDS, id="what a press brought"),
    ],
)
def test_beside_much_that_is_to_be_planned_delivery_waits_longer_after_an_answer(
    waiting: int, stands_back: float
) -> None:
    machine = Machine()
    with machine.attention.answering():
        machine.attention.stand_back("delivery")
        machine.attention.stand_back("planning", waiting=waiting)

    assert machine.stood_back_seconds("delivery") == pytest.approx(stands_back, rel=0.1)


def test_once_all_work_was_done_people_have_the_first_turns_again() -> None:
    machine = Machine()
    with machine.attention.answering():
        machine.pieces_until(110, "planning")

    machine.rest(DONE_AFTER_SECONDS + 0.1)
    with machine.attention.answering():
        again = machine.stood_back_seconds("planning")

    assert again == pytest.approx(BETWEEN_TURNS_SECONDS)


def test_of_two_deliveries_that_wait_one_has_its_turn_at_a_time() -> None:
    machine = Machine()
    turns: list[float] = []

    def wait() -> None:
        machine.attention.stand_back("delivery")
        turns.append(machine.seconds)

    with machine.attention.answering():
        machine.at(0.01, wait)
        wait()

    first, second = sorted(turns)
    assert second - first == pytest.approx(BETWEEN_TURNS_SECONDS, rel=0.2)


def test_an_answer_that_fails_is_over_too() -> None:
    machine = Machine()
    with pytest.raises(ValueError, match="broken"), machine.attention.answering():
        raise ValueError("broken")

    assert machine.stood_back_seconds("planning") == pytest.approx(QUIET_SECONDS)
