"""What the channel and the leads read about a pulse survey: the question, and what came of it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from domain.partnerships import Partnership
from domain.people import SIDES, Side
from domain.pulse import Survey
from domain.pulse_questions import OVERALL, ROTATION, SurveyQuestion
from domain.pulse_results import SHOWN_FROM
from domain.questions import SCALE, YES_NO
from views.blocks import (
    Block,
    Drawn,
    actions,
    button,
    context,
    section,
)
from views.pulse_questions import (
    WORDINGS,
    Wording,
    answers_words,
    home_zone,
    number_words,
    promise,
    side_named,
    title_of,
    wording_of,
)
from views.pulse_results import results_button
from views.question_forms import scale_labels
from views.times import when

ANSWER: Final = "pulse.answer_"
ANSWERS: Final = {f"{ANSWER}{answer}": answer for answer in (*SCALE, *YES_NO)}
"""Each button needs an id of its own in its row; it ends with the answer."""
MORE: Final = "pulse.more"


def first_question() -> str:
    """The weekly question that is asked first, as its post will say it."""
    return _weekly(WORDINGS[ROTATION[0]])


def question(
    partnership: Partnership, survey: Survey, answered: Mapping[Side, int] | None
) -> Drawn:
    """The post at the top level while it can be answered.

    Args:
        answered: How many of each side did so far; None: not to be shown.
    """
    first, wording = survey.first, wording_of(survey.first)
    asked = _asked(first, wording)
    ends = f" 1 {wording.low}, 5 {wording.high}." if first.kind == "scale" else ""
    ask = f"One press: *{asked}*{ends}{_more_words(survey)}"
    lines = [promise(partnership, survey), *_so_far(partnership, survey, answered)]
    return Drawn(
        text=f"{ask} {' '.join(lines)}",
        blocks=(section(ask), _answer_buttons(survey, wording), context(*lines)),
    )


def counting(survey: Survey) -> Drawn:
    """The post between closing and the results."""
    text = f"{title_of(survey)}: closed, the answers are being counted."
    return Drawn(text=text, blocks=(section(text),))


def closed_question(
    partnership: Partnership, survey: Survey, tells_at: datetime | None = None
) -> Drawn:
    """The post once it is counted.

    Args:
        tells_at: When everybody reads what came of it; None: they can.
    """
    if not survey.has_answers:
        text = f"{title_of(survey)}: closed, no answers this time."
        return Drawn(text=text, blocks=(section(text),))
    text = f"{title_of(survey)}: closed{answers_words(survey)}. Thank you."
    if tells_at is not None:
        text += f" What came of it stands here {when(tells_at, home_zone(partnership))}."
    return Drawn(text=text, blocks=(section(text), results_button(survey.partnership_id)))


def kept(partnership: Partnership, survey: Survey) -> Drawn:
    """After a press, for its presser alone; the score is not repeated, so that none is stored."""
    until = when(survey.closes_at, home_zone(partnership))
    text = (
        "Your answer is in; which one is not said again, so that nothing keeps it. Until"
        f" {until} another press changes it."
    )
    if not _more(survey):
        return Drawn(text=text, blocks=(section(text),))
    row = actions(button("Answer the rest", MORE, survey.id))
    return Drawn(text=text, blocks=(section(text), row))


def who_is_asked(partnership: Partnership, asked: Mapping[Side, int]) -> str:
    """In the form "Acme 5, Globalcall 7"."""
    return ", ".join(f"{side_named(partnership, side)} {asked[side]}" for side in SIDES)


def _asked(first: SurveyQuestion, wording: Wording) -> str:
    if first.code == "own":
        return wording.asks
    if first.code == OVERALL:
        return f"Looking back on the last months, {wording.asks}"
    return _weekly(wording)


def _weekly(wording: Wording) -> str:
    return f"This week, {wording.asks}"


def _answer_buttons(survey: Survey, wording: Wording) -> Block:
    labels: Mapping[str, str] = {"yes": "Yes", "no": "No"}
    if survey.first.kind == "scale":
        labels = scale_labels(wording.low, wording.high)
    row = [
        button(labels[answer], action_id, survey.id)
        for action_id, answer in ANSWERS.items()
        if answer in labels
    ]
    return actions(*row, block_id="answers")


def _more(survey: Survey) -> int:
    """How many questions everybody is asked besides the first."""
    return sum(one.code != "help" for one in survey.questions) - 1


def _more_words(survey: Survey) -> str:
    more = _more(survey)
    if not more:
        return ""
    questions = "question" if more == 1 else "questions"
    return f" Then a form opens with {number_words(more)} more {questions}, if you like."


def _so_far(
    partnership: Partnership, survey: Survey, answered: Mapping[Side, int] | None
) -> list[str]:
    """Of sides of three and more, and nothing from which a smaller one's could be worked out."""
    told = {} if answered is None else {side: answered[side] for side in survey.counted_sides}
    if sum(told.values()) < SHOWN_FROM:
        return []
    counts = [f"{side_named(partnership, s)} {told[s]} of {survey.asked[s]}" for s in told]
    return [f"Answered so far: {', '.join(counts)}."]
