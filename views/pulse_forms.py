"""A question of one's own: its form, its preview, and how both are read back."""

import json
from collections.abc import Mapping
from typing import Any, Final

from domain.errors import TouchbaseError
from domain.partnerships import Partnership
from domain.people import Side
from domain.pulse import SHOWN_FROM, WORDS_MOST, Draft, Survey
from views.blocks import (
    Block,
    Blocks,
    Drawn,
    actions,
    button,
    field,
    modal,
    section,
    text_input,
)
from views.pulse import question, who_is_asked

FORM: Final = "pulse.form"
PREVIEW: Final = "pulse.preview"
FORM_OPEN: Final = "pulse.form_open"
POST: Final = "pulse.post"


class SpoiledQuestion(TouchbaseError):
    """A button or form of a question that cannot be read back."""


def form(partnership: Partnership, draft: Draft) -> dict[str, Any]:
    """The form of a question; what was typed stands in it."""
    typed = text_input(initial=draft.words, placeholder="How was the hand-over?", most=WORDS_MOST)
    blocks: Blocks = [
        section("Both sides answer the same question with one press, from 1 to 5."),
        field("question", "Question", typed, hint="1 means not well, 5 very well."),
    ]
    return modal(FORM, "Pulse", blocks, submit="Preview", metadata=_metadata(partnership, draft))


def preview_form(partnership: Partnership, draft: Draft, survey: Survey) -> dict[str, Any]:
    """The last page before the question is posted."""
    blocks: Blocks = [
        section(_asked_line(partnership, survey.asked)),
        *_as_posted(partnership, survey),
    ]
    return modal(PREVIEW, "Pulse", blocks, submit="Post", metadata=_metadata(partnership, draft))


def preview(partnership: Partnership, draft: Draft, survey: Survey) -> Drawn:
    """The same in answer to words, with what posts it and what changes it."""
    line = _asked_line(partnership, survey.asked)
    value = write(draft)
    row = actions(button("Post", POST, value, style="primary"), button("Change", FORM_OPEN, value))
    posted = question(partnership, survey, None)
    return Drawn(
        text=f"{line} {posted.text}",
        blocks=(section(line), *_as_posted(partnership, survey), row),
    )


def posted_answer() -> Drawn:
    """What stands in the place of the preview once it is posted."""
    text = "Posted. Both sides can answer now."
    return Drawn(text=text, blocks=(section(text),))


def ask_for_words(draft: Draft) -> Drawn:
    """The way to the form where none can open."""
    text = "What would you like to ask both sides? You see it as it will stand before it is posted."
    return Drawn(text=text, blocks=(section(text), actions(button("Ask", FORM_OPEN, write(draft)))))


def write(draft: Draft) -> str:
    """The draft as a button's value."""
    carried = {"id": draft.id, "partnership": draft.partnership_id, "words": draft.words}
    return json.dumps(carried, ensure_ascii=False, separators=(",", ":"))


def read(text: str) -> Draft:
    """The draft that a button carries.

    Raises:
        SpoiledQuestion: It carries none.
    """
    try:
        carried = json.loads(text)
    except ValueError as error:
        raise SpoiledQuestion from error
    if not isinstance(carried, dict):
        raise SpoiledQuestion
    return from_carried(carried)


def from_carried(carried: Mapping[str, Any]) -> Draft:
    """As `read`, from a form's metadata."""
    try:
        return Draft(
            id=str(carried["id"]),
            partnership_id=str(carried["partnership"]),
            words=str(carried["words"])[:WORDS_MOST],
        )
    except KeyError as error:
        raise SpoiledQuestion from error


def _metadata(partnership: Partnership, draft: Draft) -> str:
    carried = {
        "id": draft.id,
        "partnership": draft.partnership_id,
        "words": draft.words,
        "channel": partnership.channel,
    }
    return json.dumps(carried, ensure_ascii=False)


def _as_posted(partnership: Partnership, survey: Survey) -> list[Block]:
    """The post without its buttons: in a preview nothing can be answered."""
    drawn = question(partnership, survey, None)
    return [dict(block) for block in drawn.blocks if block["type"] != "actions"]


def _asked_line(partnership: Partnership, asked: Mapping[Side, int]) -> str:
    line = f"Asked in the channel: {who_is_asked(partnership, asked)}."
    if any(count >= SHOWN_FROM for count in asked.values()):
        return line
    return f"{line} With fewer than three people on each side no result can be shown."
