from collections.abc import Callable
from threading import Event, Thread

from data.gate import LANES, Gate, Lane

BOUND_SECONDS = 60.0


def waiting(gate: Gate) -> int:
    # Who waits is seen nowhere else.
    return sum(len(gate._waiting[lane]) for lane in LANES)  # noqa: SLF001


def enter(gate: Gate, name: str, order: list[str], lane: Lane) -> Thread:
    """A thread that waits at the gate; returns when it stands in its lane."""

    def run() -> None:
        with gate.passing(lane):
            order.append(name)

    before = waiting(gate)
    thread = Thread(target=run, daemon=True)
    thread.start()
    until(lambda: waiting(gate) > before)
    return thread


def until(holds: Callable[[], bool]) -> None:
    pause = Event()
    for _ in range(int(BOUND_SECONDS / 0.001)):
        if holds():
            return
        pause.wait(0.001)
    raise AssertionError("it did not come about in time")


def test_people_go_first_then_planning_and_delivery_in_turns_each_in_order() -> None:
    gate = Gate()
    order: list[str] = []

    with gate.passing():
        threads = [
            enter(gate, "post 1", order, "delivery"),
            enter(gate, "planner 1", order, "planning"),
            enter(gate, "Ana", order, "people"),
            enter(gate, "post 2", order, "delivery"),
            enter(gate, "planner 2", order, "planning"),
            enter(gate, "Ben", order, "people"),
        ]
    for thread in threads:
        thread.join(BOUND_SECONDS)

    assert order == ["Ana", "Ben", "planner 1", "post 1", "planner 2", "post 2"]


def test_an_error_inside_leaves_the_gate_open() -> None:
    gate = Gate()
    try:
        with gate.passing():
            raise LookupError
    except LookupError:
        pass

    with gate.passing():
        passed = True

    assert passed


def test_only_one_is_inside_at_a_time() -> None:
    gate = Gate()
    inside: list[int] = []
    most: list[int] = []

    def run(number: int) -> None:
        for _ in range(200):
            with gate.passing(LANES[number % len(LANES)]):
                inside.append(number)
                most.append(len(inside))
                inside.remove(number)

    threads = [Thread(target=run, args=(number,), daemon=True) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(BOUND_SECONDS)

    assert len(most) == 1600
    assert max(most) == 1
