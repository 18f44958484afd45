"""Days counted from today: weekdays, "in 3 days", "end of next week"; dates are read in `dates`.

Each reader is asked about one index and answers the day that starts there, or None.
"""

from calendar import monthrange
from collections.abc import Callable, Sequence
from datetime import date, timedelta

from views.words.pieces import (
    Piece,
    Reader,
    Sheet,
    coming,
    dated,
    end_of_month,
    end_of_quarter,
    monday_of,
    working_days_on,
)
from views.words.tokens import Token, glued, key_at, number_at, phrases
from views.words.typos import mended
from views.words.vocabulary import (
    DAYS,
    END_OF_DAY,
    FAINT_DAYS,
    FRIDAY,
    MONTHS,
    NUMBERS,
    UNITS,
    WEEKDAYS,
)

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
        (True, "no prazo de|in a couple of|in max|agle|agale"),
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


def from_table(sheet: Sheet, index: int) -> Piece | None:
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
    day = named_day(sheet.today, what, count)
    if day is None:
        return Piece(end=end, trouble="past")
    return Piece(end=end, day=day, clear=clear, is_relative=what == "day", is_period=what != "day")


def named_day(today: date, what: str, count: int) -> date | None:
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


def weekday(sheet: Sheet, index: int) -> Piece | None:
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
        return qualified(sheet, weekday, behind[0] if how is None else how, behind[1])
    if how is not None:
        return qualified(sheet, weekday, how, at + 1)
    end = (
        at + 2
        if key_at(tokens, at + 1) == "." and glued(tokens, at + 1) and len(name) < 5
        else at + 1
    )
    return Piece(end=end, weekday=weekday, clear=False)


def qualified(sheet: Sheet, weekday: int, how: str, end: int) -> Piece:
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


def week_from_weekday(sheet: Sheet, index: int) -> Piece | None:
    """A week from Friday, two weeks from tomorrow."""
    count, at = count_at(sheet.tokens, index)
    unit = UNITS.at(sheet.tokens, at) if count else None
    if (
        unit is None
        or unit[0] not in {"week", "day"}
        or key_at(sheet.tokens, unit[1]) not in {"from", "after"}
    ):
        return None
    base = weekday(sheet, unit[1] + 1) or from_table(sheet, unit[1] + 1)
    if base is None or base.is_week or (base.day is None and base.weekday is None):
        return None
    start = base.day if base.day is not None else coming(sheet.today, base.weekday or 0)
    days = (count or 0) * (7 if unit[0] == "week" else 1)
    return safely(lambda: Piece(end=base.end, day=start + timedelta(days=days)), base.end)


def ahead(sheet: Sheet, index: int) -> Piece | None:
    """In 3 days, within 48 hours, 3 days from now, 2 din mein."""
    tokens = sheet.tokens
    lead = _IN.at(tokens, index)
    count, at = count_at(tokens, lead[1] if lead is not None else index)
    unit = UNITS.at(tokens, at) if count is not None else None
    if count is None or unit is None:
        return None
    tail = _FROM_NOW.at(tokens, unit[1])
    if lead is None and tail is None:
        return None
    end = tail[1] if tail is not None else unit[1]
    return safely(lambda: moved(sheet, count, unit[0], end), end)


def count_at(tokens: Sequence[Token], index: int) -> tuple[int | None, int]:
    at = index + (key_at(tokens, index) in {"the", "next"})
    number = number_at(tokens, at)
    number = number if number is not None else NUMBERS.get(key_at(tokens, at))
    if key_at(tokens, at) == "couple" and key_at(tokens, at + 1) == "of":
        return number, at + 2
    if key_at(tokens, at) == "a" and key_at(tokens, at + 1) == "couple":
        return 2, at + 2 + (key_at(tokens, at + 2) == "of")
    return number, at + 1


def moved(sheet: Sheet, count: int, unit: str, end: int) -> Piece:
    today = sheet.today
    if unit in {"minute", "hour"}:
        length = timedelta(minutes=count) if unit == "minute" else timedelta(hours=count)
        return Piece(end=end, at=sheet.now.replace(second=0, microsecond=0) + length)
    if unit == "working day":
        return Piece(end=end, day=working_days_on(today, min(count, 2000)))
    if unit == "month":
        last = end_of_month(today, count)
        return Piece(end=end, day=last.replace(day=min(today.day, last.day)))
    return Piece(end=end, day=today + timedelta(days=count * {"day": 1, "week": 7}.get(unit, 14)))


def safely(make: Callable[[], Piece], end: int) -> Piece:
    try:
        return make()
    except (OverflowError, ValueError):
        return Piece(end=end, trouble="impossible")


def around_period(sheet: Sheet, index: int) -> Piece | None:
    """End of December, mid January, end of Q1, early next week."""
    tokens = sheet.tokens
    for table, part in ((_END_OF, "end"), (_MIDDLE_OF, "middle"), (_START_OF, "start")):
        lead = table.at(tokens, index)
        if lead is None:
            continue
        month = MONTHS.get(key_at(tokens, lead[1]))
        if month is not None:
            return in_month(sheet, month, part, lead[1] + 1)
        quarter = quarter_at(sheet, lead[1])
        if quarter is not None and part == "end":
            return quarter
        week = DAYS.at(tokens, lead[1])
        if week is not None and week[0][0] == "week":
            first = monday_of(sheet.today) + timedelta(weeks=week[0][1])
            ahead = {"end": FRIDAY, "middle": 2, "start": 0}[part]
            return Piece(end=week[1], day=first + timedelta(days=ahead))
    return None


def in_month(sheet: Sheet, month: int, part: str, end: int) -> Piece:
    year = number_at(sheet.tokens, end)
    if year is not None and 1900 <= year <= 2999:
        end += 1
    else:
        year = sheet.today.year + (month < sheet.today.month)
    last = monthrange(year, month)[1]
    return dated(year, month, {"end": last, "middle": 15, "start": 1}[part], end)


def period_end(sheet: Sheet, index: int) -> Piece | None:
    """December end, Q1 end."""
    tokens = sheet.tokens
    month = MONTHS.get(key_at(tokens, index))
    if month is not None and key_at(tokens, index + 1) == "end":
        return in_month(sheet, month, "end", index + 2)
    quarter = quarter_at(sheet, index)
    if quarter is not None and key_at(tokens, quarter.end) == "end":
        return Piece(end=quarter.end + 1, day=quarter.day)
    return None


def quarter_at(sheet: Sheet, index: int) -> Piece | None:
    number = number_at(sheet.tokens, index + 1)
    if key_at(sheet.tokens, index) != "q" or number is None or not 1 <= number <= 4:
        return None
    month = 3 * number
    year, end = number_at(sheet.tokens, index + 2), index + 3
    if year is None or not 1900 <= year <= 2999:
        year, end = sheet.today.year + (month < sheet.today.month), index + 2
    return Piece(end=end, day=end_of_month(date(year, month, 1)))


_COUNTS = frozenset(NUMBERS) | {"the", "next"}
# A slip of the finger may begin a weekday, too.
FIRST_WORDS: dict[Reader, frozenset[str]] = {
    from_table: DAYS.first_words | END_OF_DAY.first_words,
    weekday: _NEXT.first_words | frozenset(WEEKDAYS),
    ahead: _IN.first_words | _COUNTS,
    week_from_weekday: _COUNTS,
    around_period: _END_OF.first_words | _MIDDLE_OF.first_words | _START_OF.first_words,
    period_end: frozenset(MONTHS) | {"q"},
}
"""The words with which what a reader reads can begin."""
