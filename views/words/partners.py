"""Which partnership some words name, by a side or its channel; who may use it is not here."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from views.words.tokens import Token, clean, cut

_BEFORE: Final = frozenset({"in", "for", "with", "at", "para", "con", "com", "sa"})
_SHORTEST_FIRST_WORD: Final = 4
_CHANNEL: Final = re.compile(r"<#([CG][A-Z0-9]+)(?:\|[^<>]*)?>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """What a partnership can be called: by a link to its channel, or by the name of a side."""

    id: str
    channel: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """What was read.

    Attributes:
        id: Of the one partnership that is named; None when none is, or several are.
        words: Without the name where it stands at the beginning or at the end.
        leads: The name stands at the beginning, so it is certainly no part of the rest.
    """

    id: str | None
    words: str
    leads: bool = False


def read_naming(text: str, every: Sequence[Named]) -> Naming:
    """The partnership that ``text`` names, among ``every``."""
    line = clean(text)
    linked = _CHANNEL.search(line)
    if linked is not None:
        found = {one.id for one in every if one.channel == linked.group(1)}
        if found:
            return _cut_out(line, linked.span(), found.pop())
    spans = {
        one.id: span for one in every if (span := _span_of(line, _telling(one, every))) is not None
    }
    if len(spans) != 1:
        return Naming(id=None, words=line)
    partnership_id, span = spans.popitem()
    return _cut_out(line, span, partnership_id)


def _telling(one: Named, every: Sequence[Named]) -> list[tuple[str, ...]]:
    """The names that no other has, each also by its first word; the longest first.

    A name that several share, as that of the reader's own company, tells none of them apart.
    """
    others = {name for other in every if other.id != one.id for name in _spoken(other)}
    return sorted(_spoken(one) - others, key=len, reverse=True)


def _spoken(one: Named) -> set[tuple[str, ...]]:
    whole = [tuple(token.key for token in cut(name)) for name in one.names]
    first = {name[:1] for name in whole if name and len(name[0]) >= _SHORTEST_FIRST_WORD}
    return {name for name in whole if name} | first


def _span_of(line: str, names: Sequence[tuple[str, ...]]) -> tuple[int, int] | None:
    tokens = cut(line)
    for wanted in names:
        for start in range(len(tokens) - len(wanted) + 1):
            stretch = tokens[start : start + len(wanted)]
            if tuple(token.key for token in stretch) == wanted and _is_free(line, stretch):
                return stretch[0].start, stretch[-1].end
    return None


def _is_free(line: str, stretch: Sequence[Token]) -> bool:
    """Not inside a mention or a link, and not a part of a longer word."""
    before, after = line[: stretch[0].start], line[stretch[-1].end :]
    inside = before.rfind("<") > before.rfind(">")
    return not inside and not after[:1].isalnum() and not before[-1:].isalnum()


def _cut_out(line: str, span: tuple[int, int], partnership_id: str) -> Naming:
    start, end = span
    before, after = line[:start].rstrip(" #"), line[end:].lstrip(" :,-")
    if before and before.rsplit(" ", 1)[-1].lower() in _BEFORE:
        before = before.rpartition(" ")[0]
    if not before:
        return Naming(id=partnership_id, words=after, leads=True)
    if not after.strip(" .!?"):
        return Naming(id=partnership_id, words=before)
    return Naming(id=partnership_id, words=line)
