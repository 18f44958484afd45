"""The sentences for what cannot be done about a check-in, and what can be done instead."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from domain.cadences import (
    EndedLongAgo,
    InThePast,
    OccurrenceClosed,
    UnknownCadence,
    UnknownOccurrence,
)
from domain.checkin_moves import NoNewTime, NoSuchCheckIn, OnlyThisOne
from domain.checkins import NothingToSay, NotYetOver
from domain.errors import UnknownRule
from domain.invitations import NothingToInvite
from views import proposals
from views.blocks import quoted
from views.checkin_values import SpoiledValue
from views.invitations import nothing_to_invite
from views.times import when

_CLOSED: Final[Mapping[str, str]] = {
    "over": "This check-in is over.",
    "skipped": "This check-in is skipped this time.",
    "cancelled": "This check-in is cancelled.",
}


_QUESTIONS: Final[Mapping[str, str]] = {
    "asap": "Which day and time?",
    "same": "It starts then already.",
    "ambiguous": "That can be two dates; please write the month as a word.",
    "past": "That is past.",
    "impossible": "There is no such date.",
}


def _closed(error: OccurrenceClosed) -> str:
    said = _CLOSED.get(error.occurrence.state, "This check-in has started.")
    return f"{said} `/checkin list` shows the next ones."


def _past(error: InThePast) -> str:
    return f"That is past ({when(error.moment, 'Etc/UTC')}). Which day and time to come?"


def _no_such(error: NoSuchCheckIn) -> str:
    if not error.words:
        return "No check-in is planned then. `/checkin` plans one."
    return f"I find no check-in called {quoted(error.words)}. `/checkin list` shows them."


def _no_new_time(error: NoNewTime) -> str:
    said = _QUESTIONS.get(error.question or "", "I understood no new time.")
    return f"{said} As in: move to Thursday 4pm, tomorrow 10:00, 24 Nov 9am Manila."


SENTENCES: Final[Mapping[type[BaseException], Callable[[Any], str]]] = {
    **proposals.SENTENCES,
    NothingToInvite: nothing_to_invite,
    OccurrenceClosed: _closed,
    InThePast: _past,
    NoSuchCheckIn: _no_such,
    UnknownCadence: lambda _: "This check-in has no date to come. `/checkin list` shows them.",
    UnknownOccurrence: lambda _: (
        "This check-in is not planned any more. `/checkin list` shows them."
    ),
    NoNewTime: _no_new_time,
    EndedLongAgo: lambda _: (
        "The end of a check-in can be taken back for a day. The button *Check-in* plans a new one."
    ),
    OnlyThisOne: lambda _: "By its rule only this one can be moved to another day.",
    NotYetOver: lambda error: (
        f"It starts {when(error.starts_at, 'Etc/UTC')}; what came of it can be said from then on."
    ),
    NothingToSay: lambda _: "A few words, please.",
    SpoiledValue: lambda _: "I cannot read this button any more. `/checkin` opens a fresh form.",
    UnknownRule: lambda _: "I cannot read this rhythm any more. `/checkin` opens a fresh form.",
}
