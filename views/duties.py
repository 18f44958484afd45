"""Who is on duty for a side: said back to its lead, and the form."""

import json
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any, Final

from domain import zones
from domain.duties import Duty, Trouble, UnclearDuty
from domain.partnerships import Partnership
from domain.people import Side
from views.blocks import (
    Block,
    Drawn,
    actions,
    button,
    context,
    field,
    mention,
    modal,
    quoted,
    section,
)
from views.deliverables import line_of, side_name
from views.times import day_words

OPEN: Final = "duty.open"
UNDO: Final = "duty.undo"
FORM: Final = "duty.form"

_MIDNIGHT_GRACE: Final = timedelta(microseconds=1)
_NAME_MOST: Final = 100
_EXAMPLE: Final = "As in: `duty @ana`, `duty @ana until friday`, `duty nobody`."
_TROUBLES: Final[Mapping[Trouble, str]] = {
    "nobody": "Who is on duty?",
    "unknown": "I don't know this person in the channel. Who of your side is on duty?",
    "two": "Who of them is on duty?",
    "bot": "An app cannot be on duty. Which person is?",
    "gone": "This person is not there any more. Who else is on duty?",
    "other_side": "Only somebody who takes part for your own side. Who of it is on duty?",
    "past": "That day is past already. Until when?",
    "reversed": "The last day comes before the first one, so nothing was changed.",
}


def noted(partnership: Partnership, duty: Duty, slack_id: str, zone: str) -> Drawn:
    """What was understood. ``zone``: of the reader."""
    side = side_name(partnership, duty.side)
    text = f"{mention(slack_id)} is on duty for {side}"
    if duty.from_at > duty.set_at:
        text += f" from {day_words(zones.local(duty.from_at, zone).date())}"
    if duty.until_at is not None:
        last = zones.local(duty.until_at - _MIDNIGHT_GRACE, zone).date()
        text += f" to {day_words(last)}"
    text += "."
    row = actions(button("Undo", UNDO, duty.id), block_id="duty")
    return Drawn(text=text, blocks=(section(text), row, _what_it_is(side)))


def nobody(partnership: Partnership, side: Side, lead: str | None) -> Drawn:
    """Nobody is on duty any more. ``lead``: Slack id of who is asked instead."""
    name = side_name(partnership, side)
    instead = (
        f"; {mention(lead)} is asked about what is given to the side" if lead is not None else ""
    )
    return line_of(f"Nobody is on duty for {name} any more{instead}.")


def undone(slack_id: str | None) -> Drawn:
    """Taken back. ``slack_id``: of who is asked from now on."""
    who = f" {mention(slack_id)} is asked about what is given to your side." if slack_id else ""
    return line_of(f"Taken back.{who}")


def nothing_to_undo() -> Drawn:
    return line_of("This was said or taken back before, so nothing was changed.")


def asked(error: UnclearDuty, partnership_id: str) -> Drawn:
    """What is asked where the words name nobody who can be on duty."""
    text = f"{_trouble(error)} {_EXAMPLE}"
    row = actions(button("Choose", OPEN, partnership_id), block_id="duty")
    return Drawn(text=text, blocks=(section(text), row))


def form(partnership: Partnership, side: Side, slack_id: str | None, today: date) -> Block:
    """Who is on duty, from when until when. ``slack_id``: of who is now."""
    picker: Block = {"type": "users_select", "action_id": "value"}
    if slack_id is not None:
        picker["initial_user"] = slack_id
    first: Block = {
        "type": "datepicker",
        "action_id": "value",
        "initial_date": today.isoformat(),
    }
    last: Block = {"type": "datepicker", "action_id": "value"}
    name = side_name(partnership, side)
    blocks = [
        field("person", "Who", picker, hint="Left open: nobody.", optional=True),
        field("from", "First day", first),
        field("until", "Last day", last, hint="Left open: until you say otherwise.", optional=True),
        _what_it_is(name),
    ]
    metadata = {"partnership": partnership.id, "channel": partnership.channel}
    return modal(FORM, "On duty", blocks, submit="Save", metadata=json.dumps(metadata))


def _what_it_is(side: str) -> Block:
    return context(
        f"What is given to {side} and to nobody in particular goes to whoever is on duty, else to"
        " the lead who has been there longest; anybody of the side may accept it."
    )


def _trouble(error: UnclearDuty) -> str:
    name = quoted(error.name, _NAME_MOST)
    return f"{name}: {_TROUBLES[error.trouble]}" if name else _TROUBLES[error.trouble]


SENTENCES: Final[Mapping[type[BaseException], Callable[[Any], str]]] = {UnclearDuty: _trouble}
