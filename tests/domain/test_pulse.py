from datetime import UTC, datetime, timedelta
from itertools import combinations_with_replacement

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.calendars import Calendar, is_working, office, weekly_hours
from domain.partnerships import Partnership, SideInfo
from domain.people import Side
from domain.pulse import SCORES, Score, closes_at, may_keep, next_question, opens_at, shown
from tests.domain.random_calendars import Case, cases
from tests.partners import ACME, GLOBALCALL, MANILA, NEW_YORK, partnership

scores = st.lists(st.sampled_from(SCORES), max_size=7)


def counts(client: list[Score], vendor: list[Score]) -> dict[Side, dict[Score, int]]:
    given: dict[Side, list[Score]] = {"client": client, "vendor": vendor}
    return {side: {s: found.count(s) for s in set(found)} for side, found in given.items()}


def test_both_sides_from_three_answers_on_are_shown_beside_the_joint_mean() -> None:
    found = shown(counts([5, 4, 4], [3, 3, 3, 4]))

    assert found.joint == pytest.approx(26 / 7)
    assert found.sides == {"client": pytest.approx(13 / 3), "vendor": pytest.approx(3.25)}
    assert found.apart


@pytest.mark.parametrize(
    ("client", "vendor", "sides"),
    [
        pytest.param([5, 5], [1, 1], set(), id="two and two"),
        pytest.param([], [], set(), id="nobody"),
        pytest.param([], [1, 2, 3], {"vendor"}, id="one side alone"),
        pytest.param([5, 5], [1, 2, 3], {"vendor"}, id="one side has too few"),
    ],
)
def test_without_three_answers_of_each_there_is_no_joint_mean(
    client: list[Score], vendor: list[Score], sides: set[Side]
) -> None:
    found = shown(counts(client, vendor))

    assert found.joint is None
    assert set(found.sides) == sides
    assert not found.apart


@given(few=st.integers(0, 2), other=scores, few_is_client=st.booleans())
def test_what_is_shown_and_kept_tells_nothing_about_a_side_below_three(
    few: int, other: list[Score], few_is_client: bool
) -> None:
    """Whatever the few answered, everything that anybody can see or look up is the same."""
    told = set()
    for answered in combinations_with_replacement(SCORES, few):
        mine = list(answered)
        both = counts(mine, other) if few_is_client else counts(other, mine)
        told.add((str(shown(both)), str(may_keep(both))))

    assert len(told) == 1


def test_questions_take_turns() -> None:
    assert [next_question(count) for count in range(6)] == [
        *("answers", "expectations", "quality", "workload", "tone"),
        "answers",
    ]


# A Wednesday.
OPENED = [
    pytest.param("2026-11-18T14:00", "2026-11-19T22:00", id="New York begins its day"),
    pytest.param("2026-11-18T01:00", "2026-11-19T09:00", id="Manila begins its day"),
    pytest.param("2026-11-20T20:00", "2026-11-23T22:00", id="late on Friday"),
]


@pytest.mark.parametrize(("opened", "closes"), OPENED)
def test_a_survey_closes_an_hour_before_the_later_sides_next_shift_ends(
    opened: str, closes: str
) -> None:
    assert closes_at(partnership(), at(opened)) == at(closes)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def pair(client: Calendar, vendor: Calendar) -> Partnership:
    return partnership(
        client=SideInfo(side="client", name="A", slack_team=None, calendar=client),
        vendor=SideInfo(side="vendor", name="B", slack_team=None, calendar=vendor),
    )


@settings(max_examples=25, deadline=None)
@given(case=cases(2))
def test_a_survey_lasts_from_a_day_to_five(case: Case) -> None:
    client, vendor = case.fast

    length = closes_at(pair(client, vendor), case.start) - case.start

    assert timedelta(hours=20) <= length <= timedelta(days=5)


def test_sides_that_never_work_are_given_five_days_and_no_opening() -> None:
    idle = Calendar(zone=NEW_YORK, hours=weekly_hours(""))

    assert closes_at(pair(idle, idle), at("2026-11-18T14:00")) == at("2026-11-23T14:00")
    assert opens_at(pair(idle, idle), at("2026-11-18T14:00")) is None


@pytest.mark.parametrize(
    ("wished", "opens"),
    [
        pytest.param("2026-11-18T14:00", "2026-11-18T14:00", id="New York works"),
        pytest.param("2026-11-18T12:00", "2026-11-18T14:00", id="both are at home"),
        pytest.param("2026-11-21T15:00", "2026-11-23T01:00", id="at the weekend"),
    ],
)
def test_a_survey_opens_while_somebody_works(wished: str, opens: str) -> None:
    found = opens_at(pair(office(NEW_YORK), office(MANILA)), at(wished))

    assert found == at(opens)
    assert found is not None
    assert any(is_working(info.calendar, found) for info in (ACME, GLOBALCALL))
