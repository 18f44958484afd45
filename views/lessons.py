"""What both sides learned: the form in which a lead writes it down, and where it is read."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from domain.lessons import (
    FIELDS,
    LESSON_MOST,
    Lessons,
    LessonsStand,
    LongLesson,
    NoLesson,
    WrittenMeanwhile,
)
from domain.partnerships import Partnership
from domain.pulse import Survey
from views.blocks import (
    Block,
    Blocks,
    Drawn,
    actions,
    bulleted,
    button,
    field,
    modal,
    quoted,
    section,
    text_input,
)
from views.pulse_comments import comment_lines, in_sections
from views.pulse_questions import home_zone, side_named
from views.times import when

OPEN: Final = "lessons.open"
FORM: Final = "lessons.form"
UNDO: Final = "lessons.undo"

_LABELS: Final = ("The first", "The second", "The third")
_NAME_MOST: Final = 60
# Of one side to one question. Slack: a view <= 250,000 bytes
_WRITTEN_MOST: Final = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """What was learned in another partnership of the same workspace.

    Attributes:
        partner: The other company's name.
    """

    partner: str
    words: tuple[str, ...]


def open_button(survey_id: str) -> Block:
    return button("Write down what we learned", OPEN, survey_id)


def form(
    partnership: Partnership, survey: Survey, known: Lessons | None, new_id: str
) -> dict[str, Any]:
    """Up to three lessons, below what was written in the look back; those that hold stand in it.

    Args:
        new_id: Made beforehand, so that two presses write them once.
    """
    home = side_named(partnership, partnership.home_side)
    said = () if known is None else known.words
    wrote = [
        line
        for one in survey.questions
        for line in comment_lines(partnership, survey, one, _WRITTEN_MOST)
    ]
    blocks: Blocks = [
        section(
            "What do both sides want to remember? Both read it in the thread and under *Results*;"
            f" {home}'s people read it again when they set up another partnership."
        ),
        *map(section, in_sections(wrote)),
    ]
    for number, (name, label) in enumerate(zip(FIELDS, _LABELS, strict=True)):
        words = text_input(initial="".join(said[number : number + 1]), most=LESSON_MOST)
        blocks.append(field(name, label, words, optional=number > 0))
    carried = {
        "survey": survey.id,
        "id": new_id,
        "known": "" if known is None else known.id,
        "channel": partnership.channel,
    }
    return modal(FORM, "What we learned", blocks, submit="Post", metadata=json.dumps(carried))


def read_form(values: Mapping[str, object]) -> tuple[str, ...]:
    """What stands in the fields, each on one line; empty where nothing does."""
    return tuple(" ".join(str(values.get(name) or "").split()) for name in FIELDS)


def posted(partnership: Partnership, lessons: Lessons) -> Drawn:
    """In the thread of the look back, for both sides."""
    who = side_named(partnership, lessons.side)
    if lessons.undone_at is not None:
        text = f"{who} had written down what both sides learned, and took it back."
        return Drawn(text=text, blocks=(section(text),))
    until = when(lessons.undo_until, home_zone(partnership))
    text = f"*What both sides learned*, written down by {who}:\n{_listed(lessons.words)}"
    note = f"A lead of either side can take it back until {until}, and word it anew at any time."
    row = actions(button("Undo", UNDO, lessons.id), open_button(lessons.survey_id))
    return Drawn(text=f"{text}\n{note}", blocks=(section(text), section(note), row))


def taken_back() -> Drawn:
    text = "Taken back. What was written down before, if anything, holds again."
    return Drawn(text=text, blocks=(section(text),))


def listed(partnership: Partnership, learned: Sequence[Lessons]) -> list[str]:
    """Below the results, newest first; nothing where nothing was learned."""
    return [
        f"*Learned*, written down {when(one.written_at, home_zone(partnership))}:"
        f"\n{_listed(one.words)}"
        for one in learned
        if one.words
    ]


def at_set_up(earlier: Sequence[Earlier]) -> Blocks:
    """What the installer alone reads before another partnership begins."""
    if not earlier:
        return []
    said = [f"With {quoted(one.partner, _NAME_MOST)}:\n{_listed(one.words)}" for one in earlier]
    return [section("*Learned in other partnerships*, only for you:"), *map(section, said)]


def _listed(words: Sequence[str]) -> str:
    return bulleted(quoted(one, LESSON_MOST) for one in words)


SENTENCES: Final[Mapping[type[BaseException], Callable[[Any], str]]] = {
    NoLesson: lambda _: "What did you learn? A few words, please.",
    LongLesson: lambda error: (
        f"It has up to {LESSON_MOST} characters; this one has {error.length}."
    ),
    WrittenMeanwhile: lambda _: (
        "Another lead wrote it down since you opened this. Please close this and open it again: it"
        " then shows what holds."
    ),
    LessonsStand: lambda _: (
        "It can be taken back for a day, while nothing newer is written down. *Write down what we"
        " learned* words it anew at any time."
    ),
}
