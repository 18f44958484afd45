"""One deliverable as a line of a list or of the Home tab, with what its reader can do about it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from domain.deliverables import Commitment
from domain.partnerships import Partnership
from domain.people import SIDES, other_side
from views import sent_back
from views.blocks import Block, Blocks, actions, button, mention, section
from views.deliverables import (
    DONE,
    HAND_OVER,
    OTHER_DATE,
    UNDO,
    buttons,
    due_words,
    menu,
    side_name,
    titled,
)
from views.sent_back import SentBack
from views.times import when

Undoable = Literal["done", "declined"]

_BECAME: Final = {"withdrawn": "cancelled, nobody owes it", "declined": "not taken on"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One line of a list.

    Attributes:
        owner: Slack id, shown where only the reader sees the list; None: the side alone.
        is_mine: The reader owes it, or may close it as a lead of that side.
        is_stood_in: Its owner is away, and the reader is asked meanwhile.
        is_received: It is delivered to the reader's side, who may accept it or send it back.
        link: To its card; None while it has none.
        waits: What it waits for, in words; empty for nothing.
        back: That it was sent back; None: it was not, or that is not looked up here.
        handed_to: Slack id of who is asked to take it over; None: nobody, or not to be shown.
        undo: What the reader can take back of it; None: nothing.
    """

    partnership: Partnership
    commitment: Commitment
    owner: str | None = None
    is_mine: bool = False
    is_stood_in: bool = False
    is_received: bool = False
    link: str | None = None
    waits: str = ""
    back: SentBack | None = None
    handed_to: str | None = None
    undo: Undoable | None = None


def item_blocks(listed: Iterable[Listed], now: datetime, extra: str = "") -> Blocks:
    """Lines with their menus and buttons. ``extra`` is carried behind the ids of the buttons."""
    return [block for one in listed for block in _item(one, now, extra)]


def line(one: Listed, now: datetime) -> str:
    """One line: what, who, until when, how it stands, and for whom alone it is."""
    commitment = one.commitment
    words = f"{titled(commitment)} ({_who(one)}), {_state(one, now)}"
    if commitment.importance == "high" and commitment.is_open:
        words += ", important"
    if commitment.audience == "leads":
        words += ", for leads only"
    elif commitment.audience in SIDES:
        words += ", for your side only"
    return words if one.link is None else f"{words} (<{one.link}|see>)"


def _who(one: Listed) -> str:
    side = side_name(one.partnership, one.commitment.side)
    if one.owner is None:
        return side
    if one.is_stood_in:
        return f"{side}, for {mention(one.owner)}, who is away"
    return f"{mention(one.owner)}, {side}"


def _state(one: Listed, now: datetime) -> str:
    commitment, partnership = one.commitment, one.partnership
    if not commitment.is_open:
        return _BECAME.get(commitment.state) or _delivered(commitment, partnership)
    verb = "was due" if commitment.is_late(now) else "due"
    words = f"{verb} {due_words(partnership, commitment, now)}"
    if commitment.state == "proposed":
        words += ", not accepted yet"
    elif commitment.stopped_at is not None:
        words += ", its clock stands still"
    if commitment.sent_back and commitment.state == "accepted":
        words += f", {sent_back.listed(partnership, commitment, one.back or SentBack())}"
    if one.waits:
        words += f", {one.waits}"
    return words if one.handed_to is None else f"{words}, offered to {mention(one.handed_to)}"


def _delivered(commitment: Commitment, partnership: Partnership) -> str:
    if commitment.review_until is None:
        return "delivered"
    zone = partnership.side(other_side(commitment.side)).calendar.zone
    return f"delivered, can be sent back until {when(commitment.review_until, zone)}"


def _item(one: Listed, now: datetime, extra: str) -> list[Block]:
    row = _row(one, extra)
    has_hand_over = any(each["action_id"] == HAND_OVER for each in row)
    more = menu(one.commitment, now, without=HAND_OVER if has_hand_over else "")
    shown = section(line(one, now), accessory=more, block_id=f"line-{one.commitment.id}")
    if not row:
        return [shown]
    return [shown, actions(*row, block_id=f"deliverable-{one.commitment.id}")]


def _row(one: Listed, extra: str) -> list[Block]:
    commitment = one.commitment
    value = f"{commitment.id}|{extra}" if extra else commitment.id
    if not commitment.is_open:
        if one.undo is not None:
            return [button("Undo", UNDO, f"{commitment.id}|{one.undo}|{extra}")]
        return buttons(commitment, extra) if one.is_received else []
    if one.is_mine:
        hand_over = [] if one.is_stood_in else [button("Hand over", HAND_OVER, value)]
        return [*buttons(commitment, extra), *hand_over]
    if one.is_stood_in and commitment.state == "proposed":
        return stand_in_buttons(commitment, extra)
    return []


def stand_in_buttons(commitment: Commitment, extra: str = "") -> list[Block]:
    """What a stand-in can do about what its owner has not accepted: all but promise it."""
    value = f"{commitment.id}|{extra}" if extra else commitment.id
    return [button("Done", DONE, value), button("Another date", OTHER_DATE, value)]
