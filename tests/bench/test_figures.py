import pytest

from bench.figures import Figure, percentile, table


@pytest.mark.parametrize(
    ("measured", "floor", "asked", "held"),
    [
        pytest.param(2, 10, {"most": 0.25}, True, id="fast enough"),
        pytest.param(3, 10, {"most": 0.25}, False, id="too slow"),
        pytest.param(2, 10, {"least": 0.125}, True, id="often enough"),
        pytest.param(1, 10, {"least": 0.125}, False, id="too seldom"),
        pytest.param(0, 0, {"most": 0}, True, id="none lost"),
        pytest.param(1, 0, {"most": 0}, False, id="one lost"),
        pytest.param(9, 1, {}, True, id="nothing is asked of it"),
    ],
)
def test_a_figure_is_held_by_its_ratio_to_the_floor(
    measured: float, floor: float, asked: dict[str, float], held: bool
) -> None:
    assert Figure(what="", measured=measured, floor=floor, unit="ms", **asked).held is held


def test_a_figure_that_is_missed_stands_out_in_the_table() -> None:
    missed = Figure(what="ack", measured=5, floor=10, unit="ms", most=0.25)

    assert table([missed]).splitlines()[1].split() == "ack 5 ms 10 ms 0.500 <= 0.25 NO".split()


def test_of_a_hundred_values_the_99th_percentile_is_the_greatest() -> None:
    assert percentile(range(100), 0.99) == 99
    assert percentile([7.0], 0.99) == 7
