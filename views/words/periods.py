"""What people type for whole months: "last month", "this quarter", "October", "2026-10"."""

import re
from collections.abc import Callable
from datetime import date
from typing import Final

from domain.compliance import Period, month_after, quarter_of
from views.words.phrases_at_start import said_whole
from views.words.tokens import cut, phrases
from views.words.vocabulary import MONTHS

# Years for which anything can have been planned here.
_YEARS: Final = range(2000, 2100)
_ISO: Final = re.compile(r"(\d{4})[-/.](\d{1,2})")
_MONTH_FIRST: Final = re.compile(r"(\d{1,2})[-/.](\d{4})")
_QUARTER: Final = re.compile(r"q([1-4])(?:\s*[-/]?\s*(\d{4}))?")
_QUARTER_LAST: Final = re.compile(r"(\d{4})\s*[-/]?\s*q([1-4])")

_RELATIVE: Final = phrases(
    [
        ("month", "this month|month|the month|current month|so far|este mes|ngayong buwan"),
        ("month", "month to date|is mahine"),
        ("last month", "last month|previous month|past month|the last month|month before"),
        ("last month", "mes pasado|el mes pasado|mes passado|nakaraang buwan|pichle mahine"),
        ("quarter", "this quarter|quarter|the quarter|current quarter|este trimestre|trimestre"),
        ("last quarter", "last quarter|previous quarter|past quarter|trimestre pasado"),
        ("last quarter", "trimestre passado"),
    ]
)
_MEANT: Final[dict[str, Callable[[date], Period]]] = {
    "month": lambda today: Period(first_on=_first(today)),
    "last month": lambda today: Period(first_on=month_after(_first(today), -1)),
    "quarter": quarter_of,
    "last quarter": lambda today: quarter_of(month_after(quarter_of(today).first_on, -1)),
}


def read_period(text: str, today: date) -> Period | None:
    """The months that are meant; without words the present one, None when nothing is understood.

    A month or quarter without a year is the latest one that has begun.
    """
    line = text.strip().rstrip("?!.").casefold()
    for joint in ("for ", "of ", "in ", "about "):
        line = line.removeprefix(joint)
    if not line:
        return Period(first_on=_first(today))
    said = said_whole(_RELATIVE, line)
    if said is not None:
        return _MEANT[said](today)
    return _in_figures(line) or _quarter(line, today) or _named(line, today)


def _in_figures(line: str) -> Period | None:
    found = _ISO.fullmatch(line)
    if found is not None:
        return _of(int(found[1]), int(found[2]))
    found = _MONTH_FIRST.fullmatch(line)
    return None if found is None else _of(int(found[2]), int(found[1]))


def _quarter(line: str, today: date) -> Period | None:
    found, year_first = _QUARTER.fullmatch(line), _QUARTER_LAST.fullmatch(line)
    if year_first is not None:
        number, year = int(year_first[2]), int(year_first[1])
    elif found is not None:
        number, year = int(found[1]), int(found[2] or today.year)
        if found[2] is None and date(year, 3 * number - 2, 1) > today:
            year -= 1
    else:
        return None
    return quarter_of(date(year, 3 * number, 1)) if year in _YEARS else None


def _named(line: str, today: date) -> Period | None:
    tokens = cut(line)
    month = MONTHS.get(tokens[0].key) if tokens else None
    if month is None or len(tokens) > 2:
        return None
    if len(tokens) == 1:
        return _of(today.year if month <= today.month else today.year - 1, month)
    year = tokens[1].number
    return None if year is None else _of(year, month)


def _of(year: int, month: int) -> Period | None:
    if year not in _YEARS or not 1 <= month <= 12:
        return None
    return Period(first_on=date(year, month, 1))


def _first(today: date) -> date:
    return today.replace(day=1)
