"""What a subject has to offer that wants to say something in the daily message."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from data import Database
from data.daily import Daily
from domain.daily import Item, Kind
from domain.ladder import Standing
from services.daily_readers import Reader, Spot
from views.daily_sections import Section


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Something that belongs into the message of the running shift.

    Attributes:
        is_reason: A message is put for it; else it only joins one that stands.
    """

    item: Item
    is_reason: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The message in which something is drawn.

    Attributes:
        spot: The reader's place in the partnership that is drawn about.
        told: What stands in the reader's messages of late.
        is_over: Its shift has passed.
        standings: How far the steps about what the reader owes are, where that was looked at.
        looks_done: What of it others take for done.
        is_last: Nothing newer was put in the same place: what lasts longer stays live in it.
    """

    daily: Daily
    spot: Spot
    told: frozenset[Item]
    is_over: bool
    is_last: bool
    standings: Mapping[str, Standing] = field(default_factory=dict)
    looks_done: frozenset[str] = frozenset()

    @property
    def others_read(self) -> bool:
        """Whether it is a mention in the thread: what is for leads stands behind a button there."""
        return self.daily.partnership_id is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Contributor:
    """One subject in the daily message.

    Attributes:
        repeats: Told again each working day while it is found; else once.
        find: What there is to tell the reader now.
        draw: The items of one partnership as they stand now; nothing once none may be shown.
    """

    kind: Kind
    repeats: bool
    find: Callable[[Database, Reader, datetime], Sequence[Found]]
    draw: Callable[[Database, Page, Sequence[str], datetime], Sequence[Section]]
