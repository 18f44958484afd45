"""What was learned in a workspace before, for whoever sets up another partnership in it."""

from typing import Final

from data import Database, lessons, partnerships
from domain.people import Person
from views.lessons import Earlier

_SHOWN_MOST: Final = 3


def earlier(db: Database, team_id: str, person: Person) -> tuple[Earlier, ...]:
    """The newest, for people of the company alone that runs the workspace.

    Nothing for guests, nor for people of whom Slack has not told yet who they are.
    """
    if not person.name or person.is_guest or person.home_team != team_id:
        return ()
    found = lessons.of_workspace(db, team_id, _SHOWN_MOST)
    named = ((partnerships.get(db, one.team_id, one.partnership_id), one) for one in found)
    return tuple(
        Earlier(partner=other.side(other.guest_side).name, words=one.words)
        for other, one in named
        if other is not None and one.words
    )
