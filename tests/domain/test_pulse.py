from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings

from domain.calendars import Calendar, is_working, office, weekly_hours
from domain.errors import TouchbaseError
from domain.partnerships import Partnership, SideInfo
from domain.people import Side
from domain.pulse import (
    LongQuestion,
    NoPress,
    NoQuestion,
    Running,
    closes_at,
    may_keep,
    opens_at,
    require_questions,
)
from domain.pulse_plans import PulsePlan
from domain.pulse_questions import OwnQuestion, SurveyQuestion, asked_after, of_ones_own, weekly
from tests.domain.random_calendars import Case, cases
from tests.partners import ACME, GLOBALCALL, MANILA, NEW_YORK, partnership


def running(question: SurveyQuestion, client: Sequence[str], vendor: Sequence[str]) -> Running:
    given: dict[Side, Sequence[str]] = {"client": client, "vendor": vendor}
    if question.kind == "text":
        counts = {side: {"": len(found)} for side, found in given.items()}
        return Running(question=question, counts=counts, words=given)
    return Running(
        question=question, counts={side: Counter(found) for side, found in given.items()}
    )


THREE = PulsePlan(questions=3)
SCALE_ONE, IN_TIME, EASIER, HELP = weekly(0, THREE)


def test_every_answer_that_could_be_given_is_counted_also_those_that_nobody_gave() -> None:
    asked = running(IN_TIME, ["yes"] * 3, ["yes", "no"])

    assert may_keep(asked).counts == {"client": {"yes": 3, "no": 0}}


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        pytest.param(4, {}, id="four"),
        pytest.param(5, {"client": ("a", "b", "c", "d", "e")}, id="five, sorted"),
    ],
)
def test_what_a_side_wrote_is_kept_from_five_answers_on(
    written: int, kept: dict[Side, tuple[str, ...]]
) -> None:
    said = list("edcba")[5 - written :] if written < 5 else list("edcba")

    assert may_keep(running(EASIER, said, ["only", "two"])).comments == kept


def test_a_follow_up_is_kept_where_five_answered_what_it_follows() -> None:
    beneath = running(SCALE_ONE, ["1", "2", "5", "5", "5"], ["1", "1", "1", "1"])

    kept = may_keep(running(HELP, ["call back"], ["more people"]), beneath)

    assert kept.comments == {"client": ("call back",)}


@pytest.mark.parametrize(
    ("plan", "asked"),
    [
        pytest.param(
            PulsePlan(own=("all well?",)),
            ["answers", "expectations", "quality", "workload", "tone", "own", "answers"],
            id="one, with one of their own",
        ),
        pytest.param(
            PulsePlan(questions=2),
            ["answers in_time", "expectations easier", "quality in_time", "workload easier"],
            id="two",
        ),
        pytest.param(THREE, ["answers in_time easier", "expectations in_time easier"], id="three"),
    ],
)
def test_questions_take_turns_as_both_sides_agreed(plan: PulsePlan, asked: list[str]) -> None:
    surveys = [weekly(count, plan) for count in range(len(asked))]

    assert [" ".join(one.code for one in survey[:-1]) for survey in surveys] == asked
    assert {survey[-1].code for survey in surveys} == {"help"}
    assert all([one.position for one in s] == list(range(1, len(s) + 1)) for s in surveys)


@pytest.mark.parametrize(
    ("pressed", "codes"),
    [
        pytest.param(None, ["in_time"], id="nothing yet"),
        pytest.param("2", ["in_time", "help"], id="low"),
        pytest.param("3", ["in_time"], id="in the middle"),
    ],
)
def test_what_would_help_is_asked_after_a_low_answer_only(
    pressed: str | None, codes: list[str]
) -> None:
    assert [one.code for one in asked_after(weekly(0, PulsePlan(questions=2)), pressed)] == codes


def test_questions_of_ones_own_are_followed_up_where_there_is_a_low_end() -> None:
    yes_no = OwnQuestion(words="all there?", kind="yes_no")
    scale = OwnQuestion(words="how was it?", low="bad", high="good")

    assert [one.code for one in of_ones_own([scale, yes_no])] == ["own", "own", "help"]
    assert [one.code for one in of_ones_own([yes_no, scale])] == ["own", "own"]


@pytest.mark.parametrize(
    ("typed", "error", "field"),
    [
        pytest.param([], NoQuestion, "question", id="none"),
        pytest.param([OwnQuestion(words=" ")], NoQuestion, "question", id="no words"),
        pytest.param([OwnQuestion(words="w", kind="text")], NoPress, "answers", id="no press"),
        pytest.param(
            [OwnQuestion(words="w"), OwnQuestion(words="w" * 3000)],
            LongQuestion,
            "question_2",
            id="three thousand characters",
        ),
    ],
)
def test_questions_that_cannot_be_asked_are_refused_where_they_stand(
    typed: list[OwnQuestion], error: type[TouchbaseError], field: str
) -> None:
    with pytest.raises(error) as refused:
        require_questions(typed)

    assert getattr(refused.value, "field", None) == field


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
