"""Time away said back to whoever typed it, and its form; no reason stands anywhere."""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from domain import zones
from domain.away import Absence, AwayTrouble, UnclearAbsence
from domain.calendars import Away
from views.blocks import (
    Block,
    Drawn,
    actions,
    button,
    context,
    field,
    modal,
    option,
    section,
    select,
)
from views.times import day_words, place_of

UNDO: Final = "away.undo"
CHANGE: Final = "away.change"
AGAIN: Final = "away.again"
FORM: Final = "away.form"

_MIDNIGHT_GRACE: Final = timedelta(microseconds=1)
_PARTS: Final = (
    ("whole", "Whole days"),
    ("first", "The first half of the shift"),
    ("second", "The second half of the shift"),
)
_TROUBLES: Final[Mapping[AwayTrouble, str]] = {
    "until": "From when until when are you away?",
    "past": "That is past already. Which days to come?",
    "ambiguous": "I am not sure which days you mean.",
    "impossible": "There is no such day. Please check the dates.",
    "reversed": "The last day comes before the first one, so nothing was noted.",
    "too_long": "That is longer than two years, the most at once. Please check the dates.",
    "too_far": "That begins more than two years from now, the furthest. Please check the dates.",
    "half_of_days": "Half a day can be taken of one day only.",
}
_EXAMPLE: Final = "As in: `away until monday`, `ooo 24-28 dec`, `off fri pm`, `sick today`."


def last_day(until_at: datetime) -> date:
    """The last day of a stretch whose end is not part of it."""
    return (until_at - _MIDNIGHT_GRACE).date()


def noted(absence: Away, zone: str, away_id: str | None) -> Drawn:
    """What was understood, with its weekdays. ``away_id`` None: noted before, nothing to press."""
    text = f"You are away {span_words(absence.from_at, absence.until_at, zone)}, {place_of(zone)}."
    blocks: list[Block] = [section(text)]
    if away_id is not None:
        buttons = (button("Undo", UNDO, away_id), button("Change", CHANGE, away_id))
        blocks.append(actions(*buttons, block_id="away"))
    blocks.append(context("I write nothing to you then. `back` ends it; why is not kept."))
    return Drawn(text=text, blocks=tuple(blocks))


def asked(error: UnclearAbsence) -> Drawn:
    """What is asked when the words say no days, or days that cannot be."""
    text = f"{_TROUBLES[error.trouble]} {_EXAMPLE}"
    shown = button("Pick days", CHANGE, "new")
    return Drawn(text=text, blocks=(section(text), actions(shown)))


def trouble_words(error: UnclearAbsence) -> str:
    if error.field == "part" or error.trouble in {"impossible", "reversed", "too_long", "too_far"}:
        return _TROUBLES[error.trouble]
    return f"{_TROUBLES[error.trouble]} {_EXAMPLE}"


def undone() -> Drawn:
    return _said("Taken back: you are not away then.")


def nothing_to_undo() -> Drawn:
    return _said("This is not noted any more, so nothing was changed.")


def welcome(ended: Absence | None) -> Drawn:
    """After *back*. ``ended`` None: it was said before."""
    text = "Welcome back."
    if ended is None:
        return _said(text)
    value = f"{ended.id}|{int(ended.from_at.timestamp())}|{int(ended.until_at.timestamp())}"
    return Drawn(text=text, blocks=(section(text), actions(button("Undo", AGAIN, value))))


def not_away(coming: Absence | None, zone: str) -> Drawn:
    """Who is not away has nothing to end; what is to come can be taken back."""
    if coming is None:
        return _said("You are not away, as far as I know.")
    text = f"You are not away now, but {span_words(coming.from_at, coming.until_at, zone)}."
    shown = button("Take it back", UNDO, coming.id)
    return Drawn(text=text, blocks=(section(text), actions(shown)))


def read_again(value: str) -> Absence:
    """What the button *Undo* of *back* carries.

    Raises:
        UnclearAbsence: It is not what was put there.
    """
    away_id, _, moments = value.partition("|")
    from_text, _, until_text = moments.partition("|")
    if not (from_text.isdigit() and until_text.isdigit() and len(until_text) <= 11):
        raise UnclearAbsence("until")
    start, end = (datetime.fromtimestamp(int(text), UTC) for text in (from_text, until_text))
    return Absence(id=away_id, from_at=start, until_at=end)


def form(absence: Absence | None, zone: str, today: date, *, channel: str | None) -> Block:
    """The form, filled in with an absence or with today."""
    first, last = today, today
    if absence is not None:
        first = zones.local(absence.from_at, zone).date()
        last = max(first, last_day(zones.local(absence.until_at, zone)))
    carried = {"away": "" if absence is None else absence.id, "channel": channel or ""}
    parts = [option(text, value) for value, text in _PARTS]
    blocks = [
        field("from", "First day", _day(first)),
        field("until", "Last day", _day(last)),
        field("part", "How much of it", select(parts, "whole", "radio_buttons")),
        context("I write nothing to you then. Why is neither asked nor kept."),
    ]
    return modal(FORM, "Away", blocks, submit="Save", metadata=json.dumps(carried))


def span_words(from_at: datetime, until_at: datetime, zone: str) -> str:
    """From when until when, with weekdays; hours where it is not whole days."""
    start, end = zones.local(from_at, zone), zones.local(until_at, zone)
    first, last = start.date(), last_day(end)
    if (start.hour, start.minute, end.hour, end.minute) == (0, 0, 0, 0):
        return day_words(first) if first == last else f"{day_words(first)} to {day_words(last)}"
    if first == end.date():
        return f"{day_words(first)}, {start:%H:%M} to {end:%H:%M}"
    return f"{day_words(first)} {start:%H:%M} to {day_words(end.date())} {end:%H:%M}"


def _day(day: date) -> Block:
    return {"type": "datepicker", "action_id": "value", "initial_date": day.isoformat()}


def _said(text: str) -> Drawn:
    return Drawn(text=text, blocks=(section(text),))


SENTENCES: Final[Mapping[type[BaseException], Callable[[Any], str]]] = {
    UnclearAbsence: trouble_words,
}
