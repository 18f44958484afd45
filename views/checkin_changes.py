"""Lines in the thread of *This week* that tell what changed about check-ins, and on whose word."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from domain.cadences import Cadence, Occurrence, Plan, until_on
from domain.checkin_moves import Change, Cut, Following
from domain.checkins import CheckIn
from domain.partnerships import Partnership
from domain.people import Side
from domain.written import is_written
from views.blocks import Block, Drawn, actions, button, quoted, section
from views.checkin_hours import warning
from views.checkin_values import MOVE, MOVE_ALL, REASON_MOST, RESUME, write, write_cut
from views.checkins import CHANGE, both_zones, home_zone, name
from views.presets import takes
from views.rhythms import say_rule
from views.times import day_words, moment_in_zones, when

_TITLE_MOST: Final = 80


def rhythm(cadence: Cadence) -> str:
    """As in: Every Tuesday at 10:00 New York until Thu 31 Dec, 30 minutes."""
    plan = cadence.plan
    place = plan.zone.rsplit("/", 1)[-1].replace("_", " ")
    at = f"{plan.local_start:%H:%M} {place}{until_words(plan)}"
    return f"{say_rule(plan.rule)} at {at}, {takes(plan)}."


def until_words(plan: Plan) -> str:
    """The last day on which there may be a turn, behind a space; empty where it goes on."""
    last_on = until_on(plan)
    return "" if last_on is None else f" until {day_words(last_on, plan.local_start.date())}"


def moved(
    check_in: CheckIn, side: Side, old_at: datetime, *, reason: str, replaced: Following | None
) -> Drawn:
    """A turn that was given another time, or its own again; ``check_in`` as it is afterwards.

    Args:
        replaced: The rule that held until then; None: it moved alone.
    """
    partnership, turn = check_in.partnership, check_in.turn
    zone = home_zone(partnership)
    is_back = old_at == turn.starts_at
    verb = "planned again" if is_back else f"moved from {when(old_at, zone, turn.starts_at)}"
    text = (
        f"{name(partnership, side)}: {_title(check_in.cadence)} is {verb}"
        f"{':' if is_back else ' to'} {when(turn.starts_at, zone, old_at)}"
        f" ({moment_in_zones(turn.starts_at, both_zones(partnership), old_at)})"
    )
    is_warned = not is_back and not is_written(check_in.cadence.plan)
    text += f"{warning(partnership, turn.starts_at) if is_warned else ''}."
    if replaced is not None:
        text += f" From then on: {rhythm(check_in.cadence)}"
    buttons = [button("Change", CHANGE, turn.id)]
    if not is_back:
        back = write(_back(check_in, old_at, replaced))
        buttons.insert(0, button("Undo", MOVE if replaced is None else MOVE_ALL, back))
    return _line(_with_reason(text, reason), buttons)


def skipped(check_in: CheckIn, side: Side, *, reason: str, next_at: datetime | None) -> Drawn:
    """A turn that is left out. ``next_at``: the start of the next one; None: there is none."""
    partnership, zone = check_in.partnership, home_zone(check_in.partnership)
    text = (
        f"{name(partnership, side)} skipped {_title(check_in.cadence)}"
        f" on {when(check_in.turn.starts_at, zone)}."
    )
    if next_at is not None:
        text += f" Next: {when(next_at, zone, check_in.turn.starts_at)}."
    turn = check_in.turn
    buttons = [
        button("Undo", MOVE, write(_back(check_in, turn.starts_at))),
        button("Pick a time", CHANGE, turn.id),
    ]
    return _line(_with_reason(text, reason), buttons)


def ended(partnership: Partnership, cadence: Cadence, side: Side, *, reason: str) -> Drawn:
    text = f"{name(partnership, side)} ended {_title(cadence)}: no further turns are planned."
    return _line(_with_reason(text, reason), [_undo_end(Cut(cadence_id=cadence.id))])


def ended_from(
    partnership: Partnership, cadence: Cadence, first: datetime, side: Side, *, reason: str
) -> Drawn:
    """One turn and all that follow are called off; ``cadence`` as it was before.

    Args:
        first: Wall time of that turn by the rule.
    """
    text = (
        f"{name(partnership, side)} ended {_title(cadence)} from {day_words(first.date())} on:"
        " that turn and all that would follow are called off."
    )
    return _line(_with_reason(text, reason), [_undo_end(Cut.of(cadence))])


def resumed(
    partnership: Partnership, cadence: Cadence, following: Occurrence | None, side: Side
) -> Drawn:
    """A check-in that had been ended goes on."""
    text = f"{name(partnership, side)}: {_title(cadence)} goes on. {rhythm(cadence)}"
    if following is None:
        return _line(text, [])
    text += f" Next: {when(following.starts_at, home_zone(partnership))}."
    return _line(text, [button("Change", CHANGE, following.id)])


def changed_answer(partnership: Partnership, cut: Cut | None = None) -> Drawn:
    """What stands in the place of the private question once it is done.

    Args:
        cut: The end of turns that came of it, which can be taken back here, too.
    """
    undo = [] if cut is None else [_undo_end(cut)]
    if partnership.is_agreed:
        text = "Done. Both sides see it in the thread of *This week*."
    else:
        guest = name(partnership, partnership.guest_side)
        text = f"Done. I say nothing about it in the channel before {guest} agrees."
    return _line(text, undo)


def _undo_end(cut: Cut) -> Block:
    return button("Undo", RESUME, write_cut(cut))


def _back(check_in: CheckIn, old_at: datetime, replaced: Following | None = None) -> Change:
    """What takes a change back: the turn starts when it did, by the rule that held."""
    turn = check_in.turn
    return Change(
        what="move",
        cadence_id=turn.cadence_id,
        original=turn.original,
        to_at=old_at,
        following=replaced,
    )


def _title(cadence: Cadence) -> str:
    return f"*{quoted(cadence.title, _TITLE_MOST)}*"


def _with_reason(text: str, reason: str) -> str:
    return f"{text} Reason: “{quoted(reason, REASON_MOST)}”" if reason else text


def _line(text: str, buttons: Sequence[Block]) -> Drawn:
    blocks = (section(text), actions(*buttons)) if buttons else (section(text),)
    return Drawn(text=text, blocks=blocks)
