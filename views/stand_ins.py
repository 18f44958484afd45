"""What a stand-in reads of somebody's things, and what who comes back reads of what changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, Literal

from domain import zones
from domain.deliverables import Commitment
from domain.partnerships import Partnership
from domain.people import Side, other_side
from views.blocks import mention, section
from views.daily_sections import Piece, Section
from views.deliverables import due_words, side_name, subject
from views.times import day_words

Became = Literal["asked", "done", "cancelled", "sent_back", "open_again", "moved", "handed_over"]

_BECAME: Final[Mapping[Became, str]] = {
    "asked": "asked of you, due {due}",
    "done": "delivered",
    "cancelled": "cancelled, nobody owes it",
    "sent_back": "sent back, due {due}",
    "open_again": "open again, due {due}",
    "moved": "now due {due}",
    "handed_over": "somebody else of your side has taken it over, due {due}",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What became of something while its owner, or whoever asked for it, was away.

    Attributes:
        by: Slack id of who of the own side did it; None: the other side, or time.
    """

    commitment: Commitment
    became: Became
    by: str | None = None


def stood_in(section: Section, owner: str, until_at: datetime, zone: str) -> Section:
    """What somebody away owes, said to whoever is asked meanwhile, where nobody else reads it.

    Args:
        owner: Slack id of who is away.
        zone: Of the reader.
    """
    until = day_words(zones.local(until_at, zone).date())
    return replace(section, head=f"For {mention(owner)}, who is away until {until}:")


def meanwhile(
    partnership: Partnership, side: Side, every: Sequence[Told], *, is_open: bool
) -> Section:
    """What changed while the reader was away.

    Args:
        is_open: Others read it, too: it says neither that somebody was away nor who did it.
    """
    lines = [_line(partnership, one, is_open=is_open) for one in every]
    return Section(
        partnership_id=partnership.id,
        partner=side_name(partnership, other_side(side)),
        pieces=tuple(Piece(line=line, blocks=(section(line),)) for line in lines),
        head=None if is_open else "While you were away:",
    )


def _line(partnership: Partnership, told: Told, *, is_open: bool) -> str:
    one = told.commitment
    became = _BECAME[told.became].format(due=due_words(partnership, one))
    by = "" if told.by is None or is_open else f", by {mention(told.by)}"
    return f"{subject(partnership, one)}: {became}{by}."
