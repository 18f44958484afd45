"""Words for days, months and frequencies that were typed with one slip of the finger."""

from collections.abc import Iterator
from functools import lru_cache

from views.words.vocabulary import MONTHS, WEEKDAYS

# Shorter names are too near to ordinary words.
_SHORTEST = 6
FREQUENCY_NAMES = ("every", "weekly", "biweekly", "fortnightly", "monthly", "quarterly", "annually")
# One slip away from a name, and yet meant.
_ORDINARY = frozenset({"sundry", "fryday", "faraday", "holiday", "terrace", "master", "marches"})


# Further from the name than one slip, and common.
_KNOWN = {
    "wensday": "wednesday",
    "wendsday": "wednesday",
    "wendesday": "wednesday",
    "wedensday": "wednesday",
    "weds": "wednesday",
    "thurday": "thursday",
    "thirsday": "thursday",
    "saterday": "saturday",
    "febuary": "february",
    "evry": "every",
    "evrey": "every",
    "eveyr": "every",
}


@lru_cache(maxsize=4096)
def mended(word: str) -> str | None:
    """The day, month or frequency that ``word`` was meant to be, if one slip explains it."""
    if word in _KNOWN:
        return _KNOWN[word]
    if len(word) < _SHORTEST - 1 or word in _ORDINARY or not word.isalpha():
        return None
    for part in (word, *_shortened(word)):
        for name in _by_part().get(part, ()):
            if _one_slip(word, name):
                return name
    return None


@lru_cache(maxsize=1)
def _by_part() -> dict[str, tuple[str, ...]]:
    """Names by themselves and by themselves without one letter."""
    parts: dict[str, tuple[str, ...]] = {}
    for name in (*WEEKDAYS, *MONTHS, *FREQUENCY_NAMES, "tomorrow"):
        if len(name) < _SHORTEST:
            continue
        for part in {name, *_shortened(name)}:
            parts[part] = (*parts.get(part, ()), name)
    return parts


def _shortened(word: str) -> Iterator[str]:
    return (word[:i] + word[i + 1 :] for i in range(len(word)))


def _one_slip(word: str, name: str) -> bool:
    """Whether one letter was left out, added, swapped with its neighbour, or another one."""
    if word[0] != name[0] and sorted(word[:2]) != sorted(name[:2]):
        return False
    if len(word) != len(name):
        return abs(len(word) - len(name)) == 1
    wrong = [i for i in range(len(word)) if word[i] != name[i]]
    if len(wrong) == 1:
        return len(name) > _SHORTEST
    return (
        len(wrong) == 2
        and wrong[1] == wrong[0] + 1
        and word[wrong[0]] == name[wrong[1]]
        and word[wrong[1]] == name[wrong[0]]
    )
