"""A file for spreadsheets, and the same to copy where no file can stand; whose rows they are no."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from views.blocks import Drawn, section

COMES_DIRECTLY: Final = "the file comes in your direct messages with me. Nobody else gets it."
# So that spreadsheets know the letters for what they are.
_MARK: Final = "\ufeff"
# Spreadsheets take what begins so for a formula, some also behind spaces or in full width.
_FORMULA: Final = frozenset("=+-@\t\r\n＝＋－＠")
# Slack: preformatted text in a view stays readable in pieces of this length.
_PIECE_MOST: Final = 2900
_PIECES_MOST: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A file and what is said with it.

    Attributes:
        said: What it is, as a sentence, where it is copied.
        comment: Beside the file.
        sent: To whoever asked: that it comes.
        instead: In the direct message, where Slack takes no file.
    """

    name: str
    title: str
    text: str
    said: str
    comment: str
    sent: Drawn
    instead: Drawn


def csv_text(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """The file: a head, and one row for each; nothing in it is taken for a formula."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(head)
    for row in rows:
        writer.writerow([as_text(cell) for cell in row])
    return _MARK + written.getvalue()


def as_text(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula; other cells stay as they are."""
    bare = cell.lstrip(" \u00a0\u3000\ufeff")
    return f"'{cell}" if bare[:1] in _FORMULA and bare else cell


def to_copy(sheet: Sheet) -> Drawn:
    """For whoever is not written to directly: what the file holds, as text."""
    head = (
        f"{sheet.said} I do not write to you directly, so I cannot send you a file: copy this into"
        f" one named `{sheet.name}`, or choose direct messages in *My settings* and press again."
    )
    pieces = _pieces(sheet.text.removeprefix(_MARK))
    shown = [_preformatted(piece) for piece in pieces[:_PIECES_MOST]]
    left = len(pieces) - len(shown)
    rest = [section(f"…and more rows, which do not fit here ({left} parts).")] if left > 0 else []
    return Drawn(text=head, blocks=(section(head), *shown, *rest))


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
