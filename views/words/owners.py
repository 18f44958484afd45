"""Who is named in typed words: mentions, names behind "@", sides; they are looked up elsewhere."""

import re
from dataclasses import dataclass

from views.words.tokens import clean, fold, tidy, unquoted
from views.words.verbs import Owner, OwnerKind

_MENTION = re.compile(r"<@([UW][A-Z0-9]+)(?:\|([^<>]*))?>")
_AT_NAME = re.compile(r"(?<![\w@.<])@([^\W\d_][\w.'’-]{0,60})")
_TO_SOMEBODY = re.compile(
    r"\b(?:assigned to|owned by|owner|for|to|by|para|kay|de)\s*:?\s*$", re.IGNORECASE
)
_NOT_PEOPLE = frozenset({"channel", "here", "everyone", "todos"})
_WHO_STARTS: dict[str, OwnerKind] = {
    **dict.fromkeys(("we", "us", "nosotros", "nosotras", "kami", "tayo", "hum"), "us"),
    **dict.fromkeys(("they", "them", "ellos", "ellas", "eles", "sila"), "them"),
}
_WHO_WITH_SIGN: dict[str, OwnerKind] = {
    **dict.fromkeys(("client", "the client", "cliente", "el cliente", "o cliente"), "client"),
    **dict.fromkeys(("vendor", "the vendor", "proveedor", "fornecedor"), "vendor"),
    **dict.fromkeys(("me", "i", "myself", "yo", "eu", "ako"), "me"),
}
_STARTS = re.compile(
    r"^((?:the |el |o )?[^\W\d_]+)"
    r"(\s*:\s*|\s*[-–]\s+|'ll\s+|\s+(?:to|will|should|must|owes?|needs? to)\s+|\s+)",
    re.IGNORECASE,
)
_ENDS = re.compile(r"(?:,|\s[-–])\s*(us|we|they|them)\s*$", re.IGNORECASE)
_BEFORE_TITLE = re.compile(
    r"^(?:(?:to|will|should|must|shall|please|pls|needs? to|has to|have to|por favor)\b\s+"
    r"|[:,]\s*|[-–]\s+)+",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressed:
    """An owner and the words that are left without it."""

    owner: Owner | None
    others: tuple[str, ...]
    rest: str


def addressed(text: str) -> Addressed:
    """Take the first person or side named in ``text`` out of it."""
    line = clean(text)
    mention = _MENTION.search(line)
    if mention is not None:
        owner = Owner(kind="user", text=mention.group(1))
        later = [found.group(1) for found in _MENTION.finditer(line, mention.end())]
        rest = _without(line, mention)
        others = tuple(dict.fromkeys(user for user in later if user != owner.text))
        return Addressed(owner=owner, others=others, rest=_named(rest))
    for name in _AT_NAME.finditer(line):
        if fold(name.group(1)) in _NOT_PEOPLE:
            continue
        return Addressed(owner=_named_owner(name.group(1)), others=(), rest=_without(line, name))
    return _by_side(line)


def titled(text: str) -> str:
    """``text`` as a title: without "to" or "please" in front, without quotes around all of it."""
    title = tidy(text)
    stripped = _BEFORE_TITLE.sub("", title)
    return unquoted(stripped)


def _named_owner(name: str) -> Owner:
    folded = fold(name).rstrip(".'’-")
    kind = _WHO_STARTS.get(folded) or _WHO_WITH_SIGN.get(folded)
    return Owner(kind=kind) if kind is not None else Owner(kind="name", text=name.rstrip(".'’-"))


def _without(line: str, found: re.Match[str]) -> str:
    before = _TO_SOMEBODY.sub("", line[: found.start()])
    return tidy(f"{before} {line[found.end() :]}")


def _named(rest: str) -> str:
    """Further mentions as plain names; an id nobody can read is dropped."""
    return tidy(_MENTION.sub(lambda found: f"@{found.group(2)}" if found.group(2) else "", rest))


def _by_side(line: str) -> Addressed:
    start = _STARTS.match(line)
    if start is not None:
        kind = _side_kind(start.group(1), start.group(2))
        if kind is not None:
            return Addressed(owner=Owner(kind=kind), others=(), rest=tidy(line[start.end() :]))
    end = _ENDS.search(line)
    if end is not None:
        kind = _WHO_STARTS[end.group(1).lower()]
        return Addressed(owner=Owner(kind=kind), others=(), rest=tidy(line[: end.start()]))
    return Addressed(owner=None, others=(), rest=line)


def _side_kind(word: str, sign: str) -> OwnerKind | None:
    """The side that ``word`` names at the start; the country US is none."""
    folded = fold(word)
    if folded in _WHO_STARTS and word != "US":
        return _WHO_STARTS[folded]
    return _WHO_WITH_SIGN.get(folded) if sign.strip() else None
