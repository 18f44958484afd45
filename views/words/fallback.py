"""Dates in languages beyond our own tables, through dateparser, loaded only when needed."""

import re
import warnings
from collections.abc import Mapping
from datetime import date, datetime

from views.words.pieces import DateOrder

OWN_LANGUAGES = frozenset({"en", "es", "pt", "tl", "fil", "hi"})
# A date is short; what is longer is prose, and searching it takes long.
_LONGEST_TAIL = 120
_LEADS = re.compile(
    r"(?:\b(?:bis|zum|vor|dem|am|avant|d'ici|pour|le|entro|il|tot|voor|do)\s+)+$", re.IGNORECASE
)


def foreign_day(
    line: str, *, now: datetime, date_order: DateOrder | None, languages: tuple[str, ...]
) -> tuple[date, int, int] | None:
    """The last day named in ``line`` in a language beyond ours, and where it stands.

    Args:
        now: Naive, on the writer's clock.
        languages: Two-letter codes; without a further language nothing is searched.
    """
    foreign = [
        code for code in languages if code not in OWN_LANGUAGES and re.fullmatch("[a-z]{2,3}", code)
    ]
    if not foreign or not line:
        return None
    tail_at = max(0, len(line) - _LONGEST_TAIL)
    found = _searched(line[tail_at:], foreign, _settings(now, date_order))
    for words, moment in reversed(found):
        start = line.rfind(words)
        if start < 0 or not _is_date_like(words):
            continue
        lead = _LEADS.search(line[:start])
        return moment.date(), lead.start() if lead else start, start + len(words)
    return None


def _settings(now: datetime, date_order: DateOrder | None) -> dict[str, object]:
    return {
        "RELATIVE_BASE": now,
        "PREFER_DATES_FROM": "future",
        "DATE_ORDER": date_order or "DMY",
        "RETURN_AS_TIMEZONE_AWARE": False,
    }


def _searched(
    text: str, languages: list[str], settings: Mapping[str, object]
) -> list[tuple[str, datetime]]:
    from dateparser.search import search_dates

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return search_dates(text, languages=languages, settings=dict(settings)) or []
        except (
            ValueError,
            OverflowError,
            TypeError,
            KeyError,
            IndexError,
            AttributeError,
            RecursionError,
        ):
            # The library refuses languages it does not know and stumbles over odd text.
            return []


def _is_date_like(words: str) -> bool:
    """Whether there is enough of it: the library takes single letters and numbers for dates."""
    return len(words) >= 5 and any(letter.isalpha() for letter in words)
