import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.questions import ANSWER_MOST, Question
from sandbox.blocks import view_problems
from views.blocks import modal
from views.question_forms import fields, read, scale_labels

TEXT = Question(id="q1", words="What got done?")
SCALE = Question(id="q2", words="How easy was it?", kind="scale", low="hard", high="easy")
YES_NO = Question(id="q3", words="Did it help?", kind="yes_no")
EVERY = (TEXT, SCALE, YES_NO)
REQUIRED = tuple(
    Question(id=one.id, words=one.words, kind=one.kind, is_required=True) for one in EVERY
)


def drawn(questions: tuple[Question, ...], **known: str) -> dict[str, dict[str, object]]:
    return {block["block_id"]: block for block in fields(questions, known)}


def test_each_kind_of_question_has_a_field_filled_in_with_what_is_known() -> None:
    found = drawn(EVERY, q1="The deck", q2="4", q3="no")

    assert found["q1"]["element"]["initial_value"] == "The deck"  # type: ignore[index]
    assert found["q2"]["element"]["initial_option"]["value"] == "4"  # type: ignore[index]
    assert found["q3"]["element"]["initial_option"]["value"] == "no"  # type: ignore[index]
    assert all(block["optional"] for block in found.values())
    assert not any(block["optional"] for block in drawn(REQUIRED).values())


def test_both_ends_of_a_scale_say_what_they_mean() -> None:
    labels = ["1 hard", "2", "3", "4", "5 easy"]

    assert list(scale_labels("hard", "easy").values()) == labels
    assert list(scale_labels("", "").values()) == ["1", "2", "3", "4", "5"]


@pytest.mark.parametrize(
    ("values", "wrong"),
    [
        pytest.param({}, ["q1", "q2", "q3"], id="nothing"),
        pytest.param({"q1": "  ", "q2": "3", "q3": "yes"}, ["q1"], id="blanks"),
        pytest.param({"q1": "x", "q2": "6", "q3": "perhaps"}, ["q2", "q3"], id="not offered"),
        pytest.param({"q1": "x" * (ANSWER_MOST + 1), "q2": "1", "q3": "no"}, ["q1"], id="long"),
        pytest.param({"q1": "x" * ANSWER_MOST, "q2": "1", "q3": "no"}, [], id="all of it"),
    ],
)
def test_what_does_not_fit_is_said_at_its_field(values: dict[str, str], wrong: list[str]) -> None:
    assert sorted(read(REQUIRED, values).errors) == wrong


def test_what_is_left_open_is_no_answer_and_no_error_where_that_is_allowed() -> None:
    found = read(EVERY, {"q1": None, "q2": "5", "other": "x"})

    assert dict(found.answers) == {"q2": "5"}
    assert dict(found.errors) == {}


@given(words=st.text(max_size=40), known=st.text(max_size=40))
def test_any_words_make_a_form_that_slack_takes_and_that_reads_back(words: str, known: str) -> None:
    asked = (Question(id="q1", words=words), SCALE, YES_NO)

    form = modal("a.form", "Questions", fields(asked, {"q1": known, "q2": known}), submit="Send")

    assert view_problems(form) == []
    assert read(asked, {"q1": known}).answers.get("q1", "") == known.strip()
