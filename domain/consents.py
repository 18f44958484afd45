"""Who may speak for the other side before its leads are known, and who is of neither side."""

from collections.abc import Iterable

from domain.partnerships import Partnership, leads
from domain.people import Member, Person
from domain.setups import LeadTrouble


def is_of_home(person: Person, partnership: Partnership) -> bool:
    """Whether the person is a full member of the workspace that installed Touchbase."""
    return person.home_team == partnership.team_id and not person.is_guest


def is_of_neither(person: Person, partnership: Partnership) -> bool:
    """Whether the person is surely of a third company; False while a workspace is not known."""
    sides = (partnership.client, partnership.vendor)
    known = {info.slack_team for info in sides} | {None}
    return None not in {info.slack_team for info in sides} and person.home_team not in known


def unfit_lead(person: Person, team_id: str, here: frozenset[str]) -> LeadTrouble | None:
    """Why somebody cannot be a lead of the other side, as far as it is known; else None.

    A guest of the home workspace speaks for the other company only where that company's own
    workspace does not share the channel.

    Args:
        team_id: The home side's workspace.
        here: The workspaces that share the channel; empty while they are not known.
    """
    if person.is_bot:
        return "bot"
    if person.deleted:
        return "gone"
    others = here - {team_id}
    if person.home_team == team_id and (others or not person.is_guest):
        return "guest" if person.is_guest else "home"
    is_elsewhere = bool(others) and person.home_team not in others
    is_stranger = person.home_team is not None and not person.is_guest
    return "third" if is_stranger and is_elsewhere else None


def may_speak_first(person: Person, partnership: Partnership, members: Iterable[Member]) -> bool:
    """Whether the person may become the first lead of the other side by agreeing.

    Only while that side has no lead, and only somebody of its workspace; where that workspace is
    not known yet, somebody of any workspace but the home side's. A lead who was named and turned
    out to be of another company keeps nobody from speaking.
    """
    if person.is_bot or person.is_guest or person.deleted or person.home_team is None:
        return False
    known = leads(members, partnership.guest_side)
    if is_of_home(person, partnership) or any(_is_theirs(m.person, partnership) for m in known):
        return False
    workspace = partnership.side(partnership.guest_side).slack_team
    return workspace is None or workspace == person.home_team


def _is_theirs(lead: Person, partnership: Partnership) -> bool:
    if lead.is_guest:
        return True
    return not (is_of_home(lead, partnership) or is_of_neither(lead, partnership))
