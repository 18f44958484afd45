"""The list of what both sides owe as a file for spreadsheets, and what is said with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from domain import zones
from domain.deliverables import Commitment
from domain.partnerships import Partnership
from domain.people import Side, other_side
from views import spreadsheets
from views.blocks import Drawn, plural, quoted
from views.deliverables import line_of, side_name
from views.spreadsheets import COMES_DIRECTLY, Sheet
from views.times import place_of

NAME: Final = "deliverables.csv"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One deliverable of the file. ``owner``: the name, of the reader's own side; else empty."""

    commitment: Commitment
    owner: str = ""


def csv_text(partnership: Partnership, rows: Sequence[Row]) -> str:
    """The file, with both sides' clocks."""
    first, second = (partnership.side(one).calendar.zone for one in _sides(partnership))
    here, there = place_of(first), place_of(second)
    head = ("Side", "Title", "Owner", "State", f"Due ({here})", f"Due ({there})")
    more = (f"First date ({here})", "New dates", "Sent back", f"Delivered ({here})")
    cells = (_cells(partnership, row, (first, second)) for row in rows)
    return spreadsheets.csv_text((*head, *more, "Importance", "For"), cells)


def sheet(partnership: Partnership, rows: Sequence[Row]) -> Sheet:
    """The file, and what is said with it."""
    about = f"{plural(len(rows), 'deliverable')} of {_pair(partnership)}"
    title = f"Deliverables of {partnership.client.name} and {partnership.vendor.name}"[:200]
    return Sheet(
        name=NAME,
        title=title,
        text=csv_text(partnership, rows),
        said=f"{about}.",
        comment=f"{plural(len(rows), 'deliverable')}: what is open, and what was closed in three"
        " months.",
        sent=line_of(f"{about}: {COMES_DIRECTLY}"),
        instead=line_of(
            f"Slack did not take the file about {quoted(title)}. *As a file* tries again."
        ),
    )


def nothing() -> Drawn:
    return line_of("Nothing is open here, and nothing was closed in three months.")


def _cells(partnership: Partnership, row: Row, clocks: tuple[str, str]) -> list[str]:
    one, (first, second) = row.commitment, clocks
    return [
        partnership.side(one.side).name,
        one.title,
        row.owner or partnership.side(one.side).name,
        _state(one),
        _moment(one.due_at, first),
        _moment(one.due_at, second),
        _moment(one.first_due_at, first),
        str(one.moves),
        str(one.sent_back),
        _moment(one.closed_at, first) if one.state == "done" else "",
        one.importance,
        {"both": "both sides", "leads": "leads"}.get(one.audience, "own side"),
    ]


def _state(one: Commitment) -> str:
    if one.state == "done":
        said = {"approved": "accepted", "no_objection": "delivered, no objection"}
        return said.get(one.review or "", "delivered")
    states = {
        "proposed": "not accepted yet",
        "accepted": "open",
        "withdrawn": "cancelled",
        "declined": "not taken on",
    }
    return states[one.state]


def _moment(moment: datetime | None, zone: str) -> str:
    return "" if moment is None else f"{zones.local(moment, zone):%Y-%m-%d %H:%M}"


def _sides(partnership: Partnership) -> tuple[Side, Side]:
    return partnership.home_side, other_side(partnership.home_side)


def _pair(partnership: Partnership) -> str:
    return f"{side_name(partnership, 'client')} and {side_name(partnership, 'vendor')}"
