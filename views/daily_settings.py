"""What a person chooses about the messages that are for them alone, as a form."""

from collections.abc import Sequence
from typing import Final

from domain.calendars import Calendar
from views import hours, pause
from views.blocks import Block, button, context, modal, section
from views.verbs import named

SETTINGS: Final = "daily.settings"
DIRECT: Final = "daily.direct"
FORM: Final = "daily.settings_view"
DIRECTLY: Final = "directly"
IN_THREAD: Final = "in_thread"


def opener(label: str = "Settings") -> Block:
    return button(label, SETTINGS, "own")


def form(calendar: Calendar, partnership_id: str, *, is_direct: bool) -> Block:
    """When and where I write to somebody, each with the button that changes it.

    Args:
        partnership_id: Of any in which they take part: what is said about away holds in all.
    """
    blocks = [
        section(
            f"*When I write to you*: in your hours, {hours.words(calendar)}.",
            accessory=button("My hours", hours.OPEN, "own"),
            block_id="hours",
        ),
        *_away(partnership_id),
        section(
            _where(is_direct=is_direct), accessory=_other(is_direct=is_direct), block_id="where"
        ),
        section(
            "*Rest*: nothing from me until a day that you name; nobody is told.",
            accessory=button("Until a day…", pause.OPEN, pause.Rest(partnership_id="").value),
            block_id="rest",
        ),
        context("There is at most one message a working day. A change holds from the next one on."),
    ]
    return modal(FORM, "Your settings", blocks)


def _away(partnership_id: str) -> Sequence[Block]:
    verb = named("away")
    if verb is None or verb.label is None:
        return []
    opened = button(verb.label, verb.action_id, partnership_id)
    return [
        section(
            "*When you are away*: I write nothing, and nobody waits for you.",
            accessory=opened,
            block_id="away",
        )
    ]


def _where(*, is_direct: bool) -> str:
    if is_direct:
        return "*Where I write to you*: in direct messages, which only you read."
    return "*Where I write to you*: with a mention in the thread of *This week*, which all read."


def _other(*, is_direct: bool) -> Block:
    if is_direct:
        return button("In the thread instead", DIRECT, IN_THREAD)
    return button("Directly instead", DIRECT, DIRECTLY)
