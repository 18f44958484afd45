"""What people type about deliverables, read into verbs."""

import re

from views.words.moves import read_move
from views.words.owners import Addressed, addressed, titled
from views.words.periods import read_period
from views.words.phrases_at_start import nearest_verb, said_whole, verb_at_start
from views.words.tokens import clean, cut, fold, phrases, tidy
from views.words.verbs import (
    CancelDeliverable,
    DeliverableVerb,
    DoneDeliverable,
    Help,
    ListDeliverables,
    MoveDeliverable,
    NewDeliverable,
    OpenForm,
    Owner,
    PasteList,
    RepeatDeliverable,
    ReportDeliverables,
    Scope,
    ShowSeries,
    TrackMessage,
    Unknown,
)
from views.words.writer import Writer

_LIST_ROWS: list[tuple[Scope, str]] = [
    (
        "all",
        "list|ls|all|show|show all|list all|all deliverables|list everything|open|what is open",
    ),
    (
        "all",
        "show list|list open|everything|lista|listar|todo|todos|ver todo|lahat|sab|status|report",
    ),
    # The list has the button that sends it as a file.
    ("all", "csv|export|download|as a file|list as a file|list as csv|list csv|export csv"),
    (
        "mine",
        "mine|my list|list mine|my deliverables|my|list my deliverables|what do i owe|what i owe",
    ),
    (
        "mine",
        "what's mine|what is mine|show mine|que debo|o que eu devo|mis entregas|mios|meus|akin",
    ),
    (
        "mine",
        "mere|what do i have|what do i have to do|my open items|my items|due today|what is due",
    ),
    (
        "ours",
        "ours|our list|list ours|what do we owe|what we owe|our deliverables|show ours|que debemos",
    ),
    ("ours", "us|we owe|nuestros|nossos|amin|hamare|what do we have to do|o que devemos"),
    (
        "theirs",
        "theirs|their list|list theirs|what do they owe|what they owe|show theirs|que nos deben",
    ),
    (
        "theirs",
        "what do they owe us|they owe|their deliverables|waiting|waiting for|deles|kanila|unke",
    ),
    ("overdue", "overdue|late|list overdue|list late|what is late|what's late|what is overdue"),
    ("overdue", "what's overdue|show overdue|atrasados|vencidos|atrasadas|vencidas|huli na"),
]
_LISTS = phrases([*_LIST_ROWS])
_HELP = phrases([(True, "help|?|ayuda|ajuda|tulong|madad|how|how does this work|usage")])
_NEW = phrases(
    [(True, "new|add|create|new deliverable|add deliverable|nuevo|nuevo entregable|novo")]
)
_DONE = phrases(
    [
        (
            "sure",
            "done with|done|mark as done|mark done|done:|hecho|feito|tapos na ang|tapos na|tapos",
        ),
        ("sure", "completed|finished|delivered|listo|terminado|terminada|entregado|entregue"),
        ("sure", "concluido|ho gaya|finished with|we delivered|i finished|khatam"),
        ("perhaps", "complete|finish|close|deliver|mark|terminar"),
    ]
)
_DONE_BEHIND = re.compile(
    r"(?:\s+(?:is|are|as|was|esta|está|ya|já|has been))*"
    r"\s+(?:done|finished|complete|completed|delivered|hecho|listo|lista|terminado|feito|pronto"
    r"|entregue|tapos na|tapos|ho gaya|ho gaya hai)\s*[.!]*$",
    re.IGNORECASE,
)
_MOVE = phrases(
    [
        (
            "sure",
            "reschedule|postpone|delay|defer|push back|put off|aplazar|posponer|adiar|remarcar",
        ),
        (
            "sure",
            "reprogramar|ilipat|i-move|badlo|aage badhao|redate|re-date|new date for|new date",
        ),
        ("perhaps", "move|push|change|shift|extend|mover|mueve|cambiar|mudar"),
    ]
)
_TRACK = phrases(
    [
        (True, "track this|track that|track it|track|track this as a deliverable|track this one"),
        (True, "make this a deliverable|make it a deliverable|pin this|note this|write this down"),
        (True, "sigue esto|seguir esto|acompanhe isto|sundan ito|ise track karo"),
    ]
)
_PASTE = re.compile(
    r"\s*(?:paste(?: a)?(?: list)?|pegar(?: lista)?|colar(?: lista)?)(?:\s*:|\s*\n|\s*$)",
    re.IGNORECASE,
)
_AGAIN = re.compile(
    r"\b(?:every|each|cada|tod[oa]s (?:los|las|os|as)|toda|bawat|tuwing|har)\b", re.IGNORECASE
)
# Behind a title such a word says how often; "weekly report" is only what it is called.
_HOW_OFTEN = re.compile(
    r"\b(?:daily|weekly|fortnightly|monthly|quarterly|yearly|annually)\s+(?:on|from|starting)\b",
    re.IGNORECASE,
)
# Surely how often, though perhaps not on which day.
_HOW_OFTEN_ASKED = re.compile(
    r"\b(?:every|each)\s+(?:day|week|fortnight|month|quarter|year)\b"
    r"|\S\s+(?:daily|weekly|fortnightly|monthly|quarterly|yearly|annually)\s*[.!]*$",
    re.IGNORECASE,
)
_MONTHLY_FROM = re.compile(
    r"\b(?:every month|each month|monthly)(?=\s+(?:starting|beginning|from)\b)", re.IGNORECASE
)
_WEEKLY_FROM = re.compile(
    r"\b(?:every week|each week|weekly)\s+(?:starting|beginning|from)\s+(?=(?:mon|tue|wed|thu|fri)"
    r"[a-z]*\b)",
    re.IGNORECASE,
)
_SERIES = phrases(
    [(True, "repeats|what repeats|recurring|series|repeating|que se repite|o que se repete")]
)
_REPORT = phrases(
    [
        (True, "report|promises|promises kept|kept|figures|statistics|stats|how did we do"),
        (True, "promesas|promessas|mga pangako|vaade|reporte|informe|relatorio|ulat"),
    ]
)
# Times for which there is no report.
_SOME_TIME = re.compile(
    r"(?:(?:for|of|in|on|about|since)\s+)?(?:(?:the|this|last|past|previous|next|whole|all|full)\s+)*"
    r"(?:\d{1,3}\s+)?(?:years?|months?|quarters?|weeks?|days?|20\d\d)(?:\s+(?:so far|to date))?",
    re.IGNORECASE,
)
_CANCEL = phrases(
    [(True, "cancel|delete|withdraw|call off|cancelar|borrar|eliminar|kanselahin|radd karo")]
)
_NAMED_FIRST = re.compile(r"\s*(?:new )?deliverables?\s*:?\s*\n", re.IGNORECASE)
_VERBS = ("list", "mine", "ours", "theirs", "overdue", "done", "move", "help")
_NAME_FIRST = re.compile(r"([^\W\d_][\w.'’ -]{0,60}?)\s*:\s+(?=\S)")
_LONGEST_SLIP_IN_WORDS = 4
_BINDING = frozenset({"by", "before"})


def _report(line: str, writer: Writer) -> ReportDeliverables | None:
    """The report on some months; what only begins with such a word is a deliverable."""
    found = verb_at_start(_REPORT, line)
    if found is None:
        return None
    period = read_period(found[1], writer.today)
    if period is not None:
        return ReportDeliverables(period=period)
    if _SOME_TIME.fullmatch(found[1].strip(" ?!.")):
        return ReportDeliverables(period=None, words=found[1])
    return None


def read_deliverable(text: str, writer: Writer) -> DeliverableVerb:
    """Read the words behind ``/deliverable``; without a verb they are a new deliverable."""
    pasted = read_paste(text) or _several_lines(text)
    if pasted is not None:
        return pasted
    line = clean(text)
    if not line:
        return OpenForm(subject="deliverable")
    reported = _report(line, writer)
    if reported is not None:
        return reported
    scope = said_whole(_LISTS, line)
    if scope is not None:
        return ListDeliverables(scope=scope)
    if said_whole(_SERIES, line):
        return ShowSeries()
    asked = verb_at_start(_HELP, line)
    if asked is not None and len(cut(line)) <= 2:
        return Help(subject="deliverable", topic=asked[1])
    return _done(line, writer) or _move(line, writer) or _cancel(line, writer) or _new(line, writer)


def read_promise(text: str, writer: Writer) -> NewDeliverable:
    """A line that is nothing but a new deliverable: "@ana deck by friday", "Ana: deck, friday"."""
    line = clean(text)
    who = addressed(line)
    named = _NAME_FIRST.match(line) if who.owner is None else None
    owner, rest = who.owner, who.rest
    if named is not None:
        owner, rest = Owner(kind="name", text=named[1]), line[named.end() :]
    due = writer.due(rest)
    return NewDeliverable(
        title=titled(due.rest),
        owner=owner,
        due=due,
        others=who.others,
        beside=who.beside,
        after=who.after,
    )


def read_paste(text: str) -> PasteList | None:
    """Words that ask for a list in one go, with the lines behind them, if any."""
    found = _PASTE.match(text)
    if found is not None:
        return PasteList(typed=text[found.end() :].strip())
    named = _NAMED_FIRST.match(text)
    return None if named is None else _several_lines(text[named.end() :])


def _several_lines(text: str) -> PasteList | None:
    lines = [line for line in text.splitlines() if line.strip()]
    return PasteList(typed=text.strip()) if len(lines) > 1 else None


def read_track(text: str, writer: Writer) -> TrackMessage | None:
    """Words that ask to track the message to which they reply; None: they ask for other things."""
    found = verb_at_start(_TRACK, clean(text))
    return None if found is None else TrackMessage(said=read_promise(found[1], writer))


def _done(line: str, writer: Writer) -> DoneDeliverable | None:
    found = verb_at_start(_DONE, line)
    if found is not None:
        how, words = found
        if how == "sure" or (words and _says_no_more(words, writer)):
            return DoneDeliverable(words=_which(_DONE_BEHIND.sub("", f" {words}")))
    behind = _DONE_BEHIND.search(line)
    if behind is not None and behind.start() > 0 and _says_no_more(line, writer):
        return DoneDeliverable(words=_which(line[: behind.start()]))
    return None


def _says_no_more(words: str, writer: Writer) -> bool:
    """Whether neither owner nor date is named: "finish the roster by Friday" is new work."""
    return addressed(words).owner is None and writer.due(words).is_empty


def _which(words: str) -> str:
    """The words that name a deliverable, without quotes and articles."""
    bare = re.sub(r"^(?:the|el|la|o|a|ang)\s+", "", tidy(words), flags=re.IGNORECASE)
    return titled(bare)


def _move(line: str, writer: Writer) -> MoveDeliverable | None:
    found = verb_at_start(_MOVE, line)
    if found is None:
        return None
    how, words = found
    move = read_move(words, writer)
    if how == "perhaps" and (move.by in _BINDING or addressed(words).owner is not None):
        return None
    return MoveDeliverable(words=_which(move.words), due=move.due, reason=move.reason)


def _cancel(line: str, writer: Writer) -> CancelDeliverable | None:
    """What is there shall go; with an owner or a date it is new work: "cancel the licences"."""
    found = verb_at_start(_CANCEL, line)
    if found is None or not _says_no_more(found[1], writer):
        return None
    return CancelDeliverable(words=_which(found[1]), typed=line)


def _new(line: str, writer: Writer) -> NewDeliverable | RepeatDeliverable | Unknown:
    found = verb_at_start(_NEW, line)
    words = found[1] if found is not None and found[1] else line
    who = addressed(words)
    again = _repeated(who, writer)
    if again is not None:
        return again
    due = writer.due(who.rest)
    title = titled(due.rest)
    if who.owner is None and due.is_empty and found is None:
        slip = _slip(line)
        if slip is not None:
            return Unknown(subject="deliverable", text=line, nearest=slip)
    return NewDeliverable(
        title=title,
        owner=who.owner,
        due=due,
        others=who.others,
        beside=who.beside,
        after=who.after,
    )


def says_repeats(text: str, writer: Writer) -> bool:
    """Whether a line asks for something again and again."""
    return _repeated(addressed(clean(text)), writer) is not None


def _repeated(who: Addressed, writer: Writer) -> RepeatDeliverable | None:
    """Something that recurs, where a word says so: "every thursday", not "weekly report"."""
    is_sure = bool(_HOW_OFTEN_ASKED.search(who.rest))
    if not is_sure and not _says_again(who.rest):
        return None
    words = _WEEKLY_FROM.sub("weekly on ", who.rest)
    rhythm = writer.rhythm(words)
    if rhythm.question == "day" and rhythm.starts_on is not None:
        # "Every month starting December 5" means the fifth of each.
        on_day = f"every month on the {rhythm.starts_on.day}"
        rhythm = writer.rhythm(_MONTHLY_FROM.sub(on_day, words))
    if rhythm.rule is None or rhythm.question is not None:
        if not is_sure or not rhythm.heard:
            return None
    elif not _says_again(rhythm.heard):
        return None
    title = titled(rhythm.title or "")
    return RepeatDeliverable(title=title, owner=who.owner, rhythm=rhythm, beside=who.beside)


def _says_again(words: str) -> bool:
    return bool(_AGAIN.search(words) or _HOW_OFTEN.search(words))


def _slip(line: str) -> str | None:
    if len(line.split(" ")) > _LONGEST_SLIP_IN_WORDS or fold(line.split(" ", 1)[0]) in _VERBS:
        return None
    return nearest_verb(line, _VERBS)
