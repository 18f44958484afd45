"""What people can ask of Touchbase: words, commands and buttons; help is drawn from here."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

_OWN_COMMAND: Final = "touchbase"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verb:
    """Something that can be asked for.

    Attributes:
        word: Behind ``/touchbase`` or a mention; further words for the same are read elsewhere.
        does: One line for help.
        own_command: It is a slash command of its own, too.
        label: Of its button; None: it has no button in the hub.
        in_hub: Its button stands in the hub itself, not under *More*.
        by_mention: It is said in reply to a message, where Slack runs no commands.
    """

    word: str
    does: str
    own_command: bool = False
    label: str | None = None
    in_hub: bool = False
    by_mention: bool = False

    @property
    def action_id(self) -> str:
        """Of its button in the hub and under *More*."""
        return f"hub.{self.word}"

    @property
    def command(self) -> str:
        if self.by_mention:
            return f"@Touchbase {self.word}"
        return f"/{self.word}" if self.own_command else f"/{_OWN_COMMAND} {self.word}"


VERBS: Final[tuple[Verb, ...]] = (
    Verb(
        word="mine",
        does="what you owe; `list`, `overdue` and `theirs` show the rest",
        label="My list",
        in_hub=True,
    ),
    Verb(
        word="deliverable",
        does="say who owes what until when; `done`, `move`, `cancel` and the title change it",
        own_command=True,
        label="New deliverable",
        in_hub=True,
    ),
    Verb(
        word="paste",
        does="several deliverables in one go, one a line",
        label="Paste a list",
    ),
    Verb(
        word="repeats",
        does="deliverables that repeat, and how to end one",
        label="What repeats",
    ),
    Verb(
        word="track",
        does="in reply to a message: makes a deliverable of it; a pushpin reaction does the same",
        by_mention=True,
    ),
    Verb(
        word="promises",
        does="how promises were kept, by side and month; `deliverable report` says the same",
        label="Promises kept",
    ),
    Verb(
        word="checkin",
        does="plan a check-in, move or skip one, see the next ones; `point` and words add a point",
        own_command=True,
        label="Check-in",
        in_hub=True,
    ),
    Verb(
        word="pulse",
        does="ask both sides a question, answered by one press; `results`, `retrospective`",
        own_command=True,
        label="Pulse",
    ),
    Verb(
        word="gaps",
        does="what is open between both sides, your side's turns first",
        own_command=True,
        label="What waits for us",
        in_hub=True,
    ),
    Verb(
        word="compliance",
        does="how check-ins went, by side and month; `checkin report` says the same",
        label="Report",
    ),
    Verb(
        word="topics",
        does="what check-ins come back to, and how often; leads change it",
        label="Topics",
    ),
    Verb(
        word="inputs",
        does="what each side brings to check-ins, and by when; leads change it",
        label="Inputs",
    ),
    Verb(
        word="people",
        does="who is on which side; leads say who is on theirs",
        label="People",
    ),
    Verb(
        word="away",
        does="when you are away (`away until monday`, `sick today`); `back` ends it",
        label="Away",
    ),
    Verb(
        word="hours",
        does="when you work (`hours mon-thu 9-5, fri 9-1`); `hours same as my side` goes back",
        label="My hours",
    ),
    Verb(
        word="dayoff",
        does='a day off for your whole side (`dayoff today "typhoon"`); for its leads',
        label="Day off",
    ),
    Verb(
        word="duty",
        does="who is on duty for your side (`duty @ana until friday`); for its leads",
        label="On duty",
    ),
    Verb(
        word="pause",
        does="rest, for you or for the channel; `resume` ends it",
        label="Pause",
    ),
    Verb(
        word="setup",
        does="set Touchbase up in a channel, or change its settings",
        label="Settings",
    ),
    Verb(
        word="help",
        does="what you can ask for",
        label="Help",
    ),
)
"""In the order in which help lists them and buttons stand."""


def named(word: str, verbs: Iterable[Verb] = VERBS) -> Verb | None:
    """The verb of a word; None when there is none (yet)."""
    return next((verb for verb in verbs if verb.word == word), None)


def is_typed_command(text: str, verbs: Iterable[Verb] = VERBS) -> bool:
    """Whether a message is one of our commands that Slack took for text."""
    first = next(iter(text.split(maxsplit=1)), "").lower()
    names = {f"/{_OWN_COMMAND}", *(verb.command for verb in verbs if verb.own_command)}
    return first in names
