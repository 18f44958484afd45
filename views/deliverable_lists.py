"""Lists of what is open: by date, page by page, one partner at a time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import Final, Literal, get_args

from domain import zones
from domain.deliverables import Commitment
from domain.partnerships import Partnership
from domain.people import SIDES, other_side
from views.blocks import (
    Block,
    Blocks,
    Drawn,
    actions,
    button,
    context,
    mention,
    option,
    plural,
    section,
)
from views.deliverables import HAND_OVER, buttons, due_words, side_name, subject, titled
from views.times import when

Scope = Literal["all", "mine", "ours", "theirs", "overdue"]
Group = Literal["late", "today", "week", "later", "delivered"]

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
    "today": "Today",
    "week": "This week",
    "later": "Later",
    "delivered": "Delivered, with the other side",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One line of a list.

    Attributes:
        owner: Slack id, shown where only the reader sees the list; None: the side alone.
        is_mine: The reader owes it, or may close it as a lead of that side.
        is_received: It is delivered to the reader's side, who may accept it or send it back.
        link: To its card; None while it has none.
        waits: What it waits for, in words; empty for nothing.
    """

    partnership: Partnership
    commitment: Commitment
    owner: str | None = None
    is_mine: bool = False
    is_received: bool = False
    link: str | None = None
    waits: str = ""


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
    if not page.count:
        empty = _EMPTY[page.scope]
        return Drawn(text=empty, blocks=(section(empty), *_ways(page), hint))
    title = f"{TITLES[page.scope]}: {plural(page.count, 'deliverable')}"
    blocks: Blocks = [section(f"*{TITLES[page.scope]}*: {plural(page.count, 'deliverable')}")]
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
        return "late"
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


def item_blocks(listed: Iterable[Listed], now: datetime, extra: str = "") -> Blocks:
    """Lines with their buttons."""
    return [block for one in listed for block in _item(one, now, extra)]


def line(one: Listed, now: datetime) -> str:
    """One line: what, who, until when, how it stands, and for whom alone it is."""
    commitment, partnership = one.commitment, one.partnership
    side = side_name(partnership, commitment.side)
    who = side if one.owner is None else f"{mention(one.owner)}, {side}"
    words = f"{titled(commitment)} ({who}), {_state(one, now)}"
    if commitment.importance == "high" and commitment.is_open:
        words += ", important"
    if commitment.audience == "leads":
        words += ", for leads only"
    elif commitment.audience in SIDES:
        words += ", for your side only"
    return words if one.link is None else f"{words} (<{one.link}|see>)"


def read_value(value: str) -> tuple[Scope | None, int, str]:
    """Scope, page and partnership that a button carries; a scope of None: it carries none."""
    scope, _, rest = value.partition("|")
    number, _, partnership_id = rest.partition("|")
    page = int(number) if number.isascii() and number.isdigit() and len(number) < 6 else 0
    found: Scope | None = next((one for one in get_args(Scope) if one == scope), None)
    return found, page, partnership_id


def _state(one: Listed, now: datetime) -> str:
    commitment, partnership = one.commitment, one.partnership
    if not commitment.is_open:
        return _delivered(commitment, partnership)
    verb = "was due" if commitment.is_late(now) else "due"
    words = f"{verb} {due_words(partnership, commitment, now)}"
    if commitment.state == "proposed":
        words += ", not accepted yet"
    elif commitment.stopped_at is not None:
        words += ", its clock stands still"
    if commitment.sent_back and commitment.state == "accepted":
        words += ", sent back"
    return f"{words}, {one.waits}" if one.waits else words


def _delivered(commitment: Commitment, partnership: Partnership) -> str:
    if commitment.review_until is None:
        return "delivered"
    zone = partnership.side(other_side(commitment.side)).calendar.zone
    return f"delivered, can be sent back until {when(commitment.review_until, zone)}"


def _item(one: Listed, now: datetime, extra: str) -> list[Block]:
    commitment = one.commitment
    may_press = one.is_mine if commitment.is_open else one.is_received
    row = buttons(commitment, extra) if may_press else []
    if row and commitment.is_open:
        value = f"{commitment.id}|{extra}" if extra else commitment.id
        row.append(button("Hand over", HAND_OVER, value))
    shown = section(line(one, now))
    if not row:
        return [shown]
    return [shown, actions(*row, block_id=f"deliverable-{commitment.id}")]


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
    """Other lists, other pages, and the whole as a file."""
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
    if not page.partners:
        row.append(_scope_choice(page))
        if page.may_file and page.is_private:
            row.append(button("As a file", FILE, page.chosen))
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
