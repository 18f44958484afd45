"""At what time, where and from when something recurs: the readers of what is not its days.

Each reader is asked about one index and answers the index behind what it understood, or None.
"""

from datetime import timedelta
from typing import Final

from views.words.clocks import fixed_clock_at
from views.words.days import piece_at
from views.words.pieces import Piece, coming
from views.words.rhythm_listening import Listening
from views.words.rhythm_vocabulary import EVERY, FILLERS, STARTING
from views.words.times import Clock, clock_at, half_at, no_such_time, span_start
from views.words.tokens import glued, key_at, number_at
from views.words.vocabulary import ORDINAL_ENDINGS, UNITS
from views.words.zones import vague_zone_at, zone_at

_ARTICLES: Final = frozenset({"on", "the", "el", "la", "o", "a", "sa"})
_UNTIL: Final = frozenset({"until", "till", "til", "through", "hasta", "ate", "hanggang"})


def starting(listening: Listening, index: int) -> int | None:
    found = STARTING.at(listening.sheet.tokens, index)
    if found is None:
        return None
    at = found[1]
    while key_at(listening.sheet.tokens, at) in _ARTICLES:
        at += 1
    piece = piece_at(listening.sheet, at)
    if piece is None or piece.day is None:
        return None
    listening.starts_on = piece.day
    return piece.end


def ending(listening: Listening, index: int) -> int | None:
    """Until 24 November: the last day on which it may be."""
    tokens = listening.sheet.tokens
    piece = _last_day(listening, index + 1) if key_at(tokens, index) in _UNTIL else None
    if piece is None:
        return None
    weekday, today = piece.weekday, listening.sheet.today
    listening.ends_on = piece.day if weekday is None else coming(today, weekday)
    listening.has_ended = piece.trouble == "past"
    return piece.end


def _last_day(listening: Listening, index: int) -> Piece | None:
    """The day behind "until"; a number alone is an hour, a week is no day."""
    tokens = listening.sheet.tokens
    while key_at(tokens, index) in _ARTICLES:
        index += 1
    piece = piece_at(listening.sheet, index)
    if piece is None or piece.is_week:
        return None
    is_number = piece.end == index + 1 and number_at(tokens, index) is not None
    is_a_day = piece.day is not None or piece.weekday is not None or piece.trouble == "past"
    return piece if is_a_day and not is_number else None


def length(listening: Listening, index: int) -> int | None:
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


def clock(listening: Listening, index: int) -> int | None:
    """A time of day; a second one contradicts the first, a bare number is read later."""
    tokens = listening.sheet.tokens
    if no_such_time(tokens, index):
        listening.named.no_such_time = True
        return index + 3
    found = span_start(tokens, index) or clock_at(tokens, index)
    if found is None or (found.loose and number_at(tokens, index) is not None):
        return None
    if glued(tokens, found.end) and key_at(tokens, found.end) in ORDINAL_ENDINGS:
        return None
    if listening.clock is None:
        listening.clock = found
        return _behind_clock(listening, found)
    if found.loose:
        return None
    listening.named.contradicts = True
    return found.end


def _behind_clock(listening: Listening, clock: Clock) -> int:
    """Over the end of a span of time, and the zone."""
    tokens, end = listening.sheet.tokens, clock.end
    is_span = key_at(tokens, end) in {"-", "–", "to", "a", "until"}
    is_last_day = key_at(tokens, end) in _UNTIL and _last_day(listening, end + 1) is not None
    until = clock_at(tokens, end + 1) if is_span and not is_last_day else None
    if until is not None:
        end = until.end
        minutes = (until.minute_of_day - clock.minute_of_day) % (12 * 60)
        listening.length = timedelta(minutes=minutes) if 0 < minutes <= 480 else None
    half = half_at(tokens, end)
    if half is not None:
        if not clock.is_open:
            listening.spare.append((end, half[1]))
        listening.half, end = half
    at = end + (key_at(tokens, end) in {"in", "en", "em", "sa", ",", "(", "hora", "horas"})
    at += key_at(tokens, at) in {"de", "of"}
    vague = vague_zone_at(tokens, at) or _fixed_clock(listening, at)
    if vague is not None:
        listening.named.vague_zone = True
        return vague
    zone = zone_at(tokens, at, behind_time=True)
    if zone is None:
        return end
    listening.zone = zone[0]
    closing = key_at(tokens, zone[1]) == ")" and key_at(tokens, at - 1) == "("
    return zone[1] + closing


def _fixed_clock(listening: Listening, index: int) -> int | None:
    """Over a clock such as EST, which tells nothing of summers to come."""
    tokens = listening.sheet.tokens
    end = fixed_clock_at(tokens, index)
    if end is not None:
        signs = "".join(token.key for token in tokens[index:end])
        listening.fixed_clock = signs.upper()
    return end


def half(listening: Listening, index: int) -> int | None:
    found = half_at(listening.sheet.tokens, index)
    if found is None or not (index and listening.taken[index - 1]):
        return None
    if listening.clock is not None and not listening.clock.is_open:
        listening.spare.append((index, found[1]))
    listening.half = found[0]
    return found[1]


def zone(listening: Listening, index: int) -> int | None:
    """A place at the end or behind what was understood, where no zone stood behind the time."""
    tokens = listening.sheet.tokens
    if index and listening.taken[index - 1] and _fixed_clock(listening, index) is not None:
        listening.named.vague_zone = True
        return fixed_clock_at(tokens, index)
    found = zone_at(tokens, index, behind_time=False)
    if found is None:
        return None
    if listening.zone is not None:
        another = found[0] != listening.zone and found[1] == len(tokens)
        listening.named.contradicts = listening.named.contradicts or another
        return found[1] if another else None
    behind_something = index > 0 and listening.taken[index - 1]
    if not behind_something and found[1] < len(tokens) and key_at(tokens, found[1] - 1) != "time":
        return None
    listening.zone = found[0]
    return found[1]


def take_bare_numbers(listening: Listening) -> None:
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
            found = clock_at(tokens, index)
            if found is not None:
                listening.clock = found
                listening.take(index, _behind_clock(listening, found))


def _ends_a_word(listening: Listening, index: int) -> bool:
    """Whether a word or its hyphen goes with the one before, as the "in" of "check-in"."""
    tokens = listening.sheet.tokens
    hyphen = index if tokens[index].key == "-" else index - 1
    if not 0 < hyphen < len(tokens) - 1 or tokens[hyphen].key != "-":
        return False
    before, sign, behind = tokens[hyphen - 1 : hyphen + 2]
    is_one_word = before.end == sign.start and sign.end == behind.start
    return is_one_word and not listening.taken[hyphen - 1]


def take_fillers(listening: Listening) -> None:
    """Small words before what was understood go with it; between two parts of a title they stay."""
    tokens = listening.sheet.tokens
    for index in reversed(range(len(tokens))):
        behind = index + 1 < len(tokens) and listening.taken[index + 1]
        before = index == 0 or listening.taken[index - 1] or key_at(tokens, index - 1) in FILLERS
        at_end = index + 1 == len(tokens) and index > 0 and listening.taken[index - 1]
        if (
            tokens[index].key in FILLERS
            and not listening.taken[index]
            and not _ends_a_word(listening, index)
            and (behind or (before and at_end))
        ):
            listening.take(index, index + 1)
