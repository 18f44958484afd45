"""Place names read as IANA zones; what a zone does to a time is the domain's."""

import re
from collections.abc import Sequence
from functools import lru_cache
from zoneinfo import available_timezones

from views.words.clocks import offset_at, places_on
from views.words.places import FAINT_PLACES, MANY_ZONES, NOT_PLACES, PLACES
from views.words.tokens import Token, cut, fold, key_at

_REGIONS = (
    "Africa/",
    "America/",
    "Asia/",
    "Atlantic/",
    "Australia/",
    "Europe/",
    "Indian/",
    "Pacific/",
)
_LONGEST_NAME = 60
_LONGEST_NAME_IN_WORDS = 5
# Names of the zone database that are a clock and no place; some other names are as short.
_NO_PLACE = re.compile(r"Etc/.*|GMT.*|Universal|Zulu|Greenwich|W-SU|[A-Z]{3}(\d[A-Z]{3})?")
_SHORT_PLACES = frozenset({"UTC", "PRC", "ROC", "ROK"})


def read_zone(words: str) -> str | None:
    """The IANA zone that ``words`` name: a city, a country with one zone, a short form, itself.

    A clock that is no place (``EST``, ``GMT+8``) is none: its hour is fixed, or several places
    with different summers share it. `no_zone` says which place may be meant.
    """
    text = words.strip()
    if len(text) > _LONGEST_NAME or places_on(text) is not None:
        return None
    by_name = _places_by_name().get(fold(text).replace(" ", "_"))
    if by_name is not None:
        return by_name
    keys = [token.key for token in cut(text) if token.key.isalnum()]
    while keys and keys[-1] in {"time", "timezone", "zone", "tz"}:
        keys.pop()
    name = " ".join(keys)
    return _zone_called(name) if keys and places_on(name) is None else None


def no_zone(words: str) -> str:
    """What is said of words that `read_zone` cannot read."""
    typed = words.strip()
    if not typed:
        return "A city or a zone name, please."
    places = places_on(typed)
    if places is None:
        return f"I know no time zone called {typed[:60]}. A city works: New York, Manila, Berlin."
    meant = f"Do you mean {_either(places)}?" if places else "Where is it?"
    return f"{typed[:60]} is a fixed hour, not a place. {meant} Please name the city."


def _either(places: Sequence[str]) -> str:
    *first, last = places
    return f"{', '.join(first)} or {last}" if first else last


def zone_at(tokens: Sequence[Token], index: int, *, behind_time: bool) -> tuple[str, int] | None:
    """The zone named at ``index`` and the index behind it.

    Args:
        behind_time: Whether a time of day stands just before; only then do names that are also
            everyday words count.
    """
    written_out = _iana_at(tokens, index) or offset_at(tokens, index)
    if written_out is not None:
        return written_out
    for end in range(min(index + _LONGEST_NAME_IN_WORDS, len(tokens)), index, -1):
        name = " ".join(token.key for token in tokens[index:end])
        zone = _zone_called(name)
        if zone is None or (name in FAINT_PLACES and not behind_time):
            continue
        return zone, end + 1 if key_at(tokens, end) in {"time", "tz"} else end
    return None


def vague_zone_at(tokens: Sequence[Token], index: int) -> int | None:
    """The index behind "us time": a country with several zones, said as if it had one."""
    if key_at(tokens, index) not in MANY_ZONES:
        return None
    return index + 2 if key_at(tokens, index + 1) in {"time", "zone", "hours"} else None


def _iana_at(tokens: Sequence[Token], index: int) -> tuple[str, int] | None:
    if key_at(tokens, index + 1) != "/":
        return None
    for end in range(min(index + 9, len(tokens)), index + 2, -1):
        zone = _places_by_name().get("".join(token.key for token in tokens[index:end]))
        if zone is not None:
            return zone, end
    return None


def _zone_called(name: str) -> str | None:
    if name in PLACES:
        return PLACES[name]
    return None if name in NOT_PLACES else _zones_by_last_part().get(name)


@lru_cache(maxsize=1)
def _places_by_name() -> dict[str, str]:
    names = (name for name in available_timezones() if _is_place(name))
    return {name.lower(): name for name in names}


def _is_place(name: str) -> bool:
    return name in _SHORT_PLACES or not _NO_PLACE.fullmatch(name)


@lru_cache(maxsize=1)
def _zones_by_last_part() -> dict[str, str]:
    """Zones by the city in their name: Asia/Manila is "manila"."""
    names = sorted(
        (name for name in available_timezones() if name.startswith(_REGIONS)), reverse=True
    )
    return {name.rsplit("/", 1)[1].replace("_", " ").lower(): name for name in names}
