"""A check-in in writing for tests that draw: its turn, questions, answers and forms."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from domain.checkins import CheckIn
from domain.people import Side
from domain.presets import PRESETS, settings_of
from domain.written import Written, WrittenAnswer, WrittenQuestion, WrittenTurn, usual_questions
from tests.checkin_stage import CADENCE, PLAN, STARTS_AT, TURN
from tests.partners import PARTNERSHIP
from views import written, written_forms

CLOSES_AT = STARTS_AT + timedelta(hours=19)
IN_WRITING = replace(
    CADENCE,
    plan=replace(PLAN, title="Written check-in", settings=settings_of(PRESETS["written"])),
)
ASKED = WrittenTurn(
    occurrence_id=TURN.id,
    cadence_id=CADENCE.id,
    version=0,
    opened_at=STARTS_AT,
    closes_at=CLOSES_AT,
)
OPEN = Written(
    check_in=CheckIn(
        partnership=PARTNERSHIP, cadence=IN_WRITING, turn=replace(TURN, state="started")
    ),
    turn=ASKED,
    questions=usual_questions(),
)


def closed(*answers: WrittenAnswer, **changes: Any) -> Written:
    over = replace(OPEN.check_in, turn=replace(TURN, state="over"))
    done = replace(ASKED, closed_at=CLOSES_AT)
    return replace(OPEN, check_in=over, turn=done, answers=answers, **changes)


def said(words: str | None, side: Side = "vendor", **changes: Any) -> WrittenAnswer:
    """An answer of Ana's to the first question, unless said otherwise."""
    one = WrittenAnswer(
        person_id="ana",
        writer="Ana Reyes",
        side=side,
        position=1,
        words=words,
        answered_at=STARTS_AT,
    )
    return replace(one, **changes)


def asking(*words: str) -> tuple[WrittenQuestion, ...]:
    return tuple(WrittenQuestion(position=n, words=one) for n, one in enumerate(words, start=1))


FIVE = asking("One?", "Two?", "Three?", "Four?", "Five?")
FORMS: dict[str, Callable[[], dict[str, Any]]] = {
    written_forms.FORM: lambda: written_forms.answer_form(replace(OPEN, questions=FIVE)),
    written_forms.QUESTIONS_FORM: lambda: written_forms.questions_form(
        PARTNERSHIP, IN_WRITING, usual_questions(), 0
    ),
    written_forms.QUESTIONS_PREVIEW: lambda: written_forms.questions_preview(
        PARTNERSHIP,
        IN_WRITING,
        written.questions_changed(IN_WRITING, PARTNERSHIP, "vendor", (usual_questions(), FIVE)),
        ["One?"],
        0,
    ),
}
"""Every form of the subject, drawn once."""
