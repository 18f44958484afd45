"""A slash command, or the words behind a mention, read into one verb."""

import re
from collections.abc import Callable

from views.words.checkin_words import read_checkin
from views.words.deliverable_words import read_deliverable, read_paste, read_track
from views.words.phrases_at_start import nearest_verb, said_whole, verb_at_start
from views.words.tokens import clean, phrases, tidy
from views.words.touchbase_words import OWN_VERBS, own_verb, read_gaps, read_pulse
from views.words.verbs import (
    AddPoint,
    CancelDeliverable,
    CheckinVerb,
    DeliverableVerb,
    DoneDeliverable,
    Help,
    ListDeliverables,
    MoveCheckin,
    MoveDeliverable,
    OpenForm,
    ReportCheckins,
    ReportDeliverables,
    ShowSeries,
    SkipCheckin,
    Subject,
    Unknown,
    Verb,
)
from views.words.writer import Writer

_SUBJECTS: list[tuple[Subject, str]] = [
    ("deliverable", "deliverable|deliverables|new deliverable|entregable|entregavel|entregables"),
    ("checkin", "checkin|check-in|check in|checkins|check-ins|new check-in|new checkin|cadence"),
    ("pulse", "pulse|survey|pulse survey|encuesta|pesquisa|new pulse"),
    ("gaps", "gaps|gap|status|report|status report|show gaps|reporte|relatorio"),
]
_SUBJECT = phrases([*_SUBJECTS])
_HELP = phrases(
    [(True, "help|?|ayuda|ajuda|tulong|madad|how does this work|what can you do|commands|hi|hello")]
)
_ADD = phrases([(True, "add|add a point|add point|add to the agenda|add to agenda")])
_HUB = phrases([(True, "hub|home|menu|start page")])
# What "cancel" and "skip" are said of besides.
_OF_CHECK_INS = re.compile(
    r"(?:next|this|check|meeting|review|all|everything|mon|tue|wed|thu|fri|sat|sun|today|tomorrow)",
    re.IGNORECASE,
)
_MENTION_IN_FRONT = re.compile(r"^\s*<@[UW][A-Z0-9]+(?:\|[^<>]*)?>[\s,:]*")
_VERBS = (*OWN_VERBS, "deliverable", "checkin", "pulse", "gaps", "compliance", "status", "report")
_VERBS_OF_LISTS = ("list", "mine", "overdue", "done", "move")


def read_command(command: str, text: str, writer: Writer) -> Verb:
    """The verb that ``text`` asks for behind ``command`` (``/touchbase``, ``/deliverable``, ...).

    A command with a prefix (``/acme-deliverable``) is read as the one it ends with.
    """
    subject = _subject_of(command)
    return _read_touchbase(text, writer) if subject is None else _BY_SUBJECT[subject](text, writer)


def read_mention(text: str, writer: Writer) -> Verb:
    """The verb of a message that mentions the bot, with or without the mention in front."""
    return _read_touchbase(_MENTION_IN_FRONT.sub("", text, count=1), writer)


def _subject_of(command: str) -> Subject | None:
    name = command.strip().lower().lstrip("/")
    subjects: tuple[Subject, ...] = ("deliverable", "checkin", "pulse", "gaps")
    return next((subject for subject in subjects if name.endswith(subject)), None)


def _read_touchbase(text: str, writer: Writer) -> Verb:
    pasted = read_paste(text)
    if pasted is not None:
        return pasted
    line = clean(text)
    if not line or said_whole(_HUB, line):
        return OpenForm(subject="touchbase")
    helped = verb_at_start(_HELP, line)
    if helped is not None and len(line.split(" ")) <= 3:
        return Help(subject="touchbase", topic=helped[1])
    subject = verb_at_start(_SUBJECT, line)
    if subject is not None:
        return _BY_SUBJECT[subject[0]](subject[1], writer)
    tracked = read_track(line, writer)
    if tracked is not None:
        return tracked
    own = own_verb(line, writer)
    if own is not None:
        return own
    return (
        _about_the_next_check_in(line, writer)
        or _about_deliverables(line, writer)
        or Unknown(
            subject="touchbase", text=line, nearest=nearest_verb(line, (*_VERBS, *_VERBS_OF_LISTS))
        )
    )


def _about_the_next_check_in(line: str, writer: Writer) -> CheckinVerb | None:
    """What can mean nothing else: "skip next week", "move to thu 4pm", "add refund script"."""
    added = verb_at_start(_ADD, line)
    if added is not None and _is_point(added[1]):
        return AddPoint(words=tidy(added[1]))
    verb = read_checkin(line, writer)
    known = isinstance(verb, SkipCheckin | ReportCheckins | AddPoint)
    return verb if known or (isinstance(verb, MoveCheckin) and not verb.words) else None


def _is_point(words: str) -> bool:
    """Whether something that is added is for the agenda: who is named in it may owe it instead."""
    return bool(words) and "@" not in words and verb_at_start(_SUBJECT, _bare(words)) is None


def _bare(text: str) -> str:
    """Without the article in front."""
    first, _, rest = text.partition(" ")
    return rest if first.lower() in {"a", "an", "the", "new"} else text


def _about_deliverables(line: str, writer: Writer) -> DeliverableVerb | None:
    """What needs no "deliverable" in front: "done deck", "what do I owe"; new ones do."""
    verb = read_deliverable(line, writer)
    if isinstance(verb, CancelDeliverable):
        return verb if verb.words and not _OF_CHECK_INS.match(verb.words) else None
    known = ListDeliverables | ReportDeliverables | DoneDeliverable | MoveDeliverable | ShowSeries
    return verb if isinstance(verb, known) else None


_BY_SUBJECT: dict[Subject, Callable[[str, Writer], Verb]] = {
    "deliverable": read_deliverable,
    "checkin": read_checkin,
    "pulse": lambda text, _: read_pulse(text),
    "gaps": lambda text, _: read_gaps(text),
}
