"""Questions before a check-in is changed, and the private list of check-ins, with their buttons."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from domain.cadences import InThePast
from domain.checkin_moves import (
    Ahead,
    Change,
    NoNewTime,
    following_of,
    new_start,
    other_form_of,
)
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
from views.checkin_hours import concerns, in_brackets, shared_words
from views.checkin_values import (
    CHANGE_OPEN,
    END,
    END_FROM,
    MOVE,
    MOVE_ALL,
    MOVE_ALL_OTHER,
    SKIP,
    asked_row,
    write,
)
from views.checkins import both_zones
from views.rhythms import say_rule
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
    partnership: Partnership, moves: Sequence[tuple[Ahead, datetime]], reason: str, now: datetime
) -> Drawn:
    """Whether only this one is moved or all that follow; the new time in both zones."""
    blocks: Blocks = []
    lines = []
    for ahead, to_at in moves[:ASKED_MOST]:
        zones = both_zones(partnership)
        warned = in_brackets(concerns(partnership, to_at))
        line = f"{_named(partnership, ahead)} moves to *{moment_in_zones(to_at, zones)}*{warned}."
        change = replace(_no_change(ahead), to_at=to_at, reason=reason)
        row = [
            button("Move this one", MOVE, write(change), style="primary"),
            *_for_all(ahead, change),
            button("Another time", CHANGE_OPEN, write(change)),
        ]
        instead = shared_words(partnership, to_at, ahead.cadence.plan.length, now)
        line += f" {instead}{_reason_words(reason)}" if instead else _reason_words(reason)
        blocks += [section(line), _row(row, ahead, to_at)]
        lines.append(line)
    return _asked(lines, blocks)


def ask_which(
    partnership: Partnership, moves: Sequence[tuple[Ahead, datetime]], reason: str
) -> Drawn:
    """Which of several check-ins is moved: a line each, whose button opens the form, filled in."""
    lines, blocks = [], []
    for ahead, to_at in moves[:ASKED_MOST]:
        line = f"{_named(partnership, ahead)}."
        change = replace(_no_change(ahead), to_at=to_at, reason=reason)
        this_one = button("This one", CHANGE_OPEN, write(change))
        blocks.append(section(line, accessory=this_one, block_id=_id_of(ahead)))
        lines.append(line)
    if len(moves) > ASKED_MOST:
        blocks.append(context(f"…and {len(moves) - ASKED_MOST} more; say its name, too."))
    question = f"Which check-in moves?{_reason_words(reason)}"
    return _asked([question, *lines], [section(question), *blocks])


def _for_all(ahead: Ahead, change: Change) -> Blocks:
    """The buttons that move all that follow: two where date and weekday are two things."""
    assert change.to_at is not None  # a move has its new start
    plan = ahead.cadence.plan
    same = following_of(plan, ahead.original, change.to_at)
    other = other_form_of(plan, ahead.original, change.to_at)
    found = []
    if same is not None:
        label = "Move all from then on" if other is None else f"All: {say_rule(same.rule)}"
        found.append(button(label, MOVE_ALL, write(change)))
    if other is not None:
        value = write(replace(change, following=other))
        found.append(button(f"All: {say_rule(other.rule)}", MOVE_ALL_OTHER, value))
    return found


def ask_skip(
    partnership: Partnership, found: Sequence[Ahead], reason: str, *, ending: bool
) -> Drawn:
    """Which one is skipped; when ``ending``, perhaps all that follow or the whole are meant."""
    blocks: Blocks = []
    lines = []
    for ahead in found[:ASKED_MOST]:
        line = f"{_named(partnership, ahead)}.{_reason_words(reason)}"
        change = Change(
            what="skip", cadence_id=ahead.cadence.id, original=ahead.original, reason=reason
        )
        row = [button("Skip this one", SKIP, write(change))]
        if ending:
            row += _end_buttons(ahead, change)
        label = "Another reason" if reason else "With a reason"
        row.append(button(label, CHANGE_OPEN, write(change)))
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


def _end_buttons(ahead: Ahead, change: Change) -> Blocks:
    """This one and all that follow, where others come before it; all of them."""
    title = quoted(ahead.cadence.title, _TITLE_MOST)
    sure = confirm(
        "End this check-in?",
        f"No further turns of {title} are planned."
        " Both sides read it. It can be taken back for a day.",
        "End it",
    )
    value = write(change)
    from_here = button("This one and all that follow", END_FROM, value)
    every = button("End all of them", END, value, style="danger", confirm=sure)
    return [every] if ahead.is_next else [from_here, every]


def _reason_words(reason: str) -> str:
    return f" Reason: “{quoted(reason, _REASON_MOST)}”." if reason else ""


def _named(partnership: Partnership, ahead: Ahead) -> str:
    title = quoted(ahead.cadence.title, _TITLE_MOST)
    return f"*{title}*, {moment_in_zones(ahead.starts_at, both_zones(partnership))}"


def _row(buttons: Sequence[Block], ahead: Ahead, to_at: datetime | None = None) -> Block:
    to = "" if to_at is None else f"/{to_at:%Y%m%dT%H%M}"
    return actions(*buttons, block_id=asked_row(f"{_id_of(ahead)}{to}"))


def _id_of(ahead: Ahead) -> str:
    return f"{ahead.cadence.id}/{ahead.original:%Y%m%dT%H%M}"


def _no_change(ahead: Ahead) -> Change:
    return Change(what="move", cadence_id=ahead.cadence.id, original=ahead.original)


def _listed(partnership: Partnership, ahead: Ahead) -> str:
    return f"{_named(partnership, ahead)}. {rhythm(ahead.cadence)}"


def _asked(lines: Sequence[str], blocks: Blocks) -> Drawn:
    note = "Nothing is changed before you press."
    return Drawn(text=" ".join([*lines, note]), blocks=(*blocks, context(note)))
