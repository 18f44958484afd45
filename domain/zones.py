"""Time zones by name, and the step between moments and wall time; no calendars, no clock."""

from datetime import UTC, datetime
from functools import cache, lru_cache
from zoneinfo import ZoneInfo, available_timezones

from domain.errors import NaiveMoment, TimeOutOfRange, UnknownZone, WallTimeWithZone

FIRST_YEAR = 1900
LAST_YEAR = 2200

# "localtime" is this machine's zone and "Factory" the zone of a machine that has none.
_NOT_PLACES = frozenset({"localtime", "Factory"})

_ZONES: dict[str, ZoneInfo] = {}


@cache
def zone_names() -> frozenset[str]:
    """Every IANA name that `zone` knows, in its exact spelling."""
    return frozenset(available_timezones() - _NOT_PLACES)


def zone(name: str) -> ZoneInfo:
    """The zone called ``name``, always the same object.

    Held here for good, because ``ZoneInfo`` itself keeps eight zones and reads files for the ninth.

    Raises:
        UnknownZone: The spelling is compared exactly, also where file names are not.
    """
    found = _ZONES.get(name)
    if found is not None:
        return found
    if name not in zone_names():
        raise UnknownZone(name)
    return _ZONES.setdefault(name, ZoneInfo(name))


def utc(moment: datetime) -> datetime:
    """The same moment in UTC.

    Raises:
        NaiveMoment: It has no zone, so it is no moment.
        TimeOutOfRange: Its year is not between 1900 and 2200.
    """
    is_utc = moment.tzinfo is UTC
    if not is_utc and moment.utcoffset() is None:
        raise NaiveMoment(moment)
    check_year(moment.year)
    return moment if is_utc else moment.astimezone(UTC)


def to_utc(local: datetime, zone_name: str) -> datetime:
    """The moment at which clocks in the zone show ``local``.

    A wall time that the clocks skip is moved forward by the length of the gap; one that they show
    twice means the first.

    Args:
        local: Wall time, without a zone.
        zone_name: IANA name.

    Raises:
        WallTimeWithZone: ``local`` has a zone of its own.
        UnknownZone: See `zone`.
        TimeOutOfRange: Its year is not between 1900 and 2200.
    """
    check_wall_time(local)
    # fold=0 reads a skipped time with the offset before the gap and a doubled one as the first.
    return local.replace(tzinfo=zone(zone_name), fold=0).astimezone(UTC)


def local(moment: datetime, zone_name: str) -> datetime:
    """What clocks in the zone show at ``moment``: wall time, without a zone."""
    return _shown(utc(moment), zone_name)


# One moment is shown on the same few clocks again and again.
@lru_cache(maxsize=1024)
def _shown(moment: datetime, zone_name: str) -> datetime:
    return moment.astimezone(zone(zone_name)).replace(tzinfo=None, fold=0)


def check_wall_time(local: datetime) -> None:
    """Refuse what is no wall time.

    Raises:
        WallTimeWithZone: It has a zone of its own.
        TimeOutOfRange: Its year is not between 1900 and 2200.
    """
    if local.tzinfo is not None:
        raise WallTimeWithZone(local)
    check_year(local.year)


def check_year(year: int) -> None:
    """Refuse a year that is a typing error for certain.

    Raises:
        TimeOutOfRange: It is not between 1900 and 2200.
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise TimeOutOfRange(year)
