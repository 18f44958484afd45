"""Read "<which> to <when>, <why>"; what is moved and whether it may be is decided elsewhere."""

import re
from dataclasses import dataclass

from views.words.due import DueRead, DueSpan
from views.words.tokens import clean, tidy
from views.words.writer import Writer

_TO = re.compile(
    r"(?:^|\s)(?:to|until|till|til|for|on|al|a|para|pra|sa|hanggang|ko|by|->|→|=>)\s+",
    re.IGNORECASE,
)
_BECAUSE = re.compile(
    r"^[\s,;:.–—-]*(?:because of|because|due to|since|as|reason is|reason|so that|porque|ya que|por"
    r"|kasi|dahil sa|dahil|kyunki|pois)?\b[\s:]*",
    re.IGNORECASE,
)
_WHY_STARTS = re.compile(
    r"\s*(?:[,;]|\s[–—-]\s|\b(?:because|reason:|porque|kasi|dahil|kyunki)\b)", re.IGNORECASE
)
_LAST_TO = re.compile(r"\s*\b(?:to|until|till|for)$", re.IGNORECASE)
# Each try reads the words anew.
_MOST_TRIES = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """What is moved (perhaps nothing was named), to when, and why."""

    words: str
    due: DueRead
    reason: str
    by: str = ""
    """The word before the new moment."""


def read_move(text: str, writer: Writer) -> Move:
    """Read the words behind "move"."""
    line = clean(text)
    for to in list(_TO.finditer(line))[:_MOST_TRIES]:
        span = writer.due_span(f"by {line[to.end() :]}")
        if span.before or span.read.is_empty:
            continue
        return Move(
            words=tidy(line[: to.start()]),
            due=span.read,
            reason=_reason(span.after),
            by=to.group().strip().lower(),
        )
    return _without_to(line, writer)


def reason_apart(text: str, writer: Writer) -> tuple[str, str]:
    """The words before a reason, and the reason: "next week" and "holidays"; empty: none typed.

    What names a day is no reason.
    """
    line = clean(text)
    why = _WHY_STARTS.search(line)
    if why is None or not writer.due_span(line[why.start() :]).read.is_empty:
        return line, ""
    return tidy(line[: why.start()]), _reason(line[why.start() :])


def _without_to(line: str, writer: Writer) -> Move:
    """Move deck monday; move deck, data came late."""
    span = writer.due_span(line)
    if not span.read.is_empty:
        return Move(
            words=_LAST_TO.sub("", span.before),
            due=span.read,
            reason=_reason(span.after),
            by=span.lead,
        )
    why = _WHY_STARTS.search(line)
    words, reason = (line[: why.start()], line[why.start() :]) if why is not None else (line, "")
    return Move(words=tidy(words), due=_no_time(span), reason=_reason(reason))


def _no_time(span: DueSpan) -> DueRead:
    return span.read


def _reason(text: str) -> str:
    return tidy(_BECAUSE.sub("", text, count=1))
