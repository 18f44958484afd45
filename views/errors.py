"""The sentences for what went wrong: what happened, and what to do about it."""

from collections.abc import Callable, Mapping
from typing import Any

from domain.errors import (
    ImpossibleHours,
    ImpossibleRule,
    TimeOutOfRange,
    TouchbaseError,
    UnknownHolidays,
    UnknownZone,
)
from domain.partnerships import NoPartnershipHere, NotListed
from domain.rights import NotAllowed, Standing
from domain.slack_errors import SlackBusy, SlackRefused, SlackUnreachable
from views.blocks import Block, modal, quoted, section

WHO: Mapping[Standing, str] = {
    "listed": "people of either side",
    "owner": "its owner",
    "author": "who wrote it",
    "side_lead": "a lead of that side",
    "any_lead": "a lead of either side",
    "installer": "the person who set Touchbase up",
    "guest_lead": "a lead of the side that was invited",
}


def sentence(error: Exception, language: str = "en") -> str | None:  # noqa: ARG001 (one language)
    """What a person is told about ``error``; None when it is not one that people can mend."""
    for kind in type(error).__mro__:
        drawn = SENTENCES.get(kind)
        if drawn is not None:
            return drawn(error)
    return None


def unexpected(reference: str, language: str = "en") -> str:  # noqa: ARG001 (one language)
    """What a person is told when something broke; the log has the same reference."""
    return (
        "Something went wrong on Touchbase's side, and nothing was changed."
        f" Please try again; if it happens again, tell who runs Touchbase this: {reference}."
    )


def unknown_command(command: str, language: str = "en") -> str:  # noqa: ARG001 (one language)
    return f"Touchbase does not know {quoted(command)} yet. `/touchbase help` shows what it knows."


def unknown_press(language: str = "en") -> str:  # noqa: ARG001 (one language)
    return (
        "This button is from another version of Touchbase and does nothing any more."
        " Mention me in the channel for fresh buttons."
    )


def unknown_form(language: str = "en") -> str:  # noqa: ARG001 (one language)
    return "This form is from another version of Touchbase. Please open it again."


def notice(text: str) -> Block:
    """A form without fields that says one thing; what was typed below it stays."""
    return modal("touchbase.notice", "Touchbase", [section(text)])


def _not_allowed(error: NotAllowed) -> str:
    allowed = " or ".join(WHO[standing] for standing in sorted(error.allowed))
    return f"This can be done by {allowed}."


def _no_partnership(error: NoPartnershipHere) -> str:
    if error.channel is None:
        return "This belongs in a channel that both sides share; write it there."
    return (
        "No partnership is set up in this channel yet."
        " `/touchbase setup` takes three minutes; nothing is posted before you press *Post*."
    )


def _refused(error: SlackRefused) -> str:
    if error.code == "missing_scope":
        return f"Slack does not let Touchbase do this without the permission {error.needed}."
    return f"Slack did not do this ({error.code}). Nothing was changed here."


def _reason(error: ImpossibleRule | ImpossibleHours) -> str:
    return f"That cannot be: {quoted(error.reason)}. Please change it."


SENTENCES: Mapping[type[BaseException], Callable[[Any], str]] = {
    NotAllowed: _not_allowed,
    NotListed: lambda _: (
        "You are not on either side's list in this channel."
        " A lead can add you with `/touchbase people`."
    ),
    NoPartnershipHere: _no_partnership,
    UnknownZone: lambda error: (
        f"I know no time zone called {quoted(error.name)}."
        " A city works: `New York`, `Manila`, `Europe/Berlin`."
    ),
    UnknownHolidays: lambda error: f"I know no public holidays for {quoted(error.country)}.",
    TimeOutOfRange: lambda error: f"The year {error.year} is too far away. Please check the date.",
    ImpossibleRule: _reason,
    ImpossibleHours: _reason,
    SlackUnreachable: lambda _: "Slack did not answer in time. Please try again in a moment.",
    SlackBusy: lambda error: (
        "Slack asks to wait"
        f" {int(error.retry_after.total_seconds())} seconds. Please try again then."
    ),
    SlackRefused: _refused,
}
"""By class; a class without an entry of its own takes its parent's."""

UNEXPECTED: frozenset[type[TouchbaseError]] = frozenset()
"""Errors of ours that no person can mend: they are told with a reference, and logged."""
