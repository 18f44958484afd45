"""The form in which somebody answers a survey, and how it is read back."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from domain.partnerships import Partnership
from domain.pulse import Survey
from domain.pulse_questions import FIRST, SurveyQuestion
from domain.questions import Question
from views.blocks import Blocks, modal, section
from views.pulse_questions import asked_plainly, promise, wording_of
from views.question_forms import fields, read

FORM: Final = "pulse.answers"


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """A form read back.

    Attributes:
        answers: By the question's position; an empty one was left open, and what the form did not
            show is not in it.
        errors: A sentence for each field that needs a change.
    """

    answers: Mapping[int, str]
    errors: Mapping[str, str]


def answer_form(
    partnership: Partnership,
    survey: Survey,
    questions: Sequence[SurveyQuestion],
    known: Mapping[int, str],
) -> dict[str, Any]:
    """Some questions of a survey, with what the person answered before.

    Args:
        known: By the question's position.
    """
    answered = {one.field: known.get(one.position, "") for one in questions}
    is_rest = all(one.position != FIRST for one in questions)
    head = "Your answer is in. The rest is up to you." if is_rest else "The same for both sides."
    blocks: Blocks = [
        section(f"{head} {promise(partnership, survey)}"),
        *fields([_field(one) for one in questions], answered),
    ]
    carried = {"survey": survey.id, "channel": partnership.channel}
    return modal(FORM, "Pulse", blocks, submit="Send", metadata=json.dumps(carried))


def read_answers(questions: Sequence[SurveyQuestion], values: Mapping[str, object]) -> Typed:
    """What was answered to the questions that the form showed.

    Args:
        values: Of the form, by field.
    """
    seen = [one for one in questions if one.field in values]
    found = read([_field(one) for one in seen], values)
    answers = {one.position: found.answers.get(one.field, "") for one in seen}
    return Typed(answers=answers, errors=found.errors)


def _field(question: SurveyQuestion) -> Question:
    wording = wording_of(question)
    return Question(
        id=question.field,
        words=asked_plainly(question),
        kind=question.kind,
        is_required=question.position == FIRST,
        low=wording.low,
        high=wording.high,
    )
