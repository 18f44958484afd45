"""The sentences for what cannot be done about a pulse survey, and what can be done instead."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from domain.pulse import (
    WORDS_MOST,
    AnswersSealed,
    LongQuestion,
    LooksBackNow,
    NobodyToAsk,
    NoPress,
    NoQuestion,
    NotAsked,
    NotAskedNow,
    SurveyClosed,
    UnknownSurvey,
)
from views.pulse_forms import SpoiledQuestion

_NOT_NOW: Final[Mapping[str, str]] = {
    "not_agreed": "I ask nobody before both sides agreed to use Touchbase here.",
    "paused": "Touchbase is paused here. `/touchbase resume` ends the pause.",
    "third_company": "Another company shares this channel, so I ask nothing in it.",
}

SENTENCES: Final[Mapping[type[BaseException], Callable[[Any], str]]] = {
    UnknownSurvey: lambda _: "I do not know this question any more. `/pulse` asks a new one.",
    SurveyClosed: lambda _: "This question is closed, and its answers cannot be changed any more.",
    NotAsked: lambda _: (
        "This question is for those who were on either side's list when it was asked."
        " The next one is for you, too."
    ),
    AnswersSealed: lambda _: (
        "Answers to this question can be neither given nor changed any more: the key that tells"
        " them apart is gone. The next question comes as usual."
    ),
    LooksBackNow: lambda _: (
        "A retrospective is open in the channel already. Once it is closed, another can follow."
    ),
    NoPress: lambda _: (
        "The first question is answered by a press: from 1 to 5, or yes or no."
        " One in words can stand second."
    ),
    NoQuestion: lambda _: "Which question? A few words, please.",
    NobodyToAsk: lambda _: (
        "Nobody is on either side's list yet. A lead adds people: *More* in the hub, *People*."
    ),
    NotAskedNow: lambda error: _NOT_NOW.get(error.reason, "I cannot ask this here now."),
    LongQuestion: lambda error: (
        f"A question has up to {WORDS_MOST} characters; this one has {error.length}."
    ),
    SpoiledQuestion: lambda _: "I cannot read this button any more. `/pulse` opens a fresh form.",
}
