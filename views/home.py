"""The Home tab: partner by partner what I owe, what comes next, and the buttons of the hub."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from domain.boards import NextCheckIn
from domain.checkins import CheckIn
from domain.outgoing import State
from domain.partnerships import Partnership
from domain.pauses import Out
from domain.zones import local
from views.blocks import (
    Block,
    Blocks,
    actions,
    bulleted,
    button,
    context,
    cut,
    divider,
    header,
    plural,
    quoted,
    section,
)
from views.checkins import home_zone
from views.compliance import OPEN as REPORT
from views.daily_settings import opener
from views.deliverable_lists import Listed, item_blocks
from views.hub import hub_buttons, next_check_in
from views.pause import out_notice
from views.times import day_words

SHOWN_MOST: Final = 20
QUESTIONS_MOST: Final = 8
# Slack: header <= 150 characters, with "and" between two names
_NAME_MOST: Final = 70
_TITLE_MOST: Final = 80
_NOTHING_OWED: Final = "You owe nothing here at the moment."

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
class Question:
    """A past check-in of which the reader's side has not said whether it took place.

    Attributes:
        link: To the post with the answers; None when it cannot be linked yet.
    """

    check_in: CheckIn
    link: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What stands in somebody's Home tab.

    Attributes:
        questions: For a lead, of all partnerships.
        further: How many more partnerships there are.
        undelivered: Shown to whoever set Touchbase up.
        out: Why nothing can be said in the channel, by the partnership's id.
    """

    mine: tuple[Listed, ...] = ()
    partnerships: tuple[tuple[Partnership, NextCheckIn | None], ...] = ()
    questions: tuple[Question, ...] = ()
    further: int = 0
    undelivered: tuple[Undelivered, ...] = ()
    out: Mapping[str, Out] = field(default_factory=dict)


def home(page: Page, now: datetime) -> Block:
    """The view, one partner after the other; for a stranger it says how to begin."""
    if not page.partnerships and not page.mine:
        return {"type": "home", "blocks": _welcome()}
    owed, questions = page.mine[:SHOWN_MOST], page.questions[:QUESTIONS_MOST]
    blocks: Blocks = []
    for one, coming in _partners(page, owed):
        own = [item for item in owed if item.partnership.id == one.id]
        asked = [_asked(each) for each in questions if each.check_in.partnership.id == one.id]
        said = [*asked, *item_blocks(own, now, "home")] or [section(_NOTHING_OWED)]
        blocks += [*_partner(one, coming, [*out_notice(page.out.get(one.id)), *said]), divider()]
    left = len(page.mine) - len(owed)
    if left > 0:
        blocks.append(context(f"…and {left} more on your list, due later."))
    if page.further:
        blocks.append(context(f"…and {plural(page.further, 'more partnership')}."))
    if page.undelivered:
        blocks += [header("Not delivered"), section(bulleted(_undelivered(page))), divider()]
    return {"type": "home", "blocks": [*blocks, *_own()]}


def _partners(
    page: Page, owed: Sequence[Listed]
) -> Sequence[tuple[Partnership, NextCheckIn | None]]:
    """The partnerships that are shown, and those of which only something owed is."""
    known = {one.id for one, _ in page.partnerships}
    beside = {item.partnership.id: item.partnership for item in owed}
    return [
        *page.partnerships,
        *((one, None) for one_id, one in beside.items() if one_id not in known),
    ]


def _partner(partnership: Partnership, coming: NextCheckIn | None, owed: Blocks) -> Blocks:
    """What the person owes there, when both sides meet next, and the buttons of its hub."""
    sides = (partnership.client.name, partnership.vendor.name)
    row = hub_buttons(partnership.id, coming) | {"block_id": f"hub-{partnership.id}"}
    return [
        header(" and ".join(cut(name, _NAME_MOST) for name in sides)),
        *owed,
        section(
            f"Next check-in: {next_check_in(partnership, coming)}.",
            accessory=button("Report", REPORT, partnership.id),
            block_id=f"check-ins-{partnership.id}",
        ),
        row,
    ]


def _asked(question: Question) -> Block:
    check_in = question.check_in
    day = day_words(local(check_in.turn.starts_at, home_zone(check_in.partnership)).date())
    text = f"Did *{quoted(check_in.title, _TITLE_MOST)}* of {day} take place?"
    return section(text if question.link is None else f"{text} <{question.link}|Say so there>")


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


def _own() -> Blocks:
    words = "`/touchbase help` shows what you can ask for."
    return [actions(opener("My settings"), block_id="own"), context(words)]
