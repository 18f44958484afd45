"""A side's own words beside a line of what is open: the form, and what stands there afterwards."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from domain.findings import Finding
from domain.notes import NOTE_MOST, Note, NoteStands
from domain.partnerships import Partnership
from views.blocks import (
    Block,
    Blocks,
    actions,
    button,
    context,
    field,
    modal,
    section,
    text_input,
)
from views.gaps import added, what

FORM: Final = "summary.note"
UNDO: Final = "gaps.undo_note"
VIEW: Final = "gaps.noted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Undo:
    """What a button carries that takes a note back.

    Attributes:
        noted_at: Names the note; key: the line beside which it stands.
    """

    partnership_id: str
    noted_at: datetime
    key: str


def form(
    partnership: Partnership, finding: Finding, note: Note | None, *, may_undo: bool = False
) -> Block:
    """A side's own words beside a line; sending it empty takes them away."""
    said = "" if note is None else note.words
    blocks: Blocks = [
        section(what(partnership, finding)),
        field(
            "note",
            "Your side's note",
            text_input(initial=said, multiline=True, most=NOTE_MOST),
            hint="Both sides read it as you write it, under the name of your side.",
            optional=True,
        ),
    ]
    if note is not None and may_undo:
        blocks.append(_undo(partnership, finding.key, note))
    carried = {
        "partnership": partnership.id,
        "channel": partnership.channel,
        "finding": finding.key,
    }
    return modal(FORM, "Add a note", blocks, submit="Save", metadata=json.dumps(carried))


def echo(partnership: Partnership, key: str, note: Note) -> Block:
    """The note as both sides read it, with what takes it back for a day."""
    blocks = _standing(partnership, note)
    if note.words != note.old_words:
        blocks.append(_undo(partnership, key, note))
    return _view(partnership, blocks)


def echo_of_undo(partnership: Partnership, note: Note) -> Block:
    """What stands there again."""
    return _view(partnership, [section("Taken back."), *_standing(partnership, note)])


def read_undo(value: str) -> Undo:
    """What the button carries.

    Raises:
        NoteStands: Nothing that we can read.
    """
    partnership_id, _, rest = value.partition("|")
    stamp, _, key = rest.partition("|")
    try:
        noted_at = datetime.fromisoformat(stamp)
    except ValueError as error:
        raise NoteStands from error
    return Undo(partnership_id=partnership_id, noted_at=noted_at, key=key)


def _standing(partnership: Partnership, note: Note) -> Blocks:
    if not note.words:
        return [section("Beside this line stands no note of your side.")]
    return [
        section("Beside this line both sides read:"),
        {"type": "context", "elements": [added(partnership, note.side, note.words)]},
    ]


def _undo(partnership: Partnership, key: str, note: Note) -> Block:
    value = f"{partnership.id}|{note.noted_at.isoformat()}|{key}"
    return actions(button("Undo", UNDO, value), block_id="undo")


def _view(partnership: Partnership, blocks: Blocks) -> Block:
    carried = {"partnership": partnership.id, "channel": partnership.channel}
    hint = context("*Add a note* words it anew, and takes it back for a day.")
    return modal(VIEW, "Note", [*blocks, hint], metadata=json.dumps(carried))


SENTENCES: Final[Mapping[type[BaseException], Callable[[Any], str]]] = {
    NoteStands: lambda _: (
        "A note can be taken back for a day, while nothing followed it."
        " *Add a note* words it anew; sent empty it takes it away."
    ),
}
