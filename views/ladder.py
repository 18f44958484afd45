"""Words and buttons for the steps about what is owed: not today, on it, the next word."""

from datetime import date, datetime
from typing import Final

from domain.deliverables import Commitment
from domain.ladders import (
    BEFORE_MOST,
    EVERY_MOST,
    REMINDERS_MOST,
    ImpossibleLadder,
    Ladder,
    Preset,
)
from domain.loads import Load
from views.blocks import Block, button, context, field, modal, option, plain, plural, section
from views.deliverables import titled
from views.times import when

NOT_TODAY: Final = "deliverable.not_today"
SHOW_AGAIN: Final = "deliverable.show_again"
ON_IT: Final = "deliverable.on_it"
SNOOZE_FORM: Final = "deliverable.snooze_view"

TOMORROW: Final = "tomorrow"
NEXT_WEEK: Final = "next_week"
A_DATE: Final = "date"

_NAMES: Final[dict[Preset, str]] = {"gentle": "gentle", "standard": "standard", "firm": "firm"}


def not_today(commitment_id: str) -> Block:
    """A choice of when the owner hears of it again."""
    choices = (
        ("Tomorrow", TOMORROW),
        ("Next week", NEXT_WEEK),
        ("On a date…", A_DATE),
    )
    return {
        "type": "static_select",
        "action_id": NOT_TODAY,
        "placeholder": plain("Not today", 150),
        "options": [option(said, f"{choice}|{commitment_id}") for said, choice in choices],
    }


def on_it(commitment_id: str) -> Block:
    return button("I'm on it", ON_IT, commitment_id)


def show_again(commitment_id: str) -> Block:
    """Takes back *Not today* and *I'm on it*."""
    return button("Undo", SHOW_AGAIN, commitment_id)


def snooze_form(commitment: Commitment, today: date, metadata: str) -> Block:
    """On which day its owner wants to hear of it again."""
    picker = {"type": "datepicker", "action_id": "value", "initial_date": today.isoformat()}
    return modal(
        SNOOZE_FORM,
        "Not today",
        [
            section(f"{titled(commitment)}: its date stays as it is, and nobody else is told."),
            field("due", "I ask you again on", picker),
        ],
        submit="Put off",
        metadata=metadata,
    )


def next_word(word_at: datetime | None, owner_zone: str, *, is_waiting: bool = False) -> Block:
    """Below what is asked: when it is asked next.

    Args:
        word_at: None: no more by itself.
        is_waiting: Some of it waits for something, and is asked about once that is over.
    """
    if word_at is None and is_waiting:
        return context("It waits for something: I ask again once that is over.")
    if word_at is None:
        return context("I ask no more about this by myself.")
    return context(f"Next word: {when(word_at, owner_zone)}.")


def ladder_words(ladder: Ladder) -> str:
    """How often people are asked: "standard (on the day it is due, then each working day, ...)"."""
    before = f"{plural(ladder.before_days, 'working day')} before, " if ladder.before_days else ""
    every = "each working day"
    if ladder.every_days > 1:
        every = f"every {ladder.every_days} working days"
    lead = ""
    if ladder.lead_after:
        nth = _ordinal(ladder.lead_after + 1)
        lead = f", from the {nth} of these on also with the owner's own lead"
    most = plural(ladder.most, "reminder")
    return f"{name_of(ladder)} ({before}on the day it is due, then {every}{lead}; {most} at most)"


def load_words(load: Load | None, *, besides: bool = False) -> str:
    """What somebody has promised besides, for their own eyes; empty where that is nothing.

    Args:
        besides: It was taken on just now, so that it is said that the others are meant.
    """
    if load is None or not load.count:
        return ""
    promise = "other open promise" if besides else "open promise"
    words = f" You have {plural(load.count, promise)}"
    if not load.that_day:
        return f"{words}."
    return f"{words}; {load.that_day} {'is' if load.that_day == 1 else 'are'} due that day."


def trouble(_error: ImpossibleLadder) -> str:
    """What is said of numbers that make no steps."""
    return (
        f"A reminder comes 0 to {BEFORE_MOST} working days before, every 1 to {EVERY_MOST} working"
        f" days, and 1 to {REMINDERS_MOST} times in all. Which numbers shall it be?"
    )


def name_of(ladder: Ladder) -> str:
    return "in own steps" if ladder.preset is None else _NAMES[ladder.preset]


def _ordinal(number: int) -> str:
    special = {1: "st", 2: "nd", 3: "rd"}
    ending = "th" if number in {11, 12, 13} else special.get(number % 10, "th")
    return f"{number}{ending}"
