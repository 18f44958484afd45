"""What the channel and the leads read about a pulse survey: the question, and what came of it."""

from collections.abc import Iterable, Mapping
from typing import Final

from domain.partnerships import Partnership
from domain.people import SIDES, Side, other_side
from domain.pulse import Survey
from domain.pulse_questions import ROTATION, SurveyQuestion
from domain.pulse_results import SHOWN_FROM, Reading, Result, result
from domain.questions import SCALE, YES_NO
from views.blocks import (
    Block,
    Blocks,
    Drawn,
    actions,
    bulleted,
    button,
    context,
    modal,
    quoted,
    section,
)
from views.daily_sections import Piece, Section
from views.pulse_questions import (
    WORDINGS,
    Wording,
    home_zone,
    number_words,
    promise,
    wording_of,
)
from views.question_forms import scale_labels
from views.times import when

ANSWER: Final = "pulse.answer_"
ANSWERS: Final = {f"{ANSWER}{answer}": answer for answer in (*SCALE, *YES_NO)}
"""Each button needs an id of its own in its row; it ends with the answer."""
MORE: Final = "pulse.more"
RESULTS: Final = "pulse.results"
RESULTS_VIEW: Final = "pulse.results_view"

_NAME_MOST: Final = 60


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
    asked = wording.asks if first.code == "own" else _weekly(wording)
    ends = f" 1 {wording.low}, 5 {wording.high}." if first.kind == "scale" else ""
    ask = f"One press: *{asked}*{ends}{_more_words(survey)}"
    lines = [promise(partnership, survey), *_so_far(partnership, survey, answered)]
    return Drawn(
        text=f"{ask} {' '.join(lines)}",
        blocks=(section(ask), _answer_buttons(survey, wording), context(*lines)),
    )


def counting(survey: Survey) -> Drawn:
    """The post between closing and the results."""
    text = f"{_title(survey)}: closed, the answers are being counted."
    return Drawn(text=text, blocks=(section(text),))


def closed_question(survey: Survey) -> Drawn:
    """The post once its results are in the thread."""
    if not survey.has_answers:
        text = f"{_title(survey)}: closed, no answers this time."
        return Drawn(text=text, blocks=(section(text),))
    text = f"{_title(survey)}: closed{_answers_words(survey)}. Thank you."
    return Drawn(text=text, blocks=(section(text), results_button(survey.partnership_id)))


def channel_result(survey: Survey) -> Drawn:
    """What everybody reads of the answers."""
    text = _joint_text(survey)
    return Drawn(text=text, blocks=(section(text), results_button(survey.partnership_id)))


def leads_result(partnership: Partnership, survey: Survey) -> Drawn:
    """What the leads of both sides read, each the same."""
    head = f"Pulse of {_named(partnership, 'client')} and {_named(partnership, 'vendor')}"
    lines: list[str] = []
    for question in survey.questions:
        lines += _question_lines(partnership, survey, question)
    if any(_result(survey, one).is_apart for one in survey.questions):
        lines.append("You see it differently; the next check-in is a good place to talk about it.")
    lines += _response_lines(partnership, survey)
    blocks: Blocks = [context(head), section("\n".join(lines))]
    return Drawn(text=f"{head}. {' '.join(lines)}", blocks=tuple(blocks))


def leads_section(partnership: Partnership, side: Side, surveys: Iterable[Survey]) -> Section:
    """The same in the daily message of a lead of ``side``."""
    drawn = [leads_result(partnership, survey) for survey in surveys]
    return Section(
        partnership_id=partnership.id,
        partner=_named(partnership, other_side(side)),
        pieces=tuple(Piece(line=one.text, blocks=one.blocks) for one in drawn),
        more=button("Results", RESULTS, partnership.id),
    )


def latest(partnership: Partnership, survey: Survey | None, *, for_lead: bool) -> Drawn:
    """The newest results for one person."""
    if survey is None:
        text = "No pulse has closed here yet."
        return Drawn(text=text, blocks=(section(text),))
    if for_lead:
        return leads_result(partnership, survey)
    text = _joint_text(survey)
    return Drawn(text=text, blocks=(section(text),))


def results_view(drawn: Drawn) -> Block:
    """The same as a form without fields: everybody is sure to see it."""
    return modal(RESULTS_VIEW, "Pulse", list(map(dict, drawn.blocks)))


def kept(partnership: Partnership, survey: Survey) -> Drawn:
    """After a press, for its presser alone; the score is not repeated, so that none is stored."""
    until = when(survey.closes_at, home_zone(partnership))
    text = f"Your answer is in. Until {until} another press changes it."
    if not _more(survey):
        return Drawn(text=text, blocks=(section(text),))
    row = actions(button("Answer the rest", MORE, survey.id))
    return Drawn(text=text, blocks=(section(text), row))


def results_button(partnership_id: str) -> Block:
    return actions(button("Results", RESULTS, partnership_id), block_id="results")


def who_is_asked(partnership: Partnership, asked: Mapping[Side, int]) -> str:
    """In the form "Acme 5, Globalcall 7"."""
    return ", ".join(f"{_named(partnership, side)} {asked[side]}" for side in SIDES)


def plural_answers(count: int) -> str:
    """In the form "nine answers"; in figures above twelve."""
    return f"{number_words(count)} answer{'' if count == 1 else 's'}"


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
    counts = [f"{_named(partnership, s)} {told[s]} of {survey.asked[s]}" for s in told]
    return [f"Answered so far: {', '.join(counts)}."]


def _answers_words(survey: Survey) -> str:
    return "" if survey.answered is None else f", {plural_answers(survey.answered)}"


def _joint_text(survey: Survey) -> str:
    found = _result(survey, survey.first)
    title, answers = _title(survey), _answers_words(survey)
    if not survey.has_answers:
        return f"{title}: no answers this time."
    if found.joint is not None:
        of_five = " of 5" if survey.first.kind == "scale" and not found.joint.alike else ""
        said = f"{_reading_words(survey.first, found.joint)}{of_five}"
        return f"{title}: {said}{answers}. Thank you.{_joint_besides(survey)}"
    if found.sides:
        return (
            f"{title}{answers or ': closed'}, but one side gave too few, so nothing is shown here."
            " The leads see what the other side answered on average. Thank you."
        )
    return f"{title}{answers or ': closed'}, too few to show. Thank you."


def _joint_besides(survey: Survey) -> str:
    every = [(one, _result(survey, one).joint) for one in survey.questions[1:]]
    return "".join(
        f" {wording_of(one).topic}: {_reading_words(one, joint)}."
        for one, joint in every
        if joint is not None
    )


def _question_lines(
    partnership: Partnership, survey: Survey, question: SurveyQuestion
) -> list[str]:
    topic = f"*{wording_of(question).topic}*"
    if question.kind != "text":
        return [f"{topic}: {_side_words(partnership, question, _result(survey, question))}."]
    tally = survey.results.get(question.position)
    comments = {} if tally is None else tally.comments
    return [
        f"{topic}, {_named(partnership, side)}:\n{bulleted([quoted(one) for one in said])}"
        for side, said in comments.items()
        if said
    ]


def _side_words(partnership: Partnership, question: SurveyQuestion, found: Result) -> str:
    if found.joint is not None and not found.sides:
        return f"both sides together {_reading_words(question, found.joint)}"
    return ", ".join(
        f"{_named(partnership, side)} {_reading_words(question, found.sides[side])}"
        if side in found.sides
        else f"{_named(partnership, side)}: too few answers to show"
        for side in SIDES
    )


def _reading_words(question: SurveyQuestion, reading: Reading) -> str:
    if reading.alike is not None:
        return f"{reading.alike}, all alike{': talk' if reading.alike == 'low' else ''}"
    if question.kind == "yes_no":
        return f"{round(reading.mean * 100)} % yes"
    return f"{reading.mean:.1f}"


def _result(survey: Survey, question: SurveyQuestion) -> Result:
    tally = survey.results.get(question.position)
    return result({} if tally is None else tally.counts)


def _response_lines(partnership: Partnership, survey: Survey) -> list[str]:
    told = survey.answered_by_side
    if len(told) < len(SIDES):
        # Beside the number of all answers one side's would tell the other's.
        return []
    counted = [f"{_named(partnership, s)} {told[s]} of {survey.asked[s]}" for s in SIDES]
    return [f"Answered: {', '.join(counted)}."]


def _title(survey: Survey) -> str:
    return f"*{wording_of(survey.first).topic}*"


def _named(partnership: Partnership, side: Side) -> str:
    return quoted(partnership.side(side).name, _NAME_MOST)
