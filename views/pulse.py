"""What the channel and the leads read about a pulse survey: the question, and what came of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from domain.partnerships import Partnership
from domain.people import SIDES, Side, other_side
from domain.pulse import ROTATION, SCORES, SHOWN_FROM, Question, Shown, Survey, shown
from views.blocks import (
    Block,
    Blocks,
    Drawn,
    actions,
    button,
    context,
    modal,
    plural,
    quoted,
    section,
)
from views.daily_sections import Piece, Section
from views.question_forms import scale_labels
from views.times import when

ANSWER: Final = "pulse.answer_"
ANSWERS: Final = {f"{ANSWER}{score}": score for score in SCORES}
"""Each button needs an id of its own in its row; it ends with the score."""
RESULTS: Final = "pulse.results"
RESULTS_VIEW: Final = "pulse.results_view"

_NAME_MOST: Final = 60
_QUESTION_MOST: Final = 200
_NUMBERS: Final = (
    *("no", "one", "two", "three", "four", "five", "six"),
    *("seven", "eight", "nine", "ten", "eleven", "twelve"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """A question in words.

    Attributes:
        topic: What its result is called.
        low, high: What 1 and 5 mean.
    """

    asks: str
    topic: str
    low: str
    high: str


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
}
_OWN_LOW, _OWN_HIGH = "not well", "very well"


def first_question() -> str:
    """The weekly question that is asked first, as its post will say it."""
    return _weekly(WORDINGS[ROTATION[0]])


def question(partnership: Partnership, survey: Survey, answered: int | None) -> Drawn:
    """The post at the top level while it can be answered.

    Args:
        answered: How many did so far; None: not to be shown.
    """
    wording = wording_of(survey)
    asked = f"*{wording.asks}*" if survey.words is not None else f"*{_weekly(wording)}*"
    ask = f"One press: {asked} 1 {wording.low}, 5 {wording.high}."
    until = when(survey.closes_at, _home_zone(partnership))
    promise = (
        f"No names are kept with the answers; a side shows from {_NUMBERS[SHOWN_FROM]} answers on,"
        f" and answers that are all alike show themselves. Until {until} you can change yours,"
        " and so long the server could link it to you; then that link is destroyed."
    )
    lines = [promise, *_count_lines(survey, answered)]
    return Drawn(
        text=f"{ask} {' '.join(lines)}",
        blocks=(section(ask), _score_buttons(survey, wording), context(*lines)),
    )


def counting(survey: Survey) -> Drawn:
    """The post between closing and the results."""
    text = f"{_title(survey)}: closed, the answers are being counted."
    return Drawn(text=text, blocks=(section(text),))


def closed_question(survey: Survey) -> Drawn:
    """The post once its results are in the thread."""
    if not survey.answered:
        text = f"{_title(survey)}: closed, no answers this time."
        return Drawn(text=text, blocks=(section(text),))
    text = f"{_title(survey)}: closed, {plural_answers(survey.answered)}. Thank you."
    return Drawn(text=text, blocks=(section(text), results_button(survey.partnership_id)))


def channel_result(survey: Survey) -> Drawn:
    """What everybody reads of the answers."""
    text = _joint_line(survey, shown(survey.scores))
    return Drawn(text=text, blocks=(section(text), results_button(survey.partnership_id)))


def leads_result(partnership: Partnership, survey: Survey) -> Drawn:
    """What the leads of both sides read, each the same."""
    found = shown(survey.scores)
    head = f"Pulse of {_named(partnership, 'client')} and {_named(partnership, 'vendor')}"
    lines = [f"{_title(survey)}: {_side_words(partnership, found)}."]
    if found.apart:
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
    text = _joint_line(survey, shown(survey.scores))
    return Drawn(text=text, blocks=(section(text),))


def results_view(drawn: Drawn) -> Block:
    """The same as a form without fields: everybody is sure to see it."""
    return modal(RESULTS_VIEW, "Pulse", list(map(dict, drawn.blocks)))


def kept(partnership: Partnership, survey: Survey) -> Drawn:
    """After a press, for its presser alone; the score is not repeated, so that none is stored."""
    until = when(survey.closes_at, _home_zone(partnership))
    text = f"Your answer is in. Until {until} another press changes it."
    return Drawn(text=text, blocks=(section(text),))


def results_button(partnership_id: str) -> Block:
    return actions(button("Results", RESULTS, partnership_id), block_id="results")


def wording_of(survey: Survey) -> Wording:
    """The words of its question, safe in our own; a blanked one has none."""
    if survey.question != "own":
        return WORDINGS[survey.question]
    asks = quoted(survey.words or "A question", _QUESTION_MOST)
    return Wording(asks=asks, topic=asks, low=_OWN_LOW, high=_OWN_HIGH)


def who_is_asked(partnership: Partnership, asked: Mapping[Side, int]) -> str:
    """In the form "Acme 5, Globalcall 7"."""
    return ", ".join(f"{_named(partnership, side)} {asked[side]}" for side in SIDES)


def plural_answers(count: int) -> str:
    """In the form "nine answers"; in figures above twelve."""
    return f"{number_words(count)} answer{'' if count == 1 else 's'}"


def number_words(count: int) -> str:
    return _NUMBERS[count] if count < len(_NUMBERS) else str(count)


def _weekly(wording: Wording) -> str:
    return f"This week, {wording.asks}"


def _score_buttons(survey: Survey, wording: Wording) -> Block:
    labels = scale_labels(wording.low, wording.high)
    row = [button(labels[str(score)], action_id, survey.id) for action_id, score in ANSWERS.items()]
    return actions(*row, block_id="answers")


def _count_lines(survey: Survey, answered: int | None) -> list[str]:
    if answered is None or answered < SHOWN_FROM:
        return []
    return [f"{answered} of {plural(survey.asked_in_all, 'person', 'people')} answered so far."]


def _joint_line(survey: Survey, found: Shown) -> str:
    count = survey.answered or 0
    title, answers = _title(survey), plural_answers(count)
    if found.joint is not None:
        return f"{title}: {found.joint:.1f} of 5, {answers}. Thank you."
    if count == 0:
        return f"{title}: no answers this time."
    if found.sides:
        return (
            f"{title}: {answers}, but one side gave too few, so nothing is shown here."
            " The leads see what the other side answered on average. Thank you."
        )
    return f"{title}: {answers}, too few to show. Thank you."


def _side_words(partnership: Partnership, found: Shown) -> str:
    return ", ".join(
        f"{_named(partnership, side)} {found.sides[side]:.1f}"
        if side in found.sides
        else f"{_named(partnership, side)}: too few answers to show"
        for side in SIDES
    )


def _response_lines(partnership: Partnership, survey: Survey) -> list[str]:
    told = survey.answered_by_side
    if len(told) < len(SIDES):
        # Beside the number of all answers one side's would tell the other's.
        return []
    counted = [f"{_named(partnership, s)} {told[s]} of {survey.asked[s]}" for s in SIDES]
    return [f"Answered: {', '.join(counted)}."]


def _title(survey: Survey) -> str:
    return f"*{wording_of(survey).topic}*"


def _named(partnership: Partnership, side: Side) -> str:
    return quoted(partnership.side(side).name, _NAME_MOST)


def _home_zone(partnership: Partnership) -> str:
    return partnership.side(partnership.home_side).calendar.zone
