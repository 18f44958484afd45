"""What a command or a mention hands to a subject, and what the subject gives back."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from services.actors import Who
from services.deps import Deps
from views.blocks import Drawn


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """Words that somebody said to Touchbase.

    Attributes:
        words: As typed, without the word that led to the subject.
        trigger_id: Opens a form within three seconds, once; None for a mention, which has none.
        channel: None in no channel at all.
        thread_ts: The thread in which it was said; None at the top level.
    """

    who: Who
    words: str
    now: datetime
    via: Literal["command", "mention"]
    trigger_id: str | None = None
    channel: str | None = None
    thread_ts: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What is said, and the form that opens beside it.

    Attributes:
        drawn: Said when no form can open, else beside it. After a mention both companies read it.
        view: A form to open; opened only where there is a trigger.
    """

    drawn: Drawn
    view: dict[str, Any] | None = None


Speaker = Callable[[Spoken, Deps], Answer]
