"""What somebody answers who sets Touchbase up, and what is wrong with it; no words."""

from typing import Final, Literal

from domain.errors import TouchbaseError
from domain.partnerships import State, Template
from domain.people import Side
from domain.presets import WEEKLY, PresetCode
from domain.rights import ACTS, NotAllowed
from domain.values import value

NAME_MOST: Final = 60  # fits twice into a button and a header of Slack

Beginning = Literal["post", "look"]
LeadTrouble = Literal["home", "guest", "bot", "gone", "third", "absent"]


@value
class Draft:
    """The answers of the form, complete and read.

    Attributes:
        other_lead: Slack id of a lead of the other side; None when left open.
        zone: IANA zone of the home side.
        their_zone: IANA zone of the other side.
        check_ins: The kinds of check-ins to begin with.
    """

    client: str
    vendor: str
    home_side: Side
    zone: str
    their_zone: str
    template: Template
    other_lead: str | None = None
    check_ins: tuple[PresetCode, ...] = (WEEKLY,)

    def name(self, side: Side) -> str:
        return self.client if side == "client" else self.vendor

    def zone_of(self, side: Side) -> str:
        return self.zone if side == self.home_side else self.their_zone


class AlreadySetUp(TouchbaseError):
    """The channel has a partnership already."""

    def __init__(self, state: State) -> None:
        super().__init__(state)
        self.state = state


class BotNotInChannel(TouchbaseError):
    """Touchbase cannot read or write in the channel before somebody invites it."""

    def __init__(self, channel: str) -> None:
        super().__init__(channel)
        self.channel = channel


class ThirdCompanyHere(TouchbaseError):
    """Companies of neither side share the channel, so nothing of the partnership is said in it."""


class NotOfThisCompany(TouchbaseError):
    """Only people of the company that installed Touchbase can set it up somewhere."""


class NothingToSetYet(TouchbaseError):
    """The other company said no, so nothing runs that could be set."""


class NotTheirLead(TouchbaseError):
    """The person is of the company that installed Touchbase, and cannot speak for the other."""

    field = "other_lead"  # where it is said in the form of set-up

    def __init__(self, side_name: str) -> None:
        super().__init__(side_name)
        self.side_name = side_name


class CannotBeTheirLead(NotTheirLead):
    """Somebody named as a lead of the other side who cannot be one.

    Attributes:
        name: As shown in Slack; empty while Slack has not told.
    """

    def __init__(self, side_name: str, name: str, trouble: LeadTrouble) -> None:
        super().__init__(side_name)
        self.name = name
        self.trouble = trouble


class OwnNameAcross(TouchbaseError):
    """The own company's name stands under the other side. ``field``: where in the form."""

    def __init__(self, field: Side, company: str) -> None:
        super().__init__(field)
        self.field = field
        self.company = company


class AwaitsTheirLead(NotAllowed):
    """Only the other side's leads answer for it.

    Attributes:
        leads: Their Slack ids; empty: whoever of that company is first becomes one.
    """

    def __init__(self, act: str, side_name: str, leads: tuple[str, ...]) -> None:
        super().__init__(act, ACTS[act])
        self.side_name = side_name
        self.leads = leads
