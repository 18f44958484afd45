"""Clocks that are no places: letters such as EST, and offsets such as GMT+8; and who keeps them."""

import re
from collections.abc import Sequence
from typing import Final

from views.words.tokens import Token, fold, key_at, number_at

_LETTERS: Final = {
    name: tuple(places.split("|"))
    for names, places in (
        ("est edt est5edt", "New York|Toronto|Panama"),
        ("cst cdt cst6cdt", "Chicago|Mexico City|Shanghai"),
        ("mst mdt mst7mdt", "Denver|Phoenix"),
        ("pst pdt pst8pdt", "Los Angeles|Tijuana"),
        ("hst hdt", "Honolulu"),
        ("akst akdt", "Anchorage"),
        ("ast adt", "Halifax|Puerto Rico|Riyadh"),
        ("nst ndt", "St Johns"),
        ("brt brst", "Sao Paulo"),
        ("art", "Buenos Aires"),
        ("gmt gmt0 gmt+0 gmt-0 greenwich zulu uct universal", "London|Accra|Reykjavik"),
        ("wet west", "Lisbon"),
        ("bst", "London|Dhaka"),
        ("cet cest met mest", "Berlin|Paris|Madrid"),
        ("eet eest", "Athens|Bucharest|Cairo"),
        ("ist", "Kolkata|Dublin|Jerusalem"),
        ("sst", "Singapore|Pago Pago"),
        ("aest aedt", "Sydney|Brisbane"),
        ("acst acdt", "Adelaide|Darwin"),
        ("awst", "Perth"),
        ("nzst nzdt", "Auckland"),
    )
    for name in names.split()
}
# A word behind a time is more likely one of these.
_WORDS: Final = frozenset({"art", "ast", "met", "universal", "west", "wet"})
# By minutes ahead of UTC, in winter where there is one.
_OFFSETS: Final = {
    -600: "Honolulu",
    -540: "Anchorage",
    -480: "Los Angeles",
    -420: "Denver",
    -360: "Chicago",
    -300: "New York",
    -240: "Halifax",
    -210: "St Johns",
    -180: "Sao Paulo",
    0: "London",
    60: "Berlin",
    120: "Athens",
    180: "Nairobi",
    210: "Tehran",
    240: "Dubai",
    300: "Karachi",
    330: "Kolkata",
    345: "Kathmandu",
    360: "Dhaka",
    390: "Yangon",
    420: "Jakarta",
    480: "Manila",
    540: "Tokyo",
    570: "Adelaide",
    600: "Sydney",
    660: "Noumea",
    720: "Auckland",
}
_OFFSET: Final = re.compile(
    r"(?:etc/)?(?P<of>gmt|utc|uct)? ?(?P<sign>[+-]) ?(?P<hour>\d{1,2})(?::?(?P<minute>\d{2}))?"
)
_FARTHEST: Final = 14 * 60


def places_on(words: str) -> tuple[str, ...] | None:
    """Places that keep a clock of letters or an offset; None when ``words`` name no such clock."""
    name = fold(words.strip()).replace("\u2212", "-").removesuffix(" time")
    letters = _LETTERS.get(name)
    if letters is not None:
        return letters
    offset = _OFFSET.fullmatch(name)
    if offset is None:
        return None
    minutes = _minutes(offset["sign"], int(offset["hour"]), int(offset["minute"] or 0))
    # The zone database counts to the west.
    place = _OFFSETS.get(-minutes if name.startswith("etc/") else minutes)
    return () if place is None else (place,)


def fixed_clock_at(tokens: Sequence[Token], index: int) -> int | None:
    """The index behind a clock of letters or an offset; None when none stands there."""
    offset = offset_at(tokens, index)
    if offset is not None:
        return offset[1]
    letters = key_at(tokens, index)
    return index + 1 if letters in _LETTERS and letters not in _WORDS else None


def offset_at(tokens: Sequence[Token], index: int) -> tuple[str, int] | None:
    """The zone of "GMT+8" or "UTC -5" at ``index``, and the index behind it; whole hours only."""
    sign, hour = key_at(tokens, index + 1), number_at(tokens, index + 2)
    if key_at(tokens, index) not in {"gmt", "utc"} or sign not in {"+", "-"} or hour is None:
        return None
    if hour * 60 > _FARTHEST or (sign == "-" and hour > 12):
        return None
    # The zone database counts to the west.
    name = f"Etc/GMT{'-' if sign == '+' else '+'}{hour}" if hour else "UTC"
    return name, index + 3


def _minutes(sign: str, hour: int, minute: int) -> int:
    return (hour * 60 + minute) * (1 if sign == "+" else -1)
