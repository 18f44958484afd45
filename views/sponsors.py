"""What is said before sponsors are told of something late, to them, and to those who see to it."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from domain.deliverables import Commitment
from domain.partnerships import Partnership
from domain.people import Side, other_side
from domain.sponsors import AskedTooSoon, NobodyNamed, Notice, NotWantedByBoth
from views.blocks import Block, Drawn, actions, button, quoted, section
from views.daily_sections import Piece, Section
from views.deliverables import (
    DONE,
    HAND_OVER,
    HISTORY,
    NEW_DATE,
    buttons,
    due_words,
    line_of,
    side_name,
    subject,
    titled,
)
from views.overdue_lines import what_became
from views.times import when

BRING: Final = "sponsors.bring"
UNDO: Final = "sponsors.undo"
HELP: Final = "sponsors.help"
_NAME_MOST: Final = 60


def bring_button(commitment_id: str) -> Block:
    return button("Bring to the sponsors", BRING, commitment_id)


def undo_button(commitment_id: str) -> Block:
    return button("Don't tell sponsors", UNDO, commitment_id)


def row(
    partnership: Partnership, one: Commitment, notice: Notice | None, *, is_one_named: bool
) -> list[Block]:
    """What a lead can press about it, where it was brought to the leads of both sides.

    Args:
        notice: That runs, or of which sponsors were told; None: there is none.
        is_one_named: A side has a sponsor; else nobody would read it.
    """
    if not partnership.tells_sponsors or not one.is_public:
        return []
    if notice is None:
        return [bring_button(one.id)] if is_one_named else []
    return [undo_button(one.id)] if notice.state == "runs" else []


def words(partnership: Partnership, one: Commitment, notice: Notice | None) -> str:
    """How far it is with the sponsors, where others read it; empty: nothing is to be said."""
    if notice is None:
        return ""
    by = side_name(partnership, notice.side)
    if notice.state == "told":
        return f"Brought to the sponsors of both sides by {by}."
    heard = side_name(partnership, one.side)
    until = _until(partnership, one, notice)
    return f"{by} wants to tell the sponsors of both sides; {heard} is heard first, until {until}."


def asked(
    partnership: Partnership, one: Commitment, notice: Notice, unnamed: Sequence[Side]
) -> Drawn:
    """To the lead who pressed.

    Args:
        unnamed: Sides without a sponsor.
    """
    text = (
        f"{subject(partnership, one)}: its owner is heard first, until"
        f" {_until(partnership, one, notice)}. If nothing is said by then, the sponsors of both"
        f" sides read one line about it.{_unnamed(partnership, unnamed)}"
    )
    return Drawn(text=text, blocks=(section(text), actions(undo_button(one.id), block_id="undo")))


def told_already(partnership: Partnership, one: Commitment) -> Drawn:
    return line_of(f"{subject(partnership, one)}: the sponsors of both sides were told.")


def taken_back(partnership: Partnership, one: Commitment) -> Drawn:
    return line_of(f"{subject(partnership, one)}: no sponsor is told.")


def helped(partnership: Partnership, one: Commitment) -> Drawn:
    """To its owner."""
    return line_of(
        f"{titled(one)}: {side_name(partnership, one.side)}'s leads and the lead who brought it up"
        " read in their next message that help is wanted. No sponsor is told."
    )


def nothing_waits(partnership: Partnership, one: Commitment) -> Drawn:
    """To whoever pressed a button of an old message."""
    return line_of(f"{subject(partnership, one)}: nothing is about to be told to sponsors.")


def to_owner(partnership: Partnership, one: Commitment, notice: Notice, now: datetime) -> Piece:
    """What is about to happen, and everything that stops it."""
    by, until = side_name(partnership, notice.side), _until(partnership, one, notice)
    line = (
        f"{by} wants the sponsors of both sides to know that {titled(one)} is open, due"
        f" {due_words(partnership, one, now)}. They read it from {until} on, unless you say"
        " something before. *I need help* tells your side's leads and the lead who brought it up"
        " instead."
    )
    pressed = [
        button("I need help", HELP, one.id, style="primary"),
        button("Done", DONE, one.id),
        button("New date", NEW_DATE, one.id),
    ]
    blocks = (section(line), actions(*pressed, block_id=f"sponsors-{one.id}"))
    # It counts as what is owed, which stands below with more buttons.
    return Piece(line=line, blocks=blocks)


def after_notice(partnership: Partnership, one: Commitment, notice: Notice) -> Piece | None:
    """In the owner's message, once it is settled; None: nothing is left to say."""
    said = {
        "told": "the sponsors of both sides were told",
        "helped": "you asked for help, and no sponsor is told",
        "taken_back": f"{side_name(partnership, notice.side)} took it back, and no sponsor is told",
    }.get(notice.state)
    return None if said is None else _line(f"{titled(one)}: {said}.")


def to_sponsor(partnership: Partnership, one: Commitment, notice: Notice, now: datetime) -> Piece:
    """To a sponsor of either side, in the same words."""
    what = subject(partnership, one)
    history = actions(button("History", HISTORY, one.id), block_id=f"sponsors-{one.id}")
    if not one.is_late(now) or one.due_at != notice.due_at:
        return _line(f"{what}: {what_became(partnership, one)}.")
    was_due = f"was due {due_words(partnership, one, now)}, not in yet"
    line = f"{what}: {was_due}. {words(partnership, one, notice)}"
    return Piece(line=line, blocks=(section(line), history))


def help_wanted(partnership: Partnership, side: Side, one: Commitment, now: datetime) -> Piece:
    """To the leads of the side that owes, and to the lead who brought it up.

    Args:
        side: The reader's.
    """
    if not one.is_late(now):
        return _line(f"{subject(partnership, one)}: {what_became(partnership, one)}.")
    due = due_words(partnership, one, now)
    owes = side_name(partnership, one.side)
    line = f"{owes} asks for help with {titled(one)}, which was due {due}. No sponsor is told."
    pressed = [*buttons(one), button("Hand over", HAND_OVER, one.id)] if side == one.side else []
    blocks = [section(line)]
    if pressed:
        blocks.append(actions(*pressed, block_id=f"help-{one.id}"))
    return Piece(line=line, blocks=blocks)


def answered(partnership: Partnership, one: Commitment) -> Piece:
    """To the lead who brought it up."""
    return _line(f"{subject(partnership, one)}: its owner has answered, so no sponsor is told.")


def sections(partnership: Partnership, side: Side, pieces: Sequence[Piece]) -> list[Section]:
    """All of it in one section of a message of somebody of ``side``; none without pieces."""
    partner = side_name(partnership, other_side(side))
    every = tuple(pieces)
    return [Section(partnership_id=partnership.id, partner=partner, pieces=every)] if every else []


def _line(text: str) -> Piece:
    return Piece(line=text, blocks=(section(text),))


def _until(partnership: Partnership, one: Commitment, notice: Notice) -> str:
    zone = partnership.side(one.side).calendar.zone
    return when(notice.until_at, zone, notice.changed_at)


def _unnamed(partnership: Partnership, sides: Sequence[Side]) -> str:
    names = [side_name(partnership, side) for side in sides]
    return "".join(f" {name} names no sponsor; its leads do that under *People*." for name in names)


def _not_wanted(error: NotWantedByBoth) -> str:
    names = " and ".join(quoted(name, _NAME_MOST) for name in error.names)
    return (
        "Sponsors are told of what stays late once both sides say so in *Settings*;"
        f" {names} {'have' if len(error.names) > 1 else 'has'} not."
    )


SENTENCES: Final[Mapping[type[BaseException], Callable[[Any], str]]] = {
    NotWantedByBoth: _not_wanted,
    NobodyNamed: lambda _: (
        "Neither side names a sponsor, so nobody would read it. Leads name them under *People*."
    ),
    AskedTooSoon: lambda error: (
        "Its owner has answered. If nothing comes of it, it can be brought to the sponsors again"
        f" from {when(error.at, error.zone)} on."
    ),
}
