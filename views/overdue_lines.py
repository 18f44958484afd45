"""What the other side reads about something that is not in, and what became of it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from domain.deliverables import Commitment, State
from domain.partnerships import Partnership
from domain.values import value
from views.blocks import Block, Drawn, actions, button
from views.deliverables import RAISE, due_words, line_of, side_name, subject
from views.times import when

_BECAME: Final[Mapping[State, str]] = {
    "done": "done",
    "withdrawn": "cancelled, nobody owes it",
    "declined": "not taken on",
}


@value
class Asked:
    """When the owner of something late was asked last, and is asked next.

    Attributes:
        last_at: None: not yet, or that is not said here.
        next_at: When this line says anew how it is; None: nobody can say.
        waits: What it waits for, in sentences; empty: nothing.
    """

    last_at: datetime | None = None
    next_at: datetime | None = None
    waits: str = ""


def overdue_line(
    partnership: Partnership,
    commitment: Commitment,
    asked: Asked,
    raised: tuple[str, Sequence[Block]] = ("", ()),
) -> Drawn:
    """Tells the other side that it is not in yet, or that nobody took it on so far.

    Args:
        raised: How far it was brought up, and what can be pressed then; empty: it was not.
    """
    how_it_is = "not taken on yet" if commitment.state == "proposed" else "not in yet"
    words = [_was_due(partnership, commitment, how_it_is)]
    if commitment.acknowledged_at is not None:
        words.append(f"{side_name(partnership, commitment.side)} is on it.")
    elif asked.last_at is not None:
        zone = partnership.side(commitment.side).calendar.zone
        again = "." if asked.next_at is None else f"; next word {when(asked.next_at, zone)}."
        words.append(f"I asked {when(asked.last_at, zone)}{again}")
    brought, pressed = raised
    words += [asked.waits] if asked.waits else []
    if not asked.waits or brought:
        words.append(brought or "Nothing for you to do.")
    line = line_of(" ".join(words))
    if not brought and commitment.state == "accepted":
        pressed = [button("Bring to both leads", RAISE, commitment.id)]
    if not pressed:
        return line
    row = actions(*pressed, block_id=f"overdue-{commitment.id}")
    return Drawn(text=line.text, blocks=(*line.blocks, row))


def what_became(partnership: Partnership, after: Commitment) -> str:
    """Of what was not in: done, cancelled, not taken on, or due later."""
    return _BECAME.get(after.state) or f"now due {due_words(partnership, after)}"


def was_overdue_line(partnership: Partnership, before: Commitment, after: Commitment) -> Drawn:
    """Instead of the line that it is not in: what became of it.

    Args:
        before: With the date about which the line was told.
    """
    became = what_became(partnership, after)
    return line_of(_was_due(partnership, before, became))


def _was_due(partnership: Partnership, commitment: Commitment, how_it_is: str) -> str:
    what, due = subject(partnership, commitment), due_words(partnership, commitment)
    verb = "was asked for by" if commitment.state == "proposed" else "was due"
    return f"{what}: {verb} {due}, {how_it_is}."
