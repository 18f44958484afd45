"""Read what recurs, and when, out of what somebody typed; saying it back is in `rhythm_said`."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Literal

from domain.recurrence import Rule
from domain.zones import local, utc
from views.words.days import DateOrder, Sheet, piece_at
from views.words.rhythm_rules import Named, RhythmQuestion, rule_from
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
    STARTING,
    WORKING_DAY,
)
from views.words.times import Clock, Half, clock_at, half_at, span_start
from views.words.tokens import clean, cut, glued, key_at, number_at, tidy, veiled
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
from views.words.zones import zone_at

Unit = Literal["week", "month", "quarter", "year"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RhythmRead:
    """What was understood of a rhythm.

    Attributes:
        rule: None if nothing recurring was typed, or something has to be asked first.
        start: The local time of day on the clock of ``zone``; None if none was typed.
        starts_on: The first possible day, if one was named.
        length: How long it takes, if that was typed.
        title: What else was typed; None if nothing was.
        question: What has to be asked: which day, which of two contradicting rhythms, ...
        heard: The words the rhythm was read from; empty if there were none.
    """

    rule: Rule | None = None
    start: time | None = None
    zone: str
    starts_on: date | None = None
    length: timedelta | None = None
    title: str | None = None
    question: RhythmQuestion | None = None
    heard: str = ""


@dataclass(slots=True)
class _Listening:
    """What was heard so far while the words are read one after the other."""

    sheet: Sheet
    taken: list[bool]
    named: Named = field(default_factory=Named)
    clock: Clock | None = None
    half: Half | None = None
    zone: str | None = None
    starts_on: date | None = None
    length: timedelta | None = None
    once: bool = False

    def take(self, start: int, end: int) -> int:
        self.taken[start:end] = [True] * (end - start)
        return end


def read_rhythm(
    text: str, *, now: datetime, zone: str, date_order: DateOrder | None = None
) -> RhythmRead:
    """Read a rhythm out of ``text``, in any of five languages; no text makes it fail.

    Args:
        now: Any aware moment.
        zone: The writer's IANA zone, meant where no other is named.
        date_order: How the writer's locale writes a first day as 03/04.

    Raises:
        ValueError: ``now`` is naive.
    """
    line = clean(text)
    sheet = Sheet(tokens=cut(veiled(line)), now=local(utc(now), zone), date_order=date_order)
    if "freq=" in line.lower().replace(" ", ""):
        return RhythmRead(zone=zone, title=tidy(line))
    listening = _Listening(sheet=sheet, taken=[False] * len(sheet.tokens))
    _listen(listening)
    _take_bare_numbers(listening)
    _take_fillers(listening)
    return _understood(line, listening, zone)


def _understood(line: str, listening: _Listening, zone: str) -> RhythmRead:
    rule, question = rule_from(listening.named)
    if rule is None and question is None and listening.once:
        question = "once"
    heard, rest = _parted(line, listening)
    clock = listening.clock
    return RhythmRead(
        rule=rule,
        start=clock.on_clock(listening.half) if clock is not None and (rule or question) else None,
        zone=listening.zone or zone,
        starts_on=listening.starts_on,
        length=listening.length,
        title=(rest if rule or question else tidy(line)) or None,
        question=question,
        heard=heard if rule or question else "",
    )


def _parted(line: str, listening: _Listening) -> tuple[str, str]:
    """The words that were understood, and the others."""
    heard: list[str] = []
    rest: list[str] = []
    behind = 0
    for token, taken in zip(listening.sheet.tokens, listening.taken, strict=True):
        (heard if taken else rest).append(line[behind : token.end])
        behind = token.end
    return tidy("".join(heard)), tidy("".join(rest)).strip("\"“”„«»'‘’() ")


def _listen(listening: _Listening) -> None:
    index = 0
    while index < len(listening.sheet.tokens):
        for read in _READERS:
            end = read(listening, index)
            if end is not None:
                index = listening.take(index, end)
                break
        else:
            index += 1


def _starting(listening: _Listening, index: int) -> int | None:
    found = STARTING.at(listening.sheet.tokens, index)
    if found is None:
        return None
    at = found[1]
    while key_at(listening.sheet.tokens, at) in {"on", "the", "el", "la", "o", "a", "sa"}:
        at += 1
    piece = piece_at(listening.sheet, at)
    if piece is None or piece.day is None:
        return None
    listening.starts_on = piece.day
    return piece.end


def _length(listening: _Listening, index: int) -> int | None:
    """For 30 minutes, 1 hour."""
    tokens = listening.sheet.tokens
    at = index + (key_at(tokens, index) in {"for", "por", "durante"})
    count = number_at(tokens, at)
    unit = UNITS.at(tokens, at + 1) if count is not None else None
    if count is None or unit is None or unit[0] not in {"minute", "hour"} or not 0 < count <= 600:
        return None
    if unit[0] == "hour" and (count > 8 or key_at(tokens, index - 1) in EVERY):
        return None
    listening.length = timedelta(minutes=count if unit[0] == "minute" else 60 * count)
    return unit[1]


def _every_number(listening: _Listening, index: int) -> int | None:
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


def _nth(listening: _Listening, index: int) -> int | None:
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


def _shared_nth(listening: _Listening, at: int) -> int | None:
    """First and third Monday: the first of the two."""
    if key_at(listening.sheet.tokens, at) not in {"and", "&", "y", "e", "at", "aur", ","}:
        return None
    other, behind = _ordinal(listening, at + 1)
    if other is None or key_at(listening.sheet.tokens, behind) not in WEEKDAYS:
        return None
    listening.named.unsupported = True
    return at + 1


def _ordinal(listening: _Listening, index: int) -> tuple[int | None, int]:
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


def _frequency(listening: _Listening, index: int) -> int | None:
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
    elif what == "twice a week":
        named.twice = True
        named.every("week", 1)
    elif what == "other":
        return _every_other(listening, end)
    else:
        named.every(what, count)
    return end


def _every_other(listening: _Listening, end: int) -> int | None:
    """Every other Tuesday; "every 2nd Tuesday of the month" is left to the reader of ordinals."""
    tokens = listening.sheet.tokens
    if key_at(tokens, end) not in WEEKDAYS and mended(key_at(tokens, end)) not in WEEKDAYS:
        return None
    behind = FREQUENCIES.at(tokens, end + 1)
    if behind is not None and behind[0][0] in {"month", "quarter"}:
        return None
    listening.named.every("week", 2)
    return end


def _last_day(listening: _Listening, index: int) -> int | None:
    found = LAST_DAY.at(listening.sheet.tokens, index)
    if found is None:
        return None
    listening.named.dates.append(31)
    return found[1]


def _days(listening: _Listening, index: int) -> int | None:
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
    if last is None:
        listening.named.days.add(first)
        return end
    listening.named.days.update((first + ahead) % 7 for ahead in range((last - first) % 7 + 1))
    return _behind_weekday(listening, end + 2)


def _behind_weekday(listening: _Listening, end: int) -> int:
    """Over "-feira" and the full stop of an abbreviation."""
    tokens = listening.sheet.tokens
    if key_at(tokens, end) == "." and glued(tokens, end):
        return end + 1
    at = end + (key_at(tokens, end) == "-")
    return at + 1 if key_at(tokens, at) in {"feira", "feiras"} else end


def _sure(listening: _Listening, index: int) -> bool:
    """Whether a word that is also something else stands where a weekday would."""
    tokens = listening.sheet.tokens
    before, behind = key_at(tokens, index - 1), key_at(tokens, index + 1)
    return (
        (index > 0 and (listening.taken[index - 1] or before in FILLERS))
        or clock_at(tokens, index + 1) is not None
        or behind in RANGE | {"&", ",", "/", "e", "y", "and", "feira", ""}
    )


def _date(listening: _Listening, index: int) -> int | None:
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


def _month_and_day(listening: _Listening, index: int) -> int | None:
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


def _clock(listening: _Listening, index: int) -> int | None:
    tokens = listening.sheet.tokens
    if listening.clock is None:
        clock = span_start(tokens, index) or clock_at(tokens, index)
        if clock is None or (clock.loose and number_at(tokens, index) is not None):
            return None
        if glued(tokens, clock.end) and key_at(tokens, clock.end) in ORDINAL_ENDINGS:
            return None
        listening.clock = clock
        return _behind_clock(listening, clock)
    return None


def _behind_clock(listening: _Listening, clock: Clock) -> int:
    """Over the end of a span of time, and the zone."""
    tokens, end = listening.sheet.tokens, clock.end
    until = (
        clock_at(tokens, end + 1) if key_at(tokens, end) in {"-", "–", "to", "a", "until"} else None
    )
    if until is not None:
        end = until.end
        minutes = (until.minute_of_day - clock.minute_of_day) % (12 * 60)
        listening.length = timedelta(minutes=minutes) if 0 < minutes <= 480 else None
    half = half_at(tokens, end)
    if half is not None:
        listening.half, end = half
    at = end + (key_at(tokens, end) in {"in", "en", "em", "sa", ",", "(", "hora", "horas"})
    at += key_at(tokens, at) in {"de", "of"}
    zone = zone_at(tokens, at, behind_time=True)
    if zone is None:
        return end
    listening.zone = zone[0]
    closing = key_at(tokens, zone[1]) == ")" and key_at(tokens, at - 1) == "("
    return zone[1] + closing


def _half(listening: _Listening, index: int) -> int | None:
    found = half_at(listening.sheet.tokens, index)
    if found is None or not (index and listening.taken[index - 1]):
        return None
    listening.half = found[0]
    return found[1]


def _zone(listening: _Listening, index: int) -> int | None:
    """A place at the end or behind what was understood, where no zone stood behind the time."""
    tokens = listening.sheet.tokens
    if listening.zone is not None:
        return None
    found = zone_at(tokens, index, behind_time=False)
    if found is None:
        return None
    behind_something = index > 0 and listening.taken[index - 1]
    if not behind_something and found[1] < len(tokens) and key_at(tokens, found[1] - 1) != "time":
        return None
    listening.zone = found[0]
    return found[1]


def _take_bare_numbers(listening: _Listening) -> None:
    """A number beside what was understood is a day of the month, else an hour."""
    tokens, named = listening.sheet.tokens, listening.named
    for index in range(len(tokens)):
        number = number_at(tokens, index)
        beside = index > 0 and (listening.taken[index - 1] or key_at(tokens, index - 1) in FILLERS)
        if number is None or listening.taken[index] or not beside:
            continue
        if named.unit in {"month", "quarter"} and not named.says_day and 1 <= number <= 31:
            named.dates.append(number)
            listening.take(index, index + 1)
        elif listening.clock is None and named.says_anything:
            clock = clock_at(tokens, index)
            if clock is not None:
                listening.clock = clock
                listening.take(index, _behind_clock(listening, clock))


def _take_fillers(listening: _Listening) -> None:
    """Small words before what was understood go with it; between two parts of a title they stay."""
    tokens = listening.sheet.tokens
    for index in reversed(range(len(tokens))):
        behind = index + 1 < len(tokens) and listening.taken[index + 1]
        before = index == 0 or listening.taken[index - 1] or key_at(tokens, index - 1) in FILLERS
        at_end = index + 1 == len(tokens) and index > 0 and listening.taken[index - 1]
        if (
            tokens[index].key in FILLERS
            and not listening.taken[index]
            and (behind or (before and at_end))
        ):
            listening.take(index, index + 1)


_READERS: tuple[Callable[[_Listening, int], int | None], ...] = (
    _starting,
    _length,
    _every_number,
    _frequency,
    _nth,
    _last_day,
    _days,
    _date,
    _clock,
    _half,
    _zone,
)
