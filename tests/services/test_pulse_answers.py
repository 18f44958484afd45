"""Several questions in one survey: the form after the press, and each answer changed until then."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from data import channels, partnerships, people
from data.backup import copy_to
from data.keys import KeyRing
from data.store import Store
from domain.partnerships import NotListed, Pause
from domain.pulse import AnswersSealed, NotAsked, SurveyClosed, UnknownSurvey
from domain.pulse_plans import PulsePlan
from services import pulse_answers, pulse_planning, pulse_posts
from services.planning import plan_due
from tests.partners import PARTNERSHIP
from tests.pulse_stage import CLOSES_AT, HOUR, ID, NOW, Stage, stage
from tests.services.test_pulse import third_company

PLANNERS = {pulse_posts.CLOSING: pulse_planning.plan_closing}
MENTIONS = ("<!channel> <@U0MARIA> @here & <https://evil.example|look> " * 60)[:3000]


@pytest.fixture
def asked(tmp_path: Path) -> Iterator[Stage]:
    """The second weekly survey: a scale, a question in words, and what would help."""
    with stage(tmp_path, clients=5, vendors=6) as found:
        found.ask_weekly(1)
        yield found


def fields(form: dict[str, object] | None) -> list[str]:
    assert form is not None
    blocks = form["blocks"]
    assert isinstance(blocks, list)
    return [block["block_id"] for block in blocks if block["type"] == "input"]


def replies(found: Stage) -> list[tuple[int, str]]:
    return sorted((row["position"], row["answer"]) for row in found.rows("survey_replies"))


def close(found: Stage) -> None:
    plan_due(found.deps, PLANNERS, CLOSES_AT)


@pytest.mark.parametrize(
    ("score", "asked_then"),
    [pytest.param("4", ["q2"], id="content"), pytest.param("1", ["q2", "q3"], id="low")],
)
def test_a_press_opens_the_rest_and_after_a_low_one_what_would_help(
    asked: Stage, score: str, asked_then: list[str]
) -> None:
    assert fields(asked.answer("C1", score)) == asked_then


def test_where_one_question_is_all_a_press_is_all_unless_it_is_low(tmp_path: Path) -> None:
    with stage(tmp_path) as found:
        found.ask()

        assert found.answer("C1", "3") is None
        assert fields(found.answer("C1", "2")) == ["q2"]


def test_each_answer_is_kept_once_and_the_form_shows_it_again(asked: Stage) -> None:
    asked.answer("C1", "2")
    asked.send("C1", q2="fewer tickets", q3="a call")
    asked.send("C1", q2="fewer calls", q3="a call")

    form = pulse_answers.form_of(asked.deps, asked.who("C1"), ID, NOW + HOUR)

    assert replies(asked) == [(1, "2"), (2, "fewer calls"), (3, "a call")]
    assert fields(form) == ["q1", "q2", "q3"]
    assert [block["element"].get("initial_value") for block in form["blocks"][2:]] == [
        "fewer calls",
        "a call",
    ]


def test_what_is_emptied_is_taken_back_and_help_goes_with_the_low_answer(asked: Stage) -> None:
    asked.answer("C1", "2")
    asked.send("C1", q2="fewer tickets", q3="a call")

    asked.send("C1", q2=None)
    after_emptying = replies(asked)
    asked.answer("C1", "5")

    assert after_emptying == [(1, "2"), (3, "a call")]
    assert replies(asked) == [(1, "5")]


def test_a_low_answer_in_the_form_itself_is_followed_up_too(asked: Stage) -> None:
    kept = asked.send("C1", q1="1", q2=None)

    assert fields(kept.form) == ["q3"]
    assert asked.send("C1", q1="4").form is None


@pytest.mark.parametrize(
    ("values", "field"),
    [
        pytest.param({"q1": None, "q2": "words"}, "q1", id="the first left open"),
        pytest.param({"q1": "9"}, "q1", id="not offered"),
        pytest.param({"q2": "x" * 3001}, "q2", id="longer than Slack lets anybody type"),
    ],
)
def test_an_answer_that_does_not_fit_is_told_at_its_field_and_nothing_is_kept(
    asked: Stage, values: dict[str, str | None], field: str
) -> None:
    asked.answer("C1", "3")

    kept = pulse_answers.submit(asked.deps, asked.who("C1"), ID, values, NOW + HOUR)

    assert set(kept.errors) == {field}
    assert replies(asked) == [(1, "3")]


def test_three_thousand_characters_with_mentions_call_nobody_when_they_are_shown(
    asked: Stage,
) -> None:
    for slack_id in ("C0", "C1", "C2", "C3", "C4"):
        asked.answer(slack_id, "4")
        asked.send(slack_id, q2=MENTIONS)

    close(asked)

    told = " ".join(row["payload"] for row in asked.rows("outbox"))
    assert asked.survey().results[2].comments == {"client": (MENTIONS,) * 5}
    assert "<!channel>" not in told
    assert "U0MARIA>" not in told
    assert "<https" not in told


def test_an_answer_besides_the_first_needs_the_first(asked: Stage) -> None:
    with pytest.raises(UnknownSurvey):
        asked.send("C1", q2="words")

    assert replies(asked) == []


@pytest.mark.parametrize(
    ("slack_id", "error"),
    [
        pytest.param("U0OBSERVER", NotListed, id="of neither side"),
        pytest.param("C9", NotAsked, id="listed after it was asked"),
        pytest.param("C3", NotListed, id="left meanwhile"),
    ],
)
def test_a_form_is_for_those_who_were_asked(
    asked: Stage, slack_id: str, error: type[Exception]
) -> None:
    asked.add("U0OBSERVER", None, "observer")
    asked.add("C9", "client")
    with asked.store.writing(None) as db:
        people.leave(db, PARTNERSHIP, asked.people["C3"], NOW)

    with pytest.raises(error):
        pulse_answers.form_of(asked.deps, asked.who(slack_id), ID, NOW + HOUR)
    with pytest.raises(error):
        asked.send(slack_id, q1="3")


def test_a_form_that_is_sent_after_closing_is_told_so(asked: Stage) -> None:
    asked.answer("C1", "3")
    close(asked)

    with pytest.raises(SurveyClosed):
        asked.send("C1", CLOSES_AT, q2="too late")


def test_without_the_key_a_form_can_be_neither_opened_nor_sent(asked: Stage) -> None:
    asked.answer("C1", "3")
    KeyRing.beside(asked.store.path).destroy(ID)

    with pytest.raises(AnswersSealed):
        pulse_answers.form_of(asked.deps, asked.who("C1"), ID, NOW + HOUR)
    with pytest.raises(AnswersSealed):
        asked.send("C1", q2="words")


def test_who_leaves_or_changes_sides_has_answered_for_the_side_of_then(asked: Stage) -> None:
    for slack_id in ("C0", "C1", "C2"):
        asked.answer(slack_id, "4")
    asked.add("C2", "vendor")
    asked.send("C2", q1="5")
    with asked.store.writing(None) as db:
        people.leave(db, PARTNERSHIP, asked.people["C1"], NOW)

    close(asked)

    assert asked.survey().told.counts == {"client": {"1": 0, "2": 0, "3": 0, "4": 2, "5": 1}}
    assert asked.survey().answered_by_side == {"client": 3, "vendor": 0}


def test_two_answers_of_one_person_have_nothing_in_common_in_the_database(asked: Stage) -> None:
    asked.answer("C1", "2")
    asked.send("C1", q2="words", q3="more")

    names = [row["answerer"] for row in asked.rows("survey_replies")]

    assert len(set(names)) == 3


def test_what_both_sides_agree_on_meanwhile_holds_from_the_next_survey_on(asked: Stage) -> None:
    before = asked.survey().questions
    plan = PulsePlan(questions=3, own=("all well?",))
    with asked.store.writing(None) as db:
        db.execute("UPDATE partnerships SET pulse = :code", {"code": plan.code})

    asked.answer("C1", "1")

    assert asked.survey().questions == before
    assert fields(pulse_answers.form_of(asked.deps, asked.who("C1"), ID, NOW + HOUR)) == [
        *("q1", "q2", "q3")
    ]


@pytest.mark.parametrize("what", ["a third company", "archived"])
def test_a_survey_ends_and_is_forgotten_also_where_nothing_may_be_posted(
    asked: Stage, what: str
) -> None:
    for slack_id in ("C0", "C1", "C2"):
        asked.answer(slack_id, "4")
    with asked.store.writing(None) as db:
        if what == "archived":
            pause = Pause(from_at=NOW, until_at=None, reason="archived")
            partnerships.set_pause(db, PARTNERSHIP, pause)
        else:
            channels.save(db, third_company())
    asked.answer("V1", "2")

    close(asked)

    assert asked.survey().state == "closed"
    assert asked.survey().told.counts == {"client": {"1": 0, "2": 0, "3": 0, "4": 3, "5": 0}}
    assert asked.rows("survey_replies") == asked.rows("survey_roster") == []
    assert KeyRing.beside(asked.store.path).ids() == []


def test_a_copy_holds_no_running_answer_and_who_answered_hears_that_it_cannot_be_changed(
    asked: Stage, tmp_path: Path
) -> None:
    asked.answer("C1", "2")
    asked.send("C1", q2="a word that stays here")
    copy_to(asked.store, tmp_path / "copy.sqlite")

    restored = Stage(Store.open(tmp_path / "copy.sqlite", synchronous="OFF"))
    try:
        with pytest.raises(AnswersSealed):
            pulse_answers.press(restored.deps, asked.who("C1"), ID, "3", NOW + HOUR)
        close(restored)
        survey = restored.survey()
    finally:
        restored.store.close()

    assert b"a word that stays here" not in (tmp_path / "copy.sqlite").read_bytes()
    assert (survey.state, survey.answered, survey.answered_by_side) == ("closed", None, {})
