"""Which people, and which of many deliverables, some typed words mean."""

import unicodedata
from collections.abc import Iterable, Sequence

from domain.deliverables import Commitment
from domain.people import Member


def named(name: str, members: Iterable[Member]) -> list[Member]:
    """The people whose name, or a part of it, begins with what was typed; whole parts first."""
    wanted = _folded(name)
    found = [m for m in members if not (m.person.is_bot or m.person.deleted)]
    exact = [m for m in found if wanted in (_folded(m.person.name), *_parts(m.person.name))]
    return exact or [
        m for m in found if any(part.startswith(wanted) for part in _parts(m.person.name))
    ]


def rest_of_name(name: str, words: str) -> str:
    """The beginning of ``words`` that is all of ``name`` behind its first part; "" if none is."""
    parts = _folded(name).split()[1:]
    said = words.split()[: len(parts)]
    bare = [_folded(word).strip(".,:;") for word in said]
    return " ".join(said) if parts and bare == parts else ""


def is_named(name: str, words: str) -> bool:
    """Whether some words are all of a name, or its first part."""
    typed, parts = _folded(words), _parts(name)
    return bool(typed and parts) and (typed == " ".join(parts) or typed == parts[0])


def without_name(name: str, words: str) -> str:
    """What is left of words that begin with a name, or with its first part; "" if they do not."""
    parts, said = _parts(name), words.split()
    for length in sorted({len(parts), 1}, reverse=True):
        bare = [_folded(word).strip(".,:;-") for word in said[:length]]
        if parts and bare == parts[:length]:
            return " ".join(said[length:])
    return ""


def matching(commitments: Sequence[Commitment], words: str) -> list[Commitment]:
    """Those that some words mean: by the whole title, else beginnings of its words, else parts."""
    wanted = _folded(words)
    if not wanted:
        return list(commitments)
    tests = (
        lambda title: title == wanted,
        lambda title: all(any(p.startswith(w) for p in title.split()) for w in wanted.split()),
        lambda title: wanted in title,
    )
    for test in tests:
        found = [one for one in commitments if test(_folded(one.title))]
        if found:
            return found
    return []


def _parts(name: str) -> list[str]:
    return _folded(name).split()


def _folded(text: str) -> str:
    if text.isascii():
        return " ".join(text.casefold().split())
    bare = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(c for c in bare if not unicodedata.combining(c)).split())
