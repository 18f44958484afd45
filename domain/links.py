"""Links that people give as evidence: what is one, and how many there can be."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from urllib.parse import urlsplit

from domain.deliverables import Unclear
from domain.people import Side

AT_ONCE_MOST: Final = 5
# Of one deliverable; who has more makes a page of them.
EVERY_MOST: Final = 20
LINK_MOST: Final = 3000
# What would end a link, or hide where it leads.
_NEVER: Final = frozenset('<>|"`\\')


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link as it is kept. ``side``: on whose behalf it was given."""

    url: str
    added_by: str
    side: Side | None
    added_at: datetime


def checked_links(typed: str) -> tuple[str, ...]:
    """The links that were typed, one a line or with spaces between; each once, in order.

    Raises:
        Unclear: Something is no link, too long, or there are too many.
    """
    found = tuple(dict.fromkeys(typed.split()))
    for one in found:
        if not is_link(one):
            raise Unclear("links", "no_link", [one])
        if len(one) > LINK_MOST:
            raise Unclear("links", "long_link", [str(LINK_MOST)])
    if len(found) > AT_ONCE_MOST:
        raise Unclear("links", "many_links", [str(AT_ONCE_MOST)])
    return found


def is_link(text: str) -> bool:
    """Whether it is an address of the web that leads where it seems to lead."""
    try:
        parts = urlsplit(text)
        host = parts.hostname
    except ValueError:
        return False
    is_web = parts.scheme in {"https", "http"} and bool(host) and "@" not in parts.netloc
    return is_web and text.isprintable() and not set(text) & (_NEVER | {" "})
