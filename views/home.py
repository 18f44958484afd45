"""The Home tab: of one partner what I owe, what comes next, and the buttons of the hub."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from domain.boards import NextCheckIn
from domain.checkins import CheckIn
from domain.kept import Kept
from domain.outgoing import State
from domain.partnerships import Partnership
from domain.pauses import Out
from domain.people import Side
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
    option,
    quoted,
    section,
)
from views.checkins import home_zone
from views.compliance import OPEN as REPORT
from views.daily_settings import opener
from views.deliverable_lines import Listed, item_blocks
from views.hub import hub_buttons, next_check_in
from views.kept import in_home
from views.pause import out_notice
from views.times import day_words

PARTNER: Final = "home.partner"

SHOWN_MOST: Final = 20
# Slack: a select takes at most 100 options, each of 75 characters, with how many are owed
CHOICES_MOST: Final = 100
_PAIR_MOST: Final = 30
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
        partnerships: All to choose from.
        chosen: The id of the one that is shown, so that a screen can be shared.
        coming: The next check-in of that one.
        questions: For a lead, of that one.
        kept: For a lead, how promises of that one were kept this month; else empty.
        undelivered: Shown to whoever set Touchbase up.
        out: Why nothing can be said in the channel, by the partnership's id.
    """

    mine: tuple[Listed, ...] = ()
    partnerships: tuple[Partnership, ...] = ()
    chosen: str = ""
    coming: NextCheckIn | None = None
    questions: tuple[Question, ...] = ()
    kept: Mapping[Side, Kept] = field(default_factory=dict)
    undelivered: tuple[Undelivered, ...] = ()
    out: Mapping[str, Out] = field(default_factory=dict)


def home(page: Page, now: datetime) -> Block:
    """The view, of one partner; for a stranger it says how to begin."""
    every = _partners(page)
    if not every:
        return {"type": "home", "blocks": _welcome()}
    one = next((each for each in every if each.id == page.chosen), every[0])
    own = [item for item in page.mine if item.partnership.id == one.id]
    blocks: Blocks = [_choice(page, every, one)] if len(every) > 1 else []
    asked = [_asked(each) for each in page.questions[:QUESTIONS_MOST]]
    said = [*asked, *item_blocks(own[:SHOWN_MOST], now, "home")]
    if not asked and not any(item.commitment.is_open for item in own):
        said.append(section(_NOTHING_OWED))
    blocks += _partner(one, page.coming, [*out_notice(page.out.get(one.id)), *said])
    left = len(own) - SHOWN_MOST
    if left > 0:
        blocks.append(context(f"…and {left} more on your list, due later."))
    blocks += in_home(one, page.kept)
    blocks.append(divider())
    if page.undelivered:
        blocks += [header("Not delivered"), section(bulleted(_undelivered(page))), divider()]
    return {"type": "home", "blocks": [*blocks, *_own()]}


def _partners(page: Page) -> Sequence[Partnership]:
    """The partnerships to choose from, and those of which only something owed is known."""
    known = {one.id: one for one in page.partnerships}
    return list((known | {item.partnership.id: item.partnership for item in page.mine}).values())


def _choice(page: Page, every: Sequence[Partnership], shown: Partnership) -> Block:
    """Which partner is shown; what is owed to the others stands behind their names."""
    options = [option(_choice_words(page, one), one.id) for one in every[:CHOICES_MOST]]
    chosen = next((one for one in options if one["value"] == shown.id), options[0])
    choice = {
        "type": "static_select",
        "action_id": PARTNER,
        "options": options,
        "initial_option": chosen,
    }
    return actions(choice, block_id="home-partner")


def _choice_words(page: Page, one: Partnership) -> str:
    names = f"{cut(one.client.name, _PAIR_MOST)} and {cut(one.vendor.name, _PAIR_MOST)}"
    owed = sum(item.partnership.id == one.id for item in page.mine if item.commitment.is_open)
    return f"{names} ({owed})" if owed else names


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
