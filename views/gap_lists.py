"""The private lists of what is open, of one partnership or of all; single lines are not here."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from domain.boards import NextCheckIn
from domain.findings import Finding
from domain.gaps import own_first
from domain.partnerships import Partnership
from domain.pauses import Out
from domain.people import SIDES, Side, other_side
from views.blocks import (
    Blocks,
    Drawn,
    actions,
    button,
    quoted,
    section,
)
from views.gaps import LIST, Notes, entry, fitting, line, note_button, why_button
from views.hub import asked_words
from views.own_remedies import Viewer, own_remedies
from views.pause import out_words
from views.times import when
from views.week import name_of

LISTED_MOST: Final = 7  # of each side, so that all of it stays below 50 blocks
LISTED_TEXT_MOST: Final = 5500  # of each side; Slack: a message's blocks <= 13200 characters
PARTNERSHIPS_MOST: Final = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Who reads the private list.

    Attributes:
        person_id: Ours; what is theirs alone they can close themselves.
        is_lead: May add notes.
        may_press: False for who only watches.
        coming: The next check-in, for an empty list.
    """

    side: Side
    person_id: str = ""
    is_lead: bool = False
    may_press: bool = True
    notes: Notes = field(default_factory=dict)
    coming: NextCheckIn | None = None


def listed(partnership: Partnership, every: Sequence[Finding], reading: Reading) -> Drawn:
    """The private list: what waits for the reader's side first."""
    side = reading.side
    if not every:
        return _nothing_open(partnership, reading.coming)
    ordered = own_first(every, side)
    own = [one for one in ordered if one.concerns(side)]
    theirs = ordered[len(own) :]
    other = other_side(side)
    blocks = [
        *_group(partnership, side, own, reading),
        *_group(partnership, other, theirs, reading),
    ]
    counted = [*_counts(partnership, side, own), *_counts(partnership, other, theirs)]
    heads = "; ".join(f"{name}: {count}" for name, count in counted)
    lines = " ".join(line(partnership, one) for one in ordered[:LISTED_MOST])
    return Drawn(text=f"Open: {heads}. {lines}", blocks=tuple(blocks))


def not_agreed(partnership: Partnership) -> Drawn:
    """Said as long as the other side has not agreed."""
    guest = name_of(partnership, partnership.guest_side)
    return _plain_line(f"I look at what is open once {guest} has agreed.")


def resting(partnership: Partnership, out: Out | None = None) -> Drawn:
    """Said during a pause. ``out``: why nothing can be said in the channel."""
    if out is not None:
        return _plain_line(f"{out_words(out)} Meanwhile nothing is counted as open.")
    names = " and ".join(name_of(partnership, side) for side in SIDES)
    return _plain_line(f"Touchbase is paused for {names}, so nothing is counted as open.")


def privately(partnership: Partnership) -> Drawn:
    """Said after a mention, which both companies read: the list opens with a press."""
    text = "Press to see what waits for your side; only you see it."
    row = actions(button("What waits for us", LIST, partnership.id), block_id="gaps")
    return Drawn(text=text, blocks=(section(text), row))


def now_settled(partnership: Partnership, side: Side) -> Drawn:
    """To the lead who said that it is settled."""
    return _plain_line(f"Noted for {name_of(partnership, side)}: it leaves the list.")


def _group(
    partnership: Partnership,
    side: Side,
    every: Sequence[Finding],
    reading: Reading,
) -> Blocks:
    if not every:
        return []
    counted = _counts(partnership, side, every)
    head = ". ".join(f"*Waiting for {name}*: {count}" for name, count in counted)
    blocks: Blocks = [section(head)]
    viewer = Viewer(
        person_id=reading.person_id,
        side=reading.side,
        is_lead=reading.is_lead,
        may_press=reading.may_press,
    )

    def drawn(one: Finding) -> Blocks:
        row = [*own_remedies(partnership, one, viewer), why_button(partnership, one)]
        noted = [note_button(partnership, one)] if reading.is_lead else []
        return entry(partnership, one, [*row, *noted], reading.notes)

    return blocks + fitting(every, drawn, most=LISTED_MOST, text_most=LISTED_TEXT_MOST)


def _counts(
    partnership: Partnership, side: Side, every: Sequence[Finding]
) -> list[tuple[str, int]]:
    """For whom how much waits: for a side, and for both where it takes both."""
    of_both = sum(one.turn == "both" for one in every)
    counted = [(name_of(partnership, side), len(every) - of_both), ("both sides", of_both)]
    return [(name, count) for name, count in counted if count]


def everywhere(found: Sequence[tuple[Partnership, Side, Sequence[Finding]]]) -> Drawn:
    """What waits for somebody's side in each partnership, a few lines of each."""
    if not found:
        return _plain_line("You are not on either side's list in any channel.")
    blocks = fitting(found, _of_partnership, most=PARTNERSHIPS_MOST, text_most=12_000)
    return Drawn(text=". ".join(_counted(*one) for one in found), blocks=tuple(blocks))


def _of_partnership(found: tuple[Partnership, Side, Sequence[Finding]]) -> Blocks:
    partnership, side, every = found
    opener = button("See all", LIST, partnership.id)
    own = [one for one in every if one.concerns(side)][:3]
    head = section(_counted(*found), accessory=opener, block_id=partnership.id)
    return [head, *(section(line(partnership, one)) for one in own)]


def _counted(partnership: Partnership, side: Side, every: Sequence[Finding]) -> str:
    names = " and ".join(name_of(partnership, one) for one in SIDES)
    own = sum(one.concerns(side) for one in every)
    return f"*{names}*: {own} for {name_of(partnership, side)}, {len(every)} in all"


def _nothing_open(partnership: Partnership, coming: NextCheckIn | None) -> Drawn:
    names = " and ".join(name_of(partnership, side) for side in SIDES)
    text = f"Nothing is open between {names}."
    if coming is not None:
        zone = partnership.side(partnership.home_side).calendar.zone
        at = when(coming.starts_at, zone, coming.seen_at)
        asked = asked_words(partnership, coming)
        text += f" Next check-in: {quoted(coming.title, 60)}, {at}{f', {asked}' if asked else ''}."
    return _plain_line(text)


def _plain_line(text: str) -> Drawn:
    return Drawn(text=text, blocks=(section(text),))
