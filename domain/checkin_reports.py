"""What a side tells of a check-in that took place: who was there, its start, notes, another day."""

import re
from collections.abc import Mapping
from dataclasses import field
from datetime import date
from typing import Final, Literal

from domain.errors import TouchbaseError
from domain.people import SIDES, Role, Side
from domain.values import value

Late = Literal["none", "client", "vendor", "both"]

LATE: Final[tuple[Late, ...]] = ("none", "client", "vendor", "both")
# Roles that can have been there; who only reads along is nobody's business.
ROLES: Final[tuple[Role, ...]] = ("lead", "member", "sponsor")
PROMISES_MOST: Final = 5
NOTES_MOST: Final = 500
# So far from its own day a check-in can have taken place instead.
OTHER_DAY_MOST: Final = 31

_LINK: Final = re.compile(r"https?://[^\s<>|\"]+", re.IGNORECASE)


class ReportClosed(TouchbaseError):
    """The next turn has begun, so what came of this one is not changed any more."""


class NothingCameOfIt(TouchbaseError):
    """The side says that the check-in did not take place, so there is nothing to tell of it."""


class NoLink(TouchbaseError):
    """What was typed as a link to the notes is none."""

    field = "notes"


class NotThatDay(TouchbaseError):
    """The day cannot be the other one on which a check-in took place.

    Attributes:
        why: ``missing``, ``same``: its own day, ``ahead``: not there yet, ``far``.
    """

    field = "day"

    def __init__(self, why: Literal["missing", "same", "ahead", "far"]) -> None:
        super().__init__(why)
        self.why = why


@value
class Report:
    """What one side tells.

    Attributes:
        late: For whom it started late; None: the side does not say.
        roles: Of the own side, those that were there.
        notes_link: None when none was given.
        other_on: The day on which it took place instead; None: on its own.
    """

    late: Late | None = None
    roles: tuple[Role, ...] = ()
    notes_link: str | None = None
    other_on: date | None = None


Reports = Mapping[Side, Report]


@value
class CameOfIt:
    """What both sides told of a turn. ``promises``: how many were made there and still stand."""

    by_side: Reports = field(default_factory=dict)
    promises: int = 0


NOTHING_TOLD: Final = CameOfIt()


def started_late(reports: Reports) -> Late | None:
    """For whom it started late, as both sides say; None: one has not said, or they differ."""
    said = [report.late for report in reports.values() if report.late is not None]
    return said[0] if len(said) == len(SIDES) and len(set(said)) == 1 else None


def start_told_differently(reports: Reports) -> bool:
    """Whether both sides told of its start, and not the same."""
    return len({report.late for report in reports.values()} - {None}) > 1


def checked_link(typed: str) -> str | None:
    """A link to notes as typed; None when nothing was.

    Raises:
        NoLink.
    """
    link = typed.strip()
    if not link:
        return None
    if len(link) > NOTES_MOST or _LINK.fullmatch(link) is None:
        raise NoLink
    return link


def checked_day(day: date | None, own: frozenset[date], today: date) -> date:
    """The other day on which a check-in took place.

    Args:
        own: The days on which it was to be, on the clocks of both sides.
        today: Of whoever tells it.

    Raises:
        NotThatDay.
    """
    if day is None:
        raise NotThatDay("missing")
    if day in own:
        raise NotThatDay("same")
    if day > today:
        raise NotThatDay("ahead")
    if min(abs((day - one).days) for one in own) > OTHER_DAY_MOST:
        raise NotThatDay("far")
    return day
