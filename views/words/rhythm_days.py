"""On which days something recurs: the readers of weekdays, dates and frequencies.

Each reader is asked about one index and answers the index behind what it understood, or None.
"""

from views.words.days import piece_at
from views.words.rhythm_listening import Adjective, Listening
from views.words.rhythm_vocabulary import (
    COMPACT_DAYS,
    EVERY,
    EVERY_NUMBER,
    FILLERS,
    FREQUENCIES,
    LAST_DAY,
    ORDINALS,
    PLAIN_DAY,
    RANGE,
    WORKING_DAY,
)
from views.words.times import clock_at
from views.words.tokens import glued, key_at, number_at
from views.words.typos import mended
from views.words.vocabulary import (
    FAINT_WEEKDAYS,
    MONTHS,
    NUMBERS,
    ORDINAL_ENDINGS,
    PLURAL_WEEKDAYS,
    UNITS,
    WEEKDAYS,
)


def every_number(listening: Listening, index: int) -> int | None:
    """Every 3 weeks, cada dos semanas."""
    tokens = listening.sheet.tokens
    every = EVERY_NUMBER.at(tokens, index)
    if every is None:
        return None
    count = number_at(tokens, every[1]) or NUMBERS.get(key_at(tokens, every[1]))
    unit = UNITS.at(tokens, every[1] + 1) if count else None
    if unit is None or count is None:
        return None
    if unit[0] == "day" and (count in {7, 14, 15} or key_at(tokens, unit[1] - 1) == "dias"):
        unit, count = ("week", unit[1]), (1 if count == 7 else 2 if count in {14, 15} else 0)
    months = {1: "month", 3: "quarter", 12: "year"}
    if unit[0] == "week" and count:
        listening.named.every("week", count)
    elif unit[0] == "month" and count in months:
        listening.named.every(months[count], 1)
    else:
        listening.named.unsupported = True
    return unit[1]


def nth(listening: Listening, index: int) -> int | None:
    """The last Friday, the first working day, the 2nd Tuesday."""
    tokens = listening.sheet.tokens
    ordinal, at = _ordinal(listening, index)
    if ordinal is None:
        return None
    working = WORKING_DAY.at(tokens, at)
    if working is not None:
        listening.named.working_days.append(ordinal)
        return working[1]
    key = key_at(tokens, at)
    name = key if key in WEEKDAYS else mended(key) or ""
    if name in WEEKDAYS and not (ordinal > 4):
        listening.named.nths.append((ordinal, WEEKDAYS[name]))
        return _behind_weekday(listening, at + 1)
    plain = PLAIN_DAY.at(tokens, at)
    if plain is not None and key_at(tokens, index) != "una":
        listening.named.dates.append(31 if ordinal == -1 else ordinal)
        return plain[1]
    return _shared_nth(listening, at)


def _shared_nth(listening: Listening, at: int) -> int | None:
    """First and third Monday: the first of the two."""
    if key_at(listening.sheet.tokens, at) not in {"and", "&", "y", "e", "at", "aur", ","}:
        return None
    other, behind = _ordinal(listening, at + 1)
    if other is None or key_at(listening.sheet.tokens, behind) not in WEEKDAYS:
        return None
    listening.named.unsupported = True
    return at + 1


def _ordinal(listening: Listening, index: int) -> tuple[int | None, int]:
    tokens = listening.sheet.tokens
    number = number_at(tokens, index)
    if (
        number is not None
        and glued(tokens, index + 1)
        and key_at(tokens, index + 1) in ORDINAL_ENDINGS
    ):
        return (number, index + 2) if number <= 31 else (None, index)
    if key_at(tokens, index) in {"pang", "ika"} and key_at(tokens, index + 1) == "-":
        count = number_at(tokens, index + 2) or NUMBERS.get(key_at(tokens, index + 2))
        at = index + 3 + (key_at(tokens, index + 3) in {"na", "ng"})
        return count, at
    return ORDINALS.get(key_at(tokens, index)), index + 1


def said_already(listening: Listening, index: int) -> int | None:
    """A frequency that says nothing new: each week again, or daily beside a day that is said."""
    found = FREQUENCIES.at(listening.sheet.tokens, index)
    if found is None:
        return None
    named, ((what, count), end) = listening.named, found
    is_said = named.says_day or listening.clock is not None
    if what == "daily":
        is_said = bool(named.units) and named.says_day
    elif (what, count) not in named.units:
        return None
    if not is_said:
        return None
    listening.spare.append((index, end))
    return end


def frequency(listening: Listening, index: int) -> int | None:
    found = FREQUENCIES.at(listening.sheet.tokens, index)
    if found is None:
        return None
    (what, count), end = found
    named = listening.named
    if what == "unsupported":
        named.unsupported = True
    elif what == "weekdays":
        named.days.update(range(5))
    elif what == "days":
        if (
            number_at(listening.sheet.tokens, end) is not None
            and key_at(listening.sheet.tokens, end - 1) == "dia"
        ):
            return None  # "todo dia 15": the fifteenth
        named.days.update(range(7))
    elif what == "weekend":
        named.days.update({5, 6})
    elif what == "daily":
        named.daily = True
    elif what == "twice a week":
        named.twice = True
        named.every("week", 1)
    elif what == "other":
        return _every_other(listening, end)
    else:
        named.every(what, count)
        _note_adjective(listening, Adjective(start=index, end=end, unit=(what, count)))
    return end


def _note_adjective(listening: Listening, adjective: Adjective) -> None:
    behind = key_at(listening.sheet.tokens, adjective.end)
    plain = behind.isalpha() and behind not in FILLERS and behind not in WEEKDAYS
    if adjective.end == adjective.start + 1 and plain:
        listening.adjective = adjective


def _every_other(listening: Listening, end: int) -> int | None:
    """Every other Tuesday; "every 2nd Tuesday of the month" is left to the reader of ordinals."""
    tokens = listening.sheet.tokens
    if key_at(tokens, end) not in WEEKDAYS and mended(key_at(tokens, end)) not in WEEKDAYS:
        return None
    behind = FREQUENCIES.at(tokens, end + 1)
    if behind is not None and behind[0][0] in {"month", "quarter"}:
        return None
    listening.named.every("week", 2)
    return end


def last_day(listening: Listening, index: int) -> int | None:
    found = LAST_DAY.at(listening.sheet.tokens, index)
    if found is None:
        return None
    listening.named.dates.append(31)
    return found[1]


def days(listening: Listening, index: int) -> int | None:
    tokens = listening.sheet.tokens
    key = key_at(tokens, index)
    if key in COMPACT_DAYS:
        listening.named.days.update(COMPACT_DAYS[key])
        return index + 1
    name = key if key in WEEKDAYS else mended(key) or ""
    if name not in WEEKDAYS or (name in FAINT_WEEKDAYS and not _sure(listening, index)):
        return None
    first, end = WEEKDAYS[name], _behind_weekday(listening, index + 1)
    last = WEEKDAYS.get(key_at(tokens, end + 1)) if key_at(tokens, end) in RANGE else None
    if name in PLURAL_WEEKDAYS or key_at(tokens, index - 1) in EVERY:
        listening.named.recurring = True
    if last is None and first in listening.named.days and listening.clock is not None:
        return None  # "every friday 16:00 friday wins": the second is the title's
    if last is None:
        listening.named.days.add(first)
        return end
    listening.named.days.update((first + ahead) % 7 for ahead in range((last - first) % 7 + 1))
    return _behind_weekday(listening, end + 2)


def _behind_weekday(listening: Listening, end: int) -> int:
    """Over "-feira" and the full stop of an abbreviation."""
    tokens = listening.sheet.tokens
    if key_at(tokens, end) == "." and glued(tokens, end):
        return end + 1
    at = end + (key_at(tokens, end) == "-")
    return at + 1 if key_at(tokens, at) in {"feira", "feiras"} else end


def _sure(listening: Listening, index: int) -> bool:
    """Whether a word that is also something else stands where a weekday would."""
    tokens = listening.sheet.tokens
    before, behind = key_at(tokens, index - 1), key_at(tokens, index + 1)
    return (
        (index > 0 and (listening.taken[index - 1] or before in FILLERS))
        or clock_at(tokens, index + 1) is not None
        or behind in RANGE | {"&", ",", "/", "e", "y", "and", "feira", ""}
    )


def day_of_month(listening: Listening, index: int) -> int | None:
    """The 15th, day 15, 1 March."""
    tokens, key = listening.sheet.tokens, key_at(listening.sheet.tokens, index)
    yearly = _month_and_day(listening, index)
    if yearly is not None:
        return yearly
    if key in {"dia", "day", "araw", "ika"}:
        at = index + 1 + (key_at(tokens, index + 1) == "-")
        number = number_at(tokens, at)
        if number is None:
            return None
        listening.named.dates.append(number)
        return at + 1
    number = number_at(tokens, index)
    if number is None:
        return None
    if key_at(tokens, index + 1) in {"tarikh", "tareekh", "tarik"}:
        listening.named.dates.append(number)
        return index + 2
    if glued(tokens, index + 1) and key_at(tokens, index + 1) in {"st", "nd", "rd", "th"}:
        listening.named.dates.append(number)
        return index + 2
    return None


def _month_and_day(listening: Listening, index: int) -> int | None:
    tokens = listening.sheet.tokens
    near = {key_at(tokens, index + ahead) for ahead in range(5)}
    if not near & MONTHS.keys():
        return None
    piece = piece_at(listening.sheet, index)
    if (
        piece is None
        or piece.weekday is not None
        or not any(key_at(tokens, at) in MONTHS for at in range(index, piece.end))
    ):
        return None
    if piece.day is None:
        # A day of this year that has just gone is as good for every year as any other.
        numbers = [token.number for token in tokens[index : piece.end] if token.number is not None]
        months = [MONTHS[t.key] for t in tokens[index : piece.end] if t.key in MONTHS]
        if piece.trouble != "past" or not numbers:
            listening.named.impossible = True
            return piece.end
        listening.named.months.append((months[0], numbers[0]))
        return piece.end
    listening.named.months.append((piece.day.month, piece.day.day))
    listening.once = True
    return piece.end
