"""Who stands in for somebody away, taken out of the words about time away."""

import re
from typing import NamedTuple

from views.words.owners import MENTION
from views.words.tokens import tidy
from views.words.verbs import Owner

_PERSON = r"(?:<@[UW][A-Z0-9]+(?:\|[^<>]*)?>|@?[^\W\d_][\w.'’-]{0,60})"
_PEOPLE = rf"(?:{_PERSON}(?: [^\W\d_][\w.'’-]{{0,60}}){{0,2}})"
_STANDS_IN = (
    r"(?:(?:stands?|standing|steps?|fills?|filling) in|is (?:my )?(?:stand-?in|backup|cover)"
    r"|(?:is )?cover(?:s|ing)?|will cover|will stand in|takes over)(?: for me)?"
)
_STAND_IN = r"(?:(?:my )?(?:stand-?in|stand in|backup)(?: is)?|cover(?:ed)? by|cover(?=\s*:)|ask)"
# Behind a comma a whole name stands; else the word before is the name, and the day before that.
_FORMS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?:^|[,;])\s*(?:and |with )?(?P<who>{_PEOPLE})\s+{_STANDS_IN}\b",
        rf"(?:\b(?:and|with)\s+)?(?P<who>{_PERSON})\s+{_STANDS_IN}\b",
        rf"[,;]?\s*\b{_STAND_IN}\s*:?\s+(?P<who>{_PEOPLE})\s*(?=$|[,;.])",
        rf"[,;]?\s*\b{_STAND_IN}\s*:?\s+(?P<who>{_PERSON})",
    )
)


class Covered(NamedTuple):
    """Words without the one who stands in; None: nobody is named."""

    rest: str
    stand_in: Owner | None


def covered(text: str) -> Covered:
    """Take "carlo stands in", "covered by @carlo" or "stand-in: Carlo" out of ``text``."""
    for form in _FORMS:
        found = form.search(text)
        if found is not None:
            rest = tidy(f"{text[: found.start()]} {text[found.end() :]}")
            return Covered(rest, _owner(found.group("who")))
    return Covered(text, None)


def _owner(words: str) -> Owner:
    mention = MENTION.match(words)
    if mention is not None:
        return Owner(kind="user", text=mention.group(1))
    return Owner(kind="name", text=tidy(words.removeprefix("@")))
