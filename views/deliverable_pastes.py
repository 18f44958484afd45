"""The form for a list pasted in one go: how each line was understood, or what it lacks."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from domain.deliverable_pastes import (
    LINES_MOST,
    NoLines,
    TooManyLines,
    TooMuchText,
    mark_of,
)
from domain.deliverables import Commitment, Unclear
from domain.due_days import Named
from domain.partnerships import Partnership
from domain.people import SIDES
from views.blocks import (
    Block,
    Blocks,
    Drawn,
    actions,
    button,
    context,
    field,
    modal,
    plural,
    quoted,
    section,
    text_input,
)
from views.deliverable_questions import question
from views.deliverables import due_words, earlier, in_both_zones, side_name, subject
from views.deliverables import line_of as said

OPEN: Final = "deliverable.paste"
FORM: Final = "deliverable.list"
UNDO: Final = "deliverable.undo_list"

# Slack: a text input takes at most 3000 characters.
TYPED_MOST: Final = 3000
# So many lines, each with its date, stay within the 3000 characters of a section.
_LINE_MOST: Final = 100
_LINES_IN_SECTION: Final = 5
_SHOWN_MOST: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line as it was understood.

    Attributes:
        typed: Without its bullet.
        becomes: What it would become; None: something has to be asked first.
        owner: The name of who would owe it.
        named: The day that was named, where its owner does not work on it.
    """

    typed: str
    becomes: Commitment | None = None
    owner: str = ""
    questions: tuple[Unclear, ...] = ()
    named: Named | None = None


def form(
    partnership: Partnership, form_id: str, typed: str = "", lines: Sequence[Line] = ()
) -> Block:
    """The list as it was typed, and below it each line as it was understood."""
    hint = "One a line: @ana product database by friday"
    blocks: Blocks = [
        field("list", "List", text_input(initial=typed, multiline=True, most=TYPED_MOST), hint=hint)
    ]
    if lines:
        blocks += _understood(partnership, lines)
    is_clear = bool(lines) and not any(line.questions for line in lines)
    metadata = {
        "partnership": partnership.id,
        "channel": partnership.channel,
        "id": form_id,
        "looked": mark_of(typed) if is_clear else "",
    }
    submit = f"Create {len(lines)}" if is_clear else "Check the lines"
    return modal(FORM, "Paste a list", blocks, submit=submit, metadata=json.dumps(metadata))


def was_looked_through(carried: Mapping[str, str], typed: str) -> bool:
    """Whether a list was sent as it was shown with all its lines clear."""
    return bool(carried.get("looked")) and carried["looked"] == mark_of(typed)


def open_button(partnership: Partnership) -> Block:
    return button("Paste a list", OPEN, partnership.id)


def asked_in_thread(partnership: Partnership, ts: str | None = None) -> Drawn:
    """After a mention, which cannot open a form, and whose text is not kept.

    Args:
        ts: Of the message in which the list stands; None: it has to be pasted yet.
    """
    if ts is None:
        text = f"Paste the list into the form, up to {LINES_MOST} lines."
        return Drawn(text=text, blocks=(section(text), actions(open_button(partnership))))
    text = "Nothing is written down yet: check each line in the form, then create all of them."
    check = button("Check the lines", OPEN, f"{partnership.id}|{ts}")
    return Drawn(text=text, blocks=(section(text), actions(check)))


def told(partnership: Partnership, every: Sequence[Commitment]) -> Drawn:
    """To both sides, instead of so many cards."""
    text = (
        f"{plural(len(every), 'new deliverable')}: {_by_side(partnership, every)}."
        f" First: {_first(partnership, every)}.{_waiting(partnership, every)}"
    )
    row = actions(button("My list", "hub.mine", partnership.id), block_id="deliverables")
    return Drawn(text=text, blocks=(section(text), row))


def _first(partnership: Partnership, every: Sequence[Commitment]) -> str:
    first = sorted(every, key=lambda one: one.due_at)[:_SHOWN_MOST]
    return "; ".join(f"{subject(partnership, one)}, {due_words(partnership, one)}" for one in first)


def _waiting(partnership: Partnership, every: Sequence[Commitment]) -> str:
    """Whose turn it is, by side."""
    counts = {
        side: sum(one.side == side and one.state == "proposed" for one in every) for side in SIDES
    }
    turns = [
        f"{side_name(partnership, side)} to accept {count}"
        for side, count in counts.items()
        if count
    ]
    return f" Waiting for {', and for '.join(turns)}." if turns else ""


def taken_back(count: int) -> Drawn:
    return said(f"{plural(count, 'deliverable')}, just written down from a list: taken back.")


def noted(partnership: Partnership, form_id: str, every: Sequence[Commitment]) -> Drawn:
    """To whoever pasted the list."""
    text = (
        f"Noted: {plural(len(every), 'deliverable')}, {_by_side(partnership, every)}."
        f" First: {_first(partnership, every)}."
    )
    asked = sum(one.state == "proposed" for one in every)
    if asked:
        whom = plural(asked, "is", "are")
        text += f" {whom} to be accepted: their owners find it in their next message, with buttons."
    value = "|".join((partnership.id, form_id, str(len(every))))
    return Drawn(
        text=text, blocks=(section(text), actions(button("Undo", UNDO, value), block_id="undo"))
    )


def undone(taken: int, kept: int) -> Drawn:
    """To whoever took the list back. ``kept``: what had gone on meanwhile stays."""
    text = f"Taken back: {plural(taken, 'deliverable')}."
    return said(f"{text} {kept} had been changed meanwhile and stay." if kept else text)


def _understood(partnership: Partnership, lines: Sequence[Line]) -> Blocks:
    open_ones = sum(bool(line.questions) for line in lines)
    head = (
        f"{plural(open_ones, 'line')} of {len(lines)} to be changed above."
        if open_ones
        else "So I understand it:"
    )
    numbered = [_words(partnership, n, line) for n, line in enumerate(lines, start=1)]
    starts = range(0, len(numbered), _LINES_IN_SECTION)
    sections = [section("\n".join(numbered[n : n + _LINES_IN_SECTION])) for n in starts]
    return [context(head), *sections]


def _words(partnership: Partnership, number: int, line: Line) -> str:
    if line.becomes is None:
        asked = " ".join(map(_question, line.questions))
        return f"{number}. “{quoted(line.typed, 40)}”: *{asked}*"
    one = line.becomes
    side = side_name(partnership, one.side)
    who = f"{quoted(line.owner, 40)}, {side}" if one.owner_kind == "person" else side
    due = in_both_zones(partnership, one)
    note = "" if line.named is None else f". {earlier(partnership, one, line.named)}"
    return f"{number}. {quoted(one.title, _LINE_MOST)} ({who}), due {due}{note}"


def _question(unclear: Unclear) -> str:
    if unclear.reason == "far":
        return "More than ten months away; please write it down by itself."
    return question(unclear)


def _by_side(partnership: Partnership, every: Sequence[Commitment]) -> str:
    counts = {side: sum(one.side == side for one in every) for side in SIDES}
    return ", ".join(f"{side_name(partnership, side)} {count}" for side, count in counts.items())


SENTENCES: Final[Mapping[type[BaseException], Callable[[Any], str]]] = {
    NoLines: lambda _: "Paste at least one line.",
    TooMuchText: lambda error: (
        f"These are {error.count} characters, and the form takes {TYPED_MOST}: please paste it in"
        " parts. Nothing is written down."
    ),
    TooManyLines: lambda error: (
        f"These are {error.count} lines. I look through {LINES_MOST} at once, so that somebody can"
        " check each: please paste fewer. Nothing is written down."
    ),
}
