"""What a finding is, and the facts of a week from which findings are derived; no rules."""

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime
from typing import Final, Literal, TypeAlias, cast, get_args

from domain.boards import NextCheckIn
from domain.cadences import Cadence
from domain.changes import Change
from domain.checkins import CheckIn
from domain.deliverables import Commitment, DateChange
from domain.partnerships import Partnership
from domain.people import Side
from domain.topics import Coverage
from domain.values import value

Kind = Literal[
    "overdue",
    "not_held",
    "disagreement",
    "unconfirmed",
    "silence",
    "low_response",
    "nothing_planned",
    "not_accepted",
    "slipping",
    "undecided",
    "topic",
    "not_reviewed",
    "waiting",
]
Turn = Literal["client", "vendor", "both"]
Remedy = Literal[
    "done",
    "accept",
    "pick_time",
    "confirm",
    "write",
    "agenda",
    "plan",
    "decide",
    "topic",
    "tell",
    "review",
    "input",
]

MOST_SEVERE: Final = 3
OF_COMMITMENTS: Final[frozenset[Kind]] = frozenset(
    {"overdue", "not_accepted", "slipping", "not_reviewed", "waiting"}
)
OF_CHECK_INS: Final[frozenset[Kind]] = frozenset({"not_held", "disagreement", "unconfirmed"})


@value
class Span:
    """From a moment until a moment that is not part of it."""

    from_at: datetime
    until_at: datetime

    def holds(self, moment: datetime) -> bool:
        return self.from_at <= moment < self.until_at

    def meets(self, from_at: datetime, until_at: datetime) -> bool:
        """Whether both have a moment in common."""
        return self.from_at < until_at and from_at < self.until_at


@value
class Counts:
    """How many of those who were asked answered a survey."""

    answered: int
    asked: int


@value
class Slip:
    """A commitment with the last change of its date."""

    commitment: Commitment
    change: DateChange


@value
class Stopped:
    """A commitment whose clock stands still, and what it waits for.

    Attributes:
        minutes: The working time that it lost so far.
        link: To the card of what it waits for.
    """

    commitment: Commitment
    about: Commitment
    minutes: int
    link: str | None = None


About: TypeAlias = (
    Commitment | Slip | Stopped | CheckIn | Counts | Change | Cadence | Coverage | None
)


@value
class Finding:
    """That communication fell short somewhere, and whose turn it is.

    Attributes:
        since: From when it counts; in words for people only its day is told.
        subject_id: Of the commitment, turn or survey; else what tells equal findings apart.
        about: What it is about, for those who draw it.
        severity: 0 is neutral, 3 the most severe.
        evidence: Ids of what it is derived from.
        link: To where it can be seen; None when nothing of it is in Slack.
        seen_at: When it was found; dates far from it are told with their year.
        unanswered: What it waits for that the other side was asked for and has not answered.
    """

    kind: Kind
    turn: Turn
    since: datetime
    subject_id: str
    severity: int
    remedy: Remedy
    about: About = None
    evidence: tuple[str, ...] = ()
    link: str | None = None
    seen_at: datetime | None = None
    unanswered: tuple[Commitment, ...] = ()

    @property
    def key(self) -> str:
        """Stays the same as long as the same thing is open, whoever it waits for meanwhile."""
        turn = "both" if self.kind in OF_CHECK_INS else self.turn
        return f"{self.kind}/{turn}/{self.subject_id}"

    def concerns(self, side: Side) -> bool:
        return self.turn in {side, "both"}


def thing_of(key: str) -> str:
    """What the finding of a key is about: the same for all that is open about one thing.

    What waits for one side's answer may wait for the other's next, and be of another kind.
    """
    known = known_by(key)
    if known is None or known[0] not in OF_COMMITMENTS | OF_CHECK_INS:
        return key
    return known[2]


def known_by(key: str) -> tuple[Kind, Turn, str] | None:
    """Kind, turn and subject of a finding's key; None for a key of another version."""
    kind, _, rest = key.partition("/")
    turn, _, subject_id = rest.partition("/")
    if kind not in get_args(Kind) or turn not in get_args(Turn):
        return None
    return cast("Kind", kind), cast("Turn", turn), subject_id


@value
class Owed:
    """An open commitment.

    Attributes:
        last_change: None: its date never changed.
        unanswered: What it waits for that the other side was asked for and has not answered.
    """

    commitment: Commitment
    last_change: DateChange | None = None
    link: str | None = None
    unanswered: tuple[Commitment, ...] = ()


@value
class PastCheckIn:
    """A check-in whose time is over. ``was_asked``: the sides were asked whether it took place."""

    check_in: CheckIn
    was_asked: bool = True
    link: str | None = None


@value
class Responses:
    """How a survey was answered; sides of which fewer than three were asked are not in it."""

    survey_id: str
    closed_at: datetime
    counts: Mapping[Side, Counts]
    link: str | None = None


@value
class Proposed:
    """What one side proposes for both, and the other has not decided."""

    about: Change | Cadence
    by: Side
    at: datetime
    link: str | None = None


@value
class Contact:
    """The newest message of a side."""

    at: datetime
    link: str | None = None


@value
class Week:
    """All facts of a stretch of time, as far as they are known at ``now``.

    Attributes:
        span: What happened in it is told; often a calendar week.
        holes: When nobody listened and what was written is not known; also before the span.
        owed: Everything open, the longest due first.
        done: What was done since the span began.
        delivered: What the other side may still send back.
        stopped: What waits for something of the other side that is late.
        contacts: A side that never wrote is not in it.
        hears: Whether messages reach us in this channel at all.
        resumed_at: When the last pause of the partnership ended; None: it had none.
        unplanned_since: Since when no check-in is planned; None: one is.
        settled: Keys of findings that a lead declared settled.
        topics: What is talked about regularly, as far as its reader may know of it.
    """

    partnership: Partnership
    span: Span
    now: datetime
    holes: tuple[Span, ...] = ()
    owed: tuple[Owed, ...] = ()
    done: tuple[Commitment, ...] = ()
    delivered: tuple[Owed, ...] = ()
    stopped: tuple[Stopped, ...] = ()
    check_ins: tuple[PastCheckIn, ...] = ()
    responses: tuple[Responses, ...] = ()
    proposed: tuple[Proposed, ...] = ()
    contacts: Mapping[Side, Contact] = field(default_factory=dict)
    hears: bool = True
    resumed_at: datetime | None = None
    next_check_in: NextCheckIn | None = None
    unplanned_since: datetime | None = None
    settled: frozenset[str] = frozenset()
    topics: tuple[Coverage, ...] = ()
