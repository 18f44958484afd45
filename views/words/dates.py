"""Dates with a number in them: 24 December, 12/24, the 24th; other days are in `relative_days`.

Each reader is asked about one index and answers the day that starts there, or None.
"""

from collections.abc import Sequence

from views.words.pieces import Piece, Reader, Sheet, dated, end_of_month, without_year
from views.words.tokens import Token, glued, key_at, number_at, phrases
from views.words.typos import mended
from views.words.vocabulary import MONTHS, ORDINAL_ENDINGS, UNITS

_SAME_OR_NEXT = phrases(
    [
        (0, "of this month|of the month|this month|of the current month|de este mes|del mes"),
        (0, "deste mes|do mes|ng buwan|ng buwang ito"),
        (1, "of next month|next month|ng susunod na buwan|del proximo mes|do proximo mes"),
        (1, "del mes que viene|do mes que vem"),
    ]
)
_OF = frozenset({"of", "de", "del", "do", "da", "ng", "-", ",", ".", "ki", "ke"})
_FEASTS = phrases(
    [
        ((12, 25), "christmas|christmas day|xmas|x-mas|navidad|natal|pasko"),
        ((12, 24), "christmas eve|nochebuena|noche buena|vespera de natal"),
        ((12, 31), "new year's eve|new year’s eve|new years eve|nochevieja|fin de ano|reveillon"),
        ((1, 1), "new year|new years|new year's|new year’s|new year's day|ano nuevo|ano novo"),
    ]
)


def iso(sheet: Sheet, index: int) -> Piece | None:
    tokens = sheet.tokens
    if len(key_at(tokens, index)) != 4 or index + 5 > len(tokens):
        return None
    sign = key_at(tokens, index + 1)
    month, day = number_at(tokens, index + 2), number_at(tokens, index + 4)
    if (
        sign not in {"-", "/", "."}
        or key_at(tokens, index + 3) != sign
        or month is None
        or day is None
    ):
        return None
    return dated(number_at(tokens, index) or 0, month, day, index + 5)


def numeric(sheet: Sheet, index: int) -> Piece | None:
    """12/24, 24.12.2026, 3-4-27: by the writer's order; two readings are asked."""
    tokens = sheet.tokens
    sign = key_at(tokens, index + 1)
    first, second = number_at(tokens, index), number_at(tokens, index + 2)
    if sign not in {"/", "-", "."} or first is None or second is None:
        return None
    if not (glued(tokens, index + 1) and glued(tokens, index + 2)):
        return None
    year, end = year_behind(tokens, index + 3, sign)
    if len(key_at(tokens, index)) > 2 or len(key_at(tokens, index + 2)) > 2:
        return None
    if year is None and (sign != "/" or (first, second) == (24, 7)):
        return None
    return day_and_month(sheet, (first, second), year, end)


def year_behind(tokens: Sequence[Token], index: int, sign: str) -> tuple[int | None, int]:
    year = number_at(tokens, index + 1)
    if key_at(tokens, index) != sign or year is None or not glued(tokens, index + 1):
        return None, index
    digits = len(tokens[index + 1].key)
    if digits not in {2, 4}:
        return None, index
    return (year + 2000 if digits == 2 else year), index + 2


def day_and_month(sheet: Sheet, pair: tuple[int, int], year: int | None, end: int) -> Piece | None:
    first, second = pair
    if first > 12 and second > 12:
        return Piece(end=end, trouble="impossible", clear=False) if max(pair) <= 31 else None
    if sheet.date_order is None and first <= 12 and second <= 12 and first != second:
        return Piece(end=end, trouble="ambiguous", clear=False)
    month_first = second > 12 or (first <= 12 and sheet.date_order != "DMY")
    month, day = pair if month_first else (second, first)
    if month == 0 or day == 0:
        return None
    clear = year is not None
    if year is None:
        return without_year(sheet, month, day, end, clear=clear)
    return dated(year, month, day, end, clear=clear)


def day_then_month(sheet: Sheet, index: int) -> Piece | None:
    """24 dec, 24th of December 2026, 24 de diciembre de 2026, ika-24 ng Disyembre."""
    tokens = sheet.tokens
    day = number_at(tokens, index)
    if day is None or len(tokens[index].key) > 2:
        return None
    at = behind_ordinal(tokens, index)
    while key_at(tokens, at) in _OF and at < index + 5:
        at += 1
    month = month_at(tokens, at)
    if month is None:
        return None
    return with_year(sheet, month, day, at + 1)


def month_alone(sheet: Sheet, index: int) -> Piece | None:
    """By December: before it begins, or before it ends? Asked, and only where a date is due."""
    month = MONTHS.get(key_at(sheet.tokens, index))
    if month is None or len(key_at(sheet.tokens, index)) < 3:
        return None
    year = number_at(sheet.tokens, index + 1)
    with_year = year is not None and 1900 <= year <= 2999
    end = index + 2 if with_year else index + 1
    return Piece(end=end, trouble="ambiguous", clear=False, only_led=True)


def month_then_day(sheet: Sheet, index: int) -> Piece | None:
    """Dec 24, December 24th, 2026."""
    tokens = sheet.tokens
    month = month_at(tokens, index)
    if month is None:
        return None
    at = index + 1 + (key_at(tokens, index + 1) in {".", "the"})
    at += key_at(tokens, at) == "the"
    day = number_at(tokens, at)
    if (
        day is None
        or len(tokens[at].key) > 2
        or key_at(tokens, at + 1) in {":", "h", "am", "pm", "%"}
    ):
        return None
    return with_year(sheet, month, day, behind_ordinal(tokens, at))


def month_at(tokens: Sequence[Token], index: int) -> int | None:
    key = key_at(tokens, index)
    return MONTHS.get(key) or MONTHS.get(mended(key) or "")


def with_year(sheet: Sheet, month: int, day: int, end: int) -> Piece:
    at = end
    while key_at(sheet.tokens, at) in {",", "de", "del", ".", "-"} and at < end + 2:
        at += 1
    year = number_at(sheet.tokens, at)
    if year is not None and 1900 <= year <= 2999 and len(key_at(sheet.tokens, at)) == 4:
        return dated(year, month, day, at + 1)
    return without_year(sheet, month, day, end)


def behind_ordinal(tokens: Sequence[Token], index: int) -> int:
    """The index behind a number and its ending (24th, 1º)."""
    ending = key_at(tokens, index + 1)
    if glued(tokens, index + 1) and (ending in ORDINAL_ENDINGS or ending in {"º", "ª", "°"}):
        return index + 2
    return index + 1


def ordinal(sheet: Sheet, index: int) -> Piece | None:
    """24th, día 24, ika-24, 24 tarikh: the next such day."""
    tokens = sheet.tokens
    day = number_at(tokens, index)
    if day is None or len(tokens[index].key) > 2:
        return None
    end = behind_ordinal(tokens, index)
    led = key_at(tokens, index - 1) == "dia" or key_at(tokens, index - 2) == "ika"
    if key_at(tokens, end) in {"tarikh", "tareekh", "tarik"}:
        return next_such_day(sheet, day, end + 1)
    suffix = key_at(tokens, index + 1)
    month = _SAME_OR_NEXT.at(tokens, end)
    if month is not None:
        last = end_of_month(sheet.today, month[0])
        return dated(last.year, last.month, day, month[1])
    if UNITS.at(tokens, end) is not None:
        return None  # "the 3rd working day": counted by a calendar that is not known here
    if led or (end > index + 1 and suffix in {"st", "nd", "rd", "th"}):
        return next_such_day(sheet, day, end)
    return None


def ordinal_with_lead(sheet: Sheet, index: int) -> Piece | None:
    tokens = sheet.tokens
    key = key_at(tokens, index)
    at = index + 1
    if key == "ika" and key_at(tokens, at) == "-":
        at += 1
    elif key != "dia":
        return None
    if number_at(tokens, at) is None:
        return None
    return day_then_month(sheet, at) or ordinal(sheet, at)


def next_such_day(sheet: Sheet, day: int, end: int) -> Piece:
    if not 1 <= day <= 31:
        return Piece(end=end, trouble="impossible", clear=False)
    for months in range(3):
        last = end_of_month(sheet.today, months)
        if day <= last.day and (found := last.replace(day=day)) >= sheet.today:
            return Piece(end=end, day=found, clear=False)
    return Piece(end=end, trouble="impossible", clear=False)


def feast(sheet: Sheet, index: int) -> Piece | None:
    found = _FEASTS.at(sheet.tokens, index)
    if found is None:
        return None
    (month, day), end = found
    return without_year(sheet, month, day, end, clear=False)


# A slip of the finger may begin a month with its day, too.
FIRST_WORDS: dict[Reader, frozenset[str]] = {
    month_then_day: frozenset(MONTHS),
    month_alone: frozenset(MONTHS),
    ordinal_with_lead: frozenset({"ika", "dia"}),
    feast: _FEASTS.first_words,
}
"""The words with which what a reader reads can begin."""
