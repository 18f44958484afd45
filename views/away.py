"""Time away said back to whoever typed it, and its form; no reason stands anywhere."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from domain import zones
from domain.away import Absence, AwayTrouble, UnclearAbsence
from domain.calendars import Away
from domain.people import Person
from views.blocks import (
    Block,
    Drawn,
    actions,
    button,
    context,
    field,
    mention,
    modal,
    option,
    quoted,
    section,
    select,
)
from views.people_choice import people_choice
from views.times import day_words, place_of

UNDO: Final = "away.undo"
CHANGE: Final = "away.change"
AGAIN: Final = "away.again"
# The value of a button that names no absence, but has its days with it.
CARRIED: Final = "new|"
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
    "unknown_stand_in": "I don't know who that is. Who of your side stands in?",
    "two_stand_ins": "Who of them stands in?",
    "own_stand_in": "Somebody else has to stand in, or nobody.",
    "bot_stand_in": "An app cannot stand in. Which person does?",
    "gone_stand_in": "This person is not there any more. Who else stands in?",
    "other_stand_in": "A stand-in takes part for your own side. Who of it stands in?",
    "away_stand_in": "This person is away then, too. Who else stands in?",
}
# These are asked of whoever was named, not of the days.
_OF_STAND_IN: Final = "stand_in"
_EXAMPLE: Final = "As in: `away until monday`, `ooo 24-28 dec`, `off fri pm`, `sick today`."
_WITH_STAND_IN: Final = "As in: `away until monday, carlo stands in`."
_MEANWHILE: Final = (
    "I write nothing to you then. Nobody stands in: *Change* names somebody. `back` ends it; why"
    " is not kept."
)
_STOOD_IN: Final = (
    "I write nothing to you then. Of what you owe, your stand-in is asked what falls due; the"
    " other side is told nothing of it. `back` ends it; why is not kept."
)
_WHAT_CHANGED: Final = (
    "If anything changed meanwhile about what you owe or asked for, my next message to you says so."
)
# Where the answer stands in a thread that both companies read.
_IN_PUBLIC: Final = (
    "I write nothing to you then; `back` ends it. Both sides read this thread: *Away*, under *More*"
    " in the hub, does the same for you alone."
)
_NAME_MOST: Final = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class StandIns:
    """Who can stand in, by name, and the Slack id of who does so far; None: nobody."""

    fit: Sequence[Person]
    chosen: str | None = None


def last_day(until_at: datetime) -> date:
    """The last day of a stretch whose end is not part of it."""
    return (until_at - _MIDNIGHT_GRACE).date()


def noted(
    absence: Away,
    zone: str,
    away_id: str | None,
    stand_in: str | None = None,
    *,
    is_kept: bool = False,
) -> Drawn:
    """What was understood, with its weekdays.

    Args:
        away_id: None: noted before, nothing to press.
        stand_in: Slack id of who is asked meanwhile; None: nobody is.
        is_kept: They were not named now, but for the days before.
    """
    text = f"You are away {span_words(absence.from_at, absence.until_at, zone)}, {place_of(zone)}."
    if stand_in is not None:
        text += f" {mention(stand_in)} stands in{', as before' if is_kept else ''}."
    blocks: list[Block] = [section(text)]
    if away_id is not None:
        buttons = (button("Undo", UNDO, away_id), button("Change", CHANGE, away_id))
        blocks.append(actions(*buttons, block_id="away"))
    blocks.append(context(_MEANWHILE if stand_in is None else _STOOD_IN))
    return Drawn(text=text, blocks=tuple(blocks))


def noted_in_public(
    absence: Away, zone: str, away_id: str | None, stand_in: str | None = None
) -> Drawn:
    """The same where both companies read it: nothing more than what was typed there.

    Args:
        away_id: As for ``noted``.
        stand_in: The name of who was named there to be asked meanwhile; None: nobody was.
    """
    text = f"You are away {span_words(absence.from_at, absence.until_at, zone)}, {place_of(zone)}."
    if stand_in is not None:
        text += f" {quoted(stand_in, _NAME_MOST)} stands in."
    blocks: list[Block] = [section(text)]
    if away_id is not None:
        buttons = (button("Undo", UNDO, away_id), button("Change", CHANGE, away_id))
        blocks.append(actions(*buttons, block_id="away"))
    blocks.append(context(_IN_PUBLIC))
    return Drawn(text=text, blocks=tuple(blocks))


def asked(error: UnclearAbsence) -> Drawn:
    """What is asked when the words say no days, or days that cannot be, or nobody who stands in."""
    example = _WITH_STAND_IN if error.field == _OF_STAND_IN else _EXAMPLE
    text = f"{_trouble(error)} {example}"
    shown = button("Pick days", CHANGE, carried(error))
    if error.field == _OF_STAND_IN:
        text = f"Almost. {text}"
        shown = button("Choose", CHANGE, carried(error))
    return Drawn(text=text, blocks=(section(text), actions(shown)))


def carried(error: UnclearAbsence) -> str:
    """The value of the button that opens the form: the days, where they are clear."""
    absence = error.absence
    if absence is None:
        return "new"
    return f"{CARRIED}{int(absence.from_at.timestamp())}|{int(absence.until_at.timestamp())}"


def trouble_words(error: UnclearAbsence) -> str:
    if error.field == _OF_STAND_IN:
        return _trouble(error)
    if error.field == "part" or error.trouble in {"impossible", "reversed", "too_long", "too_far"}:
        return _TROUBLES[error.trouble]
    return f"{_TROUBLES[error.trouble]} {_EXAMPLE}"


def _trouble(error: UnclearAbsence) -> str:
    names = ", ".join(quoted(name, _NAME_MOST) for name in error.names if name)
    if not names or error.field != _OF_STAND_IN:
        return _TROUBLES[error.trouble]
    return f"{names}: {_TROUBLES[error.trouble]}"


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
    row = actions(button("Undo", AGAIN, value))
    return Drawn(text=text, blocks=(section(text), row, context(_WHAT_CHANGED)))


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


def form(
    absence: Absence | None,
    zone: str,
    today: date,
    *,
    channel: str | None,
    who: StandIns,
) -> Block:
    """The form, filled in with an absence or with today."""
    first, last = today, today
    if absence is not None:
        first = zones.local(absence.from_at, zone).date()
        last = max(first, last_day(zones.local(absence.until_at, zone)))
    replaced = "" if absence is None or absence.id == CARRIED.rstrip("|") else absence.id
    metadata = {"away": replaced, "channel": channel or ""}
    parts = [option(text, value) for value, text in _PARTS]
    blocks = [
        field("from", "First day", _day(first)),
        field("until", "Last day", _day(last)),
        field("part", "How much of it", select(parts, "whole", "radio_buttons")),
        _stand_in_field(who),
        context("I write nothing to you then. Why is neither asked nor kept."),
    ]
    return modal(FORM, "Away", blocks, submit="Save", metadata=json.dumps(metadata))


def _stand_in_field(who: StandIns) -> Block:
    if not who.fit:
        return context("Nobody else takes part for your side so far who could stand in.")
    hint = "Somebody of your side, who is asked about what you owe. Left open: nobody is."
    choice = people_choice(who.fit, who.chosen)
    return field(_OF_STAND_IN, "Who stands in", choice, hint=hint, optional=True)


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
