"""Small forms about one turn of a check-in: a point for the agenda, a change with its reason."""

from collections.abc import Mapping
from typing import Final, cast

from domain.checkin_moves import Ahead, Change, What, has_two_forms
from domain.checkins import POINT_MOST, CheckIn
from domain.partnerships import Partnership
from domain.values import value
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

_OTHER: Final = "move_all_other"
_CHANGED: Final = (
    "Somebody changed this check-in meanwhile. How it is now stands here, and below it what you"
    " typed."
)
_WHAT: Final[Mapping[What, str]] = {
    "move": "Move this one",
    "move_all": "Move this one and all that follow",
    "skip": "Skip this one",
    "end_from": "End with the one before: this one and all that follow",
    "end": "End all of them",
}
_ON_DATE: Final = "Move this one and all that follow, to the same date of the month"
_ON_WEEKDAY: Final = "Move this one and all that follow, to the same weekday of the month"


@value
class Asked:
    """What the change form was answered with.

    Attributes:
        other_form: With ``move_all``: by date where the rule is by weekday, and the other way.
    """

    what: What
    when: str
    reason: str
    other_form: bool = False


def point_form(check_in: CheckIn, metadata: str, words: str = "") -> Block:
    blocks: Blocks = [
        section(headline(check_in)),
        field(
            "point",
            "What would you like to talk about",
            text_input(initial=words, most=POINT_MOST, multiline=True),
        ),
    ]
    return modal(POINT_FORM, "Add a point", blocks, submit="Add", metadata=metadata)


def change_form(
    partnership: Partnership, ahead: Ahead, change: Change, *, seen: str = "", changed: bool = False
) -> Block:
    """Another time, or none: filled in with what was said already.

    Args:
        seen: What it shows of the check-in, to tell later whether that is still so.
        changed: Somebody changed the check-in while the form was open.
    """
    zones = both_zones(partnership)
    title = quoted(ahead.cadence.title, 80)
    said = "" if change.to_at is None else moment_in_zones(change.to_at, zones[:1])
    head = f"*{title}*, {moment_in_zones(ahead.starts_at, zones)}"
    chosen = _OTHER if change.following is not None else change.what
    blocks: Blocks = [
        *([section(_CHANGED)] if changed else []),
        section(head),
        field("what", "What happens", select(_choices(ahead), chosen, "radio_buttons")),
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
    metadata = write(change, seen)
    return modal(CHANGE_FORM, "Change a check-in", blocks, submit="Preview", metadata=metadata)


def _choices(ahead: Ahead) -> Blocks:
    """What can be done with a turn; of two that are the same only one."""
    rule = ahead.cadence.plan.rule
    named: dict[str, str] = {str(what): text for what, text in _WHAT.items()}
    if ahead.is_next:
        del named["end_from"]
    if not has_two_forms(rule):
        return [option(text, value) for value, text in named.items()]
    same, other = _ON_DATE, _ON_WEEKDAY
    if rule.weekday is not None:
        same, other = other, same
    move_all = {"move": _WHAT["move"], "move_all": same, _OTHER: other}
    return [option(text, value) for value, text in (move_all | named | move_all).items()]


def change_preview(
    partnership: Partnership, change: Change, told: Drawn, seen: str = "", instead: str = ""
) -> Block:
    """The last page before a check-in is changed.

    Args:
        told: The line as it will stand in the thread.
        seen: What it shows of the check-in, as in `change_form`.
        instead: When both could meet, for the presser alone; empty: nothing is to be said of it.
    """
    if partnership.is_agreed:
        submit, note = "Post", "Both sides read this in the thread of *This week* once you press."
    else:
        guest = name(partnership, partnership.guest_side)
        submit, note = "Do it", f"I say nothing about it in the channel before {guest} agrees."
    carried = write(change, seen)
    blocks: Blocks = [
        section(told.text),
        *([context(f"{instead} *Change* takes another time.")] if instead else []),
        context(f"Nothing is changed before *{submit}*. {note}"),
        actions(button("Change", CHANGE_AGAIN, carried)),
    ]
    return modal(CHANGE_PREVIEW, "Exactly this", blocks, submit=submit, metadata=carried)


def read_change(values: Mapping[str, object]) -> Asked:
    what = str(values.get("what") or "move")
    known = "move_all" if what == _OTHER else what
    return Asked(
        what=cast("What", known) if known in _WHAT else "move",
        when=str(values.get("when") or "").strip(),
        reason=str(values.get("reason") or "").strip()[:REASON_MOST],
        other_form=what == _OTHER,
    )
