"""What both sides agree on about their pulse: shown to leads, and proposed by one of them."""

from datetime import datetime

from domain.pulse_plans import PulsePlan
from services import changes
from services.actors import Actor, Who
from services.deps import Deps
from services.setups import actor_of
from views import pulse_plans as views
from views.blocks import Block
from views.changes import waiting


def form_of(deps: Deps, who: Who, partnership_id: str) -> Block:
    """The form, below what is proposed already.

    Raises:
        NoPartnershipHere; NotAllowed: The person leads no side.
    """
    actor = _lead(deps, who, partnership_id)
    side = actor.listed.side
    assert side is not None  # whoever takes part has a side
    proposals = changes.proposals(deps.store.reading(), actor.partnership)
    shown = [
        block
        for one in proposals
        if one.joint == "pulse"
        for block in waiting(actor.partnership, one, side)
    ]
    return views.form(actor.partnership, side, shown)


def propose(deps: Deps, who: Who, partnership_id: str, plan: PulsePlan, now: datetime) -> None:
    """Propose a plan to the other side; what is so already changes nothing.

    Raises:
        As `form_of`.
    """
    actor = _lead(deps, who, partnership_id)
    with deps.store.writing(partnership_id) as db:
        changes.propose(db, actor, {"pulse": plan.code}, now)


def _lead(deps: Deps, who: Who, partnership_id: str) -> Actor:
    actor = actor_of(deps, who, partnership_id)
    actor.require("joint.propose")
    return actor
