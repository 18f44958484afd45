"""When sponsors are told of what stays late: after its owner had a working day's notice."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

from domain.calendars import Calendar, next_shift, shift_at
from domain.deliverables import Commitment
from domain.errors import TouchbaseError
from domain.people import Side

State = Literal["runs", "told", "helped", "answered", "taken_back", "ended"]
Step = Literal["wait", "tell", "put_off", "end"]

# Whoever works in several places reads of it in a message that came for an earlier shift.
_EARLIER: Final = timedelta(hours=12)
# Looked at later than this, nobody could be sure to have answered: they get another day.
_PUNCTUAL: Final = timedelta(hours=2)
# Whoever could not be heard for so long is not: nobody is told.
HEARD_WITHIN: Final = timedelta(days=14)


class NotWantedByBoth(TouchbaseError):
    """Sponsors are told nothing. ``names``: of the sides that have not said that they may be."""

    def __init__(self, names: tuple[str, ...]) -> None:
        super().__init__(names)
        self.names = names


class NobodyNamed(TouchbaseError):
    """Neither side has a sponsor."""


class AskedTooSoon(TouchbaseError):
    """Its owner has said something: they get until their next working day.

    Attributes:
        at: From when on it can be brought up again, on the clock of ``zone``.
    """

    def __init__(self, at: datetime, zone: str) -> None:
        super().__init__(at)
        self.at = at
        self.zone = zone


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """That sponsors are to be told of something, and its owner is heard before.

    Attributes:
        due_at: The date for which it was asked; with another one there is nothing to tell.
        number: From 1; the last one of something counts.
        owner_id: Who is heard; once somebody else owes it there is nothing to tell.
        side: On whose behalf.
        from_at: The start of the shift in which its owner is heard, and ``until_at`` its end.
        changed_at: When it came to its state.
    """

    team_id: str
    commitment_id: str
    number: int
    partnership_id: str
    due_at: datetime
    owner_id: str
    side: Side
    asked_by: str
    asked_at: datetime
    from_at: datetime
    until_at: datetime
    state: State
    changed_at: datetime

    def concerns(self, one: Commitment, now: datetime) -> bool:
        """Whether there is still anything to tell."""
        is_owed = one.state == "accepted" and one.is_late(now)
        was_heard = self.state == "told" or one.owner_id == self.owner_id
        return is_owed and was_heard and one.due_at == self.due_at

    def runs(self, one: Commitment, now: datetime) -> bool:
        return self.state == "runs" and self.concerns(one, now)

    @property
    def read_from(self) -> datetime:
        """A message that came before this is none of the shift."""
        return max(self.asked_at, self.from_at - _EARLIER)

    def was_heard(self, read_at: datetime | None) -> bool:
        """Whether its owner had half of the shift, at least, for an answer.

        Args:
            read_at: When the first message from ``read_from`` on came; None: none came.
        """
        middle = self.from_at + (self.until_at - self.from_at) / 2
        return read_at is not None and self.read_from <= read_at <= middle


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What decides whether sponsors are told.

    Attributes:
        calendar: Its owner's; None: they take no part.
        was_away: Its owner is or was away for some of the shift.
        read_at: When its owner read of it first; None: not in this shift.
        is_wanted: Both sides want sponsors to be told, and somebody is named.
        is_waiting: It waits for something.
        may_tell: Nothing is paused, and nobody else reads along.
    """

    calendar: Calendar | None
    was_away: bool
    read_at: datetime | None
    is_wanted: bool
    is_waiting: bool
    may_tell: bool


def next_step(notice: Notice, one: Commitment, facts: Facts, now: datetime) -> Step:
    """What becomes of a notice that runs.

    Sponsors are told only if its owner read of it as a shift of theirs began, was there for all
    of it, and said nothing. Else they are heard in another shift.
    """
    if not notice.concerns(one, now) or not facts.is_wanted or facts.is_waiting:
        return "end"
    if now < notice.until_at:
        return "wait"
    if facts.calendar is None or now - notice.asked_at > HEARD_WITHIN:
        return "end"
    if facts.may_tell and _was_whole(notice, facts, now) and notice.was_heard(facts.read_at):
        return "tell"
    return "put_off" if next_shift(facts.calendar, now) is not None else "end"


def _was_whole(notice: Notice, facts: Facts, now: datetime) -> bool:
    """Whether the shift was worked as was thought, and nothing kept its owner from an answer."""
    if facts.calendar is None or facts.was_away or now - notice.until_at > _PUNCTUAL:
        return False
    shift = shift_at(facts.calendar, notice.from_at)
    return shift is not None and shift.ends_at == notice.until_at


def again_at(notice: Notice, calendar: Calendar) -> datetime | None:
    """From when on it can be asked again, once its owner said something; None: at any time."""
    if notice.state not in {"helped", "answered"}:
        return None
    coming = next_shift(calendar, notice.changed_at)
    return None if coming is None else coming.starts_at
