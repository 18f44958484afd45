"""Who is at work at a moment, by the hand-made calendar; shares no code with the product."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from tests.quarter.half_year import ANA_AWAY, DAY_SHIFT_FROM, MANILA_OFF, NEW_YORK_OFF, Side

_NEW_YORK, _MANILA = ZoneInfo("America/New_York"), ZoneInfo("Asia/Manila")
_DAY_SHIFT_AT = datetime.fromisoformat(DAY_SHIFT_FROM)
_FRIDAY = 4


def at_work(side: Side, moment: datetime) -> bool:
    """Whether somebody of a side may be written to."""
    if side == "client":
        return _within(moment.astimezone(_NEW_YORK), time(9), time(18), NEW_YORK_OFF)
    if moment < _DAY_SHIFT_AT:
        return _within(moment.astimezone(_NEW_YORK), time(9), time(18), MANILA_OFF)
    return _within(moment.astimezone(_MANILA), time(6), time(15), MANILA_OFF)


def ana_is_away(moment: datetime) -> bool:
    return moment.astimezone(_NEW_YORK).date().isoformat() in ANA_AWAY


def _within(local: datetime, start: time, end: time, off: frozenset[str]) -> bool:
    works = local.weekday() <= _FRIDAY and local.date().isoformat() not in off
    return works and start <= local.time() < end
