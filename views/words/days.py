"""The day that starts at a word, by whichever reader understands the longest stretch."""

from functools import lru_cache

from views.words import dates, relative_days
from views.words.pieces import Piece, Reader, Sheet
from views.words.tokens import key_at
from views.words.typos import mended
from views.words.vocabulary import FAINT_DAYS, FAINT_WEEKDAYS


def piece_at(sheet: Sheet, index: int) -> Piece | None:
    """The expression for a day that starts at ``index``, the longest reading first."""
    longest: Piece | None = None
    for read in _readers_at(sheet, index):
        piece = read(sheet, index)
        if piece is not None and (longest is None or piece.end > longest.end):
            longest = piece
    return longest


def _readers_at(sheet: Sheet, index: int) -> tuple[Reader, ...]:
    key = key_at(sheet.tokens, index)
    if not key.isdecimal():
        return _readers_of(key)
    return _BEFORE_A_COLON if key_at(sheet.tokens, index + 1) == ":" else _BY_NUMBER


# Most words of a title start no date, and each of the others only dates of one or two kinds.
@lru_cache(maxsize=4096)
def _readers_of(word: str) -> tuple[Reader, ...]:
    slips = _WITH_SLIPS if mended(word) is not None else ()
    return tuple(read for read, firsts in _BY_WORD.items() if word in firsts or read in slips)


def faint(sheet: Sheet, index: int) -> bool:
    """Whether the word at ``index`` names a day only where something else says so."""
    return key_at(sheet.tokens, index) in FAINT_WEEKDAYS | FAINT_DAYS


_BY_NUMBER: tuple[Reader, ...] = (
    dates.iso,
    dates.numeric,
    dates.day_then_month,
    dates.ordinal,
    relative_days.ahead,
    relative_days.week_from_weekday,
    relative_days.from_table,
)
# 17:00 is no day; "día 24:" is one.
_BEFORE_A_COLON: tuple[Reader, ...] = (dates.ordinal,)
_BY_WORD = relative_days.FIRST_WORDS | dates.FIRST_WORDS
_WITH_SLIPS: tuple[Reader, ...] = (relative_days.weekday, dates.month_then_day)
