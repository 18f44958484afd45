"""What was brought up: to the owner's own lead by time, to the leads of both sides by people."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from domain.deliverables import Commitment
from domain.ladder import NobodyToAsk
from domain.partnerships import Partnership
from domain.people import Side, other_side
from domain.sponsors import Notice
from views import sponsors
from views.blocks import Block, Drawn, actions, button, plural, section
from views.daily_sections import Piece, Section
from views.deliverables import (
    RAISE,
    buttons,
    due_words,
    line_of,
    side_name,
    subject,
    titled,
)
from views.overdue_lines import what_became
from views.times import when

RAISE_UNDO: Final = "deliverable.raise_undo"


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """Something that the leads of both sides read.

    Attributes:
        by: The side that brought it up.
        notice: How far it is with the sponsors; None: nobody brought it to them.
        is_sponsor_named: A side has a sponsor who could be told.
        waits: That it waits for what the other side has not answered, in words; may be empty.
    """

    commitment: Commitment
    by: Side | None
    notice: Notice | None = None
    is_sponsor_named: bool = True
    waits: str = ""


def raise_button(commitment_id: str) -> Block:
    return button("Bring to both leads", RAISE, commitment_id)


def brought_up(partnership: Partnership, commitment: Commitment) -> Drawn:
    """To whoever pressed."""
    text = (
        f"{subject(partnership, commitment)}: the leads of both sides read it in their next"
        " message, in their own hours."
    )
    undo = button("Undo", RAISE_UNDO, commitment.id)
    return Drawn(text=text, blocks=(section(text), actions(undo, block_id="undo")))


def taken_back(partnership: Partnership, commitment: Commitment) -> Drawn:
    return line_of(f"{subject(partnership, commitment)}: not brought to the leads after all.")


def raised_words(partnership: Partnership, by: Side | None) -> str:
    """In the thread, where it is said that something is not in."""
    who = "" if by is None else f" by {side_name(partnership, by)}"
    return f"Brought to the leads of both sides{who}."


def nobody_to_ask(error: NobodyToAsk) -> str:
    again = "" if error.at is None else f" It can be brought up from {_moment(error)} on."
    return f"{error.side_name} is asked about this later, so nothing is brought up now.{again}"


def to_own_lead(
    partnership: Partnership, side: Side, every: list[tuple[Commitment, int, str]], now: datetime
) -> Section:
    """To a lead of the side that owes: what it was reminded of in vain.

    Args:
        every: Each with how often its owner was asked (0: that is not said here), and that it
            waits for what the other side has not answered, in words.
    """
    pieces = tuple(_own_piece(partnership, one, now) for one in every)
    return _section(partnership, side, pieces)


def to_both_leads(
    partnership: Partnership, side: Side, every: list[Brought], now: datetime
) -> Section:
    """To a lead of either side, in the same words: what was brought up.

    Args:
        side: The reader's.
    """
    pieces = tuple(_piece(partnership, side, one, now) for one in every)
    return _section(partnership, side, pieces)


def _own_piece(
    partnership: Partnership, reminded: tuple[Commitment, int, str], now: datetime
) -> Piece:
    one, asked, waits = reminded
    partner = side_name(partnership, other_side(one.side))
    what = f"{titled(one)} for {partner}"
    if not one.is_late(now):
        return _settled(partnership, what, one)
    counted = f", {plural(asked, 'reminder')} sent" if asked else ", not in yet"
    said = f"{what}: was due {due_words(partnership, one, now)}{counted}."
    line = " ".join(filter(None, [said, waits]))
    row = actions(*buttons(one), raise_button(one.id), block_id=f"raised-{one.id}")
    return Piece(line=line, blocks=(section(line), row))


def _piece(partnership: Partnership, side: Side, brought: Brought, now: datetime) -> Piece:
    one, notice = brought.commitment, brought.notice
    what = subject(partnership, one)
    if not one.is_late(now):
        return _settled(partnership, what, one)
    was_due = f"was due {due_words(partnership, one, now)}, not in yet"
    said = [raised_words(partnership, brought.by), sponsors.words(partnership, one, notice)]
    line = " ".join([f"{what}: {was_due}.", *filter(None, [brought.waits, *said])])
    row = buttons(one) if side == one.side else []
    # What runs is stopped by leads of the side that began it.
    if notice is None or notice.side == side:
        row += sponsors.row(partnership, one, notice, is_one_named=brought.is_sponsor_named)
    blocks = [section(line)]
    if row:
        blocks.append(actions(*row, block_id=f"brought-{one.id}"))
    return Piece(line=line, blocks=blocks)


def _settled(partnership: Partnership, what: str, one: Commitment) -> Piece:
    line = f"{what}: {what_became(partnership, one)}."
    return Piece(line=line, blocks=(section(line),))


def _section(partnership: Partnership, side: Side, pieces: tuple[Piece, ...]) -> Section:
    return Section(
        partnership_id=partnership.id,
        partner=side_name(partnership, other_side(side)),
        pieces=pieces,
    )


def _moment(error: NobodyToAsk) -> str:
    return when(error.at, error.zone) if error.at is not None else ""
