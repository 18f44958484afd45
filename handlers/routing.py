"""Which subject answers which words: one table from what was asked for to who answers."""

from collections.abc import Mapping
from typing import Final

from handlers import (
    away,
    checkins,
    compliance,
    deliverable_pastes,
    deliverables,
    duties,
    gaps,
    hours,
    inputs,
    kept,
    pause,
    people,
    pulse,
    series,
    setup,
    topics,
    tracking,
)
from handlers.spoken import Answer, Speaker, Spoken
from services.deps import Deps
from services.hubs import hub_here
from services.typed_names import as_people_read
from views.help import help_page, unknown_words
from views.words.verbs import (
    AddPoint,
    Away,
    Back,
    CancelCheckin,
    CancelDeliverable,
    DayOff,
    DoneDeliverable,
    Duty,
    Gaps,
    Help,
    ListCheckins,
    ListDeliverables,
    LookBack,
    MoveCheckin,
    MoveDeliverable,
    NewCheckin,
    NewDeliverable,
    NewPulse,
    OpenForm,
    OwnHours,
    PasteList,
    Pause,
    People,
    PulseResults,
    RepeatDeliverable,
    ReportCheckins,
    ReportDeliverables,
    Resume,
    Setup,
    ShowInputs,
    ShowSeries,
    ShowTopics,
    SkipCheckin,
    TrackMessage,
    Unknown,
    Verb,
)

_BEGIN: Final = {"command": "/touchbase ", "mention": "@Touchbase ", "direct": ""}
_SUBJECTS: Final[Mapping[type, str]] = {
    Setup: "setup",
    People: "people",
    Away: "away",
    Back: "away",
    OwnHours: "hours",
    DayOff: "dayoff",
    Duty: "duty",
    Pause: "pause",
    Resume: "pause",
    NewDeliverable: "deliverable",
    ListDeliverables: "deliverable",
    ReportDeliverables: "promises",
    DoneDeliverable: "deliverable",
    MoveDeliverable: "deliverable",
    CancelDeliverable: "deliverable",
    TrackMessage: "track",
    PasteList: "paste",
    RepeatDeliverable: "repeats",
    ShowSeries: "repeats",
    NewCheckin: "checkin",
    MoveCheckin: "checkin",
    SkipCheckin: "checkin",
    CancelCheckin: "checkin",
    ListCheckins: "checkin",
    ReportCheckins: "compliance",
    AddPoint: "checkin",
    ShowInputs: "inputs",
    ShowTopics: "topics",
    NewPulse: "pulse",
    PulseResults: "pulse",
    LookBack: "pulse",
    Gaps: "gaps",
    Help: "help",
}


def answer_help(spoken: Spoken, _deps: Deps) -> Answer:
    return Answer(drawn=help_page(is_direct=spoken.via == "direct"))


def answer_hub(spoken: Spoken, deps: Deps) -> Answer:
    return Answer(drawn=hub_here(deps, spoken.who, spoken.now))


def answer_unknown(spoken: Spoken, deps: Deps) -> Answer:
    verb = spoken.verb
    nearest, subject = (verb.nearest, verb.subject) if isinstance(verb, Unknown) else (None, "")
    typed = as_people_read(deps, spoken.who, spoken.words)
    return Answer(drawn=unknown_words(typed, nearest, _BEGIN[spoken.via], subject))


# None: what nobody understood.
_OWN: Final = frozenset({"away", "hours", "help", None})

SPEAKERS: Final[Mapping[str, Speaker]] = {
    "touchbase": answer_hub,
    "help": answer_help,
    "checkin": checkins.answer,
    "compliance": compliance.answer,
    "deliverable": deliverables.answer,
    "track": tracking.answer,
    "paste": deliverable_pastes.answer,
    "repeats": series.answer,
    "promises": kept.answer,
    "pulse": pulse.answer,
    "gaps": gaps.answer,
    "people": people.answer,
    "away": away.answer,
    "hours": hours.answer,
    "dayoff": away.answer_day_off,
    "duty": duties.answer,
    "pause": pause.answer,
    "setup": setup.answer,
    "topics": topics.answer,
    "inputs": inputs.answer,
}
"""By subject. A subject stands here and in ``views.verbs`` as soon as it can answer."""


def subject_of(verb: Verb) -> str | None:
    """The subject that answers; None for words that nobody understood."""
    if isinstance(verb, OpenForm):
        return verb.subject
    return _SUBJECTS.get(type(verb))


def is_own(verb: Verb) -> bool:
    """Whether what is answered concerns nobody but who asked: their days, their hours, help."""
    return subject_of(verb) in _OWN


def answer(spoken: Spoken, deps: Deps) -> Answer:
    """What Touchbase says to some words."""
    subject = subject_of(spoken.verb)
    speaker = SPEAKERS.get(subject, answer_unknown) if subject is not None else answer_unknown
    return speaker(spoken, deps)
