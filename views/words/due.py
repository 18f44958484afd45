"""Read when something is due out of what somebody typed; who owes what is read elsewhere."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal

from domain.values import value
from domain.zones import local, to_utc, utc
from views.words.fallback import foreign_day
from views.words.pieces import DateOrder, Sheet, coming, monday_of
from views.words.runs import STATED, Run, runs
from views.words.tokens import QUOTES, clean, cut, tidy, unquoted, veiled
from views.words.vocabulary import AS_SOON_AS_POSSIBLE, FRIDAY

Question = Literal["asap", "ambiguous", "past", "impossible"]

_BEFORE = frozenset({"before", "antes", "bago", "pehle", "pahle"})
# Nobody owes anything later: a year beyond was mistyped.
_FARTHEST = timedelta(days=20 * 366)
_ALTERNATIVES = frozenset(
    {"or", "and", "y", "o", "e", "ou", "ya", "aur", "at", "&", "/", "-", "–", "to", "a", "u"}
)


@value
class DueRead:
    """What was understood of a due moment.

    Attributes:
        day: A day without a time: due at the end of the owner's shift.
        at: A naive local time on the clock of ``zone``.
        zone: The zone of ``at``; with ``day`` only if one was named; None if ``theirs``.
        theirs: "their time": the clock of the other side, which only the partnership knows.
        day_said: Whether a day was typed; without one ``at`` is the next such time.
        is_week: A whole week was named: ``day`` is its Friday.
        is_weekday: A weekday alone was named, of no week and without a date.
        question: What has to be asked first; then ``day`` and ``at`` are None.
        rest: The text without it: the title.
        heard: The words it was read from; empty if there were none.
    """

    day: date | None = None
    at: datetime | None = None
    zone: str | None = None
    theirs: bool = False
    day_said: bool = True
    is_week: bool = False
    is_weekday: bool = False
    question: Question | None = None
    rest: str = ""
    heard: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing about time was typed."""
        return self.day is None and self.at is None and self.question is None


@value
class DueSpan:
    """A due moment and where it stood.

    ``before`` and ``after`` are the words around it, ``lead`` is the "by" in front of it.
    """

    read: DueRead
    before: str
    after: str
    lead: str = ""


def read_due(
    text: str,
    *,
    now: datetime,
    zone: str,
    date_order: DateOrder | None = None,
    languages: tuple[str, ...] = (),
) -> DueRead:
    """Read a day or time out of ``text``, in any of five languages; no text makes it fail.

    Args:
        now: Any aware moment.
        zone: The writer's IANA zone.
        date_order: How the writer's locale writes 03/04; None if unknown: then it is asked.
        languages: Two-letter codes of further languages the writer uses.

    Raises:
        ValueError: ``now`` is naive.
    """
    return find_due(text, now=now, zone=zone, date_order=date_order, languages=languages).read


def find_due(
    text: str,
    *,
    now: datetime,
    zone: str,
    date_order: DateOrder | None = None,
    languages: tuple[str, ...] = (),
) -> DueSpan:
    """As ``read_due``, with the words before and after the due moment."""
    line, moment = clean(text), local(utc(now), zone)
    sheet = Sheet(tokens=cut(veiled(line)), now=moment, date_order=date_order)
    found = list(runs(sheet))
    if not found and any(sign in line for sign in QUOTES):
        sheet = Sheet(tokens=cut(veiled(line, quotes=False)), now=moment, date_order=date_order)
        found = list(runs(sheet))
    if found:
        run = _chosen(sheet, found)
        return _span(
            line,
            sheet,
            _read(sheet, run, zone),
            (run.outer_start, run.start, run.end, run.outer_end),
        )
    hurried = _hurried(sheet)
    if hurried is not None:
        start, end = hurried
        return _span(line, sheet, DueRead(question="asap"), (start, start, end, end))
    return _foreign(line, sheet, languages)


def _hurried(sheet: Sheet) -> tuple[int, int] | None:
    for index in range(len(sheet.tokens)):
        found = AS_SOON_AS_POSSIBLE.at(sheet.tokens, index)
        if found is not None:
            return index, found[1]
    return None


def _chosen(sheet: Sheet, found: list[Run]) -> Run:
    """The strongest, of equals the last; two that are joined by "or" are asked."""
    best = max(run.strength for run in found)
    strongest = [run for run in found if run.strength == best]
    last = strongest[-1]
    if found[-1] is not last and found[-1].outer_start == last.outer_end + 1:
        return _asked_between(sheet, last, found[-1])
    if len(strongest) > 1:
        first = strongest[-2]
        joined = _asked_between(sheet, first, last)
        return _asked_which(sheet, first, last) if joined is last else joined
    return last


def _asked_which(sheet: Sheet, first: Run, second: Run) -> Run:
    """Each with its own "by", they name different days: nobody can tell which one is meant."""
    if second.strength < STATED or _same_day(sheet, first, second):
        return second
    # What stands between the two stays in the title.
    whole = first if second.outer_start <= first.outer_end else second
    return second._replace(start=whole.start, outer_start=whole.outer_start, trouble="ambiguous")


def _same_day(sheet: Sheet, first: Run, second: Run) -> bool:
    """Whether one of them may say the time or the date of the other's day."""
    if any(run.trouble or run.at or run.end_of_day or not run.has_day for run in (first, second)):
        return True
    return _day(sheet, first, "") == _day(sheet, second, "")


def _asked_between(sheet: Sheet, first: Run, second: Run) -> Run:
    between = [token.key for token in sheet.tokens[first.outer_end : second.outer_start]]
    stated = [token.key for token in sheet.tokens[first.end : second.start]]
    if len(stated) <= 2 and any(key in _ALTERNATIVES for key in stated or between):
        return second._replace(
            start=first.start,
            outer_start=first.outer_start,
            trouble="ambiguous",
        )
    return second if second.strength >= first.strength else first


def _span(line: str, sheet: Sheet, read: DueRead, edges: tuple[int, int, int, int]) -> DueSpan:
    outer_start, start, end, outer_end = edges
    tokens = sheet.tokens
    before, after = line[: tokens[outer_start].start], line[tokens[outer_end - 1].end :]
    heard = line[tokens[start].start : tokens[end - 1].end]
    return DueSpan(
        read=replace(read, rest=unquoted(tidy(f"{before} {after}")), heard=heard),
        before=tidy(before),
        after=tidy(after),
        lead=line[tokens[outer_start].start : tokens[start].start].strip(),
    )


def _read(sheet: Sheet, run: Run, zone: str) -> DueRead:
    said = DueRead(
        theirs=run.theirs,
        day_said=run.has_day,
        is_week=run.is_week,
        is_weekday=run.weekday is not None and run.day is None and not run.is_week,
    )
    trouble = run.trouble or _two_readings(sheet, run, zone)
    if trouble is not None:
        return replace(said, question=trouble)
    try:
        day, moment = _day(sheet, run, zone), _time(run)
        if run.at is not None:
            return replace(said, at=run.at, zone=None if run.theirs else run.zone or zone)
        if moment is None:
            day = _day_before(day) if _says_before(sheet, run) else day
            past = day < sheet.today
            if day > sheet.today + _FARTHEST:
                return replace(said, question="impossible")
            return replace(said, question="past") if past else replace(said, day=day, zone=run.zone)
        return _at(sheet, run, said, _Wanted(day=day, moment=moment, zone=zone))
    except OverflowError:
        return replace(said, question="impossible")


@value
class _Wanted:
    day: date
    moment: timedelta
    zone: str


def _at(sheet: Sheet, run: Run, said: DueRead, wanted: _Wanted) -> DueRead:
    """The moment on the clock that was named; a time without a day is the next such time."""
    clock_zone = run.zone or wanted.zone
    here = _clock_there(sheet, wanted.zone, clock_zone)
    at = datetime.combine(wanted.day, time()) + wanted.moment
    if at < here and not run.theirs and not run.has_day:
        at = datetime.combine(here.date(), time()) + wanted.moment
    if at < here and not run.has_day:
        at += timedelta(days=1)
    if at < here and not run.theirs:
        return replace(said, question="past")
    if at > here + _FARTHEST:
        return replace(said, question="impossible")
    return replace(said, at=at, zone=None if run.theirs else clock_zone)


def _two_readings(sheet: Sheet, run: Run, zone: str) -> Question | None:
    """Friday midnight begins or ends Friday; "tomorrow" may be another day where the clock is."""
    if run.clock is not None and run.clock.is_midnight:
        named = run.weekday is not None or (run.day is not None and run.day != sheet.today)
        return "ambiguous" if named else None
    if run.is_relative and run.zone is not None:
        there = _clock_there(sheet, zone, run.zone)
        return "ambiguous" if there.date() != sheet.today else None
    return None


def _clock_there(sheet: Sheet, zone: str, other: str) -> datetime:
    """The wall clock of ``other`` at the moment of the sheet."""
    return sheet.now if zone == other else local(to_utc(sheet.now, zone).astimezone(UTC), other)


def _day(sheet: Sheet, run: Run, zone: str) -> date:
    if run.is_week and run.day is not None:
        friday = run.day + timedelta(days=FRIDAY)
        return friday if friday >= sheet.today else monday_of(sheet.today) + timedelta(days=6)
    if run.day is not None:
        return run.day
    if run.weekday is not None:
        return coming(sheet.today, run.weekday)
    return _clock_there(sheet, zone, run.zone).date() if run.zone else sheet.today


def _says_before(sheet: Sheet, run: Run) -> bool:
    """Whether it is to be there when the day begins: "before Friday", not "before month end"."""
    around = (*sheet.tokens[run.outer_start : run.start], *sheet.tokens[run.end : run.outer_end])
    exact = run.weekday is not None or (run.day is not None and not run.is_period)
    return exact and any(token.key in _BEFORE for token in around)


def _day_before(day: date) -> date:
    """The last day from Monday to Friday before ``day``."""
    return day - timedelta(days={0: 3, 6: 2}.get(day.weekday(), 1))


def _time(run: Run) -> timedelta | None:
    """The time of day as a length from its midnight; a named midnight ends its day."""
    if run.clock is None:
        # Without an hour: the morning is over at noon, the rest when the shift is.
        return timedelta(hours=12) if run.half == "am" else None
    if run.clock.ends_day:
        return timedelta(days=1)
    moment = run.clock.on_clock(run.half)
    return timedelta(hours=moment.hour, minutes=moment.minute)


def _foreign(line: str, sheet: Sheet, languages: tuple[str, ...]) -> DueSpan:
    """What a library for many languages makes of it, where our own table has no word for it."""
    found = foreign_day(line, now=sheet.now, date_order=sheet.date_order, languages=languages)
    if found is None:
        return DueSpan(read=DueRead(rest=unquoted(tidy(line))), before=tidy(line), after="")
    day, start, end = found
    before, after = tidy(line[:start]), tidy(line[end:])
    read = DueRead(rest=unquoted(tidy(f"{before} {after}")), heard=line[start:end])
    past = day < sheet.today
    read = replace(read, question="past") if past else replace(read, day=day)
    return DueSpan(read=read, before=before, after=after)
