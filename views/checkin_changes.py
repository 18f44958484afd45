"""Lines in the thread of *This week* that tell what changed about check-ins, and on whose word."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from domain.cadences import Cadence, Occurrence
from domain.checkins import CheckIn
from domain.partnerships import Partnership
from domain.people import Side
from views.blocks import Block, Drawn, actions, button, quoted, section
from views.checkins import ADD_POINT, CHANGE, both_zones, home_zone, name
from views.rhythms import say_rule
from views.times import length_words, moment_in_zones, when

REASON_MOST: Final = 300
_TITLE_MOST: Final = 80


def created(
    partnership: Partnership, cadence: Cadence, first: Occurrence | None, side: Side | None
) -> Drawn:
    """A new check-in. ``side`` None: it came with the set-up."""
    who = "New check-in" if side is None else f"{name(partnership, side)} planned a check-in"
    parts = [f"{who}: *{quoted(cadence.title, _TITLE_MOST)}*. {rhythm(cadence)}"]
    buttons: list[Block] = []
    if first is not None:
        parts.append(f"First: {when(first.starts_at, home_zone(partnership))}.")
        parts.append(f"({moment_in_zones(first.starts_at, both_zones(partnership))})")
        buttons = [button("Add a point", ADD_POINT, first.id), button("Change", CHANGE, first.id)]
    return _line(" ".join(parts), buttons)


def rhythm(cadence: Cadence) -> str:
    """As in: Every Tuesday at 10:00 New York, 30 minutes."""
    plan = cadence.plan
    place = plan.zone.rsplit("/", 1)[-1].replace("_", " ")
    return (
        f"{say_rule(plan.rule)} at {plan.local_start:%H:%M} {place}, {length_words(plan.length)}."
    )


def moved(
    check_in: CheckIn, side: Side, old_at: datetime, *, reason: str, all_following: bool
) -> Drawn:
    """``check_in`` as it is after the move."""
    partnership, turn = check_in.partnership, check_in.turn
    zone = home_zone(partnership)
    text = (
        f"{name(partnership, side)} moved {_title(check_in.cadence)}"
        f" from {when(old_at, zone)} to {when(turn.starts_at, zone)}"
        f" ({moment_in_zones(turn.starts_at, both_zones(partnership))})."
    )
    if all_following:
        text += f" From then on: {rhythm(check_in.cadence)}"
    return _line(_with_reason(text, reason), [button("Change", CHANGE, turn.id)])


def skipped(check_in: CheckIn, side: Side, *, reason: str, following: Occurrence | None) -> Drawn:
    partnership, zone = check_in.partnership, home_zone(check_in.partnership)
    text = (
        f"{name(partnership, side)} skipped {_title(check_in.cadence)}"
        f" on {when(check_in.turn.starts_at, zone)}."
    )
    if following is not None:
        text += f" Next: {when(following.starts_at, zone)}."
    return _line(_with_reason(text, reason), [button("Pick a time", CHANGE, check_in.turn.id)])


def ended(partnership: Partnership, cadence: Cadence, side: Side, *, reason: str) -> Drawn:
    text = f"{name(partnership, side)} ended {_title(cadence)}: no further turns are planned."
    return _line(_with_reason(text, reason), [])


def changed_answer(partnership: Partnership) -> Drawn:
    """What stands in the place of the private question once it is done."""
    if partnership.is_agreed:
        text = "Done. Both sides see it in the thread of *This week*."
    else:
        guest = name(partnership, partnership.guest_side)
        text = f"Done. I say nothing about it in the channel before {guest} agrees."
    return _line(text, [])


def _title(cadence: Cadence) -> str:
    return f"*{quoted(cadence.title, _TITLE_MOST)}*"


def _with_reason(text: str, reason: str) -> str:
    return f"{text} Reason: “{quoted(reason, REASON_MOST)}”" if reason else text


def _line(text: str, buttons: Sequence[Block]) -> Drawn:
    blocks = (section(text), actions(*buttons)) if buttons else (section(text),)
    return Drawn(text=text, blocks=blocks)
