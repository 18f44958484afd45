"""Lists of what is open: by date, page by page, one partner at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import Final, Literal, get_args

from domain import zones
from domain.deliverables import Commitment
from domain.partnerships import Partnership
from domain.people import SIDES
from views.blocks import (
    Block,
    Blocks,
    Drawn,
    actions,
    button,
    context,
    option,
    plural,
    section,
)
from views.deliverable_lines import Listed, item_blocks
from views.deliverables import due_words, side_name, subject

Scope = Literal["all", "mine", "ours", "theirs", "overdue"]
Group = Literal["late", "asked", "today", "week", "later", "delivered"]

CHOOSE: Final = "deliverable.list"
EARLIER: Final = "deliverable.earlier"
LATER: Final = "deliverable.later"
PARTNER: Final = "deliverable.partner"
FILE: Final = "deliverable.file"

SHOWN_MOST: Final = 12
MEANWHILE_MOST: Final = 5
# Slack: a select takes at most 100 options
_PARTNERS_MOST: Final = 100

TITLES: Final[dict[Scope, str]] = {
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
_GROUPS: Final[dict[Group, str]] = {
    "late": "Late",
    "asked": "Asked for by now, not accepted",
    "today": "Today",
    "week": "This week",
    "later": "Later",
    "delivered": "Delivered, with the other side",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Partner:
    """One of several partnerships in which the reader owes something."""

    partnership_id: str
    name: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A part of a list.

    Attributes:
        listed: The lines of this page, in order.
        count: Of all lines of the list.
        number: Of the page, from 0.
        zone: Of the reader, by whose days it is grouped.
        partners: To choose from, where the list is of one of several.
        chosen: The partnership that is shown, where there are several.
        is_private: Others do not read it: it may be leafed through in place.
        may_add: The reader can write something down; else they read along.
        may_file: The reader leads a side, and may have all of it as a file.
    """

    scope: Scope
    listed: Sequence[Listed]
    count: int
    number: int = 0
    zone: str = "Etc/UTC"
    partners: tuple[Partner, ...] = ()
    chosen: str = ""
    is_private: bool = True
    may_add: bool = True
    may_file: bool = False

    @property
    def pages(self) -> int:
        return max(1, -(-self.count // SHOWN_MOST))


def listing(page: Page, now: datetime) -> Drawn:
    """The list, the longest due first, by day; the rest on further pages."""
    hint = _hint() if page.may_add else _reads_along()
    # At the top: a form begins where something can be chosen in it.
    choice = None if page.partners else _scope_choice(page)
    if not page.count:
        empty = _EMPTY[page.scope]
        head = section(empty, accessory=choice, block_id="list-choice")
        return Drawn(text=empty, blocks=(head, *_ways(page), hint))
    title = f"{TITLES[page.scope]}: {plural(page.count, 'deliverable')}"
    shown = f"*{TITLES[page.scope]}*: {plural(page.count, 'deliverable')}"
    blocks: Blocks = [section(shown, accessory=choice, block_id="list-choice")]
    if page.partners:
        blocks.append(_partner_choice(page))
    for group, lines in groupby(page.listed, key=lambda one: group_of(one, page.zone, now)):
        blocks.append(context(f"*{_GROUPS[group]}*"))
        blocks += item_blocks(lines, now, page.scope)
    return Drawn(text=f"{title}.", blocks=(*blocks, *_ways(page), hint))


def group_of(one: Listed, zone: str, now: datetime) -> Group:
    """Under which head a line stands, by the days of the reader's zone."""
    commitment = one.commitment
    if not commitment.is_open:
        return "delivered"
    if commitment.is_late(now):
        return "asked" if commitment.state == "proposed" else "late"
    today = zones.local(now, zone).date()
    due_on = zones.local(commitment.due_at, zone).date()
    if due_on <= today:
        return "today"
    return "week" if due_on < today + timedelta(days=7 - today.weekday()) else "later"


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


def read_value(value: str) -> tuple[Scope | None, int, str]:
    """Scope, page and partnership that a button carries; a scope of None: it carries none."""
    scope, _, rest = value.partition("|")
    number, _, partnership_id = rest.partition("|")
    page = int(number) if number.isascii() and number.isdigit() and len(number) < 6 else 0
    found: Scope | None = next((one for one in get_args(Scope) if one == scope), None)
    return found, page, partnership_id


def _partner_choice(page: Page) -> Block:
    """One partner at a time, so that a screen can be shared."""
    options = [
        option(f"{one.name} ({one.count})", f"{page.scope}|0|{one.partnership_id}")
        for one in page.partners[:_PARTNERS_MOST]
    ]
    chosen = next((one for one in options if one["value"].endswith(f"|{page.chosen}")), options[0])
    choice = {
        "type": "static_select",
        "action_id": PARTNER,
        "options": options,
        "initial_option": chosen,
    }
    return actions(choice, block_id="list-partner")


def _ways(page: Page) -> Blocks:
    """Other pages, and the whole as a file."""
    blocks: Blocks = []
    if page.pages > 1:
        first = page.number * SHOWN_MOST + 1
        last = min(page.count, first + SHOWN_MOST - 1)
        blocks.append(context(f"{first} to {last} of {page.count}, by date."))
    row: list[Block] = []
    carried = page.chosen
    if page.number > 0:
        row.append(button("Earlier", EARLIER, f"{page.scope}|{page.number - 1}|{carried}"))
    if page.number + 1 < page.pages:
        row.append(button("Later", LATER, f"{page.scope}|{page.number + 1}|{carried}"))
    if page.may_file and page.is_private and not page.partners:
        row.append(button("As a file (CSV)", FILE, page.chosen))
    if row:
        blocks.append(actions(*row, block_id="list-ways"))
    return blocks


def _scope_choice(page: Page) -> Block:
    options = [option(words, f"{scope}|0|{page.chosen}") for scope, words in TITLES.items()]
    chosen = next(one for one in options if one["value"].startswith(f"{page.scope}|"))
    return {
        "type": "static_select",
        "action_id": CHOOSE,
        "options": options,
        "initial_option": chosen,
    }


def _hint() -> Block:
    return context("New: `/deliverable @name what by friday`, or the button in the hub.")


def _reads_along() -> Block:
    return context("You read along: leads and members of either side write down what is owed.")
