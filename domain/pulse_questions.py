"""What a survey asks: the set that takes turns, questions of one's own, the follow-up; no words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from domain.pulse_plans import USUAL, PulsePlan
from domain.questions import SCALE, YES_NO, QuestionKind

Question = Literal[
    "answers",
    "expectations",
    "quality",
    "workload",
    "tone",
    "in_time",
    "easier",
    "help",
    "own",
    "trust",
    "fairness",
    "renew",
    "overall",
    "keep",
    "stop",
    "start",
]

# The weekly ones, in the order in which they take turns: one that is answered by a press, and one
# that is answered in the form.
ROTATION: Final[tuple[Question, ...]] = ("answers", "expectations", "quality", "workload", "tone")
BESIDES: Final[tuple[Question, ...]] = ("in_time", "easier")
# In a look back: one that is answered by a press, and those that are answered in the form.
OVERALL: Final[Question] = "overall"
LESSONS: Final[tuple[Question, ...]] = ("keep", "stop", "start")
LOW: Final = ("1", "2")
"""After these the follow-up is asked."""
FIRST: Final = 1
"""The position of the question that is answered by a press."""

_FOLLOW_UP: Final[Question] = "help"
_KINDS: Final[Mapping[Question, QuestionKind]] = {
    "in_time": "yes_no",
    "renew": "yes_no",
    "easier": "text",
    "help": "text",
    "keep": "text",
    "stop": "text",
    "start": "text",
}
_OFFERED: Final[Mapping[QuestionKind, tuple[str, ...]]] = {
    "scale": SCALE,
    "yes_no": YES_NO,
    "text": (),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyQuestion:
    """One question of a survey, as it was when the survey opened.

    Attributes:
        position: From 1, which is answered by a press.
        words: Of a question of somebody's own; None: one of ours, or blanked since.
        low, high: What both ends of a scale of somebody's own mean; empty: as we say it.
    """

    position: int
    code: Question
    kind: QuestionKind = "scale"
    words: str | None = None
    low: str = ""
    high: str = ""

    @property
    def offered(self) -> tuple[str, ...]:
        """The answers of which one is chosen; none where words are typed."""
        return _OFFERED[self.kind]

    @property
    def field(self) -> str:
        """Its name in a form."""
        return f"q{self.position}"


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnQuestion:
    """A question as a lead typed it; ``low`` and ``high`` as in `SurveyQuestion`."""

    words: str
    kind: QuestionKind = "scale"
    low: str = ""
    high: str = ""


def weekly(asked_before: int, plan: PulsePlan = USUAL) -> tuple[SurveyQuestion, ...]:
    """What is asked after so many weekly surveys, as both sides agreed.

    Questions of their own take their turn after ours.
    """
    own = [OwnQuestion(words=words) for words in plan.own]
    turns = [*(_ours(FIRST, code) for code in ROTATION), *(_own(FIRST, one) for one in own)]
    turn = asked_before % len(BESIDES)
    # Where one more is asked, both take turns, too.
    besides = BESIDES if plan.questions > len(BESIDES) else (BESIDES[turn],)
    chosen = (*besides[: plan.questions - 1], _FOLLOW_UP)
    rest = [_ours(position, code) for position, code in enumerate(chosen, start=FIRST + 1)]
    return (turns[asked_before % len(turns)], *rest)


def of_ones_own(typed: Sequence[OwnQuestion]) -> tuple[SurveyQuestion, ...]:
    """What is asked with questions of somebody's own, of which there is at least one."""
    every = [_own(position, one) for position, one in enumerate(typed, start=FIRST)]
    follow_up = [_ours(len(every) + 1, _FOLLOW_UP)] if every[0].kind == "scale" else []
    return (*every, *follow_up)


def looking_back() -> tuple[SurveyQuestion, ...]:
    """What a joint retrospective asks: how it went, and what to keep, to stop and to start."""
    return tuple(_ours(position, code) for position, code in enumerate((OVERALL, *LESSONS), FIRST))


def asked_after(
    questions: Sequence[SurveyQuestion], pressed: str | None
) -> tuple[SurveyQuestion, ...]:
    """What a form asks besides the first question.

    Args:
        pressed: What was answered to the first one; None: nothing yet.
    """
    return tuple(
        one for one in questions if one.position != FIRST and (one.code != "help" or pressed in LOW)
    )


def _ours(position: int, code: Question) -> SurveyQuestion:
    return SurveyQuestion(position=position, code=code, kind=_KINDS.get(code, "scale"))


def _own(position: int, typed: OwnQuestion) -> SurveyQuestion:
    return SurveyQuestion(
        position=position,
        code="own",
        kind=typed.kind,
        words=typed.words,
        low=typed.low,
        high=typed.high,
    )
