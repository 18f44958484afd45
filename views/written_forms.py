"""The forms of a check-in in writing: a person's answers, and the questions that leads choose."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from domain.cadences import Cadence
from domain.partnerships import Partnership
from domain.questions import QUESTION_MOST, QUESTIONS_MOST, Question
from domain.written import (
    AnswersClosed,
    AnswersOver,
    AskedTwice,
    ChangedLongAgo,
    InWriting,
    LongQuestion,
    NothingAsked,
    NothingWritten,
    QuestionsChanged,
    Written,
    WrittenQuestion,
)
from views.blocks import Block, Blocks, Drawn, context, field, modal, quoted, section, text_input
from views.checkin_values import SpoiledValue
from views.checkins import home_zone
from views.question_forms import Read, fields, read
from views.times import when
from views.written_words import question_words

FORM: Final = "written.form"
QUESTIONS_FORM: Final = "written.questions_form"
QUESTIONS_PREVIEW: Final = "written.questions_preview"

_TITLE: Final = "Written check-in"
_TITLE_MOST: Final = 80
_NOTHING_KNOWN: Final[Mapping[int, str]] = {}


def answer_form(
    written: Written, known: Mapping[int, str] = _NOTHING_KNOWN, *, is_late: bool = False
) -> Block:
    """The questions, with what the person wrote last.

    Args:
        known: By the question's position.
        is_late: The check-in has closed.
    """
    partnership = written.check_in.partnership
    if is_late:
        until = "It has closed: your answer joins the others, marked as late."
    else:
        closes = when(written.turn.closes_at, home_zone(partnership))
        until = f"You can change your answer until {closes}, the end of the later side's day."
    blocks: Blocks = [
        section(
            f"*{quoted(written.check_in.title, _TITLE_MOST)}*. Everybody in this channel reads the"
            f" answers, with your name. {until} Leave open what there is nothing to say about."
        ),
        *fields(_fields_of(written.questions), _by_field(written.questions, known)),
    ]
    carried = {"turn": written.check_in.turn.id, "channel": partnership.channel}
    return modal(FORM, _TITLE, blocks, submit="Send", metadata=json.dumps(carried))


def read_answers(
    questions: Sequence[WrittenQuestion], values: Mapping[str, object]
) -> tuple[dict[int, str], Read]:
    """What was answered, by the question's position; and what is wrong with it."""
    found = read(_fields_of(questions), values)
    by_position = {
        one.position: found.answers[one.field] for one in questions if one.field in found.answers
    }
    return by_position, found


def questions_form(
    partnership: Partnership, cadence: Cadence, questions: Sequence[WrittenQuestion], version: int
) -> Block:
    """Up to five questions; what is asked now stands in the fields."""
    known = {one.field: question_words(one) for one in questions}
    blocks: Blocks = [
        section(
            f"What *{quoted(cadence.title, _TITLE_MOST)}* asks both sides, from the next one on."
        )
    ]
    for position in range(1, QUESTIONS_MOST + 1):
        name = f"q{position}"
        typed = text_input(initial=known.get(name, ""), most=QUESTION_MOST)
        blocks.append(field(name, f"Question {position}", typed, optional=True))
    metadata = _carried(partnership, cadence, version)
    return modal(QUESTIONS_FORM, "Questions", blocks, submit="Preview", metadata=metadata)


def questions_preview(
    partnership: Partnership, cadence: Cadence, told: Drawn, words: Sequence[str], version: int
) -> Block:
    """The last page before the questions are changed.

    Args:
        told: The line as it will stand in the thread.
    """
    blocks: Blocks = [
        *map(dict, told.blocks),
        context("Both sides read this in the thread of *This week* once you press *Post*."),
    ]
    metadata = _carried(partnership, cadence, version, words)
    return modal(QUESTIONS_PREVIEW, "Exactly this", blocks, submit="Post", metadata=metadata)


def typed_fields(values: Mapping[str, object]) -> list[tuple[str, str]]:
    """Name and content of each field of the form of questions."""
    names = [f"q{position}" for position in range(1, QUESTIONS_MOST + 1)]
    return [(name, str(values.get(name) or "")) for name in names]


def shown_in(carried: Mapping[str, str]) -> tuple[str, int]:
    """The check-in, and the version of its questions, that a form carries.

    Raises:
        SpoiledValue: It carries none.
    """
    version = carried.get("version", "")
    if not version.isdecimal():
        raise SpoiledValue
    return carried.get("cadence", ""), int(version)


def carried_words(text: str) -> list[str]:
    """The questions that the preview carries; none when it carries none."""
    return [words for words in text.split("\n") if words]


def _fields_of(questions: Sequence[WrittenQuestion]) -> list[Question]:
    return [Question(id=one.field, words=question_words(one)) for one in questions]


def _by_field(questions: Sequence[WrittenQuestion], known: Mapping[int, str]) -> dict[str, str]:
    return {one.field: known.get(one.position, "") for one in questions}


def _carried(
    partnership: Partnership, cadence: Cadence, version: int, words: Sequence[str] = ()
) -> str:
    carried: dict[str, object] = {
        "cadence": cadence.id,
        "version": version,
        # One layer of JSON only. Slack: private_metadata <= 3000 characters
        "words": "\n".join(words),
        "channel": partnership.channel,
    }
    return json.dumps(carried, ensure_ascii=False)


SENTENCES: Final[Mapping[type[BaseException], Any]] = {
    InWriting: lambda _: (
        "This check-in is in writing: there is no meeting to talk about it in. *Answer*, below its"
        " questions in the thread of *This week*, is the place for it."
    ),
    NothingWritten: lambda _: "A few words to one of the questions, please.",
    AnswersClosed: lambda _: (
        "This check-in has closed, and your answer stands as everybody read it."
        " The next one is open to you as before."
    ),
    AnswersOver: lambda _: (
        "This one takes no more answers. The questions of the newest stand in the thread of"
        " *This week*."
    ),
    NothingAsked: lambda _: "One question at least, please.",
    LongQuestion: lambda error: (
        f"A question has up to {QUESTION_MOST} characters; this one has {error.length}."
    ),
    AskedTwice: lambda _: "This question stands here already. Another one, or none, please.",
    ChangedLongAgo: lambda _: "This can be taken back for a day. *Questions* changes them anew.",
    QuestionsChanged: lambda _: (
        "These questions were changed meanwhile. *Questions* shows them as they are now."
    ),
}
