"""What a command or a mention can ask for; reading it out of the words is in the modules beside."""

from datetime import date, datetime
from typing import Literal

from domain.compliance import Period
from domain.values import value
from views.words.due import DueRead
from views.words.hours_words import HoursRead
from views.words.rhythm import RhythmRead

Subject = Literal["touchbase", "deliverable", "checkin", "pulse", "gaps"]
OwnerKind = Literal["user", "name", "us", "them", "client", "vendor", "me"]
Scope = Literal["all", "mine", "ours", "theirs", "overdue"]
SideWord = Literal["client", "vendor", "ours", "theirs", "both"]


@value
class Owner:
    """Who was named: ``text`` is the Slack id of a ``user``, or the name typed behind "@"."""

    kind: OwnerKind
    text: str = ""


@value
class OpenForm:
    """No words: the form of the subject, or for ``touchbase`` the private hub."""

    subject: Subject


@value
class Help:
    subject: Subject
    topic: str = ""


@value
class Unknown:
    """Words that are no verb; ``nearest`` is the one perhaps meant, ``text`` all that was typed."""

    subject: Subject
    text: str
    nearest: str | None = None


@value
class NewDeliverable:
    """Something new that somebody owes.

    Attributes:
        others: Slack ids of people named after the owner; their names stay in the title.
        beside: Further owners, named in one breath with the first; it has to be asked who it is.
        after: The words right behind the owner, which may be the rest of a whole name.
    """

    title: str
    owner: Owner | None
    due: DueRead
    others: tuple[str, ...] = ()
    beside: tuple[Owner, ...] = ()
    after: str = ""


@value
class RepeatDeliverable:
    """Something owed again and again; a ``rhythm`` without a rule has to be asked about."""

    title: str
    owner: Owner | None
    rhythm: RhythmRead
    beside: tuple[Owner, ...] = ()


@value
class ShowSeries:
    pass


@value
class PasteList:
    """Several deliverables in one go; ``typed`` keeps its lines, and may be empty."""

    typed: str = ""


@value
class TrackMessage:
    """The message replied to is to be tracked. ``said``: what was named of it, perhaps nothing."""

    said: NewDeliverable


@value
class ListDeliverables:
    scope: Scope


@value
class ReportDeliverables:
    """How promises were kept. ``period`` None: the months that were named were not understood."""

    period: Period | None
    words: str = ""


@value
class DoneDeliverable:
    """``words`` name the deliverable; empty if none were typed."""

    words: str


@value
class CancelDeliverable:
    """``words`` name the deliverable; ``typed``: all of it, which may be something new."""

    words: str
    typed: str


@value
class MoveDeliverable:
    words: str
    due: DueRead
    reason: str = ""


@value
class NewCheckin:
    rhythm: RhythmRead


@value
class MoveCheckin:
    """``due.day_said`` is false if only a time was typed: then the day stays."""

    words: str
    due: DueRead
    reason: str = ""


@value
class SkipCheckin:
    """The turns from ``from_on`` to ``until_on``, both included; without days the next one."""

    words: str
    from_on: date | None = None
    until_on: date | None = None
    reason: str = ""


@value
class CancelCheckin:
    """As ``SkipCheckin``; perhaps the whole cadence is meant, or all from those days on."""

    words: str
    from_on: date | None = None
    until_on: date | None = None
    reason: str = ""


@value
class ListCheckins:
    pass


@value
class ReportCheckins:
    """How check-ins went. ``period`` None: the months that were named were not understood."""

    period: Period | None
    words: str = ""


@value
class AddPoint:
    """A point for the agenda of the next check-in; ``words`` empty: the form asks."""

    words: str


@value
class ShowTopics:
    pass


@value
class ShowInputs:
    pass


@value
class NewPulse:
    question: str


@value
class PulseResults:
    pass


@value
class LookBack:
    """A joint retrospective."""


@value
class Gaps:
    scope: Scope | None = None


@value
class Setup:
    """What was typed of a set-up, None where nothing was; ``unread`` was not understood."""

    client: str | None = None
    vendor: str | None = None
    we_are: Literal["client", "vendor"] | None = None
    zone: str | None = None
    their_zone: str | None = None
    lead: Owner | None = None
    template: str | None = None
    unread: tuple[str, ...] = ()


@value
class People:
    words: str = ""


AwayQuestion = Literal["until", "past", "ambiguous", "impossible", "reversed"]


@value
class Away:
    """Time away, on the writer's wall clock (naive), ``until_at`` not included.

    With ``whole_days`` both are midnights and whole shifts are meant, those that start on
    these days.
    Why somebody is away is not kept. ``stand_in``: who is asked meanwhile, if anybody was named.
    """

    from_at: datetime | None = None
    until_at: datetime | None = None
    whole_days: bool = True
    question: AwayQuestion | None = None
    stand_in: Owner | None = None


@value
class Back:
    pass


@value
class OwnHours:
    """The writer's own working hours. ``read`` None: no words; ``as_side``: the side's again."""

    read: HoursRead | None = None
    as_side: bool = False
    words: str = ""


@value
class DayOff:
    """Days without work for a whole side, both included; ``side`` is None if none was named."""

    from_on: date | None
    until_on: date | None
    label: str
    side: SideWord | None
    question: AwayQuestion | None = None


@value
class Duty:
    """Who is on duty for the writer's side, both days included; ``from_on`` None: from now on."""

    owner: Owner | None = None
    from_on: date | None = None
    until_on: date | None = None
    nobody: bool = False
    question: AwayQuestion | None = None


@value
class Pause:
    """``scope`` is None if it has to be asked; ``until`` is empty if no end was typed."""

    scope: Literal["me", "channel"] | None
    until: DueRead


@value
class Resume:
    scope: Literal["me", "channel"] | None


DeliverableVerb = (
    NewDeliverable
    | ListDeliverables
    | ReportDeliverables
    | DoneDeliverable
    | MoveDeliverable
    | CancelDeliverable
    | TrackMessage
    | PasteList
    | RepeatDeliverable
    | ShowSeries
    | OpenForm
    | Help
    | Unknown
)
CheckinVerb = (
    NewCheckin
    | MoveCheckin
    | SkipCheckin
    | CancelCheckin
    | ListCheckins
    | AddPoint
    | ReportCheckins
    | OpenForm
    | Help
    | Unknown
)
PulseVerb = NewPulse | PulseResults | LookBack | OpenForm | Help
GapsVerb = Gaps | Help | Unknown
OwnVerb = (
    ShowTopics
    | ShowInputs
    | Setup
    | People
    | Away
    | Back
    | OwnHours
    | DayOff
    | Duty
    | Pause
    | Resume
)
Verb = DeliverableVerb | CheckinVerb | PulseVerb | GapsVerb | OwnVerb
