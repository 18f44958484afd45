"""What the leads read of a survey that they answer openly: its form, its answers, the thanks."""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from domain.partnerships import Partnership
from domain.people import Side, other_side
from domain.pulse_questions import SurveyQuestion
from domain.questions import Question
from domain.signed import NotSigned, SignedAnswer, SignedOver, SignedSurvey, SignedYet
from views import question_forms
from views.blocks import Block, Blocks, Drawn, actions, button, context, modal, quoted, section
from views.daily_sections import Piece, Section
from views.pulse_comments import in_sections
from views.pulse_questions import asked_plainly, home_zone, wording_of
from views.pulse_results import look_back_button
from views.times import when

ANSWER: Final = "signed.answer"
READ: Final = "signed.read"
FORM: Final = "signed.form"
READ_VIEW: Final = "signed.read_view"

_TITLES: Final = {"weekly": "The leads' pulse", "quarterly": "The quarter, for the leads"}
_NAME_MOST: Final = 60
# As long as a field of a form lets somebody write, less the name beside it.
_ANSWER_MOST: Final = 2800
_YES_NO: Final = {"yes": "yes", "no": "no"}


def form(
    partnership: Partnership, survey: SignedSurvey, known: Mapping[int, str]
) -> dict[str, Any]:
    """The questions, with what the lead answered before, by position."""
    until = when(survey.closes_at, home_zone(partnership))
    blocks: Blocks = [
        section(
            f"The leads of both sides answer this openly, with their names. You read the other"
            f" side's answers once both have answered, and they yours; the channel reads none."
            f" Until {until}, or until all have answered, you can change yours."
        ),
        *question_forms.fields(
            [_field(one) for one in survey.questions],
            {one.field: known.get(one.position, "") for one in survey.questions},
        ),
    ]
    carried = {"survey": survey.id, "channel": partnership.channel}
    title = "Pulse" if survey.purpose == "weekly" else "The quarter"
    return modal(FORM, title, blocks, submit="Send", metadata=json.dumps(carried))


def read(
    questions: Sequence[SurveyQuestion], values: Mapping[str, object]
) -> tuple[dict[int, str], Mapping[str, str]]:
    """What was answered, by position, and a sentence for each field that needs a change."""
    found = question_forms.read([_field(one) for one in questions], values)
    answers = {
        one.position: found.answers[one.field] for one in questions if one.field in found.answers
    }
    return answers, found.errors


def read_view(partnership: Partnership, survey: SignedSurvey) -> Block:
    """All answers, question by question."""
    blocks: Blocks = [context(_TITLES[survey.purpose])]
    for one in survey.questions:
        given = [a for a in survey.answers if a.position == one.position]
        lines = [_answer_line(partnership, one, answer) for answer in given]
        topic = f"*{wording_of(one).topic}*"
        blocks += map(section, in_sections([topic, *lines] if lines else [f"{topic}: no answers"]))
    if survey.purpose == "quarterly":
        blocks.append(actions(look_back_button(partnership.id)))
    return modal(READ_VIEW, "Pulse", blocks)


def daily_section(
    partnership: Partnership,
    side: Side,
    every: Sequence[tuple[SignedSurvey, bool]],
    *,
    is_over: bool,
) -> Section:
    """In the daily message of a lead of ``side``.

    Args:
        every: Each with whether the lead has answered it.
        is_over: The message is past.
    """
    return Section(
        partnership_id=partnership.id,
        partner=_named(partnership, other_side(side)),
        pieces=tuple(_piece(partnership, side, one, done, is_over) for one, done in every),
        is_owed=True,
    )


def open_now(survey: SignedSurvey) -> Drawn:
    """The way to the form where none can open by itself."""
    text = f"*{_TITLES[survey.purpose]}* waits for your answer."
    row = actions(button("Answer", ANSWER, survey.id))
    return Drawn(text=text, blocks=(section(text), row))


def thanks() -> Drawn:
    """In the channel: that it took place, and nothing of what was said."""
    text = "The leads of both sides answered the pulse. Thank you."
    return Drawn(text=text, blocks=(section(text),))


def _piece(
    partnership: Partnership, side: Side, survey: SignedSurvey, has_answered: bool, is_over: bool
) -> Piece:
    title = f"*{_TITLES[survey.purpose]}* with {_named(partnership, other_side(side))}"
    if survey.may_be_read:
        return _with_button(f"{title}: both sides have answered.", "Read", READ, survey, is_over)
    if survey.closed_at is not None:
        line = f"{title}: closed. Not both sides answered, so nothing is shown."
        return Piece(line=line, blocks=[section(line)])
    until = when(survey.closes_at, home_zone(partnership))
    if has_answered:
        line = f"{title}: your answer is in, and is read once both sides have answered."
        return _with_button(line, "Change", ANSWER, survey, is_over)
    line = f"{title}: answered openly by the leads of both sides, until {until}."
    return _with_button(line, "Answer", ANSWER, survey, is_over, is_todays=not is_over)


def _with_button(  # noqa: PLR0913  # what stands beside the line
    line: str,
    label: str,
    action_id: str,
    survey: SignedSurvey,
    is_over: bool,
    *,
    is_todays: bool = False,
) -> Piece:
    row = [] if is_over else [actions(button(label, action_id, survey.id), block_id=survey.id)]
    return Piece(line=line, blocks=[section(line), *row], is_todays=is_todays)


def _answer_line(partnership: Partnership, question: SurveyQuestion, one: SignedAnswer) -> str:
    side = _named(partnership, one.side)
    who = f"{quoted(one.name, _NAME_MOST)} ({side})" if one.name else side
    of_five = " of 5" if question.kind == "scale" else ""
    return f"• {who}: {quoted(one.answer, _ANSWER_MOST)}{of_five}"


def _field(question: SurveyQuestion) -> Question:
    wording = wording_of(question)
    return Question(
        id=question.field,
        words=asked_plainly(question),
        kind=question.kind,
        is_required=question.kind != "text",
        low=wording.low,
        high=wording.high,
    )


def _named(partnership: Partnership, side: Side) -> str:
    return quoted(partnership.side(side).name, _NAME_MOST)


SENTENCES: Final[Mapping[type[BaseException], Callable[[Any], str]]] = {
    NotSigned: lambda _: (
        "This is for the leads who were asked. The next one is for whoever leads then."
    ),
    SignedOver: lambda _: "This has closed, and the answers stand as the other side reads them.",
    SignedYet: lambda _: "The answers are shown once the leads of both sides have answered.",
}
