"""A partnership: one client and one vendor in one shared channel, and how far both agreed."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final, Literal

from domain.calendars import Calendar
from domain.errors import TouchbaseError
from domain.ladders import STANDARD, Ladder
from domain.people import Member, Person, Side, other_side
from domain.values import value

State = Literal["looking", "proposed", "agreed", "declined"]
PauseReason = Literal["asked", "removed", "archived", "third_company"]
Template = Literal["call_center", "agency", "software_team", "one_project", "just_check_ins"]

PEOPLE_PROPOSED_AT_MOST: Final = 25  # above it, leads and members are picked by hand


class NoPartnershipHere(TouchbaseError):
    """No partnership lives in this channel. ``channel`` None: not in a channel at all."""

    def __init__(self, channel: str | None) -> None:
        super().__init__(channel)
        self.channel = channel


class NotListed(TouchbaseError):
    """The person is no lead or member of the partnership."""

    def __init__(self, partnership_id: str) -> None:
        super().__init__(partnership_id)
        self.partnership_id = partnership_id


class OfNeitherSide(NotListed):
    """The person is of a third company."""


class OnlyWatches(NotListed):
    """A sponsor or, where ``is_advisor``, an advisor: they read, and change nothing."""

    def __init__(self, partnership_id: str, *, is_advisor: bool) -> None:
        super().__init__(partnership_id)
        self.is_advisor = is_advisor


class OfNoSide(NotListed):
    """A guest whom no list names; ``leads``: Slack ids of those who can add the person."""

    def __init__(self, partnership_id: str, leads: tuple[str, ...]) -> None:
        super().__init__(partnership_id)
        self.leads = leads


class ReadsAlong(NotListed):
    """The person is of a side, but nobody listed them there.

    Attributes:
        leads: Slack ids of who can add the person.
        awaits_consent: The person's company has not agreed yet.
    """

    def __init__(
        self, partnership_id: str, side_name: str, leads: tuple[str, ...], *, awaits_consent: bool
    ) -> None:
        super().__init__(partnership_id)
        self.side_name = side_name
        self.leads = leads
        self.awaits_consent = awaits_consent


@value
class SideInfo:
    """One side.

    Attributes:
        slack_team: The Slack workspace its people come from; None when not known.
        calendar: When the side is covered: zone, weekly hours, holidays.
    """

    side: Side
    name: str
    slack_team: str | None
    calendar: Calendar


@value
class Pause:
    """A partnership at rest.

    Attributes:
        until_at: None: until somebody resumes it.
        client_until: Until when the client asked for it, `domain.pauses.ENDLESS` where no end was
            named; None: the client did not ask.
        vendor_until: The same for the vendor.
    """

    from_at: datetime
    until_at: datetime | None
    reason: PauseReason
    client_until: datetime | None = None
    vendor_until: datetime | None = None

    def holds(self, now: datetime) -> bool:
        return self.until_at is None or now < self.until_at


@value
class Partnership:
    """One client and one vendor.

    Attributes:
        team_id: The installation's workspace; the home side's.
        home_side: Which side the installation belongs to.
        reply_time: Agreed working time until an answer.
        installer_id: The person who set it up.
        public_summary: Sides whose lead wants the weekly summary in the shared channel.
        ladder: How often people are asked about what they owe.
        pulse: The code of what both agreed on about their pulse (`domain.pulse_plans`).
        sponsors_hear: Sides whose lead wants sponsors to be told of what stays late.
    """

    team_id: str
    id: str
    channel: str
    state: State
    home_side: Side
    client: SideInfo
    vendor: SideInfo
    template: Template
    reply_time: timedelta
    installer_id: str
    created_at: datetime
    agreed_at: datetime | None = None
    pause: Pause | None = None
    public_summary: frozenset[Side] = frozenset()
    ladder: Ladder = STANDARD
    pulse: str = ""
    sponsors_hear: frozenset[Side] = frozenset()

    def side(self, side: Side) -> SideInfo:
        return self.client if side == "client" else self.vendor

    @property
    def guest_side(self) -> Side:
        return other_side(self.home_side)

    def is_paused(self, now: datetime) -> bool:
        return self.pause is not None and self.pause.holds(now)

    @property
    def is_agreed(self) -> bool:
        return self.state == "agreed"

    @property
    def summary_is_public(self) -> bool:
        return self.public_summary == {"client", "vendor"}

    @property
    def tells_sponsors(self) -> bool:
        return self.sponsors_hear == {"client", "vendor"}


def guessed_side(person: Person, partnership: Partnership) -> Side | None:
    """The side a person's workspace points at; None for guests, bots and third companies."""
    if person.is_guest or person.is_bot or person.home_team is None:
        return None
    for info in (partnership.client, partnership.vendor):
        if info.slack_team is not None and info.slack_team == person.home_team:
            return info.side
    return None


def leads(members: Iterable[Member], side: Side | None = None) -> list[Member]:
    """The leads, of one side or of both."""
    return [m for m in members if m.is_lead and side in (None, m.side)]
