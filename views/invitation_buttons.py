"""The button that asks for an invitation; where it stands is decided by what it stands under."""

from typing import Final

from domain.cadences import Cadence
from domain.written import is_written
from views.blocks import Block, button

POST: Final = "invitation.post"


def offered(cadence: Cadence) -> list[Block]:
    """The button; none where nobody meets, or the turns stand in people's calendars already."""
    wanted = cadence.plan.settings.get("invited", True) and not is_written(cadence.plan)
    return [invitation_button(cadence)] if wanted else []


def invitation_button(cadence: Cadence, label: str = "Invitation (.ics)") -> Block:
    return button(label, POST, cadence.id)
