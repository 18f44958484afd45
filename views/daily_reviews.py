"""What was delivered, as lines of a daily message: it waits for a word, or was accepted."""

from collections.abc import Iterable

from domain.deliverables import Commitment
from domain.partnerships import Partnership
from domain.people import Side, other_side
from views.blocks import actions, section
from views.daily_sections import Piece, Section
from views.deliverables import buttons, side_name, titled
from views.times import when


def delivered(
    partnership: Partnership, side: Side, every: Iterable[Commitment], *, may_press: bool
) -> Section:
    """To whoever asked for it.

    Args:
        side: Of the reader.
        may_press: The message is of the running shift.
    """
    pieces = []
    for one in every:
        line = _line(partnership, side, one)
        blocks = [section(line)]
        if may_press and (row := buttons(one)):
            blocks.append(actions(*row, block_id=f"deliverable-{one.id}"))
        pieces.append(Piece(line=line, blocks=blocks))
    return Section(
        partnership_id=partnership.id,
        partner=side_name(partnership, other_side(side)),
        pieces=tuple(pieces),
    )


def thanks(partnership: Partnership, side: Side, every: Iterable[Commitment]) -> Section:
    """To whoever delivered it. ``side``: of the reader."""
    partner = side_name(partnership, other_side(side))
    lines = [f"{partner} accepted {titled(one)}, thank you." for one in every]
    pieces = tuple(Piece(line=line, blocks=[section(line)]) for line in lines)
    return Section(partnership_id=partnership.id, partner=partner, pieces=pieces)


def _line(partnership: Partnership, side: Side, one: Commitment) -> str:
    what = f"{titled(one)} from {side_name(partnership, one.side)}"
    if one.review == "approved":
        return f"{what}: accepted."
    if one.review_until is None or one.review == "no_objection":
        return f"{what} is delivered."
    until = when(one.review_until, partnership.side(side).calendar.zone)
    return (
        f"{what} is delivered. Your side can accept it or send it back until {until}; after that it"
        " is closed without objection."
    )
