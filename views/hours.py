"""A person's own working hours: said back in all zones concerned, their form, and its buttons."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from domain.calendars import Calendar, next_shift
from domain.errors import TouchbaseError
from domain.hours import Hours, hours_text, weekly_hours
from domain.zones import zone_names
from views.blocks import (
    Block,
    Blocks,
    Drawn,
    actions,
    button,
    context,
    cut,
    field,
    modal,
    quoted,
    section,
    text_input,
)
from views.changes import hours_words
from views.times import moment_in_zones, place_name, place_of
from views.words.hours_words import STRETCHES_MOST, HoursRead, Trouble
from views.words.zones import no_zone, read_zone

OPEN: Final = "hours.open"
UNDO: Final = "hours.undo"
AS_SIDE: Final = "hours.as_side"
FORM: Final = "hours.form"

EXAMPLE: Final = "mon-thu 9-5, fri 9-1"
TYPED_MOST: Final = 500
_SIDE: Final = "side"
_TROUBLES: Final[Mapping[Trouble, str]] = {
    "empty": "Which hours, please?",
    "time": "There is no such time; a day goes from 00:00 to 24:00.",
    "long": "That is more than 16 hours without a break. Please write them as in 09:00-18:00.",
    "many": f"At most {STRETCHES_MOST} stretches of work in a day, please.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """Hours of a person's own, on the clock of ``zone``."""

    zone: str
    hours: Hours


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """The form read back: the hours, or a sentence under each field that needs a change."""

    own: Own | None
    errors: Mapping[str, str]


def trouble_words(read: HoursRead) -> str:
    """What is said of hours that cannot be read; for a field, so typed words stand as they are."""
    if read.trouble == "zone":
        return no_zone(read.unread)
    if read.trouble == "unread":
        return f"I cannot read “{cut(read.unread, 40)}”. Write it as {EXAMPLE}."
    said = _TROUBLES[read.trouble or "empty"]
    return said if read.trouble == "long" else f"{said} As in {EXAMPLE}."


def noted(calendar: Calendar, zones: list[str], before: Own | None, now: datetime) -> Drawn:
    """The hours that hold now, and the next shift on every clock concerned.

    Args:
        calendar: Of the person as it is now.
        zones: The person's first.
        before: What *Undo* brings back; None: the side's.
    """
    coming = next_shift(calendar, now)
    text = f"Your hours: {words(calendar)}."
    if coming is not None:
        start, end = (moment_in_zones(at, zones) for at in (coming.starts_at, coming.ends_at))
        text += f" Next: {start}, until {end}."
    buttons = (button("Undo", UNDO, value_of(before)), button("Change", OPEN, "own"))
    hint = context("I write to you in these hours. Holidays and days off are your side's.")
    return Drawn(text=text, blocks=(section(text), actions(*buttons, block_id="hours"), hint))


def as_side_again(calendar: Calendar, before: Own | None) -> Drawn:
    """The side's hours hold again. ``before`` None: they did already."""
    text = f"Your hours are those of your side: {words(calendar)}."
    buttons = [button("Change", OPEN, "own")]
    if before is not None:
        buttons.insert(0, button("Undo", UNDO, value_of(before)))
    return Drawn(text=text, blocks=(section(text), actions(*buttons, block_id="hours")))


def asked(said: str, calendar: Calendar) -> Drawn:
    """What is said where no form can open, or where words were not understood."""
    text = f"{quoted(said, 300)} Now: {words(calendar)}.".strip()
    opener = button("My hours", OPEN, "own")
    return Drawn(text=text, blocks=(section(text), actions(opener)))


def form(calendar: Calendar, *, typed: str, zone: str, is_own: bool, channel: str | None) -> Block:
    """The form, filled in with what was typed, else with the hours as they are.

    Args:
        zone: The clock that is meant unless another is named.
        is_own: They are not the side's.
    """
    shown = typed or hours_text(calendar.hours)
    hint = f"As in {EXAMPLE}, or night 21-06. Several stretches: mon-fri 9-12 1-6."
    blocks: Blocks = [
        field(
            "hours",
            "When do you work?",
            text_input(initial=shown, placeholder=EXAMPLE, most=TYPED_MOST),
            hint=hint,
        ),
        field(
            "zone",
            "On the clock of",
            text_input(initial=place_name(zone), placeholder="Manila", most=60),
            hint="A city or a zone name.",
        ),
    ]
    if is_own:
        back = button("Same as my side", AS_SIDE, _SIDE)
        blocks.append(section("Or go back to the hours of your side:", accessory=back))
    metadata = json.dumps({"channel": channel or ""})
    return modal(FORM, "My hours", blocks, submit="Save", metadata=metadata)


def read_form(values: Mapping[str, object], read: HoursRead) -> Read:
    """What was answered.

    Args:
        read: The field *hours*, read; a place named in it stands above the field *zone*.
    """
    typed = str(values.get("zone") or "").strip()
    zone = read.zone or read_zone(typed)
    errors = {
        "hours": None if read.hours is not None else trouble_words(read),
        "zone": None if zone else no_zone(typed),
    }
    wrong = {name: said for name, said in errors.items() if said is not None}
    if wrong or read.hours is None or zone is None:
        return Read(own=None, errors=wrong)
    return Read(own=Own(zone=zone, hours=read.hours), errors={})


def value_of(own: Own | None) -> str:
    """What *Undo* carries."""
    return _SIDE if own is None else f"{own.zone}|{hours_text(own.hours)}"


def read_value(value: str) -> Own | None:
    """What *Undo* brings back; None, the side's, also for anything foreign."""
    zone, _, hours = value.partition("|")
    if zone not in zone_names():
        return None
    try:
        found = weekly_hours(hours)
    except TouchbaseError:
        return None
    return Own(zone=zone, hours=found) if any(found.weekly) else None


def words(calendar: Calendar) -> str:
    """As in "mon-fri 09:00-18:00, Manila"."""
    return f"{hours_words(hours_text(calendar.hours))}, {place_of(calendar.zone)}"
