"""The one message a working day: what is due today or late, over all partnerships."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Final

from domain.deliverables import Commitment
from domain.partnerships import Partnership
from domain.people import other_side
from domain.zones import local
from views.blocks import Blocks, Drawn, actions, button, context, mention, quoted, section
from views.deliverables import buttons, due_words, side_name, titled
from views.times import day_words

NOT_TODAY: Final = "daily.not_today"
STOP: Final = "daily.stop"
START: Final = "daily.start"

SHOWN_MOST: Final = 15
_NAME_MOST: Final = 40
_NUMBERS: Final = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine")


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One deliverable in the message.

    Attributes:
        is_todays: Still due today or late; else it is shown as settled.
    """

    partnership: Partnership
    commitment: Commitment
    is_todays: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """Whom the message is for.

    Attributes:
        id: Of the message, for its buttons.
        name: As shown in Slack; may be empty.
        slack_id: Where others read it, too: the person is mentioned. None: a direct message.
        zone: On whose clock the greeting is.
        put_at: When it was first put, so that the greeting stays.
    """

    id: str
    name: str
    slack_id: str | None
    zone: str
    put_at: datetime


def daily(letter: Letter, items: Sequence[Item], now: datetime) -> Drawn:
    """The message as it stands now; the longest due first, settled items struck out."""
    left = sum(item.is_todays for item in items)
    head = f"{_greeting(letter)} {_counted(left)}"
    blocks: Blocks = [section(head)]
    shown = list(items[:SHOWN_MOST])
    several = len({item.partnership.id for item in items}) > 1
    for _, group in groupby(shown, key=lambda item: item.partnership.id):
        own = list(group)
        if several:
            blocks.append(context(f"*{_partner(own[0])}*"))
        for item in own:
            blocks += _item(item, now)
    more = len(items) - len(shown)
    if more > 0:
        # Who is mentioned may be of the other company, where our commands do not work.
        way = "`/touchbase mine`" if letter.slack_id is None else "*My list*"
        blocks.append(context(f"…and {more} more: {way} shows all."))
    blocks.append(actions(*_ways(letter, left), block_id="daily"))
    return Drawn(
        text=" ".join([head, *(_sentence(_line(i, now)) for i in shown[:3])]), blocks=tuple(blocks)
    )


def past(letter: Letter, items: Sequence[Item], now: datetime) -> Drawn:
    """A message whose shift is over: what stood in it, with nothing to press and nobody called."""
    day = day_words(local(letter.put_at, letter.zone).date())
    head = f"This was for {day}. *My list* shows what is open."
    lines = [_line(item, now, asks=False) for item in items[:SHOWN_MOST]]
    blocks = (section(head), *(section(one) for one in lines))
    return Drawn(text=" ".join([head, *map(_sentence, lines[:3])]), blocks=blocks)


def put_aside(letter: Letter) -> Drawn:
    """After *Not today*."""
    text = f"{_called(letter)}Put aside until your next working day."
    row = actions(button("Stop writing to me", STOP, letter.id), block_id="daily")
    return Drawn(text=text, blocks=(section(text), row))


def stopped(letter: Letter) -> Drawn:
    """After *Stop writing to me*."""
    text = f"{_called(letter)}I write to you no more. Nobody is told."
    row = actions(button("Write to me again", START, letter.id), block_id="daily")
    return Drawn(text=text, blocks=(section(text), row))


def _ways(letter: Letter, left: int) -> list[dict[str, object]]:
    stop = button("Stop writing to me", STOP, letter.id)
    return [button("Not today", NOT_TODAY, letter.id), stop] if left else [stop]


def _item(item: Item, now: datetime) -> Blocks:
    shown = section(_line(item, now))
    row = buttons(item.commitment) if item.is_todays else []
    if not row:
        return [shown]
    return [shown, actions(*row, block_id=f"deliverable-{item.commitment.id}")]


def _sentence(line: str) -> str:
    return line if line.endswith("?") else f"{line}."


def _line(item: Item, now: datetime, *, asks: bool = True) -> str:
    commitment = item.commitment
    subject = f"{titled(commitment)} for {_partner(item)}"
    due = due_words(item.partnership, commitment)
    if commitment.state == "done":
        return f"~{subject}~ done"
    if not commitment.is_open:
        return f"~{subject}~ no longer yours"
    if not item.is_todays:
        return f"{subject}: {'now ' if commitment.moves else ''}due {due}"
    verb = "was due" if commitment.is_late(now) else "due"
    if commitment.state == "proposed" and asks:
        return f"{subject}, {verb} {due}. Will you take it on?"
    return f"{subject}, {verb} {due}"


def _partner(item: Item) -> str:
    return side_name(item.partnership, other_side(item.commitment.side))


def _greeting(letter: Letter) -> str:
    hour = local(letter.put_at, letter.zone).hour
    part = "morning" if 4 <= hour < 12 else "afternoon" if 12 <= hour < 18 else "evening"
    if letter.slack_id is not None:
        return f"{_called(letter)}good {part}."
    first = quoted(letter.name.split(" ")[0], _NAME_MOST)
    return f"Good {part}, {first}." if first else f"Good {part}."


def _called(letter: Letter) -> str:
    return "" if letter.slack_id is None else f"{mention(letter.slack_id)}, "


def _counted(left: int) -> str:
    if left == 0:
        return "Nothing more for today, thank you."
    number = _NUMBERS[left] if left < len(_NUMBERS) else str(left)
    return f"{number} thing{'' if left == 1 else 's'} today:"
