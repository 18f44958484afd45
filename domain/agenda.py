"""What stands on the agenda of a check-in without anybody's doing, for the channel; no words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from datetime import datetime
from typing import Final, get_args

from domain.cadences import DROPPED_STATES, Occurrence, Plan
from domain.checkins import AgendaPoint, Confirmation
from domain.deliverables import Commitment
from domain.findings import Finding, Kind
from domain.inputs import InputStanding
from domain.partnerships import Partnership
from domain.people import Side
from domain.presets import preset_of
from domain.topics import CHANGES, Outcome, Topic, due_topics, for_reader
from domain.values import value

# A point that was put off this often without a word is not brought up again.
TURNS_CARRIED: Final = 3
# These stand on an agenda in sections of their own, or are about the agenda itself.
_ELSEWHERE: Final[frozenset[Kind]] = frozenset(
    {"overdue", "not_accepted", "slipping", "topic", "nothing_planned"}
)
# What the channel reads of these stands in posts of their own, also where the summary does not.
_TOLD_ANYWAY: Final[frozenset[Kind]] = frozenset(
    {"not_held", "disagreement", "unconfirmed", "undecided"}
)
_WITHOUT: Final = frozenset({"coffee", "written"})


@value
class Carried:
    """A point of an earlier turn that is still to be talked about.

    Attributes:
        from_at: The turn at which it was put off.
        outcome: None: that turn did not take place.
    """

    point: AgendaPoint
    from_at: datetime
    outcome: Outcome | None


@value
class PastTurn:
    """An earlier turn, with what became of each point that was talked about at it."""

    turn: Occurrence
    said: Mapping[Side, Confirmation] = field(default_factory=dict)
    outcomes: Mapping[str, Outcome] = field(default_factory=dict)

    @property
    def took_place(self) -> bool:
        """Unless somebody says otherwise it did."""
        words = {one.said for one in self.said.values()}
        return self.turn.state not in DROPPED_STATES and words != {"not_held"}


@value
class Agenda:
    """What stands on the agenda of one turn besides the points that people added to it.

    Everybody in the channel may read it: of topics for the leads it holds their number alone.

    Attributes:
        owed: Due before the turn, or late; the longest due first.
        open: What else is open between both sides.
        topics: Those that are due and that both sides may read.
        nones: The sides that have nothing to say about a topic, by its id.
        outcomes: What became of the points and of these topics, by id; nothing before the turn.
    """

    carried: tuple[Carried, ...] = ()
    owed: tuple[Commitment, ...] = ()
    open: tuple[Finding, ...] = ()
    topics: tuple[Topic, ...] = ()
    for_leads: int = 0
    nones: Mapping[str, frozenset[Side]] = field(default_factory=dict)
    inputs: tuple[InputStanding, ...] = ()
    outcomes: Mapping[str, Outcome] = field(default_factory=dict)

    @property
    def changes(self) -> Topic | None:
        """The topic of upcoming changes, when it is due."""
        return next((one for one in self.topics if one.code == CHANGES), None)


@value
class TopicFacts:
    """All topics, when each was talked about last before a turn, and who has nothing to say."""

    every: Sequence[Topic] = ()
    covered: Mapping[str, datetime] = field(default_factory=dict)
    nones: Mapping[str, frozenset[Side]] = field(default_factory=dict)


def has_agenda(plan: Plan) -> bool:
    """A coffee has none, and what is answered in writing has questions of its own."""
    return preset_of(plan) not in _WITHOUT


def carried(points: Iterable[tuple[str, AgendaPoint]], past: Sequence[PastTurn]) -> list[Carried]:
    """The points of earlier turns that nobody has settled.

    Args:
        points: Each with the id of the turn to which it was added.
        past: The last turns of the same check-in, the newest first.
    """
    found = (_put_off(point, turn_id, past) for turn_id, point in points)
    return [one for one in found if one is not None]


def public_topics(facts: TopicFacts, turn_at: datetime) -> tuple[tuple[Topic, ...], int]:
    """The topics that are due and that the channel may read, and how many more the leads have."""
    due = due_topics(facts.every, facts.covered, turn_at)
    shown = tuple(for_reader(due, is_lead=False))
    return shown, len(due) - len(shown)


def kinds_of_agenda(partnership: Partnership) -> frozenset[Kind]:
    """Of what can be open, what stands in no other section of an agenda and the channel may read.

    What sides want to read among leads alone in the weekly summary stands on no agenda either.
    """
    every: frozenset[Kind] = frozenset(get_args(Kind)) - _ELSEWHERE
    return every if partnership.summary_is_public else every & _TOLD_ANYWAY


def _put_off(point: AgendaPoint, turn_id: str, past: Sequence[PastTurn]) -> Carried | None:
    for one in past:
        outcome = one.outcomes.get(point.id)
        if outcome is not None:
            is_settled = outcome == "decided"
            from_at = one.turn.starts_at
            return None if is_settled else Carried(point=point, from_at=from_at, outcome=outcome)
    own = next((one for one in past if one.turn.id == turn_id), None)
    if own is None or own.took_place:
        return None
    return Carried(point=point, from_at=own.turn.starts_at, outcome=None)
