"""Questions before a check-in is changed, and the private list of check-ins, with their buttons."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from domain.cadences import InThePast
from domain.checkin_moves import Ahead, Change, NoNewTime, new_start, plan_moved
from domain.partnerships import Partnership
from views.blocks import (
    Block,
    Blocks,
    Drawn,
    actions,
    button,
    confirm,
    context,
    quoted,
    section,
)
from views.checkin_changes import rhythm
from views.checkin_drafts import FORM_OPEN
from views.checkin_hours import concerns, in_brackets
from views.checkin_values import CHANGE_OPEN, END, MOVE, MOVE_ALL, SKIP, write
from views.checkins import both_zones
from views.times import moment_in_zones
from views.words.due import DueRead

ASKED_MOST: Final = 8
# Slack: a button's value <= 2000 characters, and some of them count twice
_WORDS_MOST: Final = 800
_TITLE_MOST: Final = 80
_REASON_MOST: Final = 150


def start_meant(ahead: Ahead, due: DueRead, zone: str, their_zone: str, now: datetime) -> datetime:
    """The new start of one turn by what was typed.

    Args:
        zone: The writer's; ``their_zone`` the other side's, for "their time".

    Raises:
        NoNewTime; InThePast.
    """
    if due.question is not None:
        raise NoNewTime(due.question)
    clock = their_zone if due.theirs else due.zone or zone
    found = new_start(ahead, day=due.day, at=due.at, day_said=due.day_said, zone=clock)
    if found <= now:
        raise InThePast(found)
    return found


def ask_move(
    partnership: Partnership, moves: Sequence[tuple[Ahead, datetime]], reason: str
) -> Drawn:
    """Which one is moved, and only this one or all that follow; the new time in both zones."""
    blocks: Blocks = []
    lines = []
    for ahead, to_at in moves[:ASKED_MOST]:
        zones = both_zones(partnership)
        warned = in_brackets(concerns(partnership, to_at))
        line = f"{_named(partnership, ahead)} moves to *{moment_in_zones(to_at, zones)}*{warned}."
        if reason:
            line += f" Reason: “{quoted(reason, _REASON_MOST)}”."
        change = Change(
            what="move",
            cadence_id=ahead.cadence.id,
            original=ahead.original,
            to_at=to_at,
            reason=reason,
        )
        row = [button("Move this one", MOVE, write(change), style="primary")]
        if plan_moved(ahead.cadence.plan, ahead.original, to_at) is not None:
            row.append(button("Move all from then on", MOVE_ALL, write(change)))
        row.append(button("Another time", CHANGE_OPEN, write(change)))
        blocks += [section(line), _row(row, ahead)]
        lines.append(line)
    return _asked(lines, blocks)


def ask_skip(partnership: Partnership, found: Sequence[Ahead], *, ending: bool) -> Drawn:
    """Which one is skipped; when ``ending``, perhaps the whole cadence is meant."""
    blocks: Blocks = []
    lines = []
    for ahead in found[:ASKED_MOST]:
        line = f"{_named(partnership, ahead)}."
        change = Change(what="skip", cadence_id=ahead.cadence.id, original=ahead.original)
        row = [button("Skip this one", SKIP, write(change))]
        if ending:
            row.append(_end_button(ahead, write(change)))
        row.append(button("With a reason", CHANGE_OPEN, write(change)))
        blocks += [section(line), _row(row, ahead)]
        lines.append(line)
    return _asked(lines, blocks)


def listed(partnership: Partnership, found: Sequence[Ahead], *, may_create: bool) -> Drawn:
    """The check-ins of a partnership, each with its next turn."""
    lines = [_listed(partnership, ahead) for ahead in found[:ASKED_MOST]]
    text = " ".join(lines) or "No check-in is planned."
    blocks = planned(partnership, found) or (section(text),)
    if may_create:
        new = button("New check-in", FORM_OPEN, write_words(partnership.id, ""))
        blocks = (*blocks, actions(new))
    return Drawn(text=text, blocks=blocks)


def planned(partnership: Partnership, found: Sequence[Ahead]) -> tuple[Block, ...]:
    """One line with a button for each check-in that there is."""
    blocks = [
        section(
            _listed(partnership, ahead),
            accessory=button("Change", CHANGE_OPEN, write(_no_change(ahead))),
            block_id=_id_of(ahead),
        )
        for ahead in found[:ASKED_MOST]
    ]
    if len(found) > ASKED_MOST:
        blocks.append(context(f"…and {len(found) - ASKED_MOST} more"))
    return tuple(blocks)


def asked_for_more(partnership: Partnership, question: str, words: str) -> Drawn:
    """Words that are not enough for a check-in, with a way to the form."""
    fill_in = button("Fill in the form", FORM_OPEN, write_words(partnership.id, words))
    return Drawn(text=question, blocks=(section(question), actions(fill_in)))


def write_words(partnership_id: str, words: str) -> str:
    """What was typed, as the value of a button that opens the form."""
    carried = {"partnership": partnership_id, "words": words[:_WORDS_MOST]}
    return json.dumps(carried, ensure_ascii=False)


def _end_button(ahead: Ahead, value: str) -> Block:
    sure = confirm(
        "End this check-in?",
        f"No further turns of {quoted(ahead.cadence.title, _TITLE_MOST)} are planned."
        " Both sides read it. It can be taken back for a day.",
        "End it",
    )
    return button("End all of them", END, value, style="danger", confirm=sure)


def _named(partnership: Partnership, ahead: Ahead) -> str:
    title = quoted(ahead.cadence.title, _TITLE_MOST)
    return f"*{title}*, {moment_in_zones(ahead.starts_at, both_zones(partnership))}"


def _row(buttons: Sequence[Block], ahead: Ahead) -> Block:
    return actions(*buttons, block_id=_id_of(ahead))


def _id_of(ahead: Ahead) -> str:
    return f"{ahead.cadence.id}/{ahead.original:%Y%m%dT%H%M}"


def _no_change(ahead: Ahead) -> Change:
    return Change(what="move", cadence_id=ahead.cadence.id, original=ahead.original)


def _listed(partnership: Partnership, ahead: Ahead) -> str:
    return f"{_named(partnership, ahead)}. {rhythm(ahead.cadence)}"


def _asked(lines: Sequence[str], blocks: Blocks) -> Drawn:
    note = "Nothing is changed before you press."
    return Drawn(text=" ".join([*lines, note]), blocks=(*blocks, context(note)))
