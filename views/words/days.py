"""The day that starts at a word, by whichever reader understands the longest stretch."""

from collections.abc import Callable

from views.words import dates, relative_days
from views.words.pieces import Piece, Sheet
from views.words.tokens import key_at
from views.words.typos import mended
from views.words.vocabulary import FAINT_DAYS, FAINT_WEEKDAYS

Reader = Callable[[Sheet, int], Piece | None]


def piece_at(sheet: Sheet, index: int) -> Piece | None:
    """The expression for a day that starts at ``index``, the longest reading first."""
    key = key_at(sheet.tokens, index)
    if not key.isdecimal() and key not in _FIRST_WORDS and mended(key) is None:
        return None
    readers = _BY_NUMBER if key.isdecimal() else _BY_WORD
    found = [piece for read in readers if (piece := read(sheet, index)) is not None]
    return max(found, key=lambda piece: piece.end) if found else None


def faint(sheet: Sheet, index: int) -> bool:
    """Whether the word at ``index`` names a day only where something else says so."""
    return key_at(sheet.tokens, index) in FAINT_WEEKDAYS | FAINT_DAYS


# Most words of a title start no date: they need not be asked about one by one.
_FIRST_WORDS = relative_days.FIRST_WORDS | dates.FIRST_WORDS
_BY_NUMBER: tuple[Reader, ...] = (
    dates.iso,
    dates.numeric,
    dates.day_then_month,
    dates.ordinal,
    relative_days.ahead,
    relative_days.week_from_weekday,
    relative_days.from_table,
)
_BY_WORD: tuple[Reader, ...] = (
    relative_days.from_table,
    relative_days.weekday,
    dates.month_then_day,
    dates.month_alone,
    dates.ordinal_with_lead,
    relative_days.ahead,
    relative_days.week_from_weekday,
    relative_days.around_period,
    relative_days.period_end,
    dates.feast,
)
