"""What people type about themselves and the partnership, read into verbs."""

from typing import Literal

from views.words.away_words import AWAY, read_away, read_day_off
from views.words.duty_words import read_duty
from views.words.hours_words import read_hours
from views.words.phrases_at_start import said_whole, verb_at_start
from views.words.setup_words import read_setup
from views.words.tokens import clean, cut, phrases, said_in, tidy
from views.words.verbs import (
    Back,
    Gaps,
    GapsVerb,
    Help,
    LookBack,
    NewPulse,
    OpenForm,
    OwnHours,
    OwnVerb,
    Pause,
    People,
    PulseResults,
    PulseVerb,
    Resume,
    Scope,
    ShowInputs,
    ShowTopics,
    Unknown,
)
from views.words.writer import Writer

PauseScope = Literal["me", "channel"]

_OWN = phrases(
    [
        ("setup", "setup|set up|settings|configure|configurar|install|set-up|ajustes"),
        ("inputs", "inputs|input|what we bring|insumos"),
        ("topics", "topics|topic|critical topics|temas|topicos|mga paksa"),
        ("people", "people|members|team|who|who is here|roles|personas|pessoas|mga tao|log"),
        (
            "hours",
            "hours|my hours|working hours|my working hours|work hours|i work|my shift"
            "|horario|mi horario|meu horario|oras|oras ko",
        ),
        (
            "dayoff",
            "dayoff|day off|day-off|daysoff|days off|public holiday|bank holiday|feriado"
            "|feriado nacional",
        ),
        ("dayoff", "holiday for|day off for|dia libre|walang pasok"),
        ("duty", "duty|on duty|on-duty|on call|guardia|de guardia|plantao|de plantao"),
        (
            "back",
            "back|i'm back|i’m back|i am back|im back|back again|i'm here|i am here"
            "|estoy de vuelta",
        ),
        (
            "back",
            "de vuelta|voltei|bumalik na|nakabalik na|wapas|not away|volvi|well again|back today",
        ),
        (
            "pause",
            "pause|stop|mute|unsubscribe|quiet|silence|shut up|be quiet|opt out|leave me alone",
        ),
        (
            "pause",
            "stop writing to me|do not disturb|dnd|silencio|pausa|pausar|parar|pare|tigil"
            "|chup|band karo",
        ),
        ("pause", "snooze|opt-out|hush|stop it|unsub"),
        (
            "resume",
            "resume|unpause|unmute|start again|continue|subscribe|wake up|reanudar"
            "|continuar|retomar",
        ),
        ("resume", "restart|opt in|start|opt-in|wake|ituloy|phir se shuru|turn on"),
    ]
)
OWN_VERBS = (
    "setup",
    "people",
    "topics",
    "inputs",
    "away",
    "back",
    "hours",
    "dayoff",
    "duty",
    "pause",
    "stop",
    "mute",
    "resume",
    "help",
)

_ME = phrases(
    [
        (
            True,
            "me|for me|my|myself|just me|only me|writing to me|dm|dms|direct messages"
            "|reminders|mi|mim|ako|mujhe",
        )
    ]
)
_CHANNEL = phrases(
    [
        (
            True,
            "this channel|channel|the channel|here|everyone|everybody|all|for all|for everyone|us",
        ),
        (True, "partnership|this partnership|canal|este canal|dito|yahan|both|touchbase"),
    ]
)
_AS_SIDE = phrases(
    [
        (True, "same as my side|same as side|same as the side|as my side|like my side|my side's"),
        (True, "the side's|side|same as us|same as everyone|default|reset|undo|none|usual"),
    ]
)
_SCOPES: list[tuple[Scope, str]] = [
    ("all", "all|everything|everywhere|todo|todos|lahat|sab|all channels"),
    ("mine", "mine|my|me|for me"),
    ("ours", "ours|us|our side|our|we"),
    ("theirs", "theirs|them|their side|their|they"),
]
_GAP_SCOPES = phrases([*_SCOPES, ("all", "status|report|list|summary|open")])
_HELP = phrases([(True, "help|?|ayuda|ajuda|tulong|madad|usage")])
_PULSE_RESULTS = phrases(
    [(True, "results|result|report|list|show|scores|trend|resultados|status|csv|export")]
)
_LOOK_BACK = phrases(
    [(True, "retrospective|retro|look back|looking back|retrospectiva|lessons learned")]
)
_NEW_PULSE = phrases([(True, "new|ask|create|start|send|question|new question|pregunta|pergunta")])


def own_verb(text: str, writer: Writer) -> OwnVerb | None:
    """The verb about oneself or the partnership with which ``text`` starts, if it does."""
    line = clean(text)
    found = verb_at_start(_OWN, line)
    if found is not None:
        return _own(found[0], found[1], writer)
    return read_away(line, writer) if verb_at_start(AWAY, line) is not None else None


def _own(verb: str, words: str, writer: Writer) -> OwnVerb:
    if verb == "setup":
        return read_setup(words)
    if verb == "inputs":
        return ShowInputs()
    if verb == "topics":
        return ShowTopics()
    if verb == "people":
        return People(words=tidy(words))
    if verb == "dayoff":
        return read_day_off(words, writer)
    if verb == "duty":
        return read_duty(words, writer)
    if verb == "back":
        return Back()
    if verb == "hours":
        return _own_hours(words)
    if verb == "resume":
        return Resume(scope=_pause_scope(words))
    return Pause(scope=_pause_scope(words), until=writer.due(_in_for_for(words)))


def _own_hours(words: str) -> OwnHours:
    if said_whole(_AS_SIDE, words) is not None:
        return OwnHours(as_side=True)
    return OwnHours(read=read_hours(words), words=words) if words else OwnHours()


def _in_for_for(words: str) -> str:
    """The words with "for two weeks" as an end: in two weeks."""
    return (
        words.replace("for ", "in ", 1)
        if "for " in words
        else f"in {words}"
        if words[:1].isdigit()
        else words
    )


def _pause_scope(words: str) -> PauseScope | None:
    me, channel = said_in(_ME, words), said_in(_CHANNEL, words)
    if me == channel:
        return None
    return "me" if me else "channel"


def read_pulse(text: str) -> PulseVerb:
    """Read the words behind ``/pulse``: a question, or results."""
    line = clean(text)
    if not line:
        return OpenForm(subject="pulse")
    alone = len(cut(line)) == 1
    if _HELP.at(cut(line), 0) is not None and alone:
        return Help(subject="pulse")
    if _PULSE_RESULTS.at(cut(line), 0) is not None and alone:
        return PulseResults()
    if said_whole(_LOOK_BACK, line):
        return LookBack()
    new = verb_at_start(_NEW_PULSE, line)
    if new is not None and not new[1]:
        return OpenForm(subject="pulse")
    question = (
        new[1] if new is not None and line.split(" ", 1)[0].lower() in {"new", "ask"} else line
    )
    return NewPulse(question=tidy(question).strip('"“”«» '))


def read_gaps(text: str) -> GapsVerb:
    """Read the words behind ``/gaps``."""
    tokens = cut(clean(text))
    if not tokens:
        return Gaps()
    if _HELP.at(tokens, 0) is not None:
        return Help(subject="gaps")
    scope = _GAP_SCOPES.at(tokens, 0)
    if scope is None or scope[1] < len(tokens):
        return Unknown(subject="gaps", text=clean(text), nearest=None)
    return Gaps(scope=scope[0])
