"""Place names read as IANA zones; what a zone does to a time is the domain's."""

from collections.abc import Sequence
from functools import lru_cache
from zoneinfo import available_timezones

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
_LONGEST_NAME_IN_WORDS = 5
_ABBREVIATIONS = frozenset(
    "EST EDT CST CDT MST MDT PST PDT HST AKST CET CEST EET EEST MET WET WEST BST IST SST"
    " EST5EDT CST6CDT MST7MDT PST8PDT".split()
)


def read_zone(words: str) -> str | None:
    """The IANA zone that ``words`` name: a city, a country with one zone, a short form, itself."""
    text = words.strip()
    if len(text) > 60:
        return None
    by_name = _zones_by_name().get(fold(text).replace(" ", "_"))
    if by_name is not None:
        return by_name
    keys = [token.key for token in cut(text) if token.key.isalnum()]
    while keys and keys[-1] in {"time", "timezone", "zone", "tz"}:
        keys.pop()
    return _zone_called(" ".join(keys)) if keys else None


def is_abbreviation(words: str) -> bool:
    """Whether it is a clock of letters such as EST: several places, or half of a year, share it."""
    return words.strip().upper() in _ABBREVIATIONS


def zone_at(tokens: Sequence[Token], index: int, *, behind_time: bool) -> tuple[str, int] | None:
    """The zone named at ``index`` and the index behind it.

    Args:
        behind_time: Whether a time of day stands just before; only then do names that are also
            everyday words count.
    """
    written_out = _iana_at(tokens, index)
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
        zone = _zones_by_name().get("".join(token.key for token in tokens[index:end]))
        if zone is not None:
            return zone, end
    return None


def _zone_called(name: str) -> str | None:
    if name in PLACES:
        return PLACES[name]
    return None if name in NOT_PLACES else _zones_by_last_part().get(name)


@lru_cache(maxsize=1)
def _zones_by_name() -> dict[str, str]:
    return {name.lower(): name for name in available_timezones()}


@lru_cache(maxsize=1)
def _zones_by_last_part() -> dict[str, str]:
    """Zones by the city in their name: Asia/Manila is "manila"."""
    names = sorted(
        (name for name in available_timezones() if name.startswith(_REGIONS)), reverse=True
    )
    return {name.rsplit("/", 1)[1].replace("_", " ").lower(): name for name in names}
