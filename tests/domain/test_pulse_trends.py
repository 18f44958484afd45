from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.pulse_trends import ANSWERS_FEWEST, Point, Trend, change, levels

FIRST_ON = date(2026, 9, 28)
MIDDLE_ON = FIRST_ON + timedelta(weeks=4)


def point(week: int, mean: float, answers: int = 5, question: str = "tone") -> Point:
    return Point(
        week_on=FIRST_ON + timedelta(weeks=week),
        question=question,
        group="client",
        answers=answers,
        total=round(mean * answers),
    )


@pytest.mark.parametrize(
    ("earlier", "later", "answers", "trend"),
    [
        pytest.param(4.0, 3.0, 10, "falling", id="falling"),
        pytest.param(3.0, 4.0, 10, "rising", id="rising"),
        pytest.param(4.0, 3.6, 10, "steady", id="less than half a step"),
        pytest.param(4.0, 3.5, 10, "falling", id="half a step"),
        pytest.param(5.0, 1.0, 9, "too_few", id="nine answers in a half"),
    ],
)
def test_a_change_has_a_name_from_ten_answers_and_half_a_step_on(
    earlier: float, later: float, answers: int, trend: Trend
) -> None:
    points = [point(1, earlier, answers), point(6, later, answers)]

    assert change(points, "client", MIDDLE_ON).trend == trend


def test_a_harder_question_is_no_fall() -> None:
    points = [
        *(point(week, 4.6, question="tone") for week in (0, 1, 4)),
        *(point(week, 2.2, question="workload") for week in (3, 5, 6)),
    ]

    assert change(points, "client", MIDDLE_ON).trend == "steady"


def test_questions_asked_in_one_half_alone_are_too_few() -> None:
    points = [point(0, 5, 50, "tone"), point(6, 1, 50, "workload")]

    assert change(points, "client", MIDDLE_ON).by is None


def test_a_group_is_compared_with_itself() -> None:
    assert change([point(0, 5, 50), point(6, 1, 50)], "vendor", MIDDLE_ON).trend == "too_few"


@given(st.lists(st.tuples(st.integers(0, 7), st.integers(3, 9), st.integers(1, 5))))
def test_a_change_is_never_named_on_fewer_answers(found: list[tuple[int, int, int]]) -> None:
    points = [point(week, score, answers) for week, answers, score in found]
    halves = [
        sum(one.answers for one in points if (one.week_on < MIDDLE_ON) == is_earlier)
        for is_earlier in (True, False)
    ]

    named = change(points, "client", MIDDLE_ON)

    assert (named.trend == "too_few") == (min(halves) < ANSWERS_FEWEST)
    assert named.by is None or abs(named.by) <= 4


def test_the_weeks_stand_in_order_each_over_all_its_questions() -> None:
    points = [point(2, 4, 4), point(0, 2, 3), point(0, 5, 6, "quality")]

    found = levels(points, "client")

    assert [one.week_on for one in found] == [FIRST_ON, FIRST_ON + timedelta(weeks=2)]
    assert [one.mean for one in found] == [pytest.approx(36 / 9), 4.0]
    assert [one.answers for one in found] == [9, 4]
