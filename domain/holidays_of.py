"""The public holidays of a country or a part of it; who observes them is not here."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import Final

import holidays

from domain.errors import UnknownHolidays

# Read at the start: it takes half a second, for which otherwise the first set-up would wait.
_SUBDIVISIONS: Final[Mapping[str, frozenset[str]]] = {
    country: frozenset(parts)
    for country, parts in holidays.list_supported_countries(include_aliases=True).items()
}


@lru_cache(maxsize=512)
def holidays_in(country: str, subdivision: str | None, year: int) -> Mapping[date, str]:
    """The public holidays of one year and their English names (the country's own if it has none).

    They come from the installed holidays library, so a holiday that is proclaimed later is missing
    until the library is renewed: people add it as a day off.

    Args:
        country: ISO 3166 code, such as ``PH``.
        subdivision: Code of a state or province, such as ``NY``; None for what all of it observes.
        year: Of the Gregorian calendar.

    Raises:
        UnknownHolidays: The library has no such country or subdivision.
    """
    try:
        found = holidays.country_holidays(
            country, subdiv=subdivision, years=year, expand=False, language="en_US"
        )
    except NotImplementedError as error:
        raise UnknownHolidays(country, subdivision) from error
    return MappingProxyType({day: name for day, name in sorted(found.items()) if day.year == year})


def check_holidays(country: str, subdivision: str | None) -> None:
    """Refuse a country or subdivision of which nothing is known.

    Raises:
        UnknownHolidays: The library has no such country or subdivision.
    """
    known = _SUBDIVISIONS.get(country)
    if known is None or (subdivision is not None and subdivision not in known):
        raise UnknownHolidays(country, subdivision)
