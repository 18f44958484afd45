"""What somebody owes and what became of what they asked for, as lines of their daily message."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.deliverables import Commitment
from domain.partnerships import Partnership
from domain.people import Side, other_side
from views.blocks import Block, actions, button, section
from views.daily_sections import Piece, Section
from views.deliverables import EDIT, buttons, due_words, in_both_zones, side_name, subject, titled
from views.verbs import named


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One deliverable in the message.

    Attributes:
        is_todays: Still due today or late, or its owner is asked about it; else it is settled.
        looks_done: Somebody else thinks that it is done.
        is_over: The message is past: nobody is asked in it any more.
    """

    commitment: Commitment
    is_todays: bool
    looks_done: bool = False
    is_over: bool = False


def owed(partnership: Partnership, side: Side, items: Sequence[Item], now: datetime) -> Section:
    """What the person owes to a partner: first what is due, then what they are asked for."""
    ordered = sorted(items, key=_order)
    pieces = tuple(_piece(partnership, one, now) for one in ordered)
    return _section(partnership, side, pieces, is_owed=True)


def declined(partnership: Partnership, side: Side, every: Iterable[Commitment]) -> Section:
    """To whoever asked for it: the person who was asked does not take it on."""
    pieces = []
    for one in every:
        line = f"{subject(partnership, one)} was not taken on by the person who was asked."
        row = actions(button("Choose somebody else", EDIT, one.id), block_id=f"choose-{one.id}")
        pieces.append(Piece(line=line, blocks=(section(line), row)))
    return _section(partnership, side, tuple(pieces))


def other_dates(
    partnership: Partnership, side: Side, every: Iterable[tuple[Commitment, Commitment]]
) -> Section:
    """To whoever asked for it: the owner takes it on for another date.

    Args:
        every: Each as it was asked for, and as it is now.
    """
    lines = [
        f"You asked for {titled(after)} by {due_words(partnership, before)}."
        f" {side_name(partnership, after.side)} accepts it for {in_both_zones(partnership, after)}."
        for before, after in every
    ]
    pieces = tuple(Piece(line=line, blocks=(section(line),)) for line in lines)
    return _section(partnership, side, pieces)


def _section(
    partnership: Partnership, side: Side, pieces: tuple[Piece, ...], *, is_owed: bool = False
) -> Section:
    return Section(
        partnership_id=partnership.id,
        partner=side_name(partnership, other_side(side)),
        pieces=pieces,
        is_owed=is_owed,
        more=_my_list(partnership),
    )


def _my_list(partnership: Partnership) -> Block | None:
    verb = named("mine")
    if verb is None or verb.label is None:
        return None
    return button(verb.label, verb.action_id, partnership.id)


def _order(item: Item) -> tuple[bool, datetime]:
    return (item.commitment.state == "proposed", item.commitment.due_at)


def _piece(partnership: Partnership, item: Item, now: datetime) -> Piece:
    line = _line(partnership, item, now)
    row = buttons(item.commitment) if item.is_todays else []
    blocks = [section(line)]
    if row:
        blocks.append(actions(*row, block_id=f"deliverable-{item.commitment.id}"))
    return Piece(line=line, blocks=blocks, is_todays=item.is_todays)


def _line(partnership: Partnership, item: Item, now: datetime) -> str:
    commitment = item.commitment
    partner = side_name(partnership, other_side(commitment.side))
    what = f"{titled(commitment)} for {partner}"
    due = due_words(partnership, commitment, now)
    if commitment.state == "done":
        return f"~{what}~ done"
    if not commitment.is_open:
        return f"~{what}~ no longer yours"
    if not item.is_todays:
        return f"{what}: {'now ' if commitment.moves else ''}due {due}"
    if commitment.state == "proposed" and commitment.is_late(now):
        wanted = "" if item.is_over else " Is it still wanted, and will you take it on?"
        return f"{what}, was asked for by {due}.{wanted}"
    verb = "was due" if commitment.is_late(now) else "due"
    return f"{what}, {verb} {due}{_asks(item)}"


def _asks(item: Item) -> str:
    if item.is_over:
        return ""
    if item.commitment.state == "proposed":
        return ". Will you take it on?"
    return ". It looks done to others. Is it?" if item.looks_done else ""
