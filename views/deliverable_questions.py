"""What has to be asked before a deliverable can be written down, as sentences."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from domain.daily import NotYourMessage
from domain.deliverables import (
    AlreadyAccepted,
    AlreadyTracked,
    DeliverableClosed,
    SpoiledButton,
    State,
    Unclear,
    UnknownDeliverable,
)
from domain.series import UnknownSeries
from views.blocks import quoted
from views.due_days import WHY
from views.times import day_words

_QUESTIONS: Final[Mapping[str, str]] = {
    "no_title": "What is to be delivered?",
    "long_title": "The title is longer than {names} characters; please shorten it.",
    "cut_title": (
        "The title is longer than {names} characters; its beginning is here, and all of it in what"
        " you wrote."
    ),
    "no_owner": "Who owes it?",
    "side_owner": "Who at {names} owes it?",
    "unknown_owner": "I don't know this person here. Is it somebody in this channel?",
    "bot_owner": "An app cannot owe anything. Which person does?",
    "gone_owner": "{names} is no longer in Slack. Who owes it now?",
    "no_side_owner": (
        "{names} is on neither side's list; a lead can add people with `people`."
        " Who of the two sides owes it?"
    ),
    "sponsor_owner": (
        "{names} is a sponsor and owes nothing; a lead of that side can change that with `people`."
        " Who else owes it?"
    ),
    "not_agreed_owner": (
        "{names} has not agreed yet; until then I write to nobody there."
        " Who of your own side owes it?"
    ),
    "one_owner": "One person owes it, so that it is clear whose turn it is. Who?",
    "owner_or_side": "This person is not of that side. Choose the person or the side, not both.",
    "two_owners": "Which one: {names}?",
    "no_due": "By when?",
    "asap": "As soon as possible: today or tomorrow?",
    "ambiguous": "Which date is meant? More than one can be read in your words.",
    "past": "This moment is past. By when?",
    "far": "That is more than ten months away. Is the year right? Sent as it stands, it counts.",
    "past_day": "This day is past. Which later one?",
    "impossible": "I know no such date. By when?",
    "no_shift": "The owner has no working hours between now and then. Which later date?",
    "same_due": "This is the date that it has already. Which other one?",
    "same_due_off": "That day means the date that it has already. Which other one?",
    "far_word": "That is more than a year away, the longest that I wait. Which earlier day?",
    "long_details": "The details are longer than {names} characters; please shorten them.",
    "hidden_owner": "{names} could not see it then. Who may see it, or who else owes it?",
    "hidden_author": "You could not see it yourself then. Who may see it?",
    "no_link": "This is no link that I can keep: {names}. A link starts with https:// or http://.",
    "long_link": "A link can be {names} characters long at most.",
    "no_links": "Which link? It starts with https:// or http://.",
    "full_links": "A deliverable can have {names} links at most.",
    "no_input": "What does it wait for? Choose a deliverable, or say it in words.",
    "closed_input": "That is there already, or nobody owes it any more. What else is it?",
    "no_rhythm": "How often? For example: every Thursday, or the last working day of each month.",
    "no_turn": "There is no such day to come on which its owner works. Which other rhythm?",
    "repeats_alone": "What repeats is written down by itself, with “Repeats” in its form.",
    "repeats_hidden": "What repeats is for both sides. Who may see it, or once only?",
    "many_links": "At most {names} links at once; more can be added later.",
}
_CLOSED: Final[Mapping[State, str]] = {
    "done": "It is done already.",
    "withdrawn": "It was withdrawn meanwhile.",
    "declined": "It was not taken on; whoever asked for it can choose somebody else.",
}
_NAME_MOST: Final = 60


def question(unclear: Unclear) -> str:
    """The question as a sentence, safe in our own words."""
    named = [quoted(name, _NAME_MOST) for name in unclear.names if name]
    about_date = _OF_DATES.get(unclear.reason)
    if about_date is not None and named:
        said = about_date(named)
        if said is not None:
            return said
    return _QUESTIONS[unclear.reason].format(names=", ".join(named) or "This person")


def _with_day(words: str) -> Callable[[Sequence[str]], str | None]:
    """A question that names the day that was read, with its weekday."""

    def said(named: Sequence[str]) -> str | None:
        day = _day(named[0])
        return None if day is None else words.format(day=f"{day_words(day)} {day.year}")

    return said


def _with_words(words: str) -> Callable[[Sequence[str]], str | None]:
    """A question that names the words that were read."""
    return lambda named: words.format(words=named[0])


def _no_shift(named: Sequence[str]) -> str | None:
    day = _day(named[0])
    if day is None:
        return None
    if len(named) == 1:
        return (
            f"I read {day_words(day)}: its owner has no working hours between now and then."
            " Which later date?"
        )
    return (
        f"I read {day_words(day)}: that is a holiday ({named[1]}), and its owner has no working"
        " hours left before it. Which later date?"
    )


def _same_due_off(named: Sequence[str]) -> str | None:
    day = _day(named[0])
    if day is None or len(named) != _DAY_SIDE_WHY:
        return None
    side, why = named[1:]
    off = WHY.get(why, WHY["no_hours"]).format(side=side)
    return (
        f"{day_words(day)} is {off}, so it is due when the shift before ends, and that is the"
        " date that it has already. Another day, or a time as well? A time counts on any day."
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


_DAY_SIDE_WHY: Final = 3
_OF_DATES: Final[Mapping[str, Callable[[Sequence[str]], str | None]]] = {
    "no_rhythm": _with_words(
        "I read “{words}”. How often, and on which day? For example: every Thursday, or the last"
        " working day of each month."
    ),
    "ambiguous": _with_words("“{words}” can be read as more than one date. Which one is meant?"),
    "past": _with_words("I read “{words}”, which is past. By when?"),
    "impossible": _with_words("I know no such date as “{words}”. By when?"),
    "far": _with_day(
        "I read {day}, more than ten months away. Is the year right? Sent as it stands, it counts."
    ),
    "past_day": _with_day("{day} is past. Which later day?"),
    "far_word": _with_day(
        "{day} is more than a year away, the longest that I wait. Which earlier day?"
    ),
    "no_shift": _no_shift,
    "same_due_off": _same_due_off,
}
"""What is asked where the day or the words that were read are known."""


def new_date_question(questions: Sequence[Unclear]) -> str:
    """What is asked about a new date; when all is clear, why it moves."""
    return " ".join(map(question, questions)) or "Why does it move? The other side reads one line."


def closed_sentence(state: State) -> str:
    """Why nothing was changed."""
    return _CLOSED.get(state, "It is open.")


SENTENCES: Final[Mapping[type[BaseException], Callable[[Any], str]]] = {
    Unclear: question,
    UnknownDeliverable: lambda _: (
        "This deliverable does not exist any more. `/deliverable list` shows what is open."
    ),
    DeliverableClosed: lambda error: (
        f"{closed_sentence(error.state)} `/deliverable list` shows what is open."
    ),
    UnknownSeries: lambda _: (
        "This does not repeat here any more. *What repeats*, under *More*, shows what does."
    ),
    AlreadyTracked: lambda error: (
        f"This message is tracked already, as “{quoted(error.title)}”: nothing is written down"
        " twice."
    ),
    AlreadyAccepted: lambda _: (
        "Its owner has taken it on, so only they change it. Please ask them for another date."
    ),
    NotYourMessage: lambda _: "This message is for somebody else; yours comes to you.",
    SpoiledButton: lambda _: (
        "I cannot read this button any more. `/deliverable` opens a fresh form."
    ),
}
