from itertools import combinations, combinations_with_replacement

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.people import Side
from domain.pulse_results import Alike, Counts, Result, kept, result

SCORES = (1, 2, 3, 4, 5)
scores = st.lists(st.sampled_from(SCORES), max_size=7)


def counts(client: list[int], vendor: list[int]) -> dict[Side, Counts]:
    given: dict[Side, list[int]] = {"client": client, "vendor": vendor}
    return {side: {str(s): found.count(s) for s in set(found)} for side, found in given.items()}


def told(client: list[int], vendor: list[int]) -> Result:
    return result(kept(counts(client, vendor)))


def test_both_sides_from_three_answers_on_are_shown_beside_the_joint_mean() -> None:
    found = told([5, 4, 4], [3, 3, 3, 4])

    assert found.joint is not None
    assert found.joint.mean == pytest.approx(26 / 7)
    assert found.sides["client"].mean == pytest.approx(13 / 3)
    assert found.gap == pytest.approx(13 / 3 - 3.25)
    assert found.is_apart


@pytest.mark.parametrize(
    ("client", "vendor", "sides", "joint"),
    [
        pytest.param([5, 5], [1, 1], set(), 3.0, id="two and two: together alone"),
        pytest.param([5], [1], set(), None, id="one and one"),
        pytest.param([], [], set(), None, id="nobody"),
        pytest.param([], [1, 2, 3], {"vendor"}, None, id="one side alone"),
        pytest.param([5, 5], [1, 2, 3], {"vendor"}, None, id="one side has too few"),
    ],
)
def test_a_side_below_three_is_never_shown(
    client: list[int], vendor: list[int], sides: set[Side], joint: float | None
) -> None:
    found = told(client, vendor)

    assert set(found.sides) == sides
    assert (found.joint and found.joint.mean) == joint
    assert found.gap is None
    assert not found.is_apart


@given(few=st.integers(0, 2), other=st.lists(st.sampled_from(SCORES), min_size=3, max_size=7))
def test_beside_a_side_that_is_shown_nothing_depends_on_the_few_of_the_other(
    few: int, other: list[int]
) -> None:
    """Whatever the few answered, everything that anybody can see or look up is the same."""
    seen = {
        str((told(list(mine), other), kept(counts(list(mine), other))))
        for mine in combinations_with_replacement(SCORES, few)
    }

    assert len(seen) == 1


@given(
    answers=st.lists(st.sampled_from(SCORES), min_size=3, max_size=4),
    clients=st.integers(1, 2),
)
def test_where_both_are_shown_together_nothing_tells_who_of_which_side_gave_what(
    answers: list[int], clients: int
) -> None:
    seen = set()
    for chosen in combinations(range(len(answers)), max(clients, len(answers) - 2)):
        client = [answers[n] for n in chosen]
        vendor = [score for n, score in enumerate(answers) if n not in chosen]
        seen.add(str((told(client, vendor), kept(counts(client, vendor)))))

    assert len(seen) == 1


@pytest.mark.parametrize(
    ("answers", "alike"),
    [
        pytest.param([1, 1, 1], "low", id="three low"),
        pytest.param([5, 5, 5, 5], "high", id="four high"),
        pytest.param([3, 3, 3], None, id="alike in the middle"),
        pytest.param([1, 1, 2], None, id="not alike"),
        pytest.param([1, 1, 1, 1, 1], None, id="five are many enough for a mean"),
    ],
)
def test_few_who_are_all_alike_at_one_end_are_said_to_be_so(
    answers: list[int], alike: Alike | None
) -> None:
    assert told(answers, []).sides["client"].alike == alike


def test_how_answers_spread_is_shown_from_five_on() -> None:
    assert told([1, 2, 3, 4], []).sides["client"].spread is None
    assert told([1, 2, 3, 4, 4], []).sides["client"].spread == {"1": 1, "2": 1, "3": 1, "4": 2}


def test_both_together_do_not_tell_how_the_few_of_one_side_spread() -> None:
    few, many = [5, 4, 4], [3, 3, 3, 4, 1]

    beside_few, beside_many = told(few, many).joint, told(many, many).joint

    assert beside_few is not None
    assert beside_few.spread is None
    assert beside_many is not None
    assert beside_many.spread == {"1": 2, "3": 6, "4": 2}


def test_yes_and_no_have_ends_of_their_own() -> None:
    found = result({"client": {"no": 3}, "vendor": {"yes": 2, "no": 1}})

    assert found.sides["client"].alike == "low"
    assert found.sides["vendor"].mean == pytest.approx(2 / 3)


@given(client=scores, vendor=scores)
def test_what_was_kept_gives_the_same_result_again(client: list[int], vendor: list[int]) -> None:
    groups = kept(counts(client, vendor))

    assert result(dict(reversed(groups.items()))) == result(groups)
    assert all(sum(group.values()) >= 3 for group in groups.values())
