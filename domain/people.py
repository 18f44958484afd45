"""The people of a partnership: sides, roles, and who is ever asked, written to or counted."""

from datetime import datetime
from typing import Final, Literal

from domain.calendars import Calendar
from domain.values import value

Side = Literal["client", "vendor"]
Role = Literal["lead", "member", "sponsor", "advisor", "observer"]

SIDES: Final[tuple[Side, Side]] = ("client", "vendor")
ACTIVE_ROLES: Final[frozenset[Role]] = frozenset({"lead", "member"})
# What a lead says about people of the own side; everybody else of it is an observer.
LISTED_ROLES: Final[frozenset[Role]] = ACTIVE_ROLES | {"sponsor"}


def other_side(side: Side) -> Side:
    return "vendor" if side == "client" else "client"


@value
class Person:
    """A Slack user as we know them.

    Attributes:
        id: Our own id; every table but ``people`` knows only this one.
        home_team: The Slack workspace the person belongs to; None until Slack told us.
        name: As shown in Slack; empty until Slack told us.
        zone: IANA zone from Slack or chosen; None when unknown (then the side's holds).
        is_guest: A guest inside a workspace: never guessed to be of either side.
        quiet_until: The person asked not to be written to until then; None when not.
        direct: Personal items come as a direct message; None means nobody chose yet.
    """

    id: str
    slack_id: str
    home_team: str | None = None
    name: str = ""
    zone: str | None = None
    is_bot: bool = False
    is_guest: bool = False
    deleted: bool = False
    quiet_until: datetime | None = None
    direct: bool | None = None

    def is_quiet(self, now: datetime) -> bool:
        return self.quiet_until is not None and now < self.quiet_until


@value
class Member:
    """A person's place in one partnership.

    Attributes:
        side: None for an advisor, an observer of a third company, or somebody not yet placed; the
            side that proposes them for an advisor on whom the other side has not agreed.
        confirmed: Placed by a lead or the set-up, not merely guessed from the workspace; for an
            advisor, by leads of both sides.
        calendar: The hours the person works; already falls back to the side's.
    """

    person: Person
    side: Side | None
    role: Role
    confirmed: bool
    calendar: Calendar

    @property
    def takes_part(self) -> bool:
        """Whether the person may be asked, written to and counted."""
        person = self.person
        return (
            self.role in ACTIVE_ROLES
            and self.side is not None
            and self.confirmed
            and not (person.deleted or person.is_bot)
        )

    @property
    def is_advisor(self) -> bool:
        """Whether leads of both sides let the person watch."""
        return self.role == "advisor" and self.confirmed

    @property
    def is_sponsor(self) -> bool:
        """Whether the person watches for one of the sides."""
        of_side = self.role == "sponsor" and self.side is not None and self.confirmed
        return of_side and not (self.person.deleted or self.person.is_bot)

    @property
    def watches(self) -> bool:
        """Whether the person may read what both sides read, without taking part."""
        is_there = not (self.person.deleted or self.person.is_bot)
        return self.is_sponsor or (self.is_advisor and is_there)

    @property
    def is_lead(self) -> bool:
        return self.role == "lead" and self.takes_part
