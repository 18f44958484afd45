import json
from dataclasses import replace
from typing import get_args

import pytest

from domain.people import Side
from domain.pulse import WORDS_MOST, Draft, LongQuestion, NotAskedNow, Score
from domain.pulse_questions import OwnQuestion, Question, of_ones_own, weekly
from sandbox.blocks import block_problems, view_problems
from tests.partners import ACME, GLOBALCALL, PARTNERSHIP, partnership
from tests.pulse_stage import DRAFT, FORMS, ID, SURVEY, TWO, closed
from views import pulse, pulse_forms
from views.blocks import Drawn
from views.errors import sentence
from views.pulse_forms import SpoiledQuestion
from views.pulse_questions import WORDINGS
from views.pulse_results import RESULTS

CLIENT: dict[Score, int] = {1: 0, 2: 0, 3: 0, 4: 2, 5: 1}
VENDOR: dict[Score, int] = {1: 1, 2: 2, 3: 1, 4: 0, 5: 0}
BOTH: dict[Side, dict[Score, int]] = {"client": CLIENT, "vendor": VENDOR}


def test_a_question_of_the_rotation_is_one_press_with_words_at_both_ends() -> None:
    drawn = pulse.question(PARTNERSHIP, replace(SURVEY, questions=weekly(0, TWO)), None)

    assert drawn.text.startswith(
        "One press: *This week, how easily did you get answers from the other side?*"
        " 1 hard, 5 easy."
    )
    assert f"*{pulse.first_question()}*" in drawn.text
    assert "Then a form opens with one more question, if you like." in drawn.text
    assert "a side's answers show once it gave three to a question" in drawn.text
    assert "|Thu 19 Nov 17:00 New York>" in drawn.text
    row = drawn.blocks[1]["elements"]
    assert [button["text"]["text"] for button in row] == ["1 hard", "2", "3", "4", "5 easy"]
    assert {button["value"] for button in row} == {SURVEY.id}
    assert [pulse.ANSWERS[button["action_id"]] for button in row] == list("12345")


@pytest.mark.parametrize("code", [q for q in get_args(Question) if q != "own"])
def test_every_question_of_ours_has_its_words(code: Question) -> None:
    wording = WORDINGS[code]

    assert wording.asks.endswith("?")
    assert bool(wording.low) == bool(wording.high)
    assert wording.topic not in {"", wording.asks}


def test_a_question_for_yes_or_no_has_two_buttons() -> None:
    asked = of_ones_own([OwnQuestion(words="all there?", kind="yes_no")])

    drawn = pulse.question(PARTNERSHIP, replace(SURVEY, questions=asked), None)

    row = drawn.blocks[1]["elements"]
    assert [button["text"]["text"] for button in row] == ["Yes", "No"]
    assert [pulse.ANSWERS[button["action_id"]] for button in row] == ["yes", "no"]


@pytest.mark.parametrize(
    ("asked", "answered", "said"),
    [
        pytest.param((5, 7), (1, 1), "", id="two of all"),
        pytest.param((5, 7), (1, 2), "Acme 1 of 5, Globalcall 2 of 7.", id="three of all"),
        pytest.param((2, 7), (2, 2), "", id="a small side's do not count"),
        pytest.param((2, 7), (1, 4), "so far: Globalcall 4 of 7.", id="of a small side nothing"),
    ],
)
def test_how_many_of_a_side_answered_shows_where_three_and_more_were_asked(
    asked: tuple[int, int], answered: tuple[int, int], said: str
) -> None:
    survey = replace(SURVEY, asked={"client": asked[0], "vendor": asked[1]})

    drawn = pulse.question(PARTNERSHIP, survey, {"client": answered[0], "vendor": answered[1]})

    assert ("so far" in drawn.text) is bool(said)
    assert said in drawn.text


def test_a_question_that_nobody_answered_closes_in_one_line_without_buttons() -> None:
    alone, answered = (pulse.closed_question(PARTNERSHIP, closed({}, count)) for count in (0, 4))

    assert alone.text.endswith(": closed, no answers this time.")
    assert [block["type"] for block in alone.blocks] == ["section"]
    assert RESULTS in str(answered.blocks)


LONG = partnership(
    client=replace(ACME, name="<!channel> *" * 40), vendor=replace(GLOBALCALL, name="&" * 300)
)
LOUD = of_ones_own([OwnQuestion(words="<!here> " * 25)])
LONG_SURVEY = replace(SURVEY, questions=LOUD)


@pytest.mark.parametrize(
    "drawn",
    [
        pytest.param(pulse.question(LONG, LONG_SURVEY, {"client": 5, "vendor": 7}), id="question"),
        pytest.param(pulse.counting(LONG_SURVEY), id="counting"),
        pytest.param(
            pulse.closed_question(LONG, closed(BOTH, 7, questions=LOUD), SURVEY.closes_at),
            id="closed",
        ),
        pytest.param(pulse_forms.preview(LONG, DRAFT, LONG_SURVEY), id="preview"),
        pytest.param(pulse_forms.ask_for_words(DRAFT), id="asking for words"),
        pytest.param(pulse.kept(LONG, SURVEY), id="after a press"),
    ],
)
def test_messages_fit_slack_with_the_longest_names_and_call_nobody(drawn: Drawn) -> None:
    assert block_problems(drawn.payload["blocks"], surface="message") == []
    assert "<!channel>" not in str(drawn.payload)
    assert "<!here>" not in str(drawn.payload)


@pytest.mark.parametrize("name", FORMS)
def test_forms_fit_slack(name: str) -> None:
    assert view_problems(FORMS[name]()) == []


def test_a_draft_survives_its_button() -> None:
    loud = OwnQuestion(words='how "was" it? 😀 مرحبا \\' * 8, low='"' * 30, high="\\" * 30)
    draft = Draft(id="d" * 20, partnership_id="p1", questions=(loud, replace(loud, kind="text")))

    form = pulse_forms.form(PARTNERSHIP, draft)

    looking_back = Draft(id=ID, partnership_id="p1", looks_back=True)
    assert pulse_forms.read(pulse_forms.write(draft)) == draft
    assert pulse_forms.read(pulse_forms.write(looking_back)) == looking_back
    assert view_problems(form) == []
    assert pulse_forms.from_carried(json.loads(form["private_metadata"])).questions == (
        draft.questions
    )


@pytest.mark.parametrize(
    "value", ["", "no json", "[]", '{"id": "x"}', '{"id": "x", "partnership": "p", "asks": "w"}']
)
def test_a_spoiled_button_is_told_as_such(value: str) -> None:
    with pytest.raises(SpoiledQuestion) as spoiled:
        pulse_forms.read(value)

    assert "`/pulse` opens a fresh form" in str(sentence(spoiled.value))


def test_a_preview_warns_where_no_result_can_ever_show() -> None:
    few = replace(SURVEY, asked={"client": 2, "vendor": 1})

    assert "no result can be shown" in pulse_forms.preview(PARTNERSHIP, DRAFT, few).text
    assert "no result" not in pulse_forms.preview(PARTNERSHIP, DRAFT, SURVEY).text


def test_a_preview_says_what_is_asked_besides_and_when() -> None:
    typed = (
        OwnQuestion(words="how was it?"),
        OwnQuestion(words="<!here> what to keep?", kind="text"),
    )
    survey = replace(SURVEY, questions=of_ones_own(typed))

    drawn = str(pulse_forms.preview(PARTNERSHIP, DRAFT, survey).blocks)

    assert "Then: &lt;!here&gt; what to keep?" in drawn
    assert "After a 1 or 2: What would help?" in drawn


def test_a_long_question_is_told_its_length() -> None:
    assert sentence(LongQuestion(3000)) == (
        f"A question has up to {WORDS_MOST} characters; this one has 3000."
    )


@pytest.mark.parametrize("reason", ["not_agreed", "paused", "third_company"])
def test_every_reason_not_to_ask_has_its_sentence(reason: str) -> None:
    said = sentence(NotAskedNow(reason))  # type: ignore[arg-type]  # parametrized

    assert said is not None
    assert "cannot ask this here now" not in said
