"""The form that asks why something cannot be promised, is cancelled, or is sent back."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from domain.deliverables import DeliverableClosed
from domain.reviews import sent_back
from services.actors import Who
from services.deliverable_acting import acting
from services.deps import Deps
from views import deliverable_reasons as forms
from views.blocks import Block
from views.deliverable_reasons import Act

_RIGHTS: Final[Mapping[Act, str]] = {
    "cannot": "deliverable.decline",
    "withdraw": "deliverable.withdraw",
    "send_back": "deliverable.send_back",
}


def form(deps: Deps, who: Who, commitment_id: str, act: Act, now: datetime) -> Block:
    """For those who may, as long as it can be done.

    Raises:
        UnknownDeliverable, NotAllowed, DeliverableClosed.
    """
    one = acting(deps, who, commitment_id)
    one.require(_RIGHTS[act])
    found = one.commitment
    can_be = found.is_with_other_side if act == "send_back" else found.is_open
    if not can_be:
        raise DeliverableClosed(found.state)
    again_at = None
    if act == "send_back":
        again_at = sent_back(found, one.partnership.side(found.side).calendar, now).due_at
    return forms.form(one.partnership, found, act, again_at)
