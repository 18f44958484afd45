"""What both sides read about one deliverable: its card, what is told, how it was understood."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from domain.deliverables import Commitment
from domain.due_days import Named
from domain.partnerships import Partnership
from domain.people import Side, other_side
from domain.values import value
from views.blocks import (
    Block,
    Blocks,
    Drawn,
    actions,
    button,
    context,
    mention,
    option,
    overflow,
    quoted,
    section,
)
from views.due_days import earlier_words
from views.times import moment_in_zones, moment_words, when

ACCEPT: Final = "deliverable.accept"
OTHER_DATE: Final = "deliverable.other_date"
DECLINE: Final = "deliverable.decline"
DONE: Final = "deliverable.done"
NEW_DATE: Final = "deliverable.new_date"
UNDO: Final = "deliverable.undo"
EDIT: Final = "deliverable.edit"
TELL_DONE: Final = "deliverable.tell_done"
CANNOT: Final = "deliverable.cannot"
APPROVE: Final = "deliverable.approve"
SEND_BACK: Final = "deliverable.send_back"
WITHDRAW: Final = "deliverable.withdraw"
WAITING: Final = "deliverable.waiting"
RAISE: Final = "deliverable.raise"
HISTORY: Final = "deliverable.history"
MENU: Final = "deliverable.menu"
HAND_OVER: Final = "deliverable.hand_over"
ADD_LINK: Final = "deliverable.add_link"

_TITLE_MOST: Final = 300
_NAME_MOST: Final = 60


@value
class Beside:
    """What a card says besides the deliverable itself.

    Attributes:
        named: The day that was named, when the owner does not work on it.
        lines: What it waits for, and what waits for it.
        asking: The side that asks for it, while nobody took it on; None: not known.
        back: That it was sent back, and why, in words; empty: it was not.
    """

    named: Named | None = None
    asking: Side | None = None
    back: str = ""
    lines: tuple[str, ...] = ()


ALONE: Final = Beside()


def titled(commitment: Commitment) -> str:
    return f"*{quoted(commitment.title, _TITLE_MOST)}*"


def subject(partnership: Partnership, commitment: Commitment) -> str:
    return f"{titled(commitment)} ({side_name(partnership, commitment.side)})"


def side_name(partnership: Partnership, side: Side) -> str:
    return quoted(partnership.side(side).name, _NAME_MOST)


def due_words(
    partnership: Partnership, commitment: Commitment, seen_at: datetime | None = None
) -> str:
    """The due moment in each reader's zone.

    Args:
        seen_at: When it is read; None: as for readers of the day on which it was written down.
    """
    zone = partnership.side(commitment.side).calendar.zone
    return when(commitment.due_at, zone, seen_at or commitment.created_at)


def in_both_zones(partnership: Partnership, commitment: Commitment) -> str:
    """The due moment spelled out, the owing side's clock first."""
    first = commitment.side
    others = [side for side in (partnership.home_side, partnership.guest_side) if side != first]
    zones = [partnership.side(side).calendar.zone for side in (first, *others)]
    return moment_in_zones(commitment.due_at, zones, commitment.created_at)


def buttons(commitment: Commitment, extra: str = "") -> list[Block]:
    """What can be done about it now. ``extra`` is carried behind the id."""
    value = f"{commitment.id}|{extra}" if extra else commitment.id
    if commitment.state == "proposed":
        return [
            button("Accept", ACCEPT, value, style="primary"),
            button("Another date", OTHER_DATE, value),
            button("Not mine", DECLINE, value),
            button("Can't promise that", CANNOT, value),
        ]
    if commitment.state == "accepted":
        return [
            button("Done", DONE, value),
            button("New date", NEW_DATE, value),
            button("Waiting for something", WAITING, value),
        ]
    if commitment.is_with_other_side:
        return [
            button("Accept", APPROVE, value, style="primary"),
            button("Send back", SEND_BACK, value),
        ]
    return []


def card(
    partnership: Partnership,
    commitment: Commitment,
    now: datetime,
    asked: str | None = None,
    beside: Beside = ALONE,
) -> Drawn:
    """The live post of one deliverable; it names the side.

    Args:
        asked: Slack id of an owner who is at work, and is called here to take it on.
    """
    called = f"{mention(asked)}: " if asked is not None and commitment.state == "proposed" else ""
    text = called + _headline(partnership, commitment, now, beside)
    if beside.named is not None:
        text += f" {earlier(partnership, commitment, beside.named)}"
    blocks: Blocks = [section(text)]
    if beside.lines:
        blocks.append(context(*beside.lines))
    row = [*buttons(commitment), *_undo(commitment), menu(commitment, now)]
    blocks.append(actions(*row, block_id=f"deliverable-{commitment.id}"))
    return Drawn(text=" ".join([text, *beside.lines]), blocks=tuple(blocks))


def echo(
    partnership: Partnership,
    commitment: Commitment,
    owner: str | None,
    notes: Sequence[str] = (),
    *,
    is_asked_later: bool = False,
) -> Drawn:
    """How it was understood, with what takes it back.

    Args:
        owner: Slack id of the owner when only the author reads it; None: the side is named.
        notes: Further sentences of ours.
        is_asked_later: Nothing may be said to the owner now.
    """
    side = side_name(partnership, commitment.side)
    who = side if owner is None else f"{mention(owner)} ({side})"
    lines = [
        f"Noted: {titled(commitment)}, {who}, due {in_both_zones(partnership, commitment)}.",
        *notes,
    ]
    if commitment.state == "proposed":
        later = f"I may not write to {side} now; as soon as I may, it is asked to accept it."
        lines.append(later if is_asked_later else f"{side} is asked to accept it.")
    row = [
        button("Undo", UNDO, f"{commitment.id}|created"),
        button("Change", EDIT, commitment.id),
    ]
    text = " ".join(lines)
    return Drawn(text=text, blocks=(section(text), actions(*row, block_id="undo")))


def earlier(partnership: Partnership, commitment: Commitment, named: Named) -> str:
    """A note: why it is due earlier than on the day that was named."""
    zone = partnership.side(commitment.side).calendar.zone
    side = side_name(partnership, commitment.side)
    return earlier_words(named, side, moment_words(commitment.due_at, zone))


def now_listed(name: str, side: str) -> str:
    """A note: a lead named somebody of the own side who was not on its list."""
    return f"{quoted(name, _NAME_MOST)} is now on {quoted(side, _NAME_MOST)}'s list."


def not_listed(side: str) -> str:
    """A note: the owner is on no list, so nobody writes to them."""
    shown = quoted(side, _NAME_MOST)
    return (
        f"They are not on {shown}'s list yet, so I do not write to them;"
        f" a lead of {shown} can add them with `people`."
    )


def done_line(partnership: Partnership, commitment: Commitment) -> Drawn:
    """Tells the thread that it is done."""
    return line_of(f"{subject(partnership, commitment)}: done. Thank you.")


def sent_back_line(
    partnership: Partnership, commitment: Commitment, reason: str, was_due_at: datetime
) -> Drawn:
    """Tells the thread that the other side sent it back, why, and by when it is due now."""
    receiver = side_name(partnership, other_side(commitment.side))
    due = f"due {in_both_zones(partnership, commitment)}"
    if was_due_at != commitment.due_at:
        zone = partnership.side(commitment.side).calendar.zone
        due += f" instead of {moment_words(was_due_at, zone)}:"
        due += f" the time that it lay with {receiver} is added"
    what = subject(partnership, commitment)
    return line_of(f"{what}: {receiver} sent it back, {due}.{why_words(reason)}")


def not_sent_back_line(partnership: Partnership, commitment: Commitment) -> Drawn:
    return line_of(f"{subject(partnership, commitment)}: not sent back after all.")


def cancelled_line(partnership: Partnership, commitment: Commitment, by: Side | None) -> Drawn:
    """Tells the thread that nobody owes it any more, and why."""
    who = "" if by is None else f" by {side_name(partnership, by)}"
    why = why_words(commitment.closed_reason)
    return line_of(f"{subject(partnership, commitment)}: cancelled{who}.{why}")


def reopened_line(partnership: Partnership, commitment: Commitment) -> Drawn:
    due = due_words(partnership, commitment)
    return line_of(f"{subject(partnership, commitment)}: open again, due {due}.")


def moved_line(
    partnership: Partnership,
    commitment: Commitment,
    reason: str | None,
    named: Named | None = None,
) -> Drawn:
    """Tells the thread the new date, with the reason as it was typed, and whether it is accepted.

    Args:
        named: The day that was named, when the owner does not work on it.
    """
    words = [f"{subject(partnership, commitment)}: now {in_both_zones(partnership, commitment)}."]
    if named is not None:
        words.append(earlier(partnership, commitment, named))
    if reason:
        words.append(f"“{quoted(reason, _TITLE_MOST)}”")
    side = side_name(partnership, commitment.side)
    if commitment.state == "proposed":
        words.append(f"Waiting for {side} to accept it.")
    elif not commitment.moves:
        words.append(f"{side} accepts it for this date.")
    return line_of(" ".join(words))


def move_undone_line(partnership: Partnership, before: Commitment) -> Drawn:
    """Instead of the line that told a new date, once that date is taken back."""
    told = f"{subject(partnership, before)}: now {in_both_zones(partnership, before)}."
    return line_of(f"~{told}~ Taken back.")


def moved_back_line(partnership: Partnership, after: Commitment, side: Side | None) -> Drawn:
    """Tells the thread that the date before holds again. ``side``: who took the change back."""
    due = f"due {in_both_zones(partnership, after)} again"
    taken = "the change is taken back"
    if side is not None:
        taken = f"{side_name(partnership, side)} took the change back"
    words = [f"{subject(partnership, after)}: {taken}, {due}."]
    if after.state == "proposed":
        words.append(f"Waiting for {side_name(partnership, after.side)} to accept it.")
    return line_of(" ".join(words))


def _headline(
    partnership: Partnership, commitment: Commitment, now: datetime, beside: Beside
) -> str:
    what, due = subject(partnership, commitment), due_words(partnership, commitment)
    side = side_name(partnership, commitment.side)
    if commitment.state == "done":
        return f"{what}: {_delivered(partnership, commitment)}"
    if commitment.state == "withdrawn":
        return f"{what}: cancelled, nobody owes it.{why_words(commitment.closed_reason)}"
    if commitment.state == "declined" and commitment.declined_why == "cannot_promise":
        why = why_words(commitment.closed_reason)
        return f"{what}, asked for by {due}: {side} can't promise that.{why}"
    if commitment.state == "declined":
        return f"{what}, due {due}: not taken on yet by anybody."
    if commitment.state == "proposed" and commitment.is_late(now):
        return f"{what}, was asked for by {due}, not taken on yet. Still wanted?"
    if commitment.state == "proposed":
        return f"{what}, due {due}.{_waiting(partnership, commitment, beside.asking)}"
    back = f" {beside.back}" if beside.back else _was_sent_back(partnership, commitment)
    if commitment.is_late(now):
        return f"{what}, was due {due}, not in yet.{back}"
    if commitment.stopped_at is not None:
        since = when(commitment.stopped_at, partnership.side(commitment.side).calendar.zone)
        return f"{what}, due {due} plus what it loses: its clock stands still since {since}."
    moved = " (a new date)" if commitment.moves else ""
    return f"{what}, due {due}{moved}.{back or ' Accepted.'}"


def _waiting(partnership: Partnership, commitment: Commitment, asking: Side | None) -> str:
    """Who asks for it, and whose turn it is; nobody asks themselves by name."""
    side = side_name(partnership, commitment.side)
    asks = ""
    if asking is not None and asking != commitment.side:
        asks = f" {side_name(partnership, asking)} asks for it."
    return f"{asks} Waiting for {side} to accept it."


def _delivered(partnership: Partnership, commitment: Commitment) -> str:
    """What became of what was delivered."""
    receiver = side_name(partnership, other_side(commitment.side))
    if commitment.review == "approved":
        return f"delivered, accepted by {receiver}."
    if commitment.review == "no_objection":
        return f"delivered, and closed without objection by {receiver}."
    if commitment.review_until is None:
        return "done."
    zone = partnership.side(other_side(commitment.side)).calendar.zone
    until = when(commitment.review_until, zone, commitment.closed_at)
    return (
        f"delivered. {receiver} can accept it or send it back until {until}; after that it is"
        " closed without objection."
    )


def _was_sent_back(partnership: Partnership, commitment: Commitment) -> str:
    if not commitment.sent_back:
        return ""
    receiver = side_name(partnership, other_side(commitment.side))
    return f" Delivered, and sent back by {receiver}: open again."


def why_words(reason: str | None) -> str:
    """A reason as it was typed, behind a sentence of ours."""
    return f" “{quoted(reason, _TITLE_MOST)}”" if reason else ""


def _undo(commitment: Commitment) -> list[Block]:
    if commitment.review == "approved":
        what = "approved"
    elif commitment.state == "withdrawn":
        what = "withdrawn"
    elif commitment.state == "done" and commitment.review is None:
        what = "done"
    else:
        return []
    return [button("Undo", UNDO, f"{commitment.id}|{what}")]


def menu(commitment: Commitment, now: datetime, without: str = "") -> Block:
    """What is done about it less often. ``without``: what has a button beside it."""
    found = []
    if commitment.state == "accepted" and commitment.is_late(now):
        found.append(("Bring to both leads", RAISE))
    if commitment.state in {"proposed", "declined"}:
        found.append(("Change", EDIT))
    if commitment.is_open:
        found += [("Cancel it", WITHDRAW), ("Hand over", HAND_OVER)]
    if commitment.state in {"proposed", "accepted", "done"}:
        found.append(("Add a link", ADD_LINK))
    found.append(("History", HISTORY))
    shown = [option(text, f"{act}|{commitment.id}") for text, act in found if act != without]
    return overflow(MENU, shown)


def line_of(text: str) -> Drawn:
    return Drawn(text=text, blocks=(section(text),))
