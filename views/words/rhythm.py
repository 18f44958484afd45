"""Read what recurs, and when, out of what somebody typed; saying it back is in `views.rhythms`."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from domain.recurrence import Rule
from domain.zones import local, utc
from views.words import rhythm_days, rhythm_times, rhythm_titles
from views.words.pieces import DateOrder, Sheet
from views.words.rhythm_listening import Listening
from views.words.rhythm_rules import RhythmQuestion, rule_from
from views.words.tokens import Token, clean, cut, key_at, tidy, veiled
from views.words.typos import FREQUENCY_NAMES, mended

# What starts so is about a check-in that exists.
_OTHER_VERBS = frozenset({"move", "skip", "cancel", "reschedule", "postpone"})


@dataclass(frozen=True, slots=True, kw_only=True)
class RhythmRead:
    """What was understood of a rhythm.

    Attributes:
        rule: None if nothing recurring was typed, or something has to be asked first.
        start: The local time of day on the clock of ``zone``; None if none was typed.
        starts_on: The first possible day, if one was named; ``ends_on``: the last one.
        length: How long it takes, if that was typed.
        title: What else was typed; None if nothing was.
        question: What has to be asked: which day, which of two contradicting rhythms, ...
        heard: The words the rhythm was read from; empty if there were none.
        fixed_clock: A clock that is no place, such as EST, or a place that nobody knows, about
            which the question is; else empty.
    """

    rule: Rule | None = None
    start: time | None = None
    zone: str
    starts_on: date | None = None
    ends_on: date | None = None
    length: timedelta | None = None
    title: str | None = None
    question: RhythmQuestion | None = None
    heard: str = ""
    fixed_clock: str = ""


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
    sheet = Sheet(
        tokens=_spelled(cut(veiled(line))), now=local(utc(now), zone), date_order=date_order
    )
    if "freq=" in line.lower().replace(" ", "") or key_at(sheet.tokens, 0) in _OTHER_VERBS:
        return RhythmRead(zone=zone, title=tidy(line))
    listening = Listening(sheet=sheet, taken=[False] * len(sheet.tokens))
    _listen(listening)
    _give_back_adjective(listening)
    rhythm_titles.give_back_spare(listening)
    rhythm_titles.note_unknown_place(listening)
    rhythm_times.take_bare_numbers(listening)
    rhythm_times.take_fillers(listening)
    return _understood(line, listening, zone)


def _give_back_adjective(listening: Listening) -> None:
    """The "monthly" of "monthly report review every tuesday" belongs to the title."""
    adjective, named = listening.adjective, listening.named
    if adjective is None or not (named.recurring and named.days):
        return
    named.units.remove(adjective.unit)
    listening.taken[adjective.start : adjective.end] = [False] * (adjective.end - adjective.start)


def _spelled(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """The words with "evry" and "wekly" set right; days are mended where they are read."""
    return tuple(
        Token(name, token.start, token.end)
        if (name := mended(token.key)) in FREQUENCY_NAMES and name is not None
        else token
        for token in tokens
    )


def _understood(line: str, listening: Listening, zone: str) -> RhythmRead:
    rule, question = rule_from(listening.named)
    if rule is None and question is None and listening.once:
        question = "once"
    if rule is not None and _ends_before(listening):
        question = "end"
    heard, rest = _parted(line, listening)
    if rule is None and question is None and listening.ends_on is not None:
        # It goes on until a day, so it recurs; how often is open, and a kind may say it.
        question, heard = "day", ""
    clock = listening.clock
    return RhythmRead(
        rule=rule,
        start=clock.on_clock(listening.half) if clock is not None and (rule or question) else None,
        zone=listening.zone or zone,
        starts_on=listening.starts_on,
        ends_on=listening.ends_on,
        length=listening.length,
        title=(rest if rule or question else tidy(line)) or None,
        question=question,
        heard=heard if rule or question else "",
        fixed_clock=listening.fixed_clock if question == "zone" else "",
    )


def _ends_before(listening: Listening) -> bool:
    """Whether the last day that was named lies before the first, or is past."""
    first_on = listening.starts_on or listening.sheet.now.date()
    is_before = listening.ends_on is not None and listening.ends_on < first_on
    return is_before or listening.has_ended


def _parted(line: str, listening: Listening) -> tuple[str, str]:
    """The words that were understood, and the others."""
    heard: list[str] = []
    rest: list[str] = []
    behind = 0
    for token, taken in zip(listening.sheet.tokens, listening.taken, strict=True):
        (heard if taken else rest).append(line[behind : token.end])
        behind = token.end
    return tidy("".join(heard)), tidy("".join(rest)).strip("\"“”„«»'‘’() ")


def _listen(listening: Listening) -> None:
    index = 0
    while index < len(listening.sheet.tokens):
        for read in _READERS:
            end = read(listening, index)
            if end is not None:
                index = listening.take(index, end)
                break
        else:
            index += 1


_READERS: tuple[Callable[[Listening, int], int | None], ...] = (
    rhythm_times.starting,
    rhythm_times.ending,
    rhythm_times.length,
    rhythm_days.every_number,
    rhythm_days.said_already,
    rhythm_days.frequency,
    rhythm_days.nth,
    rhythm_days.last_day,
    rhythm_days.days,
    rhythm_days.day_of_month,
    rhythm_times.clock,
    rhythm_times.half,
    rhythm_times.zone,
)
