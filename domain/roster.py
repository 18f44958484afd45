"""Who of a channel's people is proposed as a member, and whom a side's lead may list."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from domain.errors import TouchbaseError
from domain.partnerships import PEOPLE_PROPOSED_AT_MOST, Partnership, guessed_side
from domain.people import LISTED_ROLES, Member, Person, Role, Side, other_side

Unfit = Literal["absent", "bot", "gone", "other_side", "neither_side"]

_NOBODY: Final[Mapping[str, Side]] = {}


class CannotBeListed(TouchbaseError):
    """A lead picked somebody who cannot be on the lead's side.

    Attributes:
        name: As shown in Slack; empty while Slack has not told.
        field: Of the form in which the person was picked.
    """

    def __init__(self, name: str, unfit: Unfit, field: str) -> None:
        super().__init__(unfit)
        self.name = name
        self.unfit = unfit
        self.field = field


@dataclass(frozen=True, slots=True, kw_only=True)
class Picked:
    """What a lead says about the own side, by Slack ids. Whoever is in several has the most say."""

    leads: tuple[str, ...]
    members: tuple[str, ...]
    sponsors: tuple[str, ...] = ()

    @property
    def every(self) -> dict[str, str]:
        """Who was picked, and in which field of the form."""
        found = dict.fromkeys(self.sponsors, "sponsors")
        return found | dict.fromkeys(self.members, "members") | dict.fromkeys(self.leads, "leads")


ROLE_OF: Final[Mapping[str | None, Role]] = {
    "leads": "lead",
    "members": "member",
    "sponsors": "sponsor",
    None: "observer",
}
"""What somebody is by the field of the form in which they were picked; None: in no field."""


def sides_to_note(partnership: Partnership, members: Iterable[Member]) -> dict[str, Side]:
    """Our ids of observers without a side whose workspace points at one."""
    guesses = {
        one.person.id: guessed_side(one.person, partnership)
        for one in members
        if one.side is None and one.role == "observer"
    }
    return {person_id: side for person_id, side in guesses.items() if side is not None}


def proposed(partnership: Partnership, members: Iterable[Member]) -> Mapping[str, Side]:
    """Our ids of those whom the leads are asked to confirm; nobody where there are too many."""
    of_both = {
        one.person.id: (one, one.side or guessed_side(one.person, partnership))
        for one in members
        if not (one.person.is_bot or one.person.deleted)
    }
    sided = {key: (one, side) for key, (one, side) in of_both.items() if side is not None}
    if len(sided) > PEOPLE_PROPOSED_AT_MOST:
        return _NOBODY
    return {key: side for key, (one, side) in sided.items() if one.role == "observer"}


def unfit(partnership: Partnership, side: Side, one: Member | None) -> Unfit | None:
    """Why a lead of ``side`` may not list somebody, or None.

    Guests of the home workspace belong to whichever side names them first.
    """
    if one is None:
        return "absent"
    person = one.person
    if person.is_bot:
        return "bot"
    if person.deleted:
        return "gone"
    if one.side == other_side(side) and one.confirmed and one.role in LISTED_ROLES:
        return "other_side"
    return None if one.side == side and one.confirmed else _unfit_home(partnership, side, person)


def third_companies(partnership: Partnership, organisations: Iterable[str]) -> frozenset[str]:
    """The workspaces in the channel that are of neither side."""
    known = {partnership.client.slack_team, partnership.vendor.slack_team, partnership.team_id}
    return frozenset(organisations) - known


def _unfit_home(partnership: Partnership, side: Side, person: Person) -> Unfit | None:
    if person.is_guest or person.home_team is None:
        return None
    guess = guessed_side(person, partnership)
    if guess is not None:
        return None if guess == side else "other_side"
    theirs = partnership.side(partnership.guest_side).slack_team
    return None if theirs is None and side == partnership.guest_side else "neither_side"
