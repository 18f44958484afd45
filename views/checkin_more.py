"""The menu beside the buttons of an agenda: what is wanted now and then, in one place."""

from typing import Final, Literal

from domain.agenda import has_agenda
from domain.cadences import UnknownOccurrence
from domain.checkins import CheckIn
from views.blocks import Block, option
from views.invitation_buttons import offered

MORE: Final = "checkin.more"

What = Literal["topics", "inputs", "invitation"]
_KNOWN: Final[dict[str, What]] = {
    "topics": "topics",
    "inputs": "inputs",
    "invitation": "invitation",
}


def more(check_in: CheckIn) -> list[Block]:
    """The menu; without an agenda there is only the invitation, as a button."""
    invitation = offered(check_in.cadence)
    if not has_agenda(check_in.cadence.plan):
        return invitation
    partnership_id = check_in.partnership.id
    options = [
        option("Topics: what comes round", f"topics|{partnership_id}"),
        option("Inputs: what each side brings", f"inputs|{partnership_id}"),
    ]
    if invitation:
        options.append(option("Invitation (.ics)", f"invitation|{check_in.cadence.id}"))
    return [{"type": "overflow", "action_id": MORE, "options": options}]


def read(value: str) -> tuple[What, str]:
    """What was chosen, and the id of the partnership or of the check-in.

    Raises:
        UnknownOccurrence: It is not what was put there.
    """
    word, _, named = value.partition("|")
    if word not in _KNOWN or not named:
        raise UnknownOccurrence
    return _KNOWN[word], named
