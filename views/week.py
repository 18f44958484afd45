"""The live post *This week*: the next check-in, what is due by side, what waits, who is off."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Final

from domain.boards import Board, DayOff, Due, NextCheckIn, Waiting
from domain.checkins import sides_off_at
from domain.partnerships import Partnership
from domain.people import SIDES, Side, other_side
from views.blocks import Block, Blocks, Drawn, bulleted, context, quoted, section
from views.checkins import off_words
from views.hub import asked_words, hub_buttons
from views.pause import rest_notice
from views.times import begins_at, day_words, fixed, moment_in_zones, when
from views.waits import asked_words as input_words

# Each list stays within one section, whatever was typed.
LINES_MOST: Final = 6
# Slack: the blocks of a message <= 13200 characters in all; what is late makes two lists more.
LINES_BESIDE_LATE: Final = 3
TITLE_MOST: Final = 60

_WAITS_FOR: Final = {
    "accept": "to be accepted or given another date",
    "agree": "to be agreed to or given another time",
    "review": "to be accepted or sent back",
    "answer": "to be answered",
    "confirm": "to be confirmed",
    "choice": "to be chosen",
    "other": "to be settled",
}


def this_week(partnership: Partnership, week_on: date, board: Board) -> Drawn:
    """The post of the week that begins on ``week_on``; it never names a person."""
    title = f"*This week*, {_span(week_on)}"
    parts = [_check_in_line(partnership, board.next_check_in)]
    seen_at = begins_at(week_on)
    most = LINES_BESIDE_LATE if board.late else LINES_MOST
    parts += [_late_part(partnership, side, board.late, (most, seen_at)) for side in SIDES]
    parts += [_due_part(partnership, side, board.due, most) for side in SIDES]
    parts += [_waiting_part(partnership, side, board.waiting, (most, seen_at)) for side in SIDES]
    parts.append(_days_off_part(partnership, board.days_off))
    said = [part for part in parts if part]
    if not board.late and not board.due and not board.waiting:
        said.append("Nothing is due this week, and nothing waits.")
    rest = rest_notice(partnership)
    blocks: Blocks = [section(title), *rest, *(section(part) for part in said)]
    buttons = hub_buttons(partnership.id, board.next_check_in)
    blocks += [buttons, context("I keep this post up to date. Replies below.")]
    return Drawn(text=_one_line(title, partnership, board), blocks=tuple(blocks))


def closed_week(partnership: Partnership, week_on: date, shown: Sequence[Block]) -> Drawn:
    """The same post once the next week has begun: as it stood at its end, without buttons.

    Args:
        shown: The blocks of the post as it was drawn last; none when they are not kept any more.
    """
    # Not "Week of ...": so the summary of the same week begins.
    text = f"The week of {_span(week_on)}, closed."
    names = " and ".join(name_of(partnership, side) for side in SIDES)
    stood = [_without_button(block) for block in shown[1:] if block["type"] == "section"]
    said = "As it stood at its end." if stood else f"This week of {names} is over."
    return Drawn(text=text, blocks=(section(f"*{text}* {said}"), *stood))


def _without_button(block: Block) -> Block:
    """A rest that lasted until the end of the week stands in it with what ends it."""
    kept = {key: part for key, part in block.items() if key != "accessory"}
    words = block["text"]
    return kept | {"text": words | {"text": fixed(words["text"])}}


def _span(week_on: date) -> str:
    return f"{day_words(week_on)} to {day_words(week_on + timedelta(days=6))}"


def _one_line(title: str, partnership: Partnership, board: Board) -> str:
    counted = [
        f"{name_of(partnership, side)}: {_late_words(board, side)}"
        f"{sum(d.side == side for d in board.due)} due,"
        f" {sum(w.side == side for w in board.waiting)} waiting."
        for side in SIDES
    ]
    return " ".join([title + ".", _check_in_line(partnership, board.next_check_in), *counted])


def _late_words(board: Board, side: Side) -> str:
    count = sum(one.side == side for one in board.late)
    return f"{count} late, " if count else ""


def _check_in_line(partnership: Partnership, coming: NextCheckIn | None) -> str:
    if coming is None:
        return "Next check-in: none planned yet."
    zones = [
        partnership.side(s).calendar.zone for s in (partnership.home_side, _guest(partnership))
    ]
    asked = asked_words(partnership, coming)
    takes = "in writing" if coming.is_written else f"{coming.minutes} min"
    return (
        f"Next check-in: *{quoted(coming.title, TITLE_MOST)}*,"
        f" {when(coming.starts_at, zones[0], coming.seen_at)},"
        f" {takes} ({moment_in_zones(coming.starts_at, zones, coming.seen_at)})"
        f"{f', {asked}' if asked else ''}."
        f"{_off(partnership, coming)}"
    )


def _off(partnership: Partnership, coming: NextCheckIn) -> str:
    """That a side does not work on that day."""
    sides = sides_off_at(partnership, coming.starts_at)
    return "".join(f" {off_words(partnership, side, coming.starts_at)}." for side in sides)


def _late_part(
    partnership: Partnership, side: Side, every: Iterable[Due], shown: tuple[int, datetime]
) -> str:
    """``shown``: how many at most, and when."""
    most, seen_at = shown
    zone = partnership.side(side).calendar.zone
    own = [late for late in every if late.side == side]
    lines = [
        f"{_linked(one.title, one.link)}, since {when(one.due_at, zone, seen_at)}"
        f"{_unanswered(partnership, one.unanswered)}"
        for one in own
    ]
    return _part(f"*Late from {name_of(partnership, side)}*", lines, most)


def _unanswered(partnership: Partnership, asked: Waiting | None) -> str:
    if asked is None:
        return ""
    words = input_words(partnership, (asked.title, asked.side, asked.since))
    return f". It waits for {words}."


def _due_part(partnership: Partnership, side: Side, every: Iterable[Due], most: int) -> str:
    zone = partnership.side(side).calendar.zone
    own = [due for due in every if due.side == side]
    lines = [f"{_linked(due.title, due.link)}, {when(due.due_at, zone)}" for due in own]
    return _part(f"*Due from {name_of(partnership, side)}*", lines, most)


def _waiting_part(
    partnership: Partnership, side: Side, every: Iterable[Waiting], shown: tuple[int, datetime]
) -> str:
    """``shown``: how many at most, and when."""
    most, seen_at = shown
    zone = partnership.side(side).calendar.zone
    own = [waiting for waiting in every if waiting.side == side]
    lines = [
        f"{_linked(one.title, one.link)}, {_WAITS_FOR[one.waits_for]},"
        f" since {when(one.since, zone, seen_at)}"
        for one in own
    ]
    return _part(f"*Waiting for {name_of(partnership, side)}*", lines, most)


def _days_off_part(partnership: Partnership, every: Iterable[DayOff]) -> str:
    lines = [
        f"{name_of(partnership, off.side)} is off on {day_words(off.day_on)}"
        + (f" ({quoted(off.label, TITLE_MOST)})" if off.label else "")
        for off in every
    ]
    return _part("*Days off*", lines, LINES_MOST)


def _part(title: str, lines: list[str], most: int) -> str:
    if not lines:
        return ""
    return f"{title}: {len(lines)}\n{bulleted(lines, most)}"


def _linked(title: str, link: str | None) -> str:
    shown = quoted(title, TITLE_MOST)
    return shown if link is None else f"{shown} (<{link}|see>)"


def _guest(partnership: Partnership) -> Side:
    return other_side(partnership.home_side)


def name_of(partnership: Partnership, side: Side) -> str:
    """A side's name, safe in our own words."""
    return quoted(partnership.side(side).name, TITLE_MOST)
