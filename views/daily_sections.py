"""What the one message a working day is made of, and how much of it fits; no subject's words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from domain.values import value
from views.blocks import MESSAGE_BLOCKS_MOST, Block, Blocks, context, section

# Slack: the blocks of a message <= 13200 characters in all
TEXT_MOST: Final = 11_000
SHOWN_MOST: Final = 15
_LEFT_OUT: Final = "…and "
# For the greeting, what is left out, and the row of buttons about the message itself.
_AROUND_BLOCKS: Final = 3
_HEADS_MOST: Final = 32


@value
class Piece:
    """One thing in the message.

    Attributes:
        line: What it says, without its buttons.
        is_todays: Something to do today; it counts in the greeting.
        is_coming: Asked about today and due on a later day.
        is_known: Nobody has to do anything about it, and it is not settled either.
    """

    line: str
    blocks: Sequence[Mapping[str, Any]]
    is_todays: bool = False
    is_known: bool = False
    is_coming: bool = False


@value
class Section:
    """What one subject has to say about one partnership.

    Attributes:
        partner: The other side, under whose name it stands where there are several.
        is_owed: It is what the person owes: once all of it is done the day is.
        is_live: It can be pressed also once the shift of the message is over.
        more: The button that shows what does not fit.
    """

    partnership_id: str
    partner: str
    pieces: tuple[Piece, ...]
    head: str | None = None
    foot: Block | None = None
    is_owed: bool = False
    is_live: bool = False
    more: Block | None = None


def blocks_of(sections: Sequence[Section], *, lines: int = 0, text: int = 0) -> Blocks:
    """All sections under their partners, each cut so that the whole fits in a message.

    Args:
        lines: Blocks that stand there besides, and the characters in them.
    """
    kept = _kept(sections)
    several = len({one.partnership_id for one in kept}) > 1
    blocks: Blocks = []
    before = None
    for one, left in _fitted(kept, (lines, text)):
        if several and one.partnership_id != before:
            blocks.append(context(f"*{one.partner}*"))
        before = one.partnership_id
        blocks += _blocks(one, left)
    left_out = sum(len(one.pieces) for one in sections) - sum(len(one.pieces) for one in kept)
    if left_out:
        blocks.append(section(f"{_LEFT_OUT}{left_out} more", accessory=sections[0].more))
    return _with_own_ids(blocks)


def is_cut(blocks: Iterable[Mapping[str, Any]]) -> bool:
    """Whether something was left out of a message that is drawn."""
    texts = (block.get("text", {}).get("text", "") for block in blocks)
    return any(str(text).startswith(_LEFT_OUT) for text in texts)


def _kept(sections: Sequence[Section]) -> list[Section]:
    """As many as can stand there at all: before anything else what the person owes."""
    room = _HEADS_MOST
    kept: set[int] = set()
    for number in sorted(range(len(sections)), key=lambda n: not sections[n].is_owed):
        room -= _heads(sections[number])
        if room < 0:
            break
        kept.add(number)
    return [one for number, one in enumerate(sections) if number in kept]


def _heads(one: Section) -> int:
    """Blocks besides those of its pieces: the partner, what is left out, head and foot."""
    return 2 + (one.head is not None) + (one.foot is not None)


def _blocks(one: Section, left: int) -> Blocks:
    blocks = [] if one.head is None else [section(one.head)]
    for piece in one.pieces:
        blocks += map(dict, piece.blocks)
    if left:
        blocks.append(section(f"{_LEFT_OUT}{left} more", accessory=one.more))
    return blocks if one.foot is None else [*blocks, one.foot]


def _fitted(sections: Sequence[Section], beside: tuple[int, int]) -> list[tuple[Section, int]]:
    """Each section with as many pieces as fit, taken in turns, and how many are left out."""
    # Partner, head, foot and what is left out, of each.
    room = MESSAGE_BLOCKS_MOST - _AROUND_BLOCKS - beside[0] - 4 * len(sections)
    text = (
        TEXT_MOST
        - beside[1]
        - sum(_length([one.foot or {}]) + len(one.head or "") for one in sections)
    )
    taken = [0] * len(sections)
    full: set[int] = set()
    for position in range(SHOWN_MOST):
        for number, one in enumerate(sections):
            if number in full or position >= len(one.pieces):
                continue
            piece = one.pieces[position]
            room_left, text_left = room - len(piece.blocks), text - _length(piece.blocks)
            if room_left < 0 or text_left < 0:
                full.add(number)
                continue
            room, text = room_left, text_left
            taken[number] += 1
    return [
        (replace(one, pieces=one.pieces[:count]), len(one.pieces) - count)
        for one, count in zip(sections, taken, strict=True)
    ]


def _with_own_ids(blocks: Iterable[Block]) -> Blocks:
    """Slack takes no message in which two blocks have one id; two subjects may choose the same."""
    seen: dict[str, int] = {}
    found: Blocks = []
    for block in blocks:
        block_id = block.get("block_id")
        if block_id is None:
            found.append(block)
            continue
        seen[block_id] = seen.get(block_id, 0) + 1
        again = f"-{seen[block_id]}" if seen[block_id] > 1 else ""
        # Slack: block_id <= 255 characters
        found.append({**block, "block_id": f"{block_id[:245]}{again}"})
    return found


def _length(blocks: Sequence[Mapping[str, Any]]) -> int:
    """How many characters people read in some blocks."""
    length, parts = 0, list[object](blocks)
    for part in parts:
        if isinstance(part, list | tuple):
            parts += part
        elif isinstance(part, dict):
            for name, value in part.items():
                if not isinstance(value, str):
                    parts.append(value)
                elif name == "text":
                    length += len(value)
    return length
