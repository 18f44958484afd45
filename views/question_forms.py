"""Any questions as fields of a form, and what was answered; whose they are is not here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from domain.questions import ANSWER_MOST, SCALE, Answers, Question, Trouble, troubles
from views.blocks import Block, Blocks, option, select, text_input
from views.blocks import field as form_field

_YES_NO: Final[Mapping[str, str]] = {"yes": "Yes", "no": "No"}
_SENTENCES: Final[Mapping[Trouble, str]] = {
    "missing": "An answer, please.",
    "not_offered": "One of the answers that are offered, please.",
}
_NOTHING: Final[Answers] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A form read back.

    Attributes:
        answers: By the question's id; what was left open is not in it.
        errors: A sentence for each field that needs a change, by the same ids.
    """

    answers: Answers
    errors: Mapping[str, str] = field(default_factory=dict)


def fields(questions: Sequence[Question], known: Answers = _NOTHING) -> Blocks:
    """A field for each question, filled in with what is known."""
    return [
        form_field(
            one.id,
            one.words,
            _element(one, known.get(one.id, "")),
            optional=not one.is_required,
        )
        for one in questions
    ]


def read(questions: Sequence[Question], values: Mapping[str, object]) -> Read:
    """What was answered, and what is wrong with it.

    Args:
        values: Of the form, by block id; other fields of it are passed over.
    """
    typed = {one.id: _typed(values.get(one.id)) for one in questions}
    answers = {key: answer for key, answer in typed.items() if answer}
    found = troubles(questions, answers)
    errors = {key: _sentence(trouble, answers.get(key, "")) for key, trouble in found.items()}
    return Read(answers=answers, errors=errors)


def scale_labels(low: str, high: str) -> dict[str, str]:
    """The steps of a scale with the meaning of both ends: "1 hard", "2", ..., "5 easy"."""
    ends = {SCALE[0]: low, SCALE[-1]: high}
    return {step: f"{step} {ends.get(step, '')}".strip() for step in SCALE}


def _element(question: Question, known: str) -> Block:
    if question.kind == "text":
        return text_input(initial=known, multiline=True, most=ANSWER_MOST)
    labels = _YES_NO
    if question.kind == "scale":
        labels = scale_labels(question.low, question.high)
    return select([option(text, value) for value, text in labels.items()], known, "radio_buttons")


def _typed(value: object) -> str:
    return "" if value is None else str(value).strip()


def _sentence(trouble: Trouble, answer: str) -> str:
    if trouble == "long":
        return f"An answer has up to {ANSWER_MOST} characters; this one has {len(answer)}."
    return _SENTENCES[trouble]
