"""The verb at the start of typed words, and the nearest verb to a word that is none."""

from collections.abc import Sequence
from difflib import get_close_matches
from typing import TypeVar

from views.words.tokens import Phrases, cut, fold

Meaning = TypeVar("Meaning")

_SHORTEST_SLIP = 3
# In characters: longer than any phrase that is a verb.
_LONGEST_VERB = 64


def verb_at_start(table: Phrases[Meaning], text: str) -> tuple[Meaning, str] | None:
    """The verb of ``table`` with which ``text`` starts, and the text behind it."""
    if not table.may_begin(text):
        return None
    tokens = cut(text[:_LONGEST_VERB])
    found = table.at(tokens, 0)
    if found is None:
        return None
    meaning, end = found
    return meaning, text[tokens[end - 1].end :].lstrip(" :,")


def said_whole(table: Phrases[Meaning], text: str) -> Meaning | None:
    """The meaning of ``text`` if it is one phrase of ``table`` and nothing else."""
    if len(text) > _LONGEST_VERB or not table.may_begin(text):
        return None
    tokens = cut(text.rstrip(" ?!."))
    found = table.at(tokens, 0)
    return found[0] if found is not None and found[1] == len(tokens) else None


def nearest_verb(text: str, verbs: Sequence[str]) -> str | None:
    """The verb that the first word of ``text`` was perhaps meant to be."""
    word = fold(text.split(" ", 1)[0]).strip(".,:;!?\"'")
    if not _SHORTEST_SLIP <= len(word) <= 20:
        return None
    swapped = next((verb for verb in verbs if sorted(verb) == sorted(word)), None)
    if swapped is not None:
        return swapped
    near = get_close_matches(word, verbs, n=1, cutoff=0.74)
    return near[0] if near else None
