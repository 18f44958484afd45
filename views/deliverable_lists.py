"""Lists of what is open: for one reader in a channel, or over all partnerships."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Final, Literal

from domain.deliverables import Commitment
from domain.partnerships import Partnership
from domain.people import SIDES
from views.blocks import Block, Blocks, Drawn, actions, button, context, mention, plural, section
from views.deliverables import buttons, due_words, side_name, subject, titled

Scope = Literal["all", "mine", "ours", "theirs", "overdue"]

SHOWN_MOST: Final = 12
MEANWHILE_MOST: Final = 5

_TITLES: Final[dict[Scope, str]] = {
    "all": "Open here",
    "mine": "My list",
    "ours": "What we owe",
    "theirs": "What they owe",
    "overdue": "Past their date",
}
_EMPTY: Final[dict[Scope, str]] = {
    "all": "Nothing is open here.",
    "mine": "You owe nothing at the moment.",
    "ours": "Your side owes nothing at the moment.",
    "theirs": "The other side owes nothing at the moment.",
    "overdue": "Nothing is past its date.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One line of a list.

    Attributes:
        owner: Slack id, shown where only the reader sees the list; None: the side alone.
        is_mine: The reader owes it, or may close it as a lead of that side.
        link: To its card; None while it has none.
    """

    partnership: Partnership
    commitment: Commitment
    owner: str | None = None
    is_mine: bool = False
    link: str | None = None


def listing(
    scope: Scope, listed: Sequence[Listed], now: datetime, *, may_add: bool = True
) -> Drawn:
    """The list, the longest due first; cut with "and 12 more".

    Args:
        may_add: The reader can write something down; else they read along.
    """
    title, hint = _TITLES[scope], _hint() if may_add else _reads_along()
    if not listed:
        return Drawn(text=_EMPTY[scope], blocks=(section(_EMPTY[scope]), hint))
    blocks: Blocks = [section(f"*{title}*: {plural(len(listed), 'deliverable')}")]
    blocks += item_blocks(listed[:SHOWN_MOST], now, scope)
    left = len(listed) - SHOWN_MOST
    if left > 0:
        blocks.append(context(f"…and {left} more, due later."))
    blocks.append(hint)
    text = f"{title}: {plural(len(listed), 'deliverable')}."
    return Drawn(text=text, blocks=tuple(blocks))


def privately(partnership: Partnership) -> Drawn:
    """Said after a mention, which both companies read: one person's own list opens with a press."""
    text = "Press to see what you owe; only you see it."
    row = actions(button("My list", "hub.mine", partnership.id), block_id="deliverables")
    return Drawn(text=text, blocks=(section(text), row))


def meanwhile(partnership: Partnership, every: Sequence[Commitment]) -> Drawn:
    """Instead of many cards: how much each side owes since nothing could be said, and the next.

    Args:
        every: The longest due first.
    """
    counts = [
        f"{side_name(partnership, side)} {sum(1 for one in every if one.side == side)}"
        for side in SIDES
    ]
    shown = [
        f"{subject(partnership, one)} {due_words(partnership, one)}"
        for one in every[:MEANWHILE_MOST]
    ]
    text = (
        f"{plural(len(every), 'deliverable')} were written down while I could say nothing here:"
        f" {', '.join(counts)}. By date: {'; '.join(shown)}."
    )
    row = actions(button("My list", "hub.mine", partnership.id), block_id="deliverables")
    return Drawn(text=text, blocks=(section(text), row))


def item_blocks(listed: Iterable[Listed], now: datetime, extra: str = "") -> Blocks:
    """Lines with their buttons, grouped by partner when there are several."""
    every = list(listed)
    several = len({one.partnership.id for one in every}) > 1
    blocks: Blocks = []
    if several:
        every.sort(key=lambda one: one.partnership.id)
    for _, group in groupby(every, key=lambda one: one.partnership.id):
        lines = list(group)
        if several:
            blocks.append(context(f"*{_pair(lines[0].partnership)}*"))
        for one in lines:
            blocks += _item(one, now, extra)
    return blocks


def line(one: Listed, now: datetime) -> str:
    """One line: what, who, until when."""
    commitment, partnership = one.commitment, one.partnership
    side = side_name(partnership, commitment.side)
    who = side if one.owner is None else f"{mention(one.owner)}, {side}"
    verb = "was due" if commitment.is_late(now) else "due"
    words = f"{titled(commitment)} ({who}), {verb} {due_words(partnership, commitment, now)}"
    if commitment.state == "proposed":
        words += ", not accepted yet"
    return words if one.link is None else f"{words} (<{one.link}|see>)"


def _item(one: Listed, now: datetime, extra: str) -> list[Block]:
    row = buttons(one.commitment, extra) if one.is_mine else []
    shown = section(line(one, now))
    if not row:
        return [shown]
    return [shown, actions(*row, block_id=f"deliverable-{one.commitment.id}")]


def _pair(partnership: Partnership) -> str:
    return f"{side_name(partnership, 'client')} and {side_name(partnership, 'vendor')}"


def _hint() -> Block:
    return context("New: `/deliverable @name what by friday`, or the button in the hub.")


def _reads_along() -> Block:
    return context("You read along: leads and members of either side write down what is owed.")
