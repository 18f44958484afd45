"""What a survey asks in words, and what it promises to those who answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from domain.partnerships import Partnership
from domain.people import Side
from domain.pulse import Survey
from domain.pulse_questions import Question, SurveyQuestion
from domain.pulse_results import COMMENTS_FROM, SHOWN_FROM
from views.blocks import quoted
from views.times import when

_QUESTION_MOST: Final = 200
_NAME_MOST: Final = 60
_END_MOST: Final = 30
_NUMBERS: Final = (
    *("no", "one", "two", "three", "four", "five", "six"),
    *("seven", "eight", "nine", "ten", "eleven", "twelve"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """A question in words.

    Attributes:
        asks: As the second half of a sentence, except for a question of somebody's own.
        topic: What its result is called.
        low, high: What 1 and 5 mean; empty where nobody answers from 1 to 5.
    """

    asks: str
    topic: str
    low: str = ""
    high: str = ""


WORDINGS: Final[Mapping[Question, Wording]] = {
    "answers": Wording(
        asks="how easily did you get answers from the other side?",
        topic="Getting answers from each other",
        low="hard",
        high="easy",
    ),
    "expectations": Wording(
        asks="how clear was it what each side expects?",
        topic="Knowing what is expected",
        low="unclear",
        high="clear",
    ),
    "quality": Wording(
        asks="how good was the work that both sides handed over?",
        topic="Quality of the work",
        low="poor",
        high="good",
    ),
    "workload": Wording(
        asks="how well could you keep up with the work between both sides?",
        topic="Keeping up with the work",
        low="hardly",
        high="well",
    ),
    "tone": Wording(
        asks="how was the tone between both sides?",
        topic="Tone between both sides",
        low="tense",
        high="friendly",
    ),
    "in_time": Wording(
        asks="did you get what you needed from the other side in time?",
        topic="Got what was needed in time",
    ),
    "easier": Wording(
        asks="what would make the work between both sides easier?",
        topic="What would make it easier",
    ),
    "help": Wording(asks="what would help?", topic="What would help"),
    "trust": Wording(
        asks="how far do both sides trust each other?",
        topic="Trust in each other",
        low="little",
        high="fully",
    ),
    "fairness": Wording(
        asks="how fair are the terms to both sides?",
        topic="Fairness of the terms",
        low="unfair",
        high="fair",
    ),
    "renew": Wording(
        asks="would you agree to this partnership again today?",
        topic="Agreeing to it again",
    ),
    "overall": Wording(
        asks="how did the work between both sides go?",
        topic="Looking back on the work together",
        low="not well",
        high="very well",
    ),
    "keep": Wording(asks="what went well, and should stay as it is?", topic="Keep"),
    "stop": Wording(asks="what should both sides stop doing?", topic="Stop"),
    "start": Wording(asks="what should both sides start doing?", topic="Start"),
}
OWN_LOW, OWN_HIGH = "not well", "very well"


def wording_of(question: SurveyQuestion) -> Wording:
    """Its words, safe in our own; a blanked one has none."""
    if question.code != "own":
        return WORDINGS[question.code]
    asks = quoted(question.words or "A question", _QUESTION_MOST)
    if question.kind != "scale":
        return Wording(asks=asks, topic=asks)
    low, high = quoted(question.low, _END_MOST), quoted(question.high, _END_MOST)
    return Wording(asks=asks, topic=asks, low=low or OWN_LOW, high=high or OWN_HIGH)


def asked_plainly(question: SurveyQuestion) -> str:
    """The question where nothing is interpreted: above a field."""
    if question.code == "own":
        return question.words or "A question"
    asks = WORDINGS[question.code].asks
    return f"{asks[0].upper()}{asks[1:]}"


def promise(partnership: Partnership, survey: Survey) -> str:
    """Two sentences: what nobody learns, and until when the server could."""
    until = when(survey.closes_at, home_zone(partnership))
    joint = ", of both sides together where neither has them" if survey.joins_comments else ""
    return (
        f"No names are kept: a side's answers show once it gave {number_words(SHOWN_FROM)} to a"
        f" question, what it wrote once it gave {number_words(COMMENTS_FROM)}{joint}; where all"
        f" answer alike, everybody sees it. Until {until} you can change yours: so long the server"
        " could link it to you, and then that link is destroyed."
    )


def title_of(survey: Survey) -> str:
    """What the result of its first question is called, set off."""
    return f"*{wording_of(survey.first).topic}*"


def side_named(partnership: Partnership, side: Side) -> str:
    return quoted(partnership.side(side).name, _NAME_MOST)


def answers_words(survey: Survey) -> str:
    """In the form ", nine answers"; nothing where their number may not be told."""
    return "" if survey.answered is None else f", {plural_answers(survey.answered)}"


def plural_answers(count: int) -> str:
    """In the form "nine answers"; in figures above twelve."""
    return f"{number_words(count)} answer{'' if count == 1 else 's'}"


def number_words(count: int) -> str:
    """In words up to twelve."""
    return _NUMBERS[count] if count < len(_NUMBERS) else str(count)


def home_zone(partnership: Partnership) -> str:
    return partnership.side(partnership.home_side).calendar.zone
