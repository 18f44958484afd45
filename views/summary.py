"""The weekly summary as both sides read it; its draft is not here."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from domain.checkin_gaps import held_by
from domain.checkins import CheckIn
from domain.deliverables import Commitment, State
from domain.findings import Finding, Kind
from domain.partnerships import Partnership
from domain.people import SIDES
from domain.summaries import Settled, Summary, UnknownFinding
from domain.zones import local
from views.blocks import (
    Block,
    Blocks,
    Drawn,
    actions,
    button,
    context,
    divider,
    modal,
    plural,
    quoted,
    section,
)
from views.gaps import (
    LIST,
    Notes,
    entry,
    fitting,
    line,
    remedies,
    turn_name,
    why_button,
)
from views.own_remedies import Viewer, own_remedies
from views.times import begins_at, day_words, moment_in_zones, moment_words
from views.week import name_of

PUBLISH: Final = "summary.publish"
READ: Final = "summary.read"
READ_VIEW: Final = "summary.read_view"

LINES_MOST: Final = 12
# Slack: the blocks of a message <= 13200 characters in all
LINES_TEXT_MOST: Final = 8000
SETTLED_MOST: Final = 8
_TITLE_MOST: Final = 120
_SETTLED: Final[Mapping[Kind, str]] = {
    "silence": "a message in the channel",
    "low_response": "answers to the pulse",
    "nothing_planned": "a next check-in",
    "undecided": "a proposal",
    "topic": "a topic of check-ins",
}
_BECAME: Final[Mapping[State, str]] = {
    "done": "done",
    "withdrawn": "taken back",
    "declined": "not taken on",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """How a summary is shown.

    Attributes:
        settled: Of the lines with which it was told, those that are settled since.
        lead: Who reads their own copy, from which they choose where it is posted; None: both
            sides read it.
    """

    notes: Notes
    settled: Sequence[Settled] = ()
    lead: Viewer | None = None


def summary(told: Summary, shown: Shown) -> Drawn:
    """The summary of a week; the same text in the channel and in the leads' copies."""
    partnership = told.partnership
    head = headline(told, shown.settled)
    blocks: Blocks = [section(f"*{head}*" if told.is_quiet else head)]

    def drawn(one: Finding) -> Blocks:
        reader = shown.lead
        mending = (
            remedies(partnership, one) if reader is None else own_remedies(partnership, one, reader)
        )
        row = [*mending, why_button(partnership, one)]
        return entry(partnership, one, row, shown.notes)

    blocks += _fitting(partnership, told.open, drawn, LINES_MOST)
    good = good_words(told)
    if good:
        blocks += [divider(), section(" ".join(good))]
    if shown.settled:
        blocks.append(context(settled_words(partnership, shown.settled)))
    if told.unheard:
        blocks.append(context(unheard_words(told)))
    if shown.lead is not None:
        blocks += map(dict, where_it_stands(partnership).blocks)
    lines = [line(partnership, one) for one in told.open[:LINES_MOST]]
    since = [settled_words(partnership, shown.settled)] if shown.settled else []
    return Drawn(text=" ".join([head, *lines, *good, *since]), blocks=tuple(blocks))


def headline(told: Summary, settled: Sequence[Settled]) -> str:
    week = f"Week of {day_words(told.week_on)}."
    count = sum(1 for one in told.open if one.kind != "slipping")
    was_open = any(one.kind != "slipping" for one in settled)
    if not count:
        return f"{week} Nothing is open{' any more' if was_open else ''}."
    if count == 1:
        return f"*{week}* One thing is open, with a next step."
    return f"*{week}* {plural(count, 'thing')} are open, each with a next step."


def settled_words(partnership: Partnership, settled: Sequence[Settled]) -> str:
    shown = [_settled_line(partnership, one) for one in settled[:SETTLED_MOST]]
    left = len(settled) - len(shown)
    rest = f"; and {left} more" if left else ""
    return f"Settled since: {'; '.join(shown)}{rest}."


def _settled_line(partnership: Partnership, one: Settled) -> str:
    """In the form "*Training deck* (Globalcall), now Thu 19 Nov"."""
    owed = one.owed
    title = one.title if owed is None else owed.title
    what_it_is = _short(title) if title else _SETTLED.get(one.kind, "a line")
    named = f"{what_it_is} ({turn_name(partnership, one.turn)})"
    return named if owed is None else f"{named}, {_became(partnership, one.kind, owed)}"


def _became(partnership: Partnership, kind: Kind, owed: Commitment) -> str:
    if owed.state in _BECAME:
        return _BECAME[owed.state]
    first, now = (
        local(at, partnership.side(owed.side).calendar.zone).date()
        for at in (owed.first_due_at, owed.due_at)
    )
    day = day_words(now, first)
    return f"taken on for {day}" if kind == "not_accepted" else f"now {day}"


def good_words(told: Summary) -> list[str]:
    partnership = told.partnership
    words = []
    if told.promised:
        words.append(f"Kept: {told.kept} of {plural(told.promised, 'promise')}.")
    words += [_held_words(partnership, one) for one in told.held[:3]]
    if told.early is not None:
        side = name_of(partnership, told.early.side)
        words.append(f"{_titled(told.early.title)} came early: thank you, {side}.")
    coming = _coming_words(told)
    if coming:
        words.append(f"Next: {'; '.join(coming)}.")
    return words


def _held_words(partnership: Partnership, one: CheckIn) -> str:
    by = held_by(one)
    says = "" if by == SIDES else f"{name_of(partnership, by[0])} says that "
    return f"{says}{_titled(one.title)} took place."


def _coming_words(told: Summary) -> list[str]:
    partnership = told.partnership
    words = []
    if told.next_check_in is not None:
        # The day itself: what is told is read for longer than a day.
        sides = (partnership.home_side, partnership.guest_side)
        zones = [partnership.side(side).calendar.zone for side in sides]
        starts = moment_in_zones(told.next_check_in.starts_at, zones, begins_at(told.week_on))
        words.append(f"{_titled(told.next_check_in.title)}, {starts}")
    return words + [_due_words(partnership, one, told.week_on) for one in told.next_due]


def _due_words(partnership: Partnership, one: Commitment, seen_on: date) -> str:
    zone = partnership.side(one.side).calendar.zone
    day = day_words(local(one.due_at, zone).date(), seen_on)
    return f"{_titled(one.title)} ({name_of(partnership, one.side)}), {day}"


def unheard_words(told: Summary) -> str:
    zone = told.partnership.side(told.partnership.home_side).calendar.zone
    stretches = [
        f"{moment_words(one.from_at, zone)} to {moment_words(one.until_at, zone)}"
        for one in told.unheard[:4]
    ]
    more = len(told.unheard) - len(stretches)
    rest = f", and {plural(more, 'more time')}" if more else ""
    return (
        f"I was not listening from {', '.join(stretches)}{rest}: about these hours I say nothing."
    )


def where_it_stands(partnership: Partnership) -> Drawn:
    """Below a lead's own copy: who reads it, and a way to have it in the channel."""
    if partnership.summary_is_public:
        text = "From next week on this is posted in the channel."
        return Drawn(text=text, blocks=(context(text),))
    wanting = [name_of(partnership, side) for side in SIDES if side in partnership.public_summary]
    text = "Only the leads of both sides see this."
    if wanting:
        text += f" {wanting[0]} wants it in the channel."
    press = button("Post these from now on", PUBLISH, partnership.id)
    return Drawn(text=text, blocks=(context(text), actions(press, block_id="publish")))


def read_button(partnership: Partnership, week_on: date, label: str = "Read it") -> Block:
    """Opens the summary of a week, or what a side's leads may read of it so far."""
    return button(label, READ, f"{partnership.id}/{week_on.isoformat()}")


def week_named(value: str) -> tuple[str, date]:
    """The partnership's id and the Monday in the value of a ``read_button``.

    Raises:
        UnknownFinding: It is none of ours.
    """
    partnership_id, _, day = value.partition("/")
    try:
        return partnership_id, date.fromisoformat(day)
    except ValueError:
        raise UnknownFinding from None


def form(value: str, blocks: Blocks, *, is_draft: bool) -> Block:
    """The summary or its draft as a form, for one lead. ``value``: of the button that opened it."""
    title = "Draft of the summary" if is_draft else "Summary of the week"
    return modal(READ_VIEW, title, blocks, metadata=json.dumps({"summary": value}))


def _fitting(
    partnership: Partnership,
    every: Sequence[Finding],
    draw: Callable[[Finding], Blocks],
    most: int,
) -> Blocks:
    """The lines that fit, and where there are more, the button that shows all."""
    blocks = fitting(every, draw, most=most, text_most=LINES_TEXT_MOST)
    is_cut = bool(blocks) and blocks[-1]["type"] == "context"
    if is_cut:
        blocks.append(actions(button("See all", LIST, partnership.id), block_id="more"))
    return blocks


def _titled(title: str) -> str:
    return f"*{quoted(title, _TITLE_MOST)}*"


def _short(title: str) -> str:
    return f"*{quoted(title, 60)}*"
