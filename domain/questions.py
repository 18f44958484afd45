"""Questions that a form asks and which answers fit them; no words of ours, nothing stored."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

QuestionKind = Literal["text", "scale", "yes_no"]
Trouble = Literal["missing", "long", "not_offered"]
Answers = Mapping[str, str]
"""By the question's id: words as typed, "1" to "5", "yes" or "no". Left open: not in it."""

QUESTIONS_MOST: Final = 5
QUESTION_MOST: Final = 200
ANSWER_MOST: Final = 3000  # Slack: what is typed into a field <= 3000 characters
SCALE: Final = ("1", "2", "3", "4", "5")
YES_NO: Final = ("yes", "no")

_OFFERED: Final[Mapping[QuestionKind, tuple[str, ...]]] = {"scale": SCALE, "yes_no": YES_NO}


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question.

    Attributes:
        id: Of its field in a form; unique there.
        words: As people read them.
        low, high: What the two ends of a scale mean.
    """

    id: str
    words: str
    kind: QuestionKind = "text"
    is_required: bool = False
    low: str = ""
    high: str = ""


def troubles(questions: Sequence[Question], answers: Answers) -> dict[str, Trouble]:
    """What is wrong with each answer, by the question's id; empty when all of them fit."""
    found = {one.id: _trouble(one, answers.get(one.id, "")) for one in questions}
    return {key: trouble for key, trouble in found.items() if trouble is not None}


def _trouble(question: Question, answer: str) -> Trouble | None:
    if not answer:
        return "missing" if question.is_required else None
    if question.kind == "text":
        return "long" if len(answer) > ANSWER_MOST else None
    return None if answer in _OFFERED[question.kind] else "not_offered"
