"""The days somebody is away, as they were typed: single ones, ranges and weeks."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from views.words.days import piece_at
from views.words.pieces import Piece, Sheet, Trouble, coming, end_of_month, monday_of
from views.words.tokens import key_at, number_at
from views.words.vocabulary import MONTHS, NUMBERS, UNITS

JOINS = frozenset(
    "to - – — until till til through thru and hasta ate a al hanggang se y e & , /".split()
)
LONGEST_DAYS = 730

DaysTrouble = Trouble | Literal["reversed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """One expression: the words it took and the first and last day it names.

    Attributes:
        is_weekday: A weekday without a date, which is whichever of them comes next.
    """

    start: int
    end: int
    first: date | None = None
    last: date | None = None
    is_weekday: bool = False
    trouble: DaysTrouble | None = None


def spoken(sheet: Sheet) -> list[Days]:
    """All days named, in the order of the text."""
    return list(_each(sheet))


def _each(sheet: Sheet) -> Iterator[Days]:
    index = 0
    previous: Days | None = None
    while index < len(sheet.tokens):
        one = (
            _numbers_before_month(sheet, index)
            or _one(sheet, index)
            or _second_number(sheet, index, previous)
        )
        if one is None:
            index += 1
            continue
        if previous is not None and not _joined(sheet, previous, one):
            return
        yield one
        previous, index = one, one.end


def _joined(sheet: Sheet, first: Days, second: Days) -> bool:
    """Whether "to" stands between; else the second is a label: "24 dec christmas"."""
    return any(token.key in JOINS for token in sheet.tokens[first.end : second.start])


def _one(sheet: Sheet, index: int) -> Days | None:
    piece = piece_at(sheet, index)
    if piece is None or piece.at is not None or key_at(sheet.tokens, index) in NUMBERS:
        return None
    if piece.trouble is not None:
        return Days(start=index, end=piece.end, trouble=piece.trouble)
    return _with_days(sheet, index, piece)


def _with_days(sheet: Sheet, index: int, piece: Piece) -> Days | None:
    if piece.is_week and piece.day is not None:
        first = max(piece.day, sheet.today)
        return Days(
            start=index, end=piece.end, first=first, last=monday_of(first) + timedelta(days=6)
        )
    day = piece.day
    if piece.weekday is not None:
        day = coming(sheet.today, piece.weekday, or_today=True)
    if piece.end_of_day and day is None:
        day = sheet.today
    if key_at(sheet.tokens, index) == "next" and key_at(sheet.tokens, index + 1) == "month" and day:
        return Days(start=index, end=piece.end, first=day.replace(day=1), last=end_of_month(day))
    if day is None:
        return None
    weekday = piece.weekday is not None
    return Days(start=index, end=piece.end, first=day, last=day, is_weekday=weekday)


def _numbers_before_month(sheet: Sheet, index: int) -> Days | None:
    """24-28 dec."""
    tokens = sheet.tokens
    first, last = number_at(tokens, index), number_at(tokens, index + 2)
    if first is None or last is None or key_at(tokens, index + 1) not in JOINS:
        return None
    after = index + 3 + (key_at(tokens, index + 3) in {"of", "de", "ng"})
    if key_at(tokens, after) not in MONTHS:
        return None
    piece = piece_at(sheet, index + 2)
    if piece is None or piece.day is None or not 1 <= first <= last:
        trouble: DaysTrouble | None = None if piece is None else piece.trouble
        if trouble is None:
            trouble = "reversed" if 1 <= last < first <= 31 else "impossible"
        return Days(start=index, end=after + 1, trouble=trouble)
    return Days(start=index, end=piece.end, first=piece.day.replace(day=first), last=piece.day)


def _second_number(sheet: Sheet, index: int, previous: Days | None) -> Days | None:
    """The 28 of "dec 24-28"."""
    day = number_at(sheet.tokens, index)
    if previous is None or previous.last is None or day is None or index != previous.end + 1:
        return None
    if key_at(sheet.tokens, index - 1) not in JOINS or not previous.last.day <= day <= 31:
        return None
    last = end_of_month(previous.last).day
    return Days(
        start=index,
        end=index + 1,
        first=previous.last.replace(day=min(day, last)),
        last=previous.last.replace(day=min(day, last)),
    )


def counted(sheet: Sheet) -> timedelta | None:
    """For 3 days, a week."""
    tokens = sheet.tokens
    for index in range(len(tokens)):
        count = number_at(tokens, index) or NUMBERS.get(key_at(tokens, index))
        unit = UNITS.at(tokens, index + 1) if count else None
        if unit is None or count is None or unit[0] not in {"day", "week", "working day"}:
            continue
        days = count * 7 if unit[0] == "week" else count
        return timedelta(days=min(days, LONGEST_DAYS + 1))
    return None
