"""What is said about deliverables that recur: how they were understood, the list, their end."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from domain.cadences import Cadence, Plan
from domain.deliverables import Commitment
from domain.due_days import Named
from domain.partnerships import Partnership
from domain.people import Side
from domain.series import (
    ASKED_DAYS_BEFORE,
    ASKED_DAYS_BEFORE_OFTEN,
)
from views.blocks import Blocks, Drawn, actions, button, context, mention, plural, quoted, section
from views.deliverables import earlier, in_both_zones, line_of, side_name, titled
from views.rhythms import say_rule

END: Final = "series.end"
RESUME: Final = "series.resume"
UNDO: Final = "series.undo"

_SHOWN_MOST: Final = 20
_OF_SHORTER: Final = " (of a shorter month its last day)"
_SHORT_MONTHS: Final = {29: _OF_SHORTER, 30: _OF_SHORTER, 31: " (the 31st, where there is one)"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One line of the list.

    Attributes:
        owner: Slack id; None where others read it, too.
        next_due: The next that is asked for or will be; None: there is none.
        is_declined: The last one was not taken on: it ends, unless somebody else takes it on.
        may_end: The reader may end it.
    """

    cadence: Cadence
    side: Side
    owner: str | None
    next_due: str | None
    may_end: bool
    is_declined: bool = False


def repeats(plan: Plan) -> str:
    """The rule inside a sentence, as in "every Thursday", "the last working day of each month".

    A date that not every month has says what it means there.
    """
    said = say_rule(plan.rule)
    is_by_month = plan.rule.frequency in {"monthly", "quarterly"}
    short = _SHORT_MONTHS.get(plan.rule.day or 0, "") if is_by_month else ""
    return f"{said[0].lower()}{said[1:]}{short}"


def note(plan: Plan, commitment: Commitment) -> str:
    """On the card of a turn."""
    text = f"Repeats: {repeats(plan)}"
    return f"{text}; a yes holds for those that follow" if commitment.state == "proposed" else text


def noted(
    partnership: Partnership,
    plan: Plan,
    first: Commitment,
    owner: str | None,
    *,
    named: Named | None = None,
) -> Drawn:
    """How it was understood, with what takes it back.

    Args:
        owner: Slack id when only the author reads it; None: the side is named.
        named: The day of the first turn, when its owner does not work on it.
    """
    side = side_name(partnership, first.side)
    who = side if owner is None else f"{mention(owner)} ({side})"
    lines = [
        f"Noted: {titled(first)}, {who}, {repeats(plan)}.",
        f"First due {in_both_zones(partnership, first)}.",
        *([] if named is None else [earlier(partnership, first, named)]),
        f"Each further one is asked for {_before(plan)} before its date.",
    ]
    if first.state == "proposed":
        lines.append(f"{side} is asked to accept it; a yes holds for those that follow.")
    row = actions(button("Undo", UNDO, str(first.cadence_id)), block_id="undo")
    text = " ".join(lines)
    return Drawn(text=text, blocks=(section(text), row))


def listing(partnership: Partnership, every: Sequence[Shown]) -> Drawn:
    """What repeats here, each with its end."""
    if not every:
        return line_of(
            "Nothing repeats here yet. `/deliverable @ana roster every thursday` begins something,"
            " or *Repeats* behind *More* in the form."
        )
    blocks: Blocks = [section("*What repeats*")]
    for one in every[:_SHOWN_MOST]:
        end = button("End this", END, one.cadence.id) if one.may_end else None
        blocks.append(section(_line(partnership, one), accessory=end, block_id=one.cadence.id))
    left = len(every) - _SHOWN_MOST
    if left > 0:
        blocks.append(context(f"…and {left} more"))
    text = "; ".join(f"{quoted(one.cadence.title)}, {repeats(one.cadence.plan)}" for one in every)
    return Drawn(text=f"What repeats: {text}", blocks=tuple(blocks))


def ended(cadence: Cadence) -> Drawn:
    """To whoever ended it."""
    text = f"*{quoted(cadence.title)}* repeats no more. What is asked for already stays."
    row = actions(button("Undo", RESUME, cadence.id), block_id="undo")
    return Drawn(text=text, blocks=(section(text), row))


def ended_line(partnership: Partnership, cadence: Cadence, side: Side) -> Drawn:
    return line_of(f"*{quoted(cadence.title)}* ({side_name(partnership, side)}): repeats no more.")


def resumed(cadence: Cadence) -> Drawn:
    return line_of(f"*{quoted(cadence.title)}* repeats again, {repeats(cadence.plan)}.")


def resumed_line(partnership: Partnership, cadence: Cadence, side: Side) -> Drawn:
    name = side_name(partnership, side)
    return line_of(f"*{quoted(cadence.title)}* ({name}): repeats again, {repeats(cadence.plan)}.")


def undone(cadence: Cadence, *, is_kept: bool = False) -> Drawn:
    """To whoever took it back.

    Args:
        is_kept: Somebody has taken the first one on.
    """
    rest = "What was accepted already stays." if is_kept else "Nobody is asked for it."
    return line_of(f"Taken back: *{quoted(cadence.title)}*. {rest}")


def _line(partnership: Partnership, one: Shown) -> str:
    side = side_name(partnership, one.side)
    who = side if one.owner is None else f"{mention(one.owner)}, {side}"
    due = "" if one.next_due is None else f" Next: {one.next_due}."
    if one.is_declined:
        due = " Not taken on: it ends, unless somebody else is chosen on the card of the last one."
    return f"*{quoted(one.cadence.title)}* ({who}): {repeats(one.cadence.plan)}.{due}"


def _before(plan: Plan) -> str:
    is_often = plan.rule.frequency == "weekly" and len(plan.rule.days) > 1
    return plural(ASKED_DAYS_BEFORE_OFTEN if is_often else ASKED_DAYS_BEFORE, "working day")
