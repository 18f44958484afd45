"""Days off of a whole side, said back to the lead who said them, and their form."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from domain.away import AwayTrouble, UnclearAbsence
from domain.partnerships import NoPartnershipHere, Partnership
from domain.people import Side, other_side
from views.blocks import (
    Block,
    Drawn,
    actions,
    button,
    context,
    field,
    modal,
    plural,
    quoted,
    section,
    text_input,
)
from views.times import day_words

OPEN: Final = "dayoff.open"
UNDO: Final = "dayoff.undo"
FORM: Final = "dayoff.form"
LABEL_MOST: Final = 60

_TROUBLES: Final[Mapping[AwayTrouble, str]] = {
    "until": "Which day or days is the whole side off?",
    "past": "That is past already. From today on, which days?",
    "ambiguous": "I am not sure which days you mean.",
    "impossible": "There is no such day. Please check the dates.",
    "reversed": "The last day comes before the first one, so nothing was noted.",
    "too_long": "At most 31 days at once, please.",
    "too_far": "That begins more than two years from now. Please check the dates.",
    "half_of_days": "A day off is a whole day.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Undone:
    """What a button *Undo* names."""

    partnership_id: str
    side: Side
    days: tuple[date, ...]


def label(typed: str) -> str | None:
    """The word that stands beside the day; None when nothing was typed."""
    return " ".join(typed.split())[:LABEL_MOST] or None


def noted(
    partnership: Partnership, side: Side, days: Sequence[date], added: Sequence[date]
) -> Drawn:
    """What was understood. ``added``: those of the days that were not days off before."""
    name = quoted(partnership.side(side).name, 60)
    text = f"{name} is off {_span(days)}. *This week* shows it to both sides."
    blocks: list[Block] = [section(text)]
    if added:
        value = "|".join((partnership.id, side, *(day.isoformat() for day in added)))
        blocks.append(actions(button("Undo", UNDO, value), block_id="dayoff"))
    blocks.append(
        context(
            "No working time of that side passes then; what is due that day waits until the next."
        )
    )
    return Drawn(text=text, blocks=tuple(blocks))


def for_one_side(partnership: Partnership, side: Side, drawn: Drawn) -> Drawn:
    """The same answer to somebody who meant both sides."""
    them = quoted(partnership.side(other_side(side)).name, 60)
    note = f"For {them} a lead of {them} says so; I noted it for your side alone."
    return Drawn(text=f"{drawn.text} {note}", blocks=(*drawn.blocks, context(note)))


def undone(partnership: Partnership, side: Side, days: Sequence[date]) -> Drawn:
    name = quoted(partnership.side(side).name, 60)
    text = f"Taken back: {name} works {_span(days)} as usual."
    return Drawn(text=text, blocks=(section(text),))


def read_undo(value: str) -> Undone:
    """What a button carries.

    Raises:
        NoPartnershipHere: It is not what was put there.
    """
    partnership_id, _, rest = value.partition("|")
    side, *days = rest.split("|")
    try:
        read = tuple(date.fromisoformat(day) for day in days)
    except ValueError as error:
        raise NoPartnershipHere("") from error
    if side not in {"client", "vendor"}:
        raise NoPartnershipHere("")
    named: Side = "client" if side == "client" else "vendor"
    return Undone(partnership_id=partnership_id, side=named, days=read)


def asked(partnership: Partnership, unclear: UnclearAbsence) -> Drawn:
    example = 'As in: `dayoff today "typhoon"`, `dayoff 24-26 dec`.'
    text = f"{_TROUBLES[unclear.trouble]} {example}"
    return Drawn(
        text=text, blocks=(section(text), actions(button("Pick days", OPEN, partnership.id)))
    )


def form(partnership: Partnership, side: Side, today: date) -> Block:
    """The form of a lead, for the own side."""
    name = quoted(partnership.side(side).name, 60)
    carried = {"partnership": partnership.id, "channel": partnership.channel}
    shown = text_input(placeholder="Typhoon", most=LABEL_MOST)
    blocks = [
        section(f"Days on which nobody of {name} works. *This week* shows them to both sides."),
        field("from", "First day", _day(today)),
        field("until", "Last day", _day(today)),
        field("label", "Shown beside it", shown, optional=True),
    ]
    return modal(FORM, "Day off", blocks, submit="Save", metadata=json.dumps(carried))


def _span(days: Sequence[date]) -> str:
    if len(days) == 1:
        return day_words(days[0])
    return f"{day_words(days[0])} to {day_words(days[-1])} ({plural(len(days), 'day')})"


def _day(day: date) -> Block:
    return {"type": "datepicker", "action_id": "value", "initial_date": day.isoformat()}
