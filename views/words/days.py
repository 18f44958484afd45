"""Days as people type them, one expression at a time; choosing among them is done elsewhere."""

from calendar import monthrange
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from views.words.tokens import Token, glued, key_at, number_at, phrases
from views.words.typos import mended
from views.words.vocabulary import (
    DAYS,
    END_OF_DAY,
    FAINT_DAYS,
    FAINT_WEEKDAYS,
    FRIDAY,
    MONTHS,
    NUMBERS,
    ORDINAL_ENDINGS,
    UNITS,
    WEEKDAYS,
)

DateOrder = Literal["MDY", "DMY"]
Trouble = Literal["ambiguous", "past", "impossible"]

# A day without a year that lies this little back was more likely mistaken than meant for next year.
_RECENT = timedelta(days=90)

_NEXT = phrases(
    [
        ("following", "next|nxt|the next|agle|agli|susunod na|sa susunod na"),
        (
            "coming",
            "coming|this coming|the coming|proximo|proxima|el proximo|la proxima|na proxima",
        ),
        (
            "coming",
            "no proximo|o proximo|a proxima|darating na|itong darating na|upcoming|aane vale",
        ),
        ("coming", "aane wale"),
        ("this", "this|este|esta|nesta|neste|ngayong|itong|is"),
        ("last", "last|noong|pichle"),
    ]
)
_BEHIND_WEEKDAY = phrases(
    [
        ("coming", "que viene|que vem|proximo|proxima|feira que vem|na darating|feira proxima"),
        ("plain", "feira|-feira|- feira|ka|ke din|ko din"),
        ("past", "pasado|passado|passada|last week|feira passada"),
        ("week later", "week"),
    ]
)
_IN = phrases(
    [
        (True, "in|within|in about|in the next|within the next|en|dentro de|em|daqui a|loob ng"),
        (True, "sa loob ng|makalipas ang|pagkatapos ng|after|dentro dos proximos|en los proximos"),
        (True, "within a|no prazo de|in a couple of|in max|agle|agale"),
    ]
)
_FROM_NOW = phrases(
    [
        (True, "from now|from today|mein|me|baad|ke baad|ke andar|ke bhitar|mula ngayon|out"),
        (True, "a partir de hoy|a partir de hoje|a partir de ahora|time|later|hence|andar|mula"),
    ]
)
_END_OF = phrases(
    [(True, "end of|the end of|fin de|finales de|final de|fim de|katapusan ng|eo|late")]
)
_MIDDLE_OF = phrases(
    [(True, "mid|middle of|the middle of|mid -|mediados de|meados de|kalagitnaan ng")]
)
_START_OF = phrases(
    [
        (
            True,
            "start of|beginning of|the start of|the beginning of|early|principios de"
            "|inicio de|simula ng",
        )
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One expression for a day.

    Attributes:
        end: Index of the word behind it.
        day: The day, or the Monday of a week if ``is_week``; None for a bare weekday, an exact
            moment or trouble.
        clear: Whether it is a date wherever it stands, also in the middle of a title.
    """

    end: int
    day: date | None = None
    weekday: int | None = None
    is_week: bool = False
    end_of_day: bool = False
    at: datetime | None = None
    trouble: Trouble | None = None
    clear: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A text and the moment it was typed, as its reader sees them."""

    tokens: Sequence[Token]
    now: datetime
    """Naive, on the writer's wall clock."""
    date_order: DateOrder | None

    @property
    def today(self) -> date:
        return self.now.date()


Reader = Callable[[Sheet, int], Piece | None]


def piece_at(sheet: Sheet, index: int) -> Piece | None:
    """The expression for a day that starts at ``index``, the longest reading first."""
    key = key_at(sheet.tokens, index)
    readers = _BY_NUMBER if key.isdecimal() else _BY_WORD
    found = [piece for read in readers if (piece := read(sheet, index)) is not None]
    return max(found, key=lambda piece: piece.end) if found else None


def coming(today: date, weekday: int, *, or_today: bool = False) -> date:
    """The next such weekday after ``today``."""
    ahead = (weekday - today.weekday()) % 7
    return today + timedelta(days=ahead if ahead or or_today else 7)


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def end_of_month(day: date, months: int = 0) -> date:
    """The last day of the month that many months after the one of ``day``."""
    years, month = divmod(day.month - 1 + months, 12)
    return date(day.year + years, month + 1, monthrange(day.year + years, month + 1)[1])


def end_of_quarter(day: date, quarters: int = 0) -> date:
    return end_of_month(day.replace(day=1), 2 - (day.month - 1) % 3 + 3 * quarters)


def working_days_on(today: date, count: int) -> date:
    """The day ``count`` Mondays to Fridays after ``today``."""
    day = today
    while count > 0:
        day += timedelta(days=1)
        count -= day.weekday() < 5
    return day


def _from_table(sheet: Sheet, index: int) -> Piece | None:
    ended = END_OF_DAY.at(sheet.tokens, index)
    if ended is not None:
        return Piece(end=ended[1], end_of_day=True)
    found = DAYS.at(sheet.tokens, index)
    if found is None:
        return None
    (what, count), end = found
    clear = end - index > 1 or key_at(sheet.tokens, index) not in FAINT_DAYS
    if what == "week":
        monday = monday_of(sheet.today) + timedelta(weeks=count)
        return Piece(end=end, day=monday, is_week=True)
    day = _named_day(sheet.today, what, count)
    if day is None:
        return Piece(end=end, trouble="past")
    return Piece(end=end, day=day, clear=clear)


def _named_day(today: date, what: str, count: int) -> date | None:
    if what == "day":
        return today + timedelta(days=count)
    if what == "end of week":
        friday = monday_of(today) + timedelta(days=FRIDAY, weeks=count)
        return friday if friday >= today else friday + timedelta(weeks=1)
    if what == "end of month":
        return end_of_month(today, count)
    if what == "end of quarter":
        return end_of_quarter(today, count)
    if what == "end of year":
        return date(today.year + count, 12, 31)
    return None


def _iso(sheet: Sheet, index: int) -> Piece | None:
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
    return _dated(number_at(tokens, index) or 0, month, day, index + 5)


def _dated(year: int, month: int, day: int, end: int, *, clear: bool = True) -> Piece:
    try:
        return Piece(end=end, day=date(year, month, day), clear=clear)
    except ValueError:
        return Piece(end=end, trouble="impossible", clear=clear)


def _numeric(sheet: Sheet, index: int) -> Piece | None:
    """12/24, 24.12.2026, 3-4-27: by the writer's order; two readings are asked."""
    tokens = sheet.tokens
    sign = key_at(tokens, index + 1)
    first, second = number_at(tokens, index), number_at(tokens, index + 2)
    if sign not in {"/", "-", "."} or first is None or second is None:
        return None
    if not (glued(tokens, index + 1) and glued(tokens, index + 2)):
        return None
    year, end = _year_behind(tokens, index + 3, sign)
    if len(key_at(tokens, index)) > 2 or len(key_at(tokens, index + 2)) > 2:
        return None
    if year is None and (sign != "/" or (first, second) == (24, 7)):
        return None
    return _day_and_month(sheet, (first, second), year, end)


def _year_behind(tokens: Sequence[Token], index: int, sign: str) -> tuple[int | None, int]:
    year = number_at(tokens, index + 1)
    if key_at(tokens, index) != sign or year is None or not glued(tokens, index + 1):
        return None, index
    digits = len(tokens[index + 1].key)
    if digits not in {2, 4}:
        return None, index
    return (year + 2000 if digits == 2 else year), index + 2


def _day_and_month(sheet: Sheet, pair: tuple[int, int], year: int | None, end: int) -> Piece | None:
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
        return _without_year(sheet, month, day, end, clear=clear)
    return _dated(year, month, day, end, clear=clear)


def _without_year(sheet: Sheet, month: int, day: int, end: int, *, clear: bool = True) -> Piece:
    """This year's day, next year's if it is long past; a recent one is asked."""
    today = sheet.today
    year = today.year + ((month, day) == (2, 29) and (today.month, today.day) > (2, 29))
    piece = _dated(year, month, day, end, clear=clear)
    if piece.day is None or piece.day >= today:
        return piece
    if today - piece.day <= _RECENT:
        return Piece(end=end, trouble="past", clear=clear)
    return _dated(today.year + 1, month, day, end, clear=clear)


def _day_then_month(sheet: Sheet, index: int) -> Piece | None:
    """24 dec, 24th of December 2026, 24 de diciembre de 2026, ika-24 ng Disyembre."""
    tokens = sheet.tokens
    day = number_at(tokens, index)
    if day is None or len(tokens[index].key) > 2:
        return None
    at = _behind_ordinal(tokens, index)
    while key_at(tokens, at) in _OF and at < index + 5:
        at += 1
    month = _month(tokens, at)
    if month is None:
        return None
    return _with_year(sheet, month, day, at + 1)


def _month_then_day(sheet: Sheet, index: int) -> Piece | None:
    """Dec 24, December 24th, 2026."""
    tokens = sheet.tokens
    month = _month(tokens, index)
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
    return _with_year(sheet, month, day, _behind_ordinal(tokens, at))


def _month(tokens: Sequence[Token], index: int) -> int | None:
    key = key_at(tokens, index)
    return MONTHS.get(key) or MONTHS.get(mended(key) or "")


def _with_year(sheet: Sheet, month: int, day: int, end: int) -> Piece:
    at = end
    while key_at(sheet.tokens, at) in {",", "de", "del", ".", "-"} and at < end + 2:
        at += 1
    year = number_at(sheet.tokens, at)
    if year is not None and 1900 <= year <= 2999 and len(key_at(sheet.tokens, at)) == 4:
        return _dated(year, month, day, at + 1)
    return _without_year(sheet, month, day, end)


def _behind_ordinal(tokens: Sequence[Token], index: int) -> int:
    """The index behind a number and its ending (24th, 1º)."""
    ending = key_at(tokens, index + 1)
    if glued(tokens, index + 1) and (ending in ORDINAL_ENDINGS or ending in {"º", "ª", "°"}):
        return index + 2
    return index + 1


def _ordinal(sheet: Sheet, index: int) -> Piece | None:
    """24th, día 24, ika-24, 24 tarikh: the next such day."""
    tokens = sheet.tokens
    day = number_at(tokens, index)
    if day is None or len(tokens[index].key) > 2:
        return None
    end = _behind_ordinal(tokens, index)
    led = key_at(tokens, index - 1) == "dia" or key_at(tokens, index - 2) == "ika"
    if key_at(tokens, end) in {"tarikh", "tareekh", "tarik"}:
        return _next_such_day(sheet, day, end + 1)
    suffix = key_at(tokens, index + 1)
    if led or (end > index + 1 and suffix in {"st", "nd", "rd", "th"}):
        return _next_such_day(sheet, day, end)
    return None


def _ordinal_with_lead(sheet: Sheet, index: int) -> Piece | None:
    tokens = sheet.tokens
    key = key_at(tokens, index)
    at = index + 1
    if key == "ika" and key_at(tokens, at) == "-":
        at += 1
    elif key != "dia":
        return None
    if number_at(tokens, at) is None:
        return None
    return _day_then_month(sheet, at) or _ordinal(sheet, at)


def _next_such_day(sheet: Sheet, day: int, end: int) -> Piece:
    if not 1 <= day <= 31:
        return Piece(end=end, trouble="impossible", clear=False)
    for months in range(3):
        last = end_of_month(sheet.today, months)
        if day <= last.day and (found := last.replace(day=day)) >= sheet.today:
            return Piece(end=end, day=found, clear=False)
    return Piece(end=end, trouble="impossible", clear=False)


def _weekday(sheet: Sheet, index: int) -> Piece | None:
    """A weekday, with or without next, this, or "que viene"."""
    tokens = sheet.tokens
    which = _NEXT.at(tokens, index)
    at = which[1] if which is not None else index
    word = key_at(tokens, at)
    name = word if word in WEEKDAYS else mended(word) or ""
    weekday = WEEKDAYS.get(name)
    if weekday is None or (which is not None and word == "linggo"):
        return None
    behind = _BEHIND_WEEKDAY.at(tokens, at + 1)
    how = which[0] if which is not None else None
    if behind is not None and (behind[0] != "week later" or key_at(tokens, at) != "linggo"):
        return _qualified(sheet, weekday, behind[0] if how is None else how, behind[1])
    if how is not None:
        return _qualified(sheet, weekday, how, at + 1)
    end = (
        at + 2
        if key_at(tokens, at + 1) == "." and glued(tokens, at + 1) and len(name) < 5
        else at + 1
    )
    return Piece(end=end, weekday=weekday, clear=False)


def _qualified(sheet: Sheet, weekday: int, how: str, end: int) -> Piece:
    today = sheet.today
    if how == "following":
        return Piece(end=end, day=monday_of(today) + timedelta(days=7 + weekday))
    if how == "week later":
        return Piece(end=end, day=coming(today, weekday) + timedelta(weeks=1))
    if how in {"past", "last"}:
        return Piece(end=end, trouble="past")
    if how == "plain":
        return Piece(end=end, weekday=weekday, clear=False)
    return Piece(end=end, day=coming(today, weekday, or_today=how == "this"))


def _week_from_weekday(sheet: Sheet, index: int) -> Piece | None:
    """A week from Friday, two weeks from tomorrow."""
    count, at = _count(sheet.tokens, index)
    unit = UNITS.at(sheet.tokens, at) if count else None
    if (
        unit is None
        or unit[0] not in {"week", "day"}
        or key_at(sheet.tokens, unit[1]) not in {"from", "after"}
    ):
        return None
    base = _weekday(sheet, unit[1] + 1) or _from_table(sheet, unit[1] + 1)
    if base is None or base.is_week or (base.day is None and base.weekday is None):
        return None
    start = base.day if base.day is not None else coming(sheet.today, base.weekday or 0)
    days = (count or 0) * (7 if unit[0] == "week" else 1)
    return _safely(lambda: Piece(end=base.end, day=start + timedelta(days=days)), base.end)


def _ahead(sheet: Sheet, index: int) -> Piece | None:
    """In 3 days, within 48 hours, 3 days from now, 2 din mein."""
    tokens = sheet.tokens
    lead = _IN.at(tokens, index)
    count, at = _count(tokens, lead[1] if lead is not None else index)
    unit = UNITS.at(tokens, at) if count is not None else None
    if count is None or unit is None:
        return None
    tail = _FROM_NOW.at(tokens, unit[1])
    if lead is None and tail is None:
        return None
    end = tail[1] if tail is not None else unit[1]
    return _safely(lambda: _moved(sheet, count, unit[0], end), end)


def _count(tokens: Sequence[Token], index: int) -> tuple[int | None, int]:
    at = index + (key_at(tokens, index) in {"the", "next"})
    number = number_at(tokens, at)
    number = number if number is not None else NUMBERS.get(key_at(tokens, at))
    if key_at(tokens, at) == "couple" and key_at(tokens, at + 1) == "of":
        return number, at + 2
    if key_at(tokens, at) == "a" and key_at(tokens, at + 1) == "couple":
        return 2, at + 2 + (key_at(tokens, at + 2) == "of")
    return number, at + 1


def _moved(sheet: Sheet, count: int, unit: str, end: int) -> Piece:
    today = sheet.today
    if unit in {"minute", "hour"}:
        length = timedelta(minutes=count) if unit == "minute" else timedelta(hours=count)
        return Piece(end=end, at=sheet.now.replace(second=0, microsecond=0) + length)
    if unit == "working day":
        return Piece(end=end, day=working_days_on(today, min(count, 2000)))
    if unit == "month":
        last = end_of_month(today, count)
        return Piece(end=end, day=last.replace(day=min(today.day, last.day)))
    return Piece(end=end, day=today + timedelta(days=count if unit == "day" else 7 * count))


def _safely(make: Callable[[], Piece], end: int) -> Piece:
    try:
        return make()
    except (OverflowError, ValueError):
        return Piece(end=end, trouble="impossible")


def _around_period(sheet: Sheet, index: int) -> Piece | None:
    """End of December, mid January, end of Q1, early next week."""
    tokens = sheet.tokens
    for table, part in ((_END_OF, "end"), (_MIDDLE_OF, "middle"), (_START_OF, "start")):
        lead = table.at(tokens, index)
        if lead is None:
            continue
        month = MONTHS.get(key_at(tokens, lead[1]))
        if month is not None:
            return _in_month(sheet, month, part, lead[1] + 1)
        quarter = _quarter(sheet, lead[1])
        if quarter is not None and part == "end":
            return quarter
        week = DAYS.at(tokens, lead[1])
        if week is not None and week[0][0] == "week":
            first = monday_of(sheet.today) + timedelta(weeks=week[0][1])
            ahead = {"end": FRIDAY, "middle": 2, "start": 0}[part]
            return Piece(end=week[1], day=first + timedelta(days=ahead))
    return None


def _in_month(sheet: Sheet, month: int, part: str, end: int) -> Piece:
    year = number_at(sheet.tokens, end)
    if year is not None and 1900 <= year <= 2999:
        end += 1
    else:
        year = sheet.today.year + (month < sheet.today.month)
    last = monthrange(year, month)[1]
    return _dated(year, month, {"end": last, "middle": 15, "start": 1}[part], end)


def _period_end(sheet: Sheet, index: int) -> Piece | None:
    """December end, Q1 end."""
    tokens = sheet.tokens
    month = MONTHS.get(key_at(tokens, index))
    if month is not None and key_at(tokens, index + 1) == "end":
        return _in_month(sheet, month, "end", index + 2)
    quarter = _quarter(sheet, index)
    if quarter is not None and key_at(tokens, quarter.end) == "end":
        return Piece(end=quarter.end + 1, day=quarter.day)
    return None


def _quarter(sheet: Sheet, index: int) -> Piece | None:
    number = number_at(sheet.tokens, index + 1)
    if key_at(sheet.tokens, index) != "q" or number is None or not 1 <= number <= 4:
        return None
    month = 3 * number
    year, end = number_at(sheet.tokens, index + 2), index + 3
    if year is None or not 1900 <= year <= 2999:
        year, end = sheet.today.year + (month < sheet.today.month), index + 2
    return Piece(end=end, day=end_of_month(date(year, month, 1)))


def _feast(sheet: Sheet, index: int) -> Piece | None:
    found = _FEASTS.at(sheet.tokens, index)
    if found is None:
        return None
    (month, day), end = found
    return _without_year(sheet, month, day, end, clear=False)


_BY_NUMBER: tuple[Reader, ...] = (
    _iso,
    _numeric,
    _day_then_month,
    _ordinal,
    _ahead,
    _week_from_weekday,
    _from_table,
)
_BY_WORD: tuple[Reader, ...] = (
    _from_table,
    _weekday,
    _month_then_day,
    _ordinal_with_lead,
    _ahead,
    _week_from_weekday,
    _around_period,
    _period_end,
    _feast,
)


def faint(sheet: Sheet, index: int) -> bool:
    """Whether the word at ``index`` names a day only where something else says so."""
    return key_at(sheet.tokens, index) in FAINT_WEEKDAYS | FAINT_DAYS
