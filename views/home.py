"""The Home tab: what I owe, the next check-ins, what could not be delivered, and help."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from domain.boards import NextCheckIn
from domain.outgoing import State
from domain.partnerships import Partnership
from views.blocks import (
    Block,
    Blocks,
    bulleted,
    button,
    context,
    divider,
    header,
    quoted,
    section,
)
from views.compliance import OPEN as REPORT
from views.deliverable_lists import Listed, item_blocks
from views.deliverables import side_name
from views.hub import next_check_in

SHOWN_MOST: Final = 20

_STATES: Final[dict[State, str]] = {
    "unproven": "perhaps not sent; nobody can tell, so it is not sent again",
    "refused": "Slack did not take it",
    "uncertain": "being looked up",
    "queued": "being tried again",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Undelivered:
    """Something that could not be said. ``channel`` None: it was for one person."""

    channel: str | None
    state: State
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What stands in somebody's Home tab.

    Attributes:
        further: How many more partnerships there are.
        undelivered: Shown to whoever set Touchbase up.
    """

    mine: tuple[Listed, ...] = ()
    partnerships: tuple[tuple[Partnership, NextCheckIn | None], ...] = ()
    further: int = 0
    undelivered: tuple[Undelivered, ...] = ()


def home(page: Page, now: datetime) -> Block:
    """The view; for a stranger it says what Touchbase is and how to begin."""
    if not page.partnerships and not page.mine:
        return {"type": "home", "blocks": _welcome()}
    blocks: Blocks = [header("My list"), *_mine(page, now), divider(), header("Check-ins")]
    blocks += _check_ins(page)
    if page.further:
        blocks.append(context(f"…and {page.further} more partnerships."))
    if page.undelivered:
        blocks += [divider(), header("Not delivered"), section(bulleted(_undelivered(page)))]
    return {"type": "home", "blocks": [*blocks, divider(), _help()]}


def _mine(page: Page, now: datetime) -> Blocks:
    if not page.mine:
        return [section("You owe nothing at the moment.")]
    blocks = item_blocks(page.mine[:SHOWN_MOST], now, "home")
    left = len(page.mine) - SHOWN_MOST
    return [*blocks, context(f"…and {left} more, due later.")] if left > 0 else blocks


def _check_ins(page: Page) -> Blocks:
    """One line for each partnership, with the way to its report."""
    return [
        section(
            f"{side_name(one, 'client')} and {side_name(one, 'vendor')}:"
            f" {next_check_in(one, coming)}",
            accessory=button("Report", REPORT, one.id),
        )
        for one, coming in page.partnerships
    ]


def _undelivered(page: Page) -> list[str]:
    lines = []
    for one in page.undelivered:
        where = f"<#{one.channel}>" if one.channel is not None else "a direct message"
        why = f" ({quoted(one.reason)})" if one.reason else ""
        lines.append(f"In {where}: {_STATES.get(one.state, one.state)}{why}.")
    return lines


def _welcome() -> Blocks:
    text = (
        "I keep a client's and a vendor's check-ins and promises in view, in the channel that both"
        " share. You take part in none yet."
    )
    how = (
        "To begin, write `/touchbase setup` in a shared channel. If your company shares a channel"
        " in which I am, a lead there can add you."
    )
    return [header("Touchbase"), section(text), section(how)]


def _help() -> Block:
    return context("`/touchbase help` shows what you can ask for; a mention of me works, too.")
