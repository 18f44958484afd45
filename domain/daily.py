"""The one message a working day: whose shift it belongs to, and what counts as today's."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

from domain.calendars import Calendar, Shift, next_shift, shift_at
from domain.errors import TouchbaseError

Kind = Literal[
    "owed",
    "raised",
    "sponsors",
    "stand_in",
    "returned",
    "hand_over",
    "kept",
    "written",
    "survey",
    "signed",
    "declined",
    "other_date",
    "review",
    "thanks",
    "pulse",
    "summary",
    "draft",
]

FOR_LEADS: Final[frozenset[Kind]] = frozenset({"pulse", "summary", "draft"})
"""What leads alone may read: where others read, too, it stands behind a button at most."""

FOR_SPONSORS: Final[frozenset[Kind]] = frozenset({"sponsors"})
"""All that is ever said to sponsors."""

# Who comes back later than this finds what became of it in the lists, not as news.
NEWS_LASTS: Final = timedelta(days=14)


class NotYourMessage(TouchbaseError):
    """Somebody pressed a button in a message that is for somebody else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """Something that stands in a message, by what it is about; what it says is drawn anew.

    Attributes:
        subject_id: Of a commitment, a survey or an absence; the Monday of a week; of a survey that
            is still open, or that leads answer: with what is said of it.
    """

    kind: Kind
    partnership_id: str
    subject_id: str


def shift_now(calendars: Iterable[Calendar], now: datetime) -> Shift | None:
    """The shift under way, of several the one that began first; None outside working hours."""
    shifts = [shift for calendar in calendars if (shift := shift_at(calendar, now)) is not None]
    return min(shifts, key=lambda shift: shift.starts_at, default=None)


def next_start(calendars: Iterable[Calendar], now: datetime) -> datetime | None:
    """When the next shift of any of the calendars starts; None if 400 days have none."""
    shifts = [shift for calendar in calendars if (shift := next_shift(calendar, now)) is not None]
    return min((shift.starts_at for shift in shifts), default=None)


def today_until(calendar: Calendar, now: datetime) -> datetime:
    """What is due up to this moment counts as today's: until it nobody works another shift."""
    coming = next_shift(calendar, now)
    return now if coming is None else coming.starts_at
