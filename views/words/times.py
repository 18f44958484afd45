"""Times of day as people type them; days and zones are read elsewhere."""

from collections.abc import Sequence
from datetime import time
from typing import Literal

from domain.values import value
from views.words.tokens import Token, glued, key_at, number_at, phrases
from views.words.vocabulary import HOURS, NUMBERS, PARTS_OF_DAY

Half = Literal["am", "pm"]

_NAMED = phrases(
    [
        (
            time(12),
            "noon|midday|mediodia|al mediodia|meio dia|meio-dia|12 noon|tanghali|tanghaling tapat",
        ),
        (time(12), "ng tanghali|high noon|noontime|dopahar 12 baje"),
        (time(0), "midnight|medianoche|meia noite|meia-noite|hatinggabi|12 midnight|aadhi raat"),
    ]
)
_HALVES = phrases(
    [
        ("am", "am|a.m.|a.m|a. m.|a m"),
        ("pm", "pm|p.m.|p.m|p. m.|p m"),
    ]
)
_BEFORE_AN_HOUR = phrases(
    [(True, "at|@|a las|a la|as|alas|at around|around|about|by|before|ng alas|antes de las|ate as")]
)
_AFTER_AN_HOUR = phrases(
    [
        (
            True,
            "o'clock|o’clock|oclock|baje|baj|bajay|en punto|horas|uhr|hs|hrs|hours|baje ko"
            "|baje tak",
        )
    ]
)
_FRACTIONS = phrases(
    [
        (30, "half past"),
        (15, "quarter past|a quarter past|quarter after"),
        (-15, "quarter to|a quarter to|quarter before"),
        (30, "saadhe|sadhe"),
        (15, "sava|sawa"),
        (-15, "paune"),
    ]
)
_FIRST_WORDS = _NAMED.first_words | _FRACTIONS.first_words | _BEFORE_AN_HOUR.first_words
_AND_MINUTES = phrases([(30, "y media|e meia"), (15, "y cuarto"), (-15, "menos cuarto")])
_MINUTES_PER_DAY = 24 * 60


@value
class Clock:
    """A time of day as typed.

    ``is_open`` is true when five o'clock may mean 05:00 or 17:00; ``loose`` when only a bare number
    stood there; ``ends_day`` for the hour that ends the day
    named with it; ``is_midnight`` where it may as well be the one that begins it.
    """

    end: int
    minute_of_day: int
    is_open: bool = False
    loose: bool = False
    ends_day: bool = False
    is_midnight: bool = False

    def on_clock(self, half: Half | None = None) -> time:
        """The time meant, with the half of the day if it was said.

        Without one, one to six o'clock is the afternoon: that is when people work.
        """
        minute = self.minute_of_day
        afternoon = half == "pm" or (half is None and 60 <= minute < 7 * 60)
        if self.is_open and afternoon and minute < 12 * 60:
            minute += 12 * 60
        if self.is_open and half == "am" and minute >= 12 * 60:
            minute -= 12 * 60
        return time(minute // 60, minute % 60)


def clock_at(tokens: Sequence[Token], index: int) -> Clock | None:
    """The time of day that starts at ``index``."""
    key = key_at(tokens, index)
    if not key.isdecimal() and key not in _FIRST_WORDS:
        return None
    named = _NAMED.at(tokens, index)
    if named is not None:
        hour = named[0].hour
        night = hour == 0
        return Clock(end=named[1], minute_of_day=hour * 60, ends_day=night, is_midnight=night)
    fraction = _FRACTIONS.at(tokens, index)
    if fraction is not None:
        return _with_fraction(tokens, fraction[1], fraction[0])
    lead = _BEFORE_AN_HOUR.at(tokens, index)
    if lead is not None and _hour(tokens, lead[1]) is not None:
        return _from_number(tokens, lead[1], led=True)
    return _from_number(tokens, index, led=False)


def span_start(tokens: Sequence[Token], index: int) -> Clock | None:
    """The 10 of "10-11am": its half of the day stands behind the second number."""
    hour = number_at(tokens, index)
    if hour is None or hour > 12 or key_at(tokens, index + 1) not in {"-", "–", "to"}:
        return None
    until = clock_at(tokens, index + 2)
    if until is None or until.is_open or until.loose:
        return None
    afternoon = hour < 12 and until.minute_of_day >= 720 + 60 * hour
    minute = 60 * hour + (720 if afternoon else 0)
    return Clock(end=index + 1, minute_of_day=minute % _MINUTES_PER_DAY)


def half_at(tokens: Sequence[Token], index: int) -> tuple[Half, int] | None:
    """A part of the day ("in the morning", "ng hapon") at ``index``."""
    found = PARTS_OF_DAY.at(tokens, index)
    if found is None:
        return None
    return ("am" if found[0] == "am" else "pm"), found[1]


def _with_fraction(tokens: Sequence[Token], index: int, minutes: int) -> Clock | None:
    hour = number_at(tokens, index) or NUMBERS.get(key_at(tokens, index))
    if hour is None or not 1 <= hour <= 12:
        return None
    end = _behind_the_hour(tokens, index + 1)
    half = _HALVES.at(tokens, end)
    clock = Clock(end=end, minute_of_day=(hour * 60 + minutes) % _MINUTES_PER_DAY, is_open=True)
    if half is None:
        return clock
    settled = clock.on_clock("am" if half[0] == "am" else "pm")
    return Clock(end=half[1], minute_of_day=settled.hour * 60 + settled.minute)


def _from_number(tokens: Sequence[Token], index: int, *, led: bool) -> Clock | None:
    hour = _hour(tokens, index) if led else number_at(tokens, index)
    in_figures = number_at(tokens, index) is not None
    if hour is None or hour > 24 or (in_figures and len(tokens[index].key) > 2):
        return None
    minute, end = _minutes(tokens, index)
    if minute is None:
        minute, end = 0, index + 1
    written = end > index + 1
    half = _HALVES.at(tokens, end)
    if half is not None and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half[0] == "pm" else 0)
        night = hour == 0 and minute == 0
        return Clock(
            end=half[1], minute_of_day=hour * 60 + minute, ends_day=night, is_midnight=night
        )
    behind = _behind_the_hour(tokens, end)
    more = _AND_MINUTES.at(tokens, behind)
    if more is not None:
        minute, behind = minute + more[0], more[1]
    if hour == 24 and minute:
        return None
    dotted = key_at(tokens, index + 1) == "." and glued(tokens, index + 1)
    loose = (not written or dotted) and behind == end and not led
    if loose and glued(tokens, index + 1) and not dotted:
        return None
    padded = in_figures and len(tokens[index].key) != len(str(hour))
    twelve_hours = 1 <= hour <= 12 and not padded
    return Clock(
        end=half[1] if half is not None else behind,
        minute_of_day=(hour * 60 + minute) % _MINUTES_PER_DAY,
        is_open=twelve_hours and (not written or hour < 7) and key_at(tokens, index + 1) != "h",
        ends_day=hour == 24,
        loose=loose or (led and not written and behind == end),
    )


def _hour(tokens: Sequence[Token], index: int) -> int | None:
    """An hour in figures or as a word: "alas singko"."""
    number = number_at(tokens, index)
    return number if number is not None else HOURS.get(key_at(tokens, index))


def no_such_time(tokens: Sequence[Token], index: int) -> bool:
    """Whether something like 25:00 or 12:75 starts at ``index``."""
    hour, minute = number_at(tokens, index), number_at(tokens, index + 2)
    if hour is None or minute is None or key_at(tokens, index + 1) != ":":
        return False
    two_digits = len(tokens[index].key) <= 2 and len(tokens[index + 2].key) == 2
    together = glued(tokens, index + 1) and glued(tokens, index + 2)
    return two_digits and together and (hour > 24 or minute > 59 or (hour == 24 and minute > 0))


def _minutes(tokens: Sequence[Token], index: int) -> tuple[int | None, int]:
    """The minutes behind an hour: 17:30, 17h30, 17.30, 17h."""
    sign = key_at(tokens, index + 1)
    if sign not in {":", "h", "hs", "."} or not glued(tokens, index + 1):
        return (0, index + 2) if sign in {"h", "hs"} else (None, index)
    minute = number_at(tokens, index + 2)
    two_digits = len(key_at(tokens, index + 2)) == 2
    if minute is not None and glued(tokens, index + 2) and two_digits and minute < 60:
        end = index + 3
        return minute, end + 1 if key_at(tokens, end) in {"h", "hs"} else end
    return (0, index + 2) if sign in {"h", "hs"} else (None, index)


def _behind_the_hour(tokens: Sequence[Token], index: int) -> int:
    found = _AFTER_AN_HOUR.at(tokens, index)
    return found[1] if found is not None else index
