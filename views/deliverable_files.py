"""The list of what both sides owe as a file for spreadsheets, and what is said with it."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from domain import zones
from domain.deliverables import Commitment
from domain.partnerships import Partnership
from domain.people import Side, other_side
from views.blocks import Drawn, plural, quoted, section
from views.deliverables import line_of, side_name
from views.times import place_of

NAME: Final = "deliverables.csv"
# So that spreadsheets know the letters for what they are.
_MARK: Final = "\ufeff"
# Spreadsheets take what begins so for a formula, some also behind spaces or in full width.
_FORMULA: Final = frozenset("=+-@\t\r\n＝＋－＠")
# Slack: preformatted text in a view stays readable in pieces of this length.
_PIECE_MOST: Final = 2900
_PIECES_MOST: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One deliverable of the file. ``owner``: the name, of the reader's own side; else empty."""

    commitment: Commitment
    owner: str = ""


def csv_text(partnership: Partnership, rows: Sequence[Row]) -> str:
    """The file: a head, and one row for each; nothing in it is taken for a formula."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    first, second = (partnership.side(one).calendar.zone for one in _sides(partnership))
    here, there = place_of(first), place_of(second)
    head = ("Side", "Title", "Owner", "State", f"Due ({here})", f"Due ({there})")
    more = (f"First date ({here})", "New dates", "Sent back", f"Delivered ({here})")
    writer.writerow([*head, *more, "Importance", "For"])
    for row in rows:
        writer.writerow([as_text(cell) for cell in _cells(partnership, row, (first, second))])
    return _MARK + written.getvalue()


def as_text(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula; other cells stay as they are."""
    bare = cell.lstrip(" \u00a0\u3000\ufeff")
    return f"'{cell}" if bare[:1] in _FORMULA and bare else cell


def title(partnership: Partnership) -> str:
    return f"Deliverables of {partnership.client.name} and {partnership.vendor.name}"[:200]


def sent(partnership: Partnership, count: int) -> Drawn:
    """To whoever asked for it: it comes in the direct messages."""
    return line_of(
        f"{plural(count, 'deliverable')} of {_pair(partnership)}: the file comes in your direct"
        " messages with me. Nobody else gets it."
    )


def comment(count: int) -> str:
    return f"{plural(count, 'deliverable')}: what is open, and what was closed in three months."


def nothing() -> Drawn:
    return line_of("Nothing is open here, and nothing was closed in three months.")


def to_copy(partnership: Partnership, text: str, count: int) -> Drawn:
    """For whoever is not written to directly: the same to copy, as no file can stand here."""
    head = (
        f"{plural(count, 'deliverable')} of {_pair(partnership)}. I do not write to you directly,"
        " so I cannot send you a file: copy this into one named `deliverables.csv`, or choose"
        " direct messages in *My settings* and press again."
    )
    body = text.removeprefix(_MARK)
    pieces = _pieces(body)
    shown = [_preformatted(piece) for piece in pieces[:_PIECES_MOST]]
    left = len(pieces) - len(shown)
    rest = [section(f"…and more rows, which do not fit here ({left} parts).")] if left > 0 else []
    return Drawn(text=head, blocks=(section(head), *shown, *rest))


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


def _pieces(text: str) -> list[str]:
    """Whole lines, so many as fit into one piece."""
    pieces, piece = [], ""
    for line in text.splitlines(keepends=True):
        if piece and len(piece) + len(line) > _PIECE_MOST:
            pieces.append(piece)
            piece = ""
        piece += line[:_PIECE_MOST]
    return [*pieces, piece] if piece else pieces


def _preformatted(text: str) -> dict[str, Any]:
    inner = {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": text}]}
    return {"type": "rich_text", "elements": [inner]}


def instead(partnership: Partnership) -> Drawn:
    """In the direct message, where Slack takes no file."""
    return line_of(
        f"Slack did not take the file about {quoted(title(partnership))}. *As a file* tries again."
    )
