"""A day as it was typed, before it is known which one counts, and the arithmetic of days."""

from calendar import monthrange
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import Literal

from domain.values import value
from views.words.tokens import Token

DateOrder = Literal["MDY", "DMY"]
Trouble = Literal["ambiguous", "past", "impossible"]

# A day without a year that lies this little back was more likely mistaken than meant for next year.
_RECENT = timedelta(days=90)


@value
class Piece:
    """One expression for a day.

    Attributes:
        end: Index of the word behind it.
        day: The day, or the Monday of a week if ``is_week``; None for a bare weekday, an exact
            moment or trouble.
        only_led: Whether it counts only behind "by" and its like.
        is_period: Whether it is the end of a longer time, such as a month.
        is_relative: Whether it was counted from today, which another zone may call another day.
        clear: Whether it is a date wherever it stands, also in the middle of a title.
    """

    end: int
    day: date | None = None
    weekday: int | None = None
    is_week: bool = False
    is_relative: bool = False
    is_period: bool = False
    end_of_day: bool = False
    at: datetime | None = None
    trouble: Trouble | None = None
    clear: bool = True
    only_led: bool = False


@value
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
"""Answers the day that starts at an index, or None."""


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


def dated(year: int, month: int, day: int, end: int, *, clear: bool = True) -> Piece:
    try:
        return Piece(end=end, day=date(year, month, day), clear=clear)
    except ValueError:
        return Piece(end=end, trouble="impossible", clear=clear)


def without_year(sheet: Sheet, month: int, day: int, end: int, *, clear: bool = True) -> Piece:
    """This year's day, next year's if it is long past; a recent one is asked."""
    today = sheet.today
    year = today.year + ((month, day) == (2, 29) and (today.month, today.day) > (2, 29))
    piece = dated(year, month, day, end, clear=clear)
    if piece.day is None or piece.day >= today:
        return piece
    if today - piece.day <= _RECENT:
        return Piece(end=end, trouble="past", clear=clear)
    return dated(today.year + 1, month, day, end, clear=clear)
