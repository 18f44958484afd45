"""How check-ins went, drawn for one reader: in words, and in a table where it may stand."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from domain.compliance import Figures, OfSide, Period, month_after, quarter_of, total
from domain.partnerships import Partnership
from domain.people import SIDES, Side
from views.blocks import (
    Block,
    Blocks,
    Drawn,
    actions,
    button,
    context,
    cut,
    modal,
    option,
    plain,
    plural,
    quoted,
    section,
)

PICK: Final = "compliance.pick"
OPEN: Final = "compliance.open"
VIEW: Final = "compliance.view"

_NAME_MOST: Final = 60
# In a table, where a long name would leave no room for figures.
_HEAD_MOST: Final = 24
_NONE: Final = "–"
MONTHS_OFFERED: Final = 6
_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What is drawn.

    Attributes:
        months: One for each month of the period, in order.
        today: Of the reader, for the periods that are offered.
    """

    partnership: Partnership
    period: Period
    months: tuple[Figures, ...]
    today: date


def shown(report: Report) -> Drawn:
    """The report as a message: its table holds the same figures as the words."""
    blocks: Blocks = [section(f"*{_title(report)}*")]
    if _is_empty(report):
        blocks.append(section(_nothing(report)))
    else:
        blocks += [context(*_notes(report)), _pick(report), _table(report)]
        return Drawn(text=_text(report), blocks=tuple(blocks))
    return Drawn(text=_text(report), blocks=(*blocks, _pick(report)))


def form(report: Report) -> Block:
    """The report as a form, which everybody is sure to see; Slack has no tables in forms."""
    blocks: Blocks = [section(f"*{_title(report)}*")]
    if _is_empty(report):
        blocks.append(section(_nothing(report)))
    else:
        blocks += [section("\n".join(lines)) for lines in _paragraphs(report)]
        blocks.append(context(*_notes(report)))
    partnership = report.partnership
    carried = {"partnership": partnership.id, "channel": partnership.channel}
    return modal(VIEW, "Report", [*blocks, _pick(report)], metadata=json.dumps(carried))


def opener(partnership: Partnership, period: Period) -> Drawn:
    """Said where both companies read it: the report opens with a press."""
    text = f"Press to see how the check-ins of {period_words(period)} went; only you see it."
    value = period_value(partnership.id, period)
    row = actions(button("Report", OPEN, value), block_id="compliance")
    return Drawn(text=text, blocks=(section(text), row))


def not_understood(partnership: Partnership, words: str) -> Drawn:
    """Said to words that name no months."""
    text = (
        f"I did not understand which months “{quoted(words)}” are. For example:"
        " `/checkin report last month`, `this quarter`, `October`, `2026-10`."
    )
    row = actions(button("Report", OPEN, partnership.id), block_id="compliance")
    return Drawn(text=text, blocks=(section(text), row))


def period_value(partnership_id: str, period: Period) -> str:
    return f"{partnership_id}|{period.first_on:%Y-%m}|{period.months}"


def read_value(value: str) -> tuple[str, Period | None]:
    """The partnership, and the months that were chosen; None: none were, or they are spoiled."""
    partnership_id, _, rest = value.partition("|")
    first, _, months = rest.partition("|")
    try:
        period = Period(first_on=date.fromisoformat(f"{first}-01"), months=int(months))
    except ValueError:
        return partnership_id, None
    return partnership_id, period if period.months in {1, 3} else None


def month_words(month_on: date) -> str:
    return f"{_MONTHS[month_on.month - 1]} {month_on.year}"


def period_words(period: Period) -> str:
    """As in "October 2026" and "October to December 2026"."""
    if period.months == 1:
        return month_words(period.first_on)
    last_on = month_after(period.first_on, period.months - 1)
    first = _MONTHS[period.first_on.month - 1]
    if period.first_on.year != last_on.year:
        first = month_words(period.first_on)
    return f"{first} to {month_words(last_on)}"


def _title(report: Report) -> str:
    names = " and ".join(_name(report.partnership, side) for side in SIDES)
    return f"Check-ins of {names}, {period_words(report.period)}"


def _name(partnership: Partnership, side: Side) -> str:
    return quoted(partnership.side(side).name, _NAME_MOST)


def _is_empty(report: Report) -> bool:
    return all(one.is_empty for one in report.months)


def _nothing(report: Report) -> str:
    if not report.partnership.is_agreed:
        return "Check-ins are counted from the day on which both sides have agreed."
    if report.period.first_on > report.today:
        return f"{period_words(report.period)} has not begun."
    return f"No check-in was due in {period_words(report.period)}."


def _text(report: Report) -> str:
    if _is_empty(report):
        return f"{_title(report)}. {_nothing(report)}"
    lines = [line for lines in _paragraphs(report) for line in lines]
    return "\n".join([f"{_title(report)}.", *lines, *_notes(report)])


def _paragraphs(report: Report) -> list[list[str]]:
    """One for each month: what became of its check-ins, then what counts for each side."""
    several = len(report.months) > 1
    heads = [month_words(one.month_on) for one in report.months] if several else [""]
    found = [_of_month(report, head, one) for head, one in zip(heads, report.months, strict=True)]
    if several:
        found.append(_of_month(report, "All", total(report.months)))
    return found


def _of_month(report: Report, head: str, figures: Figures) -> list[str]:
    lines, partnership = [f"*{head}*"] if head else [], report.partnership
    if figures.month_on > report.today:
        return [*lines, "It has not begun."]
    if figures.is_empty:
        return [*lines, "No check-in was due."]
    counted = [f"{label.lower()} {count}" for label, count in _in_all(figures)]
    lines.append(_sentence(counted))
    for side in SIDES:
        own = [
            f"{label.lower()} {count}"
            for label, count in _own(figures.by_side[side])
            if count or label in _ALWAYS
        ]
        lines.append(f"{_name(partnership, side)}: {', '.join(own)}.")
    return lines


def _sentence(parts: Sequence[str]) -> str:
    joined = ", ".join(parts)
    return f"{joined[:1].upper()}{joined[1:]}."


def _in_all(figures: Figures) -> list[tuple[str, int | str]]:
    """What became of all that was planned; what is rare stands there only when it happened."""
    rare = [
        ("Did not take place", figures.not_held),
        ("Called off with notice", figures.called_off),
        *_open(figures),
    ]
    return [
        ("Planned", figures.planned),
        ("Held", figures.held),
        *((label, count) for label, count in rare if count),
        *_topics(figures),
    ]


def _open(figures: Figures) -> list[tuple[str, int]]:
    return [
        ("Told differently", figures.told_differently),
        ("Not confirmed", figures.not_confirmed),
        ("Still to come", figures.still_to_come),
    ]


def _topics(figures: Figures) -> list[tuple[str, int | str]]:
    if not figures.topics_due:
        return []
    return [("Topics covered", f"{figures.topics_covered} of {figures.topics_due}")]


def _own(own: OfSide) -> list[tuple[str, int]]:
    return [
        ("Moved with notice", own.moved_in_time),
        ("Moved at short notice", own.moved_late),
        ("Called off with notice", own.called_off),
        ("Did not take place", own.not_held),
    ]


def _notes(report: Report) -> list[str]:
    """How it is counted, and what is not."""
    whole = total(report.months)
    left_out = plural(whole.on_holidays, "turn")
    notes = [
        "Each side's own moves count for it; a check-in that did not take place counts for both"
        " sides, unless one of them called it off. With notice: a working day before."
    ]
    if whole.on_holidays:
        notes.append(f"Left out on holidays, as agreed, and not counted: {left_out}.")
    if whole.not_asked:
        asked = plural(whole.not_asked, "turn")
        notes.append(f"Not counted, as nobody was asked while Touchbase rested: {asked}.")
    return notes


def _table(report: Report) -> Block:
    """One month: a column for each side. Several: a row for each side and month, as they go on."""
    columns = [*_of_sides(report, "", report.months[0])] if len(report.months) == 1 else []
    rows = [] if columns else _rows_of_months(report)
    labels = _labels([figures for _, figures in columns or rows])
    if columns:
        lines = [["", *(head for head, _ in columns)]]
        lines += [[label, *(one.get(label, _NONE) for _, one in columns)] for label in labels]
    else:
        lines = [["", *labels]]
        lines += [[head, *(one.get(label, _NONE) for label in labels)] for head, one in rows]
    aligned: list[Block] = [{"align": "left", "is_wrapped": True}]
    aligned += [{"align": "right", "is_wrapped": True} for _ in lines[0][1:]]
    cells = [[_cell(text) for text in line] for line in lines]
    return {"type": "table", "rows": cells, "column_settings": aligned}


def _rows_of_months(report: Report) -> list[tuple[str, dict[str, str]]]:
    begun = [one for one in report.months if one.month_on <= report.today]
    heads = [_MONTHS[one.month_on.month - 1][:3] for one in begun]
    every = [*zip(heads, begun, strict=True), ("All", total(report.months))]
    return [row for head, one in every for row in _of_sides(report, head, one)]


def _of_sides(report: Report, head: str, figures: Figures) -> list[tuple[str, dict[str, str]]]:
    """Each side's name, behind the month if one is given, with its figures."""
    names = {side: report.partnership.side(side).name for side in SIDES}
    return [
        (f"{head} {cut(names[side], _HEAD_MOST)}".strip(), _column(figures, side)) for side in SIDES
    ]


def _labels(columns: Sequence[Mapping[str, str]]) -> list[str]:
    """What is rare stands there only where it happened."""
    shown = {label for one in columns for label, count in one.items() if count != "0"}
    return [label for label in _LABELS if label in _ALWAYS or label in shown]


def _column(figures: Figures, side: Side) -> dict[str, str]:
    """What a side shares with the other, and what is its own."""
    shared = [("Planned", figures.planned), ("Held", figures.held), *_open(figures)]
    every = [*shared, *_topics(figures), *_own(figures.by_side[side])]
    return {label: str(count) for label, count in every}


def _cell(text: str) -> Block:
    return {"type": "raw_text", "text": text or " "}


def _pick(report: Report) -> Block:
    """A menu of other months; the months that are shown stand first when they are older."""
    offered = _offered(report.today)
    if report.period not in offered:
        offered = [report.period, *offered]
    options = [
        option(period_words(one), period_value(report.partnership.id, one)) for one in offered
    ]
    menu: Block = {
        "type": "static_select",
        "action_id": PICK,
        "placeholder": plain("Another month"),
        "options": options,
        "initial_option": options[offered.index(report.period)],
    }
    return actions(menu, block_id="compliance")


def _offered(today: date) -> list[Period]:
    this_month, this_quarter = today.replace(day=1), quarter_of(today)
    months = [Period(first_on=month_after(this_month, -n)) for n in range(MONTHS_OFFERED)]
    last_quarter = quarter_of(month_after(this_quarter.first_on, -1))
    return [*months, this_quarter, last_quarter]


_LABELS: Final = (
    "Planned",
    "Held",
    "Moved with notice",
    "Moved at short notice",
    "Called off with notice",
    "Did not take place",
    "Told differently",
    "Not confirmed",
    "Still to come",
    "Topics covered",
)
_ALWAYS: Final = frozenset(
    {"Planned", "Held", "Moved with notice", "Moved at short notice", "Did not take place"}
)
