"""Moments, days and lengths of time in words, in the zones of those who read them."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Final

from domain.zones import local
from views.blocks import plural
from views.words.zones import read_zone

_NAMED_PLACES: Final = {"UTC": "UTC"}
# English wherever the bot runs; and formatting a date by its codes takes much longer.
_DAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS: Final = (
    *("Jan", "Feb", "Mar", "Apr", "May", "Jun"),
    *("Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
)


def place_of(zone_name: str) -> str:
    """The city of an IANA zone: "New York" for "America/New_York"."""
    return _NAMED_PLACES.get(zone_name) or zone_name.rsplit("/", 1)[-1].replace("_", " ")


def place_name(zone_name: str) -> str:
    """The zone as people say it, where that reads back as the same zone; empty for none."""
    place = place_of(zone_name)
    return place if not zone_name or read_zone(place) == zone_name else zone_name


def day_words(day: date) -> str:
    """A date, always with its weekday: "Fri 20 Nov"."""
    return f"{_DAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]}"


def moment_words(moment: datetime, zone_name: str) -> str:
    """A moment spelled out for one zone: "Fri 20 Nov 17:00 New York"."""
    there = local(moment, zone_name)
    return f"{day_words(there)} {there.hour:02}:{there.minute:02} {place_of(zone_name)}"


def moment_in_zones(moment: datetime, zone_names: Sequence[str]) -> str:
    """The same moment in several zones: "Fri 20 Nov 17:00 New York = Sat 21 Nov 06:00 Manila"."""
    distinct = list(dict.fromkeys(zone_names))
    return " = ".join(moment_words(moment, name) for name in distinct)


def when(moment: datetime, fallback_zone: str) -> str:
    """A moment that each reader sees in the own zone; the fallback names its zone."""
    fallback = moment_words(moment, fallback_zone)
    return f"<!date^{int(moment.timestamp())}^{{day_divider_pretty}} {{time}}|{fallback}>"


def exact_length(length: timedelta) -> str:
    """To the minute, as meetings are planned: "45 minutes", "1 hour 30 minutes"."""
    hours, minutes = divmod(int(length / timedelta(minutes=1)), 60)
    parts = [plural(hours, "hour")] if hours else []
    return " ".join([*parts, plural(minutes, "minute")] if minutes or not hours else parts)


def length_words(length: timedelta) -> str:
    """Rounded down to what people say: "45 minutes", "6 hours", "2 days"."""
    minutes = int(length / timedelta(minutes=1))
    if minutes < 60:
        return plural(minutes, "minute")
    if minutes < 48 * 60:
        return plural(minutes // 60, "hour")
    return plural(minutes // (24 * 60), "day")
