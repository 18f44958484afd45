"""Four patterns of shifts, and moments told by a clock in some zone."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from domain.calendars import Calendar, weekly_hours

OFFICE = Calendar(
    zone="America/New_York",
    hours=weekly_hours("mon-fri 09:00-17:00"),
    holiday_countries=(("US", None),),
)
# People in Manila who work by the clock of their client.
NIGHT_SHIFT = Calendar(
    zone="America/New_York",
    hours=weekly_hours("mon-fri 09:00-18:00"),
    holiday_countries=(("PH", None),),
)
HALF_DAYS = Calendar(
    zone="Europe/Madrid",
    hours=weekly_hours("mon,wed,fri 09:00-13:00; tue,thu 14:00-18:00"),
)
WEEKEND_SUPPORT = Calendar(
    zone="Asia/Manila",
    hours=weekly_hours("fri 20:00-04:00; sat-sun 08:00-20:00"),
)


def at(shown: str, zone: str = "UTC") -> datetime:
    """The moment at which a clock in ``zone`` shows ``YYYY-MM-DD HH:MM``, the first of two."""
    return datetime.fromisoformat(shown).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def new_york(shown: str) -> datetime:
    return at(shown, "America/New_York")


def manila(shown: str) -> datetime:
    return at(shown, "Asia/Manila")


def madrid(shown: str) -> datetime:
    return at(shown, "Europe/Madrid")
