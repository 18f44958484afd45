"""Moments, days and lengths of time in words, in the zones of those who read them."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Final

from domain.zones import local
from views.blocks import plural
from views.words.zones import read_zone

# So near the turn of the year nobody takes a date for one of another year.
_NEAR_DAYS: Final = 60
# The same in any zone.
_NEAR: Final = timedelta(days=_NEAR_DAYS - 1)
_HALF_A_YEAR_DAYS: Final = 180
# Slack: the first says "Today", "Yesterday"; of the dates with a weekday both, only one has a year.
_RELATIVE: Final = "{day_divider_pretty}"
_FIXED: Final = "{date_long}"
_NAMED_PLACES: Final = {"UTC": "UTC"}
# English wherever the bot runs; and formatting a date by its codes takes much longer.
_DAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS: Final = (
    *("Jan", "Feb", "Mar", "Apr", "May", "Jun"),
    *("Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
)


@lru_cache(maxsize=1024)
def place_of(zone_name: str) -> str:
    """The city of an IANA zone: "New York" for "America/New_York"."""
    return _NAMED_PLACES.get(zone_name) or zone_name.rsplit("/", 1)[-1].replace("_", " ")


def place_name(zone_name: str) -> str:
    """The zone as people say it, where that reads back as the same zone; empty for none."""
    place = place_of(zone_name)
    return place if not zone_name or read_zone(place) == zone_name else zone_name


def day_words(day: date, seen_on: date | None = None) -> str:
    """A date, always with its weekday: "Fri 20 Nov".

    Args:
        seen_on: The day on which it is written; far from it the year is said. None: never.
    """
    words = f"{_DAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]}"
    return f"{words} {day.year}" if seen_on is not None and _is_far(day, seen_on) else words


# Of one check-in several messages tell.
@lru_cache(maxsize=512)
def moment_words(moment: datetime, zone_name: str, seen_at: datetime | None = None) -> str:
    """A moment spelled out for one zone: "Fri 20 Nov 17:00 New York".

    Args:
        seen_at: When it is written; far from it the year is said. None: never.
    """
    there = local(moment, zone_name)
    is_near = seen_at is None or abs(moment - seen_at) < _NEAR
    seen_on = None if seen_at is None or is_near else local(seen_at, zone_name).date()
    day = day_words(there.date(), seen_on)
    return f"{day} {there.hour:02}:{there.minute:02} {place_of(zone_name)}"


def moment_in_zones(
    moment: datetime, zone_names: Sequence[str], seen_at: datetime | None = None
) -> str:
    """The same moment in several zones: "Fri 20 Nov 17:00 New York = Sat 21 Nov 06:00 Manila".

    Args:
        seen_at: When it is written; far from it the year is said. None: never.
    """
    distinct = list(dict.fromkeys(zone_names))
    return " = ".join(moment_words(moment, name, seen_at) for name in distinct)


def when(moment: datetime, fallback_zone: str, seen_at: datetime | None = None) -> str:
    """A moment that each reader sees in the own zone; the fallback names its zone.

    Args:
        seen_at: When it is written; far from it the year is said. None: never.
    """
    fallback = moment_words(moment, fallback_zone, seen_at)
    # Slack: of the dates with a weekday only the long one has the year.
    is_far = seen_at is not None and _is_far(moment.date(), seen_at.date())
    day = _FIXED if is_far else _RELATIVE
    return f"<!date^{int(moment.timestamp())}^{day} {{time}}|{fallback}>"


def fixed(text: str) -> str:
    """The same words for what is read long afterwards: dates by their day, never "yesterday"."""
    return text.replace(_RELATIVE, _FIXED)


def _is_far(day: date, seen_on: date) -> bool:
    """Whether a date without its year could be taken for one of another year."""
    days = abs((day - seen_on).days)
    return days > _HALF_A_YEAR_DAYS or (day.year != seen_on.year and days > _NEAR_DAYS)


def begins_at(week_on: date) -> datetime:
    """A moment with which a week begins somewhere, as when what tells of the week is written."""
    return datetime.combine(week_on, time(), UTC)


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
