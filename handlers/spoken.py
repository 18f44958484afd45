"""What a command or a message hands to a subject, and what the subject gives back."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Literal

from domain.values import value
from services.actors import Who
from services.deps import Deps
from views.blocks import Drawn
from views.words.verbs import Verb


@value
class Spoken:
    """Words that somebody said to Touchbase.

    Attributes:
        verb: What the words ask for, already read in the writer's zone and habits.
        words: As typed behind the command or the mention.
        via: A mention is answered where both companies read; all else for who said it alone.
        event_id: Of a message, which Slack may send again: whoever changes anything accepts it in
            the inbox in that same transaction and changes nothing when it was seen before.
            None for a command, which comes once.
        ts: Of the message in which it was said; None for a command.
        is_open: Both companies read the answer even where it concerns the writer alone.
        trigger_id: Opens a form within three seconds, once; None for a message, which has none.
        response_url: Of a command: more can be said there to whoever gave it.
        channel: None in no channel at all.
        thread_ts: The thread in which it was said; None at the top level.
    """

    who: Who
    verb: Verb
    words: str
    now: datetime
    via: Literal["command", "mention", "direct"]
    trigger_id: str | None = None
    response_url: str | None = None
    channel: str | None = None
    thread_ts: str | None = None
    event_id: str | None = None
    ts: str | None = None
    is_open: bool = False


@value
class Answer:
    """What is said, and the form that opens beside it.

    Attributes:
        drawn: Said when no form can open, else beside it. After a mention both companies read it.
        view: A form to open; opened only where there is a trigger.
        in_form: The same as ``drawn`` for those who are answered in a form; None: it fits there.
        opened: Told the form's id once it stands open.
    """

    drawn: Drawn
    view: dict[str, Any] | None = None
    in_form: dict[str, Any] | None = None
    opened: Callable[[str], None] | None = None


Speaker = Callable[[Spoken, Deps], Answer]
