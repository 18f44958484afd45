"""Who is named in typed words: mentions, names behind "@", sides; they are looked up elsewhere."""

import re

from domain.values import value
from views.words.tokens import clean, fold, tidy, unquoted
from views.words.verbs import Owner, OwnerKind

MENTION = re.compile(r"<@([UW][A-Z0-9]+)(?:\|([^<>]*))?>")
_AT_NAME = re.compile(r"(?<![\w@.<])@([^\W\d_][\w.'’-]{0,60})")
_JOINT = re.compile(r"\s*(?:(?:,|&|\+|/|\b(?:and|or|y|e|o|at|aur)\b)\s*)*", re.IGNORECASE)
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
_ENDS = re.compile(r"(?:,|\s[-–])\s*(us|we|they|them|me|myself)\s*$", re.IGNORECASE)
_MYSELF = frozenset({"me", "myself"})
_ASSIGNED = re.compile(
    r"(?:^|[\s,]+)(?:assigned to|owned by|owner(?: is)?)\s*:?\s*(us|we|they|them|me|myself)\b",
    re.IGNORECASE,
)
# "I owe @james the deck": whoever speaks owes it, and who is named gets it.
_SPEAKS = re.compile(
    r"^(i|we|they)(?:'ll|’ll|\s+(?:owes?|will|shall|promised?|have to|need to|must))\s+",
    re.IGNORECASE,
)
_BEFORE_TITLE = re.compile(
    r"^(?:(?:to|will|should|must|shall|please|pls|needs? to|has to|have to|por favor)\b\s+"
    r"|[:,]\s*|[-–]\s+)+",
    re.IGNORECASE,
)


@value
class Addressed:
    """An owner and the words that are left without it.

    Attributes:
        others: Slack ids of people named later, whose names stay in the words.
        beside: Who is named in one breath with the owner.
        after: The words right behind the owner: the rest of a whole name, perhaps.
    """

    owner: Owner | None
    others: tuple[str, ...]
    rest: str
    beside: tuple[Owner, ...] = ()
    after: str = ""


def addressed(text: str) -> Addressed:
    """Take the first person or side named in ``text`` out of it."""
    line = clean(text)
    found = MENTION.search(line) or _first_name(line)
    speaks = _SPEAKS.match(line)
    if found is not None and speaks is not None:
        return _by_speaker(line, speaks)
    if found is None:
        return _by_side(line)
    owner = _owner(found)
    beside, end = _beside(line, found.end())
    rest = _without(line, found.start(), end)
    later = [one.group(1) for one in MENTION.finditer(line, end)]
    others = tuple(dict.fromkeys(user for user in later if user != owner.text))
    further = tuple(dict.fromkeys(one for one in beside if one != owner))
    after = line[end:].strip()
    if owner.kind != "user":
        return Addressed(owner=owner, others=(), rest=rest, beside=further, after=after)
    return Addressed(owner=owner, others=others, rest=_named(rest), beside=further, after=after)


def titled(text: str) -> str:
    """``text`` as a title: without "to" or "please" in front, without quotes around all of it."""
    title = tidy(text)
    stripped = _BEFORE_TITLE.sub("", title)
    return unquoted(stripped)


def _first_name(line: str) -> re.Match[str] | None:
    names = _AT_NAME.finditer(line)
    return next((one for one in names if fold(one.group(1)) not in _NOT_PEOPLE), None)


def _beside(line: str, end: int) -> tuple[list[Owner], int]:
    """Everybody who is named from ``end`` on with nothing between, and where the last name ends."""
    found: list[Owner] = []
    while True:
        joint = _JOINT.match(line, end)
        start = end if joint is None else joint.end()
        one = MENTION.match(line, start) or _AT_NAME.match(line, start)
        if one is None or fold(one.group(1)) in _NOT_PEOPLE:
            return found, end
        found.append(_owner(one))
        end = one.end()


def _owner(found: re.Match[str]) -> Owner:
    is_mention = found.re is MENTION
    return Owner(kind="user", text=found.group(1)) if is_mention else _named_owner(found.group(1))


def _named_owner(name: str) -> Owner:
    folded = fold(name).rstrip(".'’-")
    kind = _WHO_STARTS.get(folded) or _WHO_WITH_SIGN.get(folded)
    return Owner(kind=kind) if kind is not None else Owner(kind="name", text=name.rstrip(".'’-"))


def _without(line: str, start: int, end: int) -> str:
    before = _TO_SOMEBODY.sub("", line[:start])
    return tidy(f"{before} {line[end:]}")


def _named(rest: str) -> str:
    """Further mentions as plain names; an id nobody can read is dropped."""
    return tidy(MENTION.sub(lambda found: f"@{found.group(2)}" if found.group(2) else "", rest))


def _by_speaker(line: str, speaks: re.Match[str]) -> Addressed:
    """Of "I owe @james the deck" the speaker is the owner, and the title says for whom it is."""
    who = fold(speaks[1])
    rest = line[speaks.end() :]
    to = MENTION.match(rest) or _AT_NAME.match(rest)
    if to is not None and "owe" in fold(speaks[0]):
        name = to.group(2) if to.re is MENTION else to.group(1)
        rest = f"{rest[to.end() :]} for @{name}" if name else rest[to.end() :]
    others = tuple(dict.fromkeys(one.group(1) for one in MENTION.finditer(rest)))
    owner = Owner(kind=_WHO_STARTS.get(who) or _WHO_WITH_SIGN[who])
    return Addressed(owner=owner, others=others, rest=_named(rest))


def _by_side(line: str) -> Addressed:
    start = _STARTS.match(line)
    if start is not None:
        kind = _side_kind(start.group(1), start.group(2))
        if kind is not None:
            return Addressed(owner=Owner(kind=kind), others=(), rest=tidy(line[start.end() :]))
    end = _ENDS.search(line) or _ASSIGNED.search(line)
    if end is not None:
        word = end.group(1).lower()
        owner = Owner(kind=_WHO_STARTS.get(word) or _WHO_WITH_SIGN[word])
        rest = tidy(f"{line[: end.start()]} {line[end.end() :]}")
        return Addressed(owner=owner, others=(), rest=rest)
    return Addressed(owner=None, others=(), rest=line)


def _side_kind(word: str, sign: str) -> OwnerKind | None:
    """The side that ``word`` names at the start; the country US is none."""
    folded = fold(word)
    if folded in _WHO_STARTS and word != "US":
        return _WHO_STARTS[folded]
    if folded in _MYSELF:
        return "me"
    return _WHO_WITH_SIGN.get(folded) if sign.strip() else None
