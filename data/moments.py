"""Moments as the database holds them: one form of text, which sorts as the moments do."""

from datetime import UTC, datetime
from functools import lru_cache
from typing import Final

from domain.errors import MalformedMoment, NaiveMoment

_LENGTH: Final = len("2026-11-23T14:00:00.000000Z")


def to_text(moment: datetime) -> str:
    """``YYYY-MM-DDTHH:MM:SS.ffffffZ``, from an aware moment in any zone.

    Raises:
        NaiveMoment: It has no zone.
    """
    if moment.tzinfo is None:
        raise NaiveMoment(moment)
    return _text(moment if moment.tzinfo is UTC else moment.astimezone(UTC))


# One act writes its moment into many rows. Only in UTC are equal moments one text: elsewhere the
# two hours in which clocks are put back count as equal.
@lru_cache(maxsize=1024)
def _text(moment: datetime) -> str:
    # Without "+00:00".
    return moment.isoformat(timespec="microseconds")[:-6] + "Z"


def from_text(text: str) -> datetime:
    """The aware moment, in UTC.

    Raises:
        MalformedMoment: The text is not in our one form.
    """
    if len(text) != _LENGTH or text[-1] != "Z":
        raise MalformedMoment(text)
    try:
        return datetime.fromisoformat(text)
    except ValueError as error:
        raise MalformedMoment(text) from error


def maybe_text(moment: datetime | None) -> str | None:
    return None if moment is None else to_text(moment)


def maybe_from(text: str | None) -> datetime | None:
    return None if text is None else from_text(text)
