"""What people type about check-ins, read into verbs."""

import re
from datetime import date, timedelta

from views.words.moves import read_move, reason_apart
from views.words.owners import titled
from views.words.periods import read_period
from views.words.phrases_at_start import nearest_verb, said_whole, verb_at_start
from views.words.pieces import monday_of
from views.words.tokens import clean, cut, phrases, tidy
from views.words.verbs import (
    AddPoint,
    CancelCheckin,
    CheckinVerb,
    Help,
    ListCheckins,
    MoveCheckin,
    NewCheckin,
    OpenForm,
    ReportCheckins,
    SkipCheckin,
    Unknown,
)
from views.words.writer import Writer

_LIST = phrases(
    [
        (
            True,
            "list|ls|show|all|mine|next|when|when is the next|when is the next one|lista|listar",
        ),
        (True, "show all|list all|upcoming|what is planned|next check-in|proximas|lahat|agenda"),
    ]
)
_HELP = phrases([(True, "help|?|ayuda|ajuda|tulong|madad|usage")])
_NEW = phrases(
    [
        (
            True,
            "new check-in|new checkin|new|add|create|schedule|set up|plan|nuevo|nueva|novo|nova",
        ),
        (True, "programar|agendar|start a|start"),
    ]
)
_MOVE = phrases(
    [
        (True, "move|reschedule|postpone|push back|push|delay|shift|change|mover|mueve|aplazar"),
        (True, "posponer|reprogramar|cambiar|adiar|remarcar|mudar|ilipat|badlo|bring forward"),
    ]
)
_SKIP = phrases([(True, "skip|omit|saltar|omitir|pular|laktawan|chhodo|no check-in|no checkin")])
_CANCEL = phrases(
    [
        (
            True,
            "cancel|call off|delete|remove|end|stop|drop|cancelar|cancela|kanselahin"
            "|radd karo|radd",
        )
    ]
)
_REPORT = phrases(
    [
        (True, "report|compliance|compliance report|figures|statistics|stats|how did it go"),
        (True, "how did they go|reporte|informe|relatorio|ulat|cumplimiento"),
    ]
)
_POINT = phrases(
    [
        (True, "add a point|add point|new point|point|raise a point|add to the agenda"),
        (True, "add to agenda|put on the agenda|agenda point|agregar un punto|adicionar um ponto"),
    ]
)
_NEXT_ONE = phrases(
    [
        (
            True,
            "next|next one|the next|the next one|this|this one|it|that|next check-in|next checkin",
        ),
        (True, "the next check-in|this check-in|el proximo|la proxima|o proximo|a proxima|susunod"),
        (True, "next time|check-in|the check-in|checkin|agla"),
    ]
)
_VERBS = ("move", "skip", "cancel", "list", "report", "help", "weekly", "monthly", "every")
_JOINTS = " ,-–"
_SINCE = re.compile(r"\b(?:from|since|starting|desde|a partir de|simula)$", re.IGNORECASE)


def read_checkin(text: str, writer: Writer) -> CheckinVerb:
    """Read the words behind ``/checkin``; without a verb they are a new rhythm."""
    line = clean(text)
    if not line:
        return OpenForm(subject="checkin")
    if said_whole(_LIST, line):
        return ListCheckins()
    asked = verb_at_start(_HELP, line)
    if asked is not None and len(cut(line)) <= 2:
        return Help(subject="checkin", topic=asked[1])
    return _point(line) or _changed(line, writer) or _reported(line, writer) or _new(line, writer)


def _point(line: str) -> AddPoint | None:
    found = verb_at_start(_POINT, line)
    return None if found is None else AddPoint(words=tidy(found[1]))


def read_report(line: str, writer: Writer) -> ReportCheckins | None:
    """What begins with a word for the report; None for anything else."""
    found = verb_at_start(_REPORT, line)
    if found is None:
        return None
    return ReportCheckins(period=read_period(found[1], writer.today), words=found[1])


def _reported(line: str, writer: Writer) -> ReportCheckins | None:
    """The report, unless the word only begins the name of a new check-in."""
    found = read_report(line, writer)
    if found is not None and found.period is None and writer.rhythm(line).rule is not None:
        return None
    return found


def _changed(line: str, writer: Writer) -> CheckinVerb | None:
    moved = verb_at_start(_MOVE, line)
    if moved is not None:
        move = read_move(moved[1], writer)
        return MoveCheckin(words=_which(move.words), due=move.due, reason=move.reason)
    skipped = verb_at_start(_SKIP, line)
    if skipped is not None:
        named, reason = reason_apart(skipped[1], writer)
        words, first, last = _turns(named, writer)
        return SkipCheckin(words=words, from_on=first, until_on=last, reason=reason)
    cancelled = verb_at_start(_CANCEL, line)
    if cancelled is not None:
        named, reason = reason_apart(cancelled[1], writer)
        words, first, last = _turns(named, writer)
        return CancelCheckin(words=words, from_on=first, until_on=last, reason=reason)
    return None


def _turns(text: str, writer: Writer) -> tuple[str, date | None, date | None]:
    """Which check-in, and the days of the turns that are meant."""
    span = writer.due_span(text.replace("'s ", " ").replace("’s ", " "))
    read = span.read
    day = read.day if read.day is not None else read.at.date() if read.at is not None else None
    if day is None or not read.day_said:
        # A weekday inside the name, as in "tuesday review", is the name's.
        return _which(text), None, None
    before = _SINCE.sub("", span.before)
    words = _which(tidy(f"{before} {span.after}").strip(_JOINTS))
    if read.is_week:
        return words, monday_of(day), monday_of(day) + timedelta(days=6)
    return words, day, day


def _which(words: str) -> str:
    return "" if said_whole(_NEXT_ONE, words) else titled(words)


def _new(line: str, writer: Writer) -> CheckinVerb:
    found = verb_at_start(_NEW, line)
    rhythm = writer.rhythm(found[1] if found is not None and found[1] else line)
    if found is not None and not found[1]:
        return OpenForm(subject="checkin")
    if rhythm.rule is None and rhythm.question is None:
        nearest = nearest_verb(line, _VERBS)
        if nearest is not None:
            return Unknown(subject="checkin", text=line, nearest=nearest)
    return NewCheckin(rhythm=rhythm)
