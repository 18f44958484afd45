"""What people can ask of Touchbase: words, commands and buttons; help is drawn from here."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

_OWN_COMMAND: Final = "touchbase"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verb:
    """Something that can be asked for.

    Attributes:
        word: Behind ``/touchbase`` or a mention.
        does: One line for help.
        also: Other words that mean the same.
        own_command: It is a slash command of its own, too.
        label: Of its button; None: it has no button in the hub.
        in_hub: Its button stands in the hub itself, not under *More*.
        keeps_word: The word says something by itself, so it is handed on with the rest.
    """

    word: str
    does: str
    also: tuple[str, ...] = ()
    own_command: bool = False
    label: str | None = None
    in_hub: bool = False
    keeps_word: bool = False

    @property
    def action_id(self) -> str:
        """Of its button in the hub and under *More*."""
        return f"hub.{self.word}"

    @property
    def command(self) -> str:
        return f"/{self.word}" if self.own_command else f"/{_OWN_COMMAND} {self.word}"


VERBS: Final[tuple[Verb, ...]] = (
    Verb(
        word="setup",
        does="set Touchbase up in a channel, or change its settings",
        also=("settings", "set-up", "install"),
        label="Settings",
    ),
    Verb(
        word="help",
        does="what you can ask for",
        also=("?", "commands", "how"),
        label="Help",
    ),
)
"""In the order in which help lists them and buttons stand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What a line of words asks for.

    Attributes:
        verb: None when the first word is none of ours, or when there is no word.
        words: What is left for the verb; the whole line when there is no verb.
        nearest: The verb whose word is most alike, when there is no verb.
    """

    verb: Verb | None
    words: str
    nearest: Verb | None = None


def hear(line: str, verbs: Iterable[Verb] = VERBS) -> Heard:
    """The verb that a line starts with, and what follows it."""
    text = line.strip()
    first, _, rest = text.partition(" ")
    known = _by_word(verbs)
    key = first.lower().lstrip("/").strip(".,!:")
    verb = known.get(key)
    if verb is not None:
        return Heard(verb=verb, words=text if verb.keeps_word else rest.strip())
    close = get_close_matches(key, known, n=1, cutoff=0.7) if 1 < len(key) < 30 else []
    return Heard(verb=None, words=text, nearest=known[close[0]] if close else None)


def own_command(command: str, verbs: Iterable[Verb] = VERBS) -> Verb | None:
    """The verb of a slash command; None for ``/touchbase``, behind which any verb may stand."""
    word = command.lstrip("/").lower()
    return next((verb for verb in verbs if verb.own_command and verb.word == word), None)


def _by_word(verbs: Iterable[Verb]) -> Mapping[str, Verb]:
    return {word: verb for verb in verbs for word in (verb.word, *verb.also)}
