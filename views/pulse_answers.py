"""The form in which somebody answers a survey, how it is read back, and who is reminded of it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from domain.partnerships import Partnership
from domain.people import Side, other_side
from domain.pulse import Survey
from domain.pulse_questions import FIRST, SurveyQuestion
from domain.questions import Question
from views.blocks import Blocks, actions, button, modal, quoted, section
from views.daily_sections import Piece, Section
from views.pulse import MORE
from views.pulse_questions import asked_plainly, home_zone, promise, wording_of
from views.question_forms import fields, read
from views.times import when

FORM: Final = "pulse.answers"

_NAME_MOST: Final = 60


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


def reminder_section(
    partnership: Partnership, side: Side, surveys: Sequence[Survey], answerable: Sequence[Survey]
) -> Section:
    """Surveys that somebody of ``side`` had not answered when the message was put.

    Whether they have since is not said, so that no message keeps it.

    Args:
        answerable: Those that can be answered in this message.
    """
    partner = quoted(partnership.side(other_side(side)).name, _NAME_MOST)
    return Section(
        partnership_id=partnership.id,
        partner=partner,
        pieces=tuple(_reminder(partnership, partner, one, one in answerable) for one in surveys),
        is_owed=True,
    )


def _reminder(partnership: Partnership, partner: str, survey: Survey, is_open: bool) -> Piece:
    title = f"*{wording_of(survey.first).topic}*, the pulse with {partner}"
    if not is_open:
        line = f"{title}: was asked"
        return Piece(line=line, blocks=[section(line)])
    until = when(survey.closes_at, home_zone(partnership))
    line = f"{title}: a minute, until {until}. If you have answered since, thank you."
    row = actions(button("Answer", MORE, survey.id), block_id=f"survey-{survey.id}")
    return Piece(line=line, blocks=[section(line), row], is_todays=True)


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
