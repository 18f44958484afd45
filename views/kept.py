"""How promises were kept, drawn for one reader, by side."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from domain.compliance import Period, month_after, quarter_of
from domain.kept import FEWEST, Kept
from domain.partnerships import Partnership
from domain.people import SIDES, Side
from views.blocks import (
    Block,
    Blocks,
    Drawn,
    actions,
    button,
    context,
    modal,
    option,
    plain,
    plural,
    quoted,
    section,
    select,
)
from views.compliance import period_value, period_words, read_value

OPEN: Final = "deliverable.report"
VIEW: Final = "deliverable.report_view"
_NAME_MOST: Final = 60

__all__ = ["OPEN", "VIEW", "Report", "form", "opener", "read_value", "shown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What is drawn.

    Attributes:
        today: Of the reader, for the months that are offered.
    """

    partnership: Partnership
    period: Period
    sides: Mapping[Side, Kept]
    today: date


def shown(report: Report) -> Drawn:
    """The report as a message."""
    lines = [f"*{_title(report)}*", *_sides(report)]
    blocks: Blocks = [section(line) for line in lines]
    return Drawn(text="\n".join(lines), blocks=(*blocks, context(_note()), _months(report)))


def form(report: Report) -> Block:
    """The report as a form, which everybody is sure to see."""
    partnership = report.partnership
    carried = {"partnership": partnership.id, "channel": partnership.channel}
    return modal(
        VIEW,
        "Promises",
        [dict(block) for block in shown(report).blocks],
        metadata=json.dumps(carried),
    )


def opener(partnership: Partnership, period: Period) -> Drawn:
    """Said where both companies read it."""
    text = f"Press to see how promises were kept in {period_words(period)}; only you see it."
    row = actions(button("Promises", OPEN, period_value(partnership.id, period)), block_id="kept")
    return Drawn(text=text, blocks=(section(text), row))


def not_understood(partnership: Partnership, words: str) -> Drawn:
    """Said to words that name no month and no quarter."""
    text = (
        f"I report on a month or a quarter, and “{quoted(words, _NAME_MOST)}” is neither."
        " For example: `/deliverable report last month`, `last quarter`, `October`, `2026-10`."
    )
    row = actions(button("Promises", OPEN, partnership.id), block_id="kept")
    return Drawn(text=text, blocks=(section(text), row))


def in_home(partnership: Partnership, sides: Mapping[Side, Kept]) -> Blocks:
    """This month in the Home tab of a lead; nothing where nothing was due."""
    if not any(kept.due for kept in sides.values()):
        return []
    lines = [side_words(partnership, side, sides[side]) for side in SIDES if side in sides]
    more = button("Promises", OPEN, partnership.id)
    text = "\n".join(["Promises due this month:", *lines])
    return [section(text, accessory=more, block_id=f"kept-{partnership.id}")]


def side_words(partnership: Partnership, side: Side, kept: Kept) -> str:
    """What became of what a side promised."""
    name = f"*{quoted(partnership.side(side).name, _NAME_MOST)}*"
    if not kept.due:
        return f"{name}: nothing was due."
    if not kept.is_enough:
        return f"{name}: {plural(kept.due, 'deliverable')} due, too few to count."
    said = [
        f"{name}: of {plural(kept.due, 'deliverable')} {kept.first} kept at the first date,"
        f" {kept.last} at the last one."
    ]
    if kept.told_before or kept.told_after:
        said.append(
            f"New dates told before the old one had passed: {kept.told_before};"
            f" after it: {kept.told_after}."
        )
    if kept.sent_back:
        said.append(f"Sent back: {kept.sent_back}.")
    if kept.accepted or kept.no_objection:
        said.append(
            f"Accepted: {kept.accepted}; no objection, which is not acceptance:"
            f" {kept.no_objection}."
        )
    return " ".join(said)


def _sides(report: Report) -> list[str]:
    return [side_words(report.partnership, side, report.sides[side]) for side in SIDES]


def _title(report: Report) -> str:
    names = " and ".join(quoted(report.partnership.side(side).name, _NAME_MOST) for side in SIDES)
    return f"Promises of {names}, {period_words(report.period)}"


def _note() -> str:
    return (
        "By side, never by person, and only what both sides may read. A new date told before the"
        " old one had passed is fair; dates moved by waiting for the other side count as kept."
        f" Fewer than {FEWEST} are not counted."
    )


def _months(report: Report) -> Block:
    this = Period(first_on=report.today.replace(day=1))
    offered = {
        "This month": this,
        "Last month": Period(first_on=month_after(this.first_on, -1)),
        "This quarter": quarter_of(report.today),
    }
    options = [
        option(label, period_value(report.partnership.id, period))
        for label, period in offered.items()
    ]
    chosen = period_value(report.partnership.id, report.period)
    months = select(options, chosen) | {"action_id": OPEN}
    return actions(months | {"placeholder": plain("Other months")}, block_id="kept")
