"""Typed text cut into words that remember where they stood; what the words mean lives elsewhere."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Generic, NamedTuple, TypeVar

# Slack: a command's text and an input's value both stay below 3,000 characters.
# What a title takes at most, and as much again as anybody says of its owner and date.
LONGEST_TEXT = 4000

Meaning = TypeVar("Meaning")

# Vowel signs of Devanagari are no letters to Python, but parts of words to people.
_WORD = re.compile(r"(?:[^\W\d_]|[\u0900-\u0963])+|\d+|[^\w\s]|_")
# Embeddings and overrides of direction could make a title read as something it is not.
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]+")
# Slack's own marks: <@U123|ana>, <#C123|name>, <!channel>, <https://...>.
_MARK = re.compile(r"<[^<>]{1,500}>")
_QUOTED = re.compile(r"\"[^\"]*\"|“[^”]*”|«[^»]*»|„[^“”]*[“”]")
QUOTES = '"“«„'
# Stands for a letter that nobody reads as part of a date.
_VEIL = "\ue000"
_QUOTE_PAIRS = {'"': '"', "“": "”", "«": "»", "„": "“", "‘": "’"}
_SPACES = re.compile(r"\s+")
_SPACE_BEFORE_SIGN = re.compile(r" +([,;:.!?])")
_SIGN_BEFORE_SIGN = re.compile(r"[,;:]+(?=[,;:.])")
# What any of the three above changes; most words that people type hold nothing of it.
_UNTIDY = re.compile(r"[^\S ]|  | [,;:.!?]|[,;:][,;:.]")
_MOST_DIGITS = 9
_EDGES = " ,;:-\u2013\u2014\u00b7|"


class Token(NamedTuple):
    """One word, number or sign: ``key`` is the word in lower case and without accents."""

    key: str
    start: int
    end: int

    @property
    def number(self) -> int | None:
        """The value of a run of at most nine digits of any script."""
        return int(self.key) if self.key.isdecimal() and len(self.key) <= _MOST_DIGITS else None


@lru_cache(maxsize=4096)
def fold(word: str) -> str:
    """``word`` in lower case, without accents: the form in which all tables are kept."""
    if word.isascii():
        return word.lower()
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def clean(text: str) -> str:
    """``text`` on one line, cut to what Slack can send, without control characters."""
    short = text[:LONGEST_TEXT]
    if short.isascii() and short.isprintable() and "  " not in short:
        return short.strip()
    short = unicodedata.normalize("NFC", short)
    return _SPACES.sub(" ", _UNPRINTABLE.sub(" ", short)).strip()


def veiled(text: str, *, quotes: bool = True) -> str:
    """``text`` at the same length, with mentions, links and quoted words made unreadable."""
    hidden = _MARK.sub(_veil, text) if "<" in text else text
    return _QUOTED.sub(_veil, hidden) if quotes and any(sign in text for sign in QUOTES) else hidden


def _veil(match: re.Match[str]) -> str:
    return _VEIL * len(match.group())


# One command is looked at by one table of verbs after the other, and most begin with none.
@lru_cache(maxsize=4)
def first_word(text: str) -> str:
    """The first word, number or sign of ``text``, as a token's key; empty where there is none."""
    found = _WORD.search(text)
    return "" if found is None else fold(found.group())


@lru_cache(maxsize=4)
def cut(text: str) -> tuple[Token, ...]:
    """The words, numbers and signs of ``text``, in order."""
    return tuple(Token(fold(m.group()), m.start(), m.end()) for m in _WORD.finditer(text))


def key_at(tokens: Sequence[Token], index: int) -> str:
    """The word at ``index``, or nothing outside the text."""
    return tokens[index].key if 0 <= index < len(tokens) else ""


def number_at(tokens: Sequence[Token], index: int) -> int | None:
    """The number at ``index``, if a number stands there."""
    key = key_at(tokens, index)
    return int(key) if key.isdecimal() and len(key) <= _MOST_DIGITS else None


def glued(tokens: Sequence[Token], index: int) -> bool:
    """Whether the word at ``index`` follows the one before without a space."""
    return 0 < index < len(tokens) and tokens[index - 1].end == tokens[index].start


def tidy(text: str) -> str:
    """What stays of ``text`` after something was cut out of it, without dangling signs."""
    if _UNTIDY.search(text) is None:
        return text.strip(_EDGES)
    joined = _SPACE_BEFORE_SIGN.sub(r"\1", _SPACES.sub(" ", text))
    return _SIGN_BEFORE_SIGN.sub("", joined).strip(_EDGES)


def unquoted(text: str) -> str:
    """``text`` without quotes around all of it."""
    if len(text) > 1 and _QUOTE_PAIRS.get(text[0]) == text[-1]:
        inner = text[1:-1]
        return inner.strip(_EDGES) if text[-1] not in inner else text
    return text


class Phrases(Generic[Meaning]):
    """A table of phrases of one or more words, looked up longest first."""

    def __init__(self, phrases: Mapping[str, Meaning]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], Meaning]]] = {}
        for phrase, meaning in phrases.items():
            words = tuple(token.key for token in cut(phrase))
            self._by_first.setdefault(words[0], []).append((words, meaning))
        for entries in self._by_first.values():
            entries.sort(key=lambda entry: -len(entry[0]))

    @property
    def first_words(self) -> frozenset[str]:
        """The words with which a phrase of the table can start."""
        return frozenset(self._by_first)

    def may_begin(self, text: str) -> bool:
        """Whether a phrase of the table could stand at the start of ``text``."""
        return first_word(text) in self._by_first

    def at(self, tokens: Sequence[Token], index: int) -> tuple[Meaning, int] | None:
        """The longest phrase that starts at ``index``: its meaning and the index behind it."""
        entries = self._by_first.get(tokens[index].key) if index < len(tokens) else None
        if entries is None:
            return None
        for words, meaning in entries:
            end = index + len(words)
            if len(words) == 1 or words == tuple([token.key for token in tokens[index:end]]):
                return meaning, end
        return None

    def between(self, tokens: Sequence[Token], start: int, end: int) -> bool:
        """Whether the words from ``start`` up to ``end`` are exactly one phrase."""
        entries = self._by_first.get(key_at(tokens, start))
        if entries is None:
            return False
        stretch = tuple([token.key for token in tokens[start:end]])
        return any(words == stretch for words, _ in entries)


def phrases(rows: Iterable[tuple[Meaning, str]]) -> Phrases[Meaning]:
    """A table from rows of (meaning, phrases separated by ``|``)."""
    return Phrases({phrase: meaning for meaning, text in rows for phrase in text.split("|")})


def said_in(table: Phrases[Meaning], text: str) -> bool:
    """Whether any phrase of ``table`` stands anywhere in ``text``."""
    tokens = cut(text)
    return any(table.at(tokens, index) is not None for index in range(len(tokens)))
