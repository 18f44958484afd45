"""What is said about tracking a message: the question to its author, and what became of it."""

from typing import Final

from domain.deliverables import Commitment
from domain.partnerships import Partnership
from domain.tracking import PinQuestion
from views.blocks import Block, Drawn, actions, button, mention, section
from views.deliverable_forms import FORM_OPEN, read_so_far
from views.deliverable_prefill import Prefill, carried
from views.deliverable_questions import question
from views.deliverables import due_words, line_of, subject
from views.hub import as_form

TRACK: Final = "tracking.track"
NO: Final = "tracking.no"
SHORTCUT: Final = "deliverable.track"

_ASKED: Final = "Track this as a deliverable?"


def asked(pin: PinQuestion, author: str | None) -> Drawn:
    """The question in the thread of the message.

    Args:
        author: Slack id of the message's author, who is called; None: nobody is.
    """
    text = _ASKED if author is None else f"{mention(author)}: {_ASKED[0].lower()}{_ASKED[1:]}"
    row = actions(button("Track", TRACK, pin.id, style="primary"), button("No", NO, pin.id))
    return Drawn(text=text, blocks=(section(text), row))


def taken_back() -> Drawn:
    return line_of(f"~{_ASKED}~ The pin is taken off.")


def not_tracked(pin: PinQuestion) -> Drawn:
    text = "Not tracked."
    return Drawn(text=text, blocks=(section(text), actions(button("Track", TRACK, pin.id))))


def tracked(partnership: Partnership, commitment: Commitment) -> Drawn:
    """Instead of the question. What is not for both sides is not told where both read."""
    if not commitment.is_public:
        return line_of("Thank you, this is looked after.")
    return line_of(f"Tracked: {subject(partnership, commitment)}.")


def already(partnership: Partnership, commitment: Commitment, link: str | None) -> Drawn:
    """To whoever wants to track a message a second time."""
    due = due_words(partnership, commitment)
    text = f"This message is tracked already: {subject(partnership, commitment)}, due {due}."
    return line_of(text if link is None else f"{text} <{link}|See its card>")


def already_form(partnership: Partnership, commitment: Commitment, link: str | None) -> Block:
    return as_form(already(partnership, commitment, link), partnership, "Tracked already")


def ask(partnership: Partnership, prefill: Prefill) -> Drawn:
    """After a mention, which cannot open a form: what is missing, and the button that opens it."""
    asked_for = " ".join(map(question, prefill.questions)) or "What is to be tracked?"
    text = f"{read_so_far(prefill)}{asked_for}"
    row = actions(button("Fill in", FORM_OPEN, carried(partnership, prefill)), block_id="fill_in")
    return Drawn(text=text, blocks=(section(text), row))


def which_message() -> Drawn:
    """To a mention that stands in no thread."""
    return line_of(
        "Which message? Reply to it with `@Touchbase track this` (Slack runs no commands in"
        " threads), or put a pushpin reaction on it."
    )
