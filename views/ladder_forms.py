"""The steps of reminders as leads choose them in the settings: drawn, and read back."""

import re
from typing import Final

from domain.ladders import PRESETS, ImpossibleLadder, Ladder
from views.blocks import Block, field, option, plural, select, text_input
from views.ladder import name_of, trouble

UNCHANGED: Final = "unchanged"
_NUMBER: Final = re.compile(r"\d+")
_NUMBERS: Final = 4
_STEPS_MOST: Final = 60


def ladder_fields(ladder: Ladder, other: str) -> list[Block]:
    """A choice among the known ones, and numbers for any other.

    Args:
        other: The name of the side that has to agree.
    """
    options = [_option(one, name) for name, one in PRESETS.items()]
    if ladder.preset is None:
        options.insert(0, _option(ladder, UNCHANGED))
    return [
        field(
            "ladder",
            "Reminders of what is owed",
            select(options, ladder.preset or UNCHANGED),
            hint=f"For both sides: other steps hold once a lead of {other} agrees.",
        ),
        field(
            "steps",
            "Or own steps",
            text_input(placeholder="1, 2, 3, 6", most=_STEPS_MOST),
            hint="Four numbers: working days before it is due (0: none), working days between two"
            " reminders, after how many the owner's own lead reads it too (0: never), how many at"
            " most.",
            optional=True,
        ),
    ]


def read_ladder(choice: str, steps: str) -> tuple[Ladder | None, str | None]:
    """What was chosen, None for as it is; or what to say under the field with the numbers."""
    if not steps:
        return next((one for name, one in PRESETS.items() if name == choice), None), None
    numbers = [int(found) for found in _NUMBER.findall(steps)]
    if len(numbers) != _NUMBERS:
        return None, "Four numbers, please, as in 1, 2, 3, 6."
    before_days, every_days, lead_after, most = numbers
    try:
        return Ladder(
            before_days=before_days, every_days=every_days, lead_after=lead_after, most=most
        ), None
    except ImpossibleLadder as error:
        return None, trouble(error)


def _option(ladder: Ladder, value: str) -> Block:
    before = f"{plural(ladder.before_days, 'day')} before, " if ladder.before_days else ""
    every = (
        "each working day" if ladder.every_days == 1 else f"every {ladder.every_days} working days"
    )
    text = f"{name_of(ladder).capitalize()}: {before}{every} late, {ladder.most} at most"
    return option(text, value)
