"""Small forms about one turn of a check-in: a point for the agenda, a change with its reason."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, cast

from domain.checkin_moves import Ahead, Change, What
from domain.checkins import POINT_MOST, CheckIn
from domain.partnerships import Partnership
from views import proposals
from views.blocks import (
    Block,
    Blocks,
    Drawn,
    actions,
    button,
    context,
    field,
    modal,
    option,
    quoted,
    section,
    select,
    text_input,
)
from views.checkin_values import CHANGE_AGAIN, REASON_MOST, write
from views.checkins import both_zones, headline, name
from views.times import moment_in_zones

POINT_FORM: Final = "checkin.point_form"
CHANGE_FORM: Final = "checkin.change_form"
CHANGE_PREVIEW: Final = "checkin.change_preview"

_WHAT: Final[Mapping[What, str]] = {
    "move": "Move this one",
    "move_all": "Move this one and all that follow",
    "skip": "Skip this one",
    "end": "End all of them",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the change form was answered with."""

    what: What
    when: str
    reason: str


def point_form(check_in: CheckIn, metadata: str) -> Block:
    blocks: Blocks = [
        section(headline(check_in)),
        field(
            "point",
            "What would you like to talk about",
            text_input(most=POINT_MOST, multiline=True),
        ),
    ]
    return modal(POINT_FORM, "Add a point", blocks, submit="Add", metadata=metadata)


def change_form(partnership: Partnership, ahead: Ahead, change: Change) -> Block:
    """Another time, or none: filled in with what was said already."""
    zones = both_zones(partnership)
    title = quoted(ahead.cadence.title, 80)
    said = "" if change.to_at is None else moment_in_zones(change.to_at, zones[:1])
    choices = [option(text, value) for value, text in _WHAT.items()]
    blocks: Blocks = [
        section(f"*{title}*, {moment_in_zones(ahead.starts_at, zones)}"),
        field("what", "What happens", select(choices, change.what, "radio_buttons")),
        field(
            "when",
            "New time",
            text_input(initial=said, placeholder="Thursday 4pm", most=100),
            hint="On your clock, or name a city. Needed for a move only.",
            optional=True,
        ),
        field(
            "reason",
            "Reason",
            text_input(initial=change.reason, most=REASON_MOST),
            hint="Both sides read it.",
            optional=True,
        ),
        actions(button("Another rhythm", proposals.ANOTHER, proposals.write(ahead.cadence))),
    ]
    return modal(CHANGE_FORM, "Change a check-in", blocks, submit="Preview", metadata=write(change))


def change_preview(partnership: Partnership, change: Change, told: Drawn) -> Block:
    """The last page before a check-in is changed.

    Args:
        told: The line as it will stand in the thread.
    """
    if partnership.is_agreed:
        submit, note = "Post", "Both sides read this in the thread of *This week* once you press."
    else:
        guest = name(partnership, partnership.guest_side)
        submit, note = "Do it", f"I say nothing about it in the channel before {guest} agrees."
    carried = write(change)
    blocks: Blocks = [
        section(told.text),
        context(f"Nothing is changed before *{submit}*. {note}"),
        actions(button("Change", CHANGE_AGAIN, carried)),
    ]
    return modal(CHANGE_PREVIEW, "Exactly this", blocks, submit=submit, metadata=carried)


def read_change(values: Mapping[str, object]) -> Asked:
    what = str(values.get("what") or "move")
    return Asked(
        what=cast("What", what) if what in _WHAT else "move",
        when=str(values.get("when") or "").strip(),
        reason=str(values.get("reason") or "").strip()[:REASON_MOST],
    )
