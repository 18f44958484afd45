"""Neighbouring expressions of day, time and zone joined to one; choosing is done elsewhere."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple

from views.words.days import faint, piece_at
from views.words.pieces import Piece, Sheet, Trouble
from views.words.times import Clock, Half, clock_at, half_at, no_such_time
from views.words.tokens import glued, key_at, phrases
from views.words.vocabulary import AFTER_A_DAY, CONNECTORS, STRONG_LEADS, TRAILERS, WEAK_LEADS
from views.words.zones import vague_zone_at, zone_at

_WHOSE = phrases(
    [
        ("ours", "my time|our time|my zone|our zone|mi hora|nuestra hora|meu horario|oras namin"),
        ("theirs", "their time|their zone|your time|su hora|horario deles|oras nila"),
    ]
)
# Glued to a number or word these make it a price, a version, a name: not a date.
_STICKY = frozenset("#$€£-/._+=&")
_PAIRS = frozenset({("(", ")"), ("[", "]"), ('"', '"'), ("“", "”"), ("«", "»")})
_ENDINGS = frozenset(".!?,;…")
_STRONG_TRAILERS = frozenset({"tak", "तक", "se", "ke", "hone"})
# "The report for the week of 23 November" names the report.
_WEEK_OF = ("week", "of")
_BEFORE_TOM = frozenset({"to", "with", "ask", "from", "for", "and", "tell", "call", "by", "of"})


# The strength of what stands behind "by" or "due", or in front of "at the latest".
STATED: Final = 3


class Run(NamedTuple):
    """What was said about one moment, in neighbouring words.

    ``start`` and ``end`` are indices around the expression itself; ``outer_start`` and
    ``outer_end`` also take in "by", "on" and "please".
    Grown word by word: a named tuple is made anew in a fraction of a dataclass's time.
    """

    start: int
    end: int
    outer_start: int = 0
    outer_end: int = 0
    day: date | None = None
    weekday: int | None = None
    is_week: bool = False
    is_relative: bool = False
    is_period: bool = False
    end_of_day: bool = False
    at: datetime | None = None
    trouble: Trouble | None = None
    clear: bool = False
    faint: bool = False
    only_led: bool = False
    clock: Clock | None = None
    half: Half | None = None
    zone: str | None = None
    theirs: bool = False
    strength: int = 0

    @property
    def has_day(self) -> bool:
        return (
            bool(self.day or self.at or self.trouble or self.end_of_day) or self.weekday is not None
        )


def runs(sheet: Sheet) -> Iterator[Run]:
    """The expressions that may be a due moment, in their order, each with its strength."""
    index, count = 0, len(sheet.tokens)
    while index < count:
        run = run_at(sheet, index)
        if run is None:
            index += 1
            continue
        weighed = _weighed(sheet, run)
        if weighed.strength == 0:
            index += 1
            continue
        index = run.end
        yield weighed


def run_at(sheet: Sheet, index: int) -> Run | None:
    """The longest expression that starts exactly at ``index``."""
    run = _grown(sheet, Run(start=index, end=index), index)
    while run is not None:
        longer = _extended(sheet, run)
        if longer is None:
            break
        run = longer
    return run


def _extended(sheet: Sheet, run: Run) -> Run | None:
    """``run`` with the next piece, over at most two connecting words."""
    at = run.end
    for _ in range(3):
        longer = _grown(sheet, run, at)
        if longer is not None:
            return longer
        connector = CONNECTORS.at(sheet.tokens, at)
        if connector is None:
            return None
        at = connector[1]
    return None


def _grown(sheet: Sheet, run: Run, at: int) -> Run | None:
    tokens = sheet.tokens
    if at >= len(tokens) or (at > run.start and _possessive(sheet, at)):
        return None
    if run.end > run.start and no_such_time(tokens, at):
        return run._replace(trouble="impossible", end=at + 3)
    piece, clock = piece_at(sheet, at), clock_at(tokens, at)
    if clock is not None and (piece is None or clock.end > piece.end):
        return _with_clock(sheet, run, clock)
    if piece is not None:
        return _with_day(sheet, run, piece, at)
    return _with_detail(sheet, run, at) if run.end > run.start else None


def _with_clock(sheet: Sheet, run: Run, clock: Clock) -> Run | None:
    if run.clock is not None or run.at is not None:
        return None
    if clock.loose and not _loose_hour_counts(sheet, run, clock):
        return None
    return run._replace(clock=clock, end=clock.end)


def _loose_hour_counts(sheet: Sheet, run: Run, clock: Clock) -> bool:
    """Whether a bare number is an hour: not the start of a date, nor a count of things."""
    if piece_at(sheet, clock.end - 1) is not None:
        return False
    if run.has_day:
        return _ends_well(sheet, clock.end) or half_at(sheet.tokens, clock.end) is not None
    return not key_at(sheet.tokens, run.start).isdecimal()


def _with_day(sheet: Sheet, run: Run, piece: Piece, at: int) -> Run | None:
    joined = run._replace(
        end=piece.end,
        end_of_day=run.end_of_day or piece.end_of_day,
        clear=run.clear or piece.clear,
        faint=run.faint or (piece.end == at + 1 and faint(sheet, at)),
    )
    if piece.end_of_day:
        return joined if not run.end_of_day and run.at is None else None
    if run.day is None and run.weekday is None and run.at is None and run.trouble is None:
        return joined._replace(
            only_led=piece.only_led,
            is_relative=piece.is_relative,
            is_period=piece.is_period,
            day=piece.day,
            weekday=piece.weekday,
            is_week=piece.is_week,
            at=piece.at,
            trouble=piece.trouble,
        )
    between = {token.key for token in sheet.tokens[run.end : at]}
    return _both_days(run, joined, piece) if between <= {",", "the", "on"} else None


def _both_days(run: Run, joined: Run, piece: Piece) -> Run | None:
    """A weekday beside a date or a week: they must agree."""
    weekday = run.weekday if run.weekday is not None else piece.weekday
    day = run.day if run.day is not None else piece.day
    if weekday is None or day is None or (run.weekday is not None and piece.weekday is not None):
        return None
    if run.is_week or piece.is_week:
        return joined._replace(
            day=day + timedelta(days=weekday), weekday=None, is_week=False, clear=True
        )
    if day.weekday() != weekday:
        return joined._replace(day=None, weekday=None, trouble="ambiguous", clear=True)
    return joined._replace(day=day, weekday=None, clear=True)


def _with_detail(sheet: Sheet, run: Run, at: int) -> Run | None:
    half = half_at(sheet.tokens, at)
    if half is not None and run.half is None and (run.clock is not None or at == run.end):
        return run._replace(half=half[0], end=half[1])
    whose = _WHOSE.at(sheet.tokens, at)
    if whose is not None:
        return run._replace(theirs=whose[0] == "theirs", end=whose[1])
    if run.zone is not None or (not run.has_day and run.clock is None):
        return None
    vague = vague_zone_at(sheet.tokens, at)
    if vague is not None and run.clock is not None:
        return run._replace(trouble="ambiguous", end=vague)
    zone = zone_at(sheet.tokens, at, behind_time=run.clock is not None)
    if zone is None or (run.clock is None and not _ends_well(sheet, zone[1])):
        return None
    return run._replace(zone=zone[0], end=zone[1])


def _weighed(sheet: Sheet, run: Run) -> Run:
    """``run`` with what leads to it and follows it, and its strength (0: no due moment)."""
    inner_start, inner_end = _with_signs(sheet, run.start, run.end)
    start, led, strong = _leads(sheet, inner_start)
    end, strong_behind = _trailers(sheet, inner_end)
    start, end = _with_signs(sheet, start, end)
    weighed = run._replace(outer_start=start, outer_end=end)
    if _possessive(sheet, run.end) or _stuck(sheet, run.start):
        return weighed
    strength = STATED if strong or strong_behind else _strength(sheet, run, led=led)
    return weighed._replace(strength=strength)


def _strength(sheet: Sheet, run: Run, *, led: bool) -> int:
    tokens = sheet.tokens
    at_end = run.end >= len(tokens) or _trailers(sheet, run.end)[0] >= len(tokens)
    if run.only_led or (key_at(tokens, run.start - 2), key_at(tokens, run.start - 1)) == _WEEK_OF:
        return 0
    if key_at(tokens, run.start) == "tom" and key_at(tokens, run.start - 1) in _BEFORE_TOM:
        return 0
    if run.clear and not run.faint:
        return 2
    if run.clock is not None and not run.clock.loose:
        return 2 if run.has_day else 1
    if run.faint and run.clock is None and not led and not at_end:
        return 0
    return 1 if _ends_well(sheet, run.end) else 0


def _leads(sheet: Sheet, start: int) -> tuple[int, bool, bool]:
    """Where the words that lead to it start, whether there are any, whether one is strong."""
    first, strong = start, False
    while first > 0:
        longer = [at for at in range(max(0, first - 4), first) if _strong_between(sheet, at, first)]
        if longer:
            first, strong = min(longer), True
        elif key_at(sheet.tokens, first - 1) in WEAK_LEADS:
            first -= 1
        else:
            break
    return first, first < start, strong


def _strong_between(sheet: Sheet, start: int, end: int) -> bool:
    return STRONG_LEADS.between(sheet.tokens, start, end)


def _trailers(sheet: Sheet, end: int) -> tuple[int, bool]:
    strong = False
    while (found := TRAILERS.at(sheet.tokens, end)) is not None:
        strong = strong or key_at(sheet.tokens, end) in _STRONG_TRAILERS
        end = found[1]
    return end, strong


def _with_signs(sheet: Sheet, start: int, end: int) -> tuple[int, int]:
    """Brackets around an expression and the full stop behind it go with it."""
    if (key_at(sheet.tokens, start - 1), key_at(sheet.tokens, end)) in _PAIRS:
        return start - 1, end + 1
    while key_at(sheet.tokens, end) in _ENDINGS and glued(sheet.tokens, end):
        end += 1
    return start, end


def _ends_well(sheet: Sheet, end: int) -> bool:
    """Whether what follows does not make the day part of a longer name ("monday report")."""
    if end >= len(sheet.tokens) or _possessive(sheet, end):
        return end >= len(sheet.tokens)
    key = key_at(sheet.tokens, end)
    if key in AFTER_A_DAY or TRAILERS.at(sheet.tokens, end) is not None:
        return True
    return not key.isalnum() and not (glued(sheet.tokens, end) and key in _STICKY)


def _possessive(sheet: Sheet, end: int) -> bool:
    """Whether "'s" follows: Friday's numbers are no due day."""
    return key_at(sheet.tokens, end) in {"'", "’"} and glued(sheet.tokens, end)


def _stuck(sheet: Sheet, start: int) -> bool:
    return glued(sheet.tokens, start) and (
        key_at(sheet.tokens, start - 1) in _STICKY or key_at(sheet.tokens, start - 1).isalnum()
    )
