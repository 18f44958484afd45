"""What recurs in a partnership and its single turns; what is said about them stands elsewhere."""

from collections.abc import Mapping
from dataclasses import field
from datetime import date, datetime, timedelta
from typing import Final, Literal

from domain import zones
from domain.calendars import is_working_day
from domain.errors import TouchbaseError
from domain.partnerships import Partnership
from domain.people import Side, other_side
from domain.recurrence import IsWorkingDay, Rule, Turn, next_turn
from domain.rule_text import weekly
from domain.values import value

CadenceKind = Literal["checkin", "pulse", "summary", "series"]
CadenceState = Literal["active", "ended"]
OccurrenceState = Literal["planned", "announced", "started", "over", "skipped", "cancelled"]

# Turns that are still to come or under way.
OPEN_STATES: Final[frozenset[OccurrenceState]] = frozenset({"planned", "announced", "started"})
# Turns that will not take place.
DROPPED_STATES: Final[frozenset[OccurrenceState]] = frozenset({"skipped", "cancelled"})
TITLE_MOST: Final = 150
UNDO_FOR: Final = timedelta(days=1)
LONGEST: Final = timedelta(hours=12)
# More turns than this lie in no hole that a bot comes back from: daily for three years.
_TURNS_PASSED_OVER: Final = 1000


class UnknownCadence(TouchbaseError):
    """A button or form names a cadence that is not there."""


class UnknownOccurrence(TouchbaseError):
    """A button or form names a turn that is not there."""


class EndedLongAgo(TouchbaseError):
    """What recurs was ended too long ago to take that back."""


class OccurrenceClosed(TouchbaseError):
    """The turn is over, skipped or cancelled: nothing about its time can be changed."""

    def __init__(self, occurrence: "Occurrence") -> None:
        super().__init__(occurrence.id)
        self.occurrence = occurrence


class InThePast(TouchbaseError):
    """A start that lies before now."""

    field = "when"  # where it is said in a form

    def __init__(self, moment: datetime) -> None:
        super().__init__(moment.isoformat())
        self.moment = moment


@value
class Plan:
    """What somebody wants to recur, before it exists.

    Attributes:
        local_start: Wall time of the first possible turn, without a zone.
        zone: IANA name of the clock that the turns follow.
        length: From start to end of a turn.
        link: Where to meet; typed, None when none was given.
        settings: What a kind keeps besides; codes and figures only.
    """

    kind: CadenceKind
    title: str
    rule: Rule
    local_start: datetime
    zone: str
    length: timedelta
    link: str | None = None
    settings: Mapping[str, str | int | bool] = field(default_factory=dict)


@value
class Cadence:
    """Something that recurs.

    Attributes:
        created_by: The person; None when it came with a template.
        version: How often its rule was written; what was seen of an older one is out of date.
        proposed_side: Who asked for it as it is now; None where nobody has to agree.
        proposed_at: Since when the other side is asked; None where nobody has to agree.
        agreed_at: When the other side agreed; None: it did not.
        agreed_side: Who agreed; None: it ran before anybody could be asked.
    """

    team_id: str
    id: str
    partnership_id: str
    plan: Plan
    state: CadenceState
    created_by: str | None
    created_at: datetime
    version: int = 1
    proposed_side: Side | None = None
    proposed_at: datetime | None = None
    agreed_at: datetime | None = None
    agreed_side: Side | None = None

    @property
    def asked_side(self) -> Side | None:
        """The side whose word is waited for; None: nobody's."""
        if self.agreed_at is not None or self.proposed_side is None:
            return None
        return other_side(self.proposed_side)

    @property
    def kind(self) -> CadenceKind:
        return self.plan.kind

    @property
    def title(self) -> str:
        return self.plan.title


@value
class Occurrence:
    """One turn of a cadence.

    Attributes:
        original: Wall time by the rule, without a zone; with its cadence the turn's key.
        starts_at: When it really starts, which a move may change.
        known_from: Since when this start could be told; what had been due before is not made up.
    """

    team_id: str
    id: str
    cadence_id: str
    partnership_id: str
    kind: CadenceKind
    original: datetime
    starts_at: datetime
    ends_at: datetime
    state: OccurrenceState
    known_from: datetime

    @property
    def length(self) -> timedelta:
        return self.ends_at - self.starts_at

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES

    def in_state(self, state: OccurrenceState) -> "Occurrence":
        return Occurrence(
            team_id=self.team_id,
            id=self.id,
            cadence_id=self.cadence_id,
            partnership_id=self.partnership_id,
            kind=self.kind,
            original=self.original,
            starts_at=self.starts_at,
            ends_at=self.ends_at,
            state=state,
            known_from=self.known_from,
        )


def following_turn(
    plan: Plan,
    after: datetime | None,
    not_before: datetime,
    is_working: IsWorkingDay | None = None,
) -> Turn | None:
    """The first turn after the last one that is not over at ``not_before``.

    Args:
        after: The original wall time of the last turn; None: there was none.
        not_before: Turns that ended by then are passed over.
        is_working: For rules that count working days.

    Returns:
        None when the rule has no such turn.
    """
    for _ in range(_TURNS_PASSED_OVER):
        turn = next_turn(
            plan.rule,
            local_start=plan.local_start,
            zone_name=plan.zone,
            after=after,
            is_working_day=is_working,
        )
        if turn is None or _is_after_the_last(plan, turn):
            return None
        if turn.starts_at + plan.length > not_before:
            return turn
        after = turn.original
    return None


def until_on(plan: Plan) -> date | None:
    """The last day on which there may be a turn; None: it goes on."""
    until = plan.settings.get("until")
    return None if until is None else date.fromisoformat(str(until))


def _is_after_the_last(plan: Plan, turn: Turn) -> bool:
    last_on = until_on(plan)
    return last_on is not None and turn.original.date() > last_on


def coming_turns(
    plan: Plan, now: datetime, count: int, is_working: IsWorkingDay | None = None
) -> list[Turn]:
    """The next turns that start after ``now``, soonest first, of a plan that never ran."""
    found: list[Turn] = []
    last: datetime | None = None
    while len(found) < count:
        turn = following_turn(plan, last, now, is_working)
        if turn is None:
            break
        last = turn.original
        if turn.starts_at > now:
            found.append(turn)
    return found


def working_day_of_both(partnership: Partnership) -> IsWorkingDay:
    """Whether both sides work on a day: what "the last working day" means in a partnership."""

    def both_work(day: date) -> bool:
        return is_working_day(partnership.client.calendar, day) and is_working_day(
            partnership.vendor.calendar, day
        )

    return both_work


def weekly_from(moment: datetime, zone_name: str) -> tuple[Rule, datetime]:
    """Every week at the wall time that ``moment`` has in a zone: the rule and its first start."""
    start = zones.local(moment, zone_name)
    return weekly((start.weekday(),)), start
