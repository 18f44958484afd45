"""The one message a working day, over all partnerships; subjects draw what stands in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from domain.zones import local
from views.blocks import Blocks, Drawn, actions, button, cut, mention, quoted, section
from views.daily_sections import SHOWN_MOST, Section, blocks_of
from views.daily_settings import opener
from views.times import day_words, fixed

NOT_TODAY: Final = "daily.not_today"
UNDO: Final = "daily.undo"
STOP: Final = "daily.stop"
START: Final = "daily.start"

_NAME_MOST: Final = 40
# What is told of each section where only text is shown.
_LINES_TOLD: Final = 3
# Slack: section text <= 3000 characters, blocks of a message <= 13200 in all
_PAST_LINE_MOST: Final = 800
_NUMBERS: Final = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine")


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """Whom the message is for.

    Attributes:
        id: Of the message, for its buttons.
        name: As shown in Slack; may be empty.
        slack_id: Where others read it, too: the person is mentioned. None: a direct message.
        zone: On whose clock the greeting is.
        put_at: When it was first put, so that the greeting stays.
        day_on: The day on which its shift began.
        takes_part: Else there is nothing to choose about what they are told.
    """

    id: str
    name: str
    slack_id: str | None
    zone: str
    put_at: datetime
    day_on: date
    takes_part: bool = True


def daily(letter: Letter, sections: Sequence[Section]) -> Drawn:
    """The message as it stands now."""
    left = sum(piece.is_todays for one in sections for piece in one.pieces)
    head = f"{_greeting(letter)} {_counted(left, sections)}"
    blocks: Blocks = [section(head), *blocks_of(sections)]
    may_wait = any(block["type"] == "actions" for block in blocks)
    blocks.append(actions(*_ways(letter, may_wait=may_wait), block_id="daily"))
    return Drawn(text=" ".join([head, *_told(sections)]), blocks=tuple(blocks))


def past(letter: Letter, sections: Sequence[Section]) -> Drawn:
    """A message whose shift is over: what stood in it, and of that only what lasts longer live."""
    head = f"This was for {day_words(letter.day_on)}. *My list* shows what is open."
    lasting = [one for one in sections if one.is_live]
    gone = [piece.line for one in sections if not one.is_live for piece in one.pieces]
    # Beside what is live there is room for a few lines only.
    lines = [
        cut(fixed(line), _PAST_LINE_MOST) for line in gone[: _LINES_TOLD if lasting else SHOWN_MOST]
    ]
    shown = blocks_of(lasting, lines=len(lines), text=sum(map(len, lines)))
    blocks = [section(head), *map(section, lines), *shown]
    return Drawn(text=" ".join([head, *_told(sections)]), blocks=tuple(blocks))


def put_aside(letter: Letter) -> Drawn:
    """After *Put all off*."""
    text = f"{_called(letter)}Put aside until your next working day."
    undo = button("Undo", UNDO, letter.id)
    row = actions(undo, *_ways(letter, may_wait=False), block_id="daily")
    return Drawn(text=text, blocks=(section(text), row))


def stopped(letter: Letter) -> Drawn:
    """After *Stop writing to me*."""
    text = f"{_called(letter)}I write to you no more. Nobody is told."
    row = actions(button("Write to me again", START, letter.id), block_id="daily")
    return Drawn(text=text, blocks=(section(text), row))


def _ways(letter: Letter, *, may_wait: bool) -> list[dict[str, object]]:
    stop = button("Stop writing to me", STOP, letter.id)
    if not letter.takes_part:
        return [stop]
    ways = [opener(), stop]
    return [button("Put all off", NOT_TODAY, letter.id), *ways] if may_wait else ways


def _told(sections: Sequence[Section]) -> list[str]:
    told = []
    for one in sections:
        heads = [] if one.head is None else [one.head]
        told += [*heads, *(_sentence(piece.line) for piece in one.pieces[:_LINES_TOLD])]
    return told


def _sentence(line: str) -> str:
    return line if line.endswith(("?", ".", ":")) else f"{line}."


def _greeting(letter: Letter) -> str:
    hour = local(letter.put_at, letter.zone).hour
    part = "morning" if 4 <= hour < 12 else "afternoon" if 12 <= hour < 18 else "evening"
    if letter.slack_id is not None:
        return f"{_called(letter)}good {part}."
    first = quoted(letter.name.split(" ")[0], _NAME_MOST)
    return f"Good {part}, {first}." if first else f"Good {part}."


def _called(letter: Letter) -> str:
    return "" if letter.slack_id is None else f"{mention(letter.slack_id)}, "


def _counted(left: int, sections: Sequence[Section]) -> str:
    if left:
        number = _NUMBERS[left] if left < len(_NUMBERS) else str(left)
        return f"{number} thing{'' if left == 1 else 's'} today:"
    pieces = [piece for one in sections for piece in one.pieces]
    if any(piece.is_coming for piece in pieces):
        return "Nothing is due today; this comes next:"
    is_news = any(piece.is_known for piece in pieces)
    if not sections or (any(one.is_owed for one in sections) and not is_news):
        return "Nothing more for today, thank you."
    return "This is new:"
