"""Reads moments and lengths of time as ISO 8601 writes them."""

import re
from datetime import UTC, datetime, timedelta
from typing import Final

_DURATION: Final = re.compile(
    r"P(?:(?P<weeks>\d+(?:\.\d+)?)W)?(?:(?P<days>\d+(?:\.\d+)?)D)?"
    r"(?:T(?:(?P<hours>\d+(?:\.\d+)?)H)?(?:(?P<minutes>\d+(?:\.\d+)?)M)?"
    r"(?:(?P<seconds>\d+(?:\.\d+)?)S)?)?"
)


def read_duration(text: str) -> timedelta:
    """A length such as ``PT90M`` or ``P1DT2H``.

    Raises:
        ValueError: It is none, or it counts in months or years, whose length varies.
    """
    found = _DURATION.fullmatch(text)
    parts = {k: float(v) for k, v in found.groupdict().items() if v} if found else {}
    if not parts:
        raise ValueError(f"{text!r} is not a length of time such as PT10M, PT1H or P7D")
    return timedelta(**parts)


def read_moment(text: str) -> datetime:
    """A moment with its offset from UTC.

    Raises:
        ValueError: It is none, or names no offset.
    """
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise ValueError(f"{text!r} is not a moment such as 2026-11-02T09:00:00Z") from error
    if moment.tzinfo is None:
        raise ValueError(f"{text!r} names no offset from UTC, such as Z or -05:00")
    return moment.astimezone(UTC)
