"""What somebody owes and what became of what they asked for, as lines of their daily message."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from domain.deliverables import Commitment
from domain.loads import Load
from domain.partnerships import Partnership
from domain.people import Side, other_side
from domain.values import value
from views import sent_back
from views.blocks import Block, actions, button, mention, section
from views.daily_sections import Piece, Section
from views.deliverable_lines import stand_in_buttons
from views.deliverables import (
    EDIT,
    HAND_OVER,
    buttons,
    due_words,
    in_both_zones,
    side_name,
    subject,
    titled,
    why_words,
)
from views.ladder import load_words, next_word, not_today, on_it, show_again
from views.sent_back import SentBack
from views.times import when
from views.verbs import named


@value
class Item:
    """One deliverable in the message.

    Attributes:
        is_todays: Still due today or late, or its owner is asked about it; else it is settled.
        is_counted: Of what is today's: it is to be done or decided today, not only due soon.
        looks_done: Somebody else thinks that it is done.
        is_gone: It is somebody else's by now.
        is_over: The message is past: nobody is asked in it any more.
        is_own: Its owner reads it; else somebody who stands in for them.
        waits_for_owner: Its owner, who is away, has not accepted it, and nobody else can.
        is_private: Nobody but the reader reads it, so it may say so.
        put_off_until: Its owner wants to hear of it then.
        load: What its owner has promised besides, where they are asked to take it on.
        repeats: How it recurs, and that a yes holds for those that follow.
        asked_by: Who asks for it, in words; empty: the other side, or not known.
        back: That it was sent back; None: it was not.
        waits: That it waits for what the other side has not answered, in words; may be empty.
    """

    commitment: Commitment
    is_todays: bool
    is_counted: bool = True
    looks_done: bool = False
    is_gone: bool = False
    is_over: bool = False
    is_own: bool = True
    waits_for_owner: bool = False
    is_private: bool = False
    put_off_until: datetime | None = None
    load: Load | None = None
    repeats: str | None = None
    asked_by: str = ""
    back: SentBack | None = None
    waits: str = ""


def asked_by(partnership: Partnership, side: Side | None, slack_id: str | None) -> str:
    """Who asks for something, in words.

    Args:
        side: None: of neither side.
        slack_id: None: others read it, too, who read the side alone.
    """
    of = "" if side is None else side_name(partnership, side)
    if slack_id is None:
        return of
    return f"{mention(slack_id)} ({of})" if of else mention(slack_id)


@value
class Said:
    """When it is said, and when the next word comes; None: no more by itself.

    Attributes:
        is_waiting: Where no word comes, what it waits for is why.
    """

    now: datetime
    word_at: datetime | None = None
    is_waiting: bool = False


def owed(partnership: Partnership, side: Side, items: Sequence[Item], said: Said) -> Section:
    """What the person owes to a partner: first what is due, then what they are asked for.

    Of each what matters most comes first.
    """
    ordered = sorted(items, key=_order)
    pieces = tuple(_piece(partnership, one, said.now) for one in ordered)
    found = _section(partnership, side, pieces, is_owed=True)
    if not any(one.is_todays for one in items):
        return found
    zone = partnership.side(side).calendar.zone
    return replace(found, foot=next_word(said.word_at, zone, is_waiting=said.is_waiting))


def declined(partnership: Partnership, side: Side, every: Iterable[Commitment]) -> Section:
    """To whoever asked for it: the person who was asked does not take it on."""
    pieces = []
    for one in every:
        line = f"{subject(partnership, one)} {_declined_words(one)}"
        row = actions(button("Choose somebody else", EDIT, one.id), block_id=f"choose-{one.id}")
        pieces.append(Piece(line=line, blocks=(section(line), row)))
    return _section(partnership, side, tuple(pieces))


def _declined_words(one: Commitment) -> str:
    if one.declined_why == "cannot_promise":
        return f"can't be promised by the person who was asked.{why_words(one.closed_reason)}"
    return "was not taken on by the person who was asked."


def other_dates(
    partnership: Partnership, side: Side, every: Iterable[tuple[Commitment, Commitment]]
) -> Section:
    """To whoever asked for it: the owner takes it on for another date.

    Args:
        every: Each as it was asked for, and as it is now.
    """
    lines = [
        f"You asked for {titled(after)} by {due_words(partnership, before)}."
        f" {side_name(partnership, after.side)} accepts it for {in_both_zones(partnership, after)}."
        for before, after in every
    ]
    pieces = tuple(Piece(line=line, blocks=(section(line),)) for line in lines)
    return _section(partnership, side, pieces)


def _section(
    partnership: Partnership, side: Side, pieces: tuple[Piece, ...], *, is_owed: bool = False
) -> Section:
    return Section(
        partnership_id=partnership.id,
        partner=side_name(partnership, other_side(side)),
        pieces=pieces,
        is_owed=is_owed,
        more=_my_list(partnership),
    )


def _my_list(partnership: Partnership) -> Block | None:
    verb = named("mine")
    if verb is None or verb.label is None:
        return None
    return button(verb.label, verb.action_id, partnership.id)


def _order(item: Item) -> tuple[bool, bool, datetime]:
    one = item.commitment
    return (one.state == "proposed", one.importance != "high", one.due_at)


def _piece(partnership: Partnership, item: Item, now: datetime) -> Piece:
    line = _line(partnership, item, now)
    if item.waits and item.is_todays and item.commitment.is_late(now):
        line = f"{line.removesuffix('.')}. {item.waits}"
    row = _row(item, now)
    blocks = [section(line)]
    if row:
        blocks.append(actions(*row, block_id=f"deliverable-{item.commitment.id}"))
    is_known = item.waits_for_owner and not item.is_over
    is_todays = item.is_todays and item.is_counted
    is_coming = item.is_todays and not item.is_counted
    return Piece(
        line=line, blocks=blocks, is_todays=is_todays, is_known=is_known, is_coming=is_coming
    )


def _row(item: Item, now: datetime) -> list[Block]:
    one = item.commitment
    if item.put_off_until is not None:
        return [show_again(one.id)]
    if item.waits_for_owner and not item.is_over:
        return stand_in_buttons(one)
    if not item.is_todays:
        return []
    if not item.is_own:
        return buttons(one)
    may_say = one.state == "accepted" and one.is_late(now)
    hand_over = button("Hand over", HAND_OVER, one.id)
    if may_say and one.acknowledged_at is not None:
        return [*buttons(one), hand_over, show_again(one.id)]
    on_it_too = [on_it(one.id)] if may_say else []
    return [*buttons(one), *on_it_too, hand_over, not_today(one.id)]


def _line(partnership: Partnership, item: Item, now: datetime) -> str:
    commitment = item.commitment
    weight = "Important: " if commitment.importance == "high" and commitment.is_open else ""
    what = f"{weight}{titled(commitment)}"
    if commitment.audience != commitment.side:
        what += f" for {side_name(partnership, other_side(commitment.side))}"
    due = due_words(partnership, commitment, now)
    if commitment.state == "done":
        return f"~{what}~ done"
    if commitment.state == "withdrawn" and commitment.closed_reason:
        return f"~{what}~ cancelled"
    if item.is_gone or not commitment.is_open:
        return f"~{what}~ no longer yours"
    if item.put_off_until is not None:
        zone = partnership.side(commitment.side).calendar.zone
        again = when(item.put_off_until, zone)
        return f"{what}, due {due}: put off, you hear of it again {again}"
    if item.waits_for_owner:
        verb = "was asked for by" if commitment.is_late(now) else "due"
        why = ": that is left to its owner" if item.is_private else ""
        return f"{what}, {verb} {due}. Not accepted yet{why}"
    back = "" if item.back is None else f". {sent_back.words(partnership, commitment, item.back)}"
    if not item.is_todays:
        return f"{what}: {'now ' if commitment.moves else ''}due {due}{back}"
    asks = f". {item.asked_by} asks for it" if item.asked_by else ""
    if commitment.state == "proposed" and commitment.is_late(now):
        wanted = "" if item.is_over else " Is it still wanted, and will you take it on?"
        return f"{what}, was asked for by {due}{asks}.{wanted}{load_words(item.load)}"
    verb = "was due" if commitment.is_late(now) else "due"
    if back:
        return f"{what}, {verb} {due}{back}{_asks(item).removeprefix('.')}"
    return f"{what}, {verb} {due}{asks}{_asks(item)}"


def _asks(item: Item) -> str:
    if item.is_over:
        return ""
    if item.commitment.state == "proposed":
        recurs = "" if item.repeats is None else f" {item.repeats}."
        return f". Will you take it on?{recurs}{load_words(item.load)}"
    if item.commitment.acknowledged_at is not None:
        return ". You are on it: I ask no more about this date"
    return ". It looks done to others. Is it?" if item.looks_done else ""
