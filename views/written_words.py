"""The questions of a check-in in writing in words; what is answered to them is not here."""

from collections.abc import Mapping, Sequence
from typing import Final

from domain.written import UsualQuestion, WrittenQuestion
from views.blocks import quoted

_QUESTION_MOST: Final = 200
_NUMBERS: Final = ("no questions", "one question", "two questions", "three questions")
_WORDS: Final[Mapping[UsualQuestion, str]] = {
    "done": "What got done?",
    "next": "What comes next?",
    "blocked": "What is in the way, and who can help?",
}


def question_words(question: WrittenQuestion) -> str:
    """A question as people read it, not escaped."""
    if question.usual is not None:
        return _WORDS[question.usual]
    return question.words or "A question that is no longer kept"


def question_line(question: WrittenQuestion) -> str:
    """The same, safe in our own words."""
    return quoted(question_words(question), _QUESTION_MOST)


def asked(questions: Sequence[WrittenQuestion]) -> str:
    """All of them on one line, safe in our own words."""
    return " ".join(f"{one.position}. {question_line(one)}" for one in questions)


def counted(questions: Sequence[WrittenQuestion]) -> str:
    count = len(questions)
    return _NUMBERS[count] if count < len(_NUMBERS) else f"{count} questions"
