"""Of the buttons beside a line those that its reader may press, where nobody else reads it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from domain.deliverables import Commitment
from domain.findings import Finding, Slip, Stopped
from domain.partnerships import Partnership
from domain.people import Side
from domain.rights import ACTS, Standings, Thing, standings_of
from views import (
    changes,
    checkin_after,
    checkin_reports,
    checkins,
    deliverables,
    gaps,
    proposals,
    topics,
)
from views.blocks import Block, button

_ACT_OF: Final[Mapping[str, str]] = {
    deliverables.ACCEPT: "deliverable.accept",
    deliverables.DECLINE: "deliverable.decline",
    deliverables.OTHER_DATE: "deliverable.move",
    deliverables.NEW_DATE: "deliverable.move",
    deliverables.DONE: "deliverable.done",
    deliverables.CANNOT: "deliverable.decline",
    deliverables.WAITING: "deliverable.waiting",
    deliverables.APPROVE: "deliverable.approve",
    deliverables.SEND_BACK: "deliverable.send_back",
    checkins.CHANGE: "checkin.move",
    checkin_after.HELD: "checkin.confirm",
    checkin_after.NOT_HELD: "checkin.confirm",
    checkin_reports.OPEN: "checkin.confirm",
    changes.AGREE: "joint.agree",
    changes.KEEP: "joint.keep",
    proposals.AGREE: "joint.agree",
    proposals.ANOTHER: "joint.agree",
    gaps.SETTLE: "gaps.settle",
    gaps.AGENDA: "checkin.agenda",
    topics.ADD: "checkin.agenda",
    gaps.PLAN: "checkin.create",
}
# What every line takes, whoever it waits for.
_FOR_ALL: Final = frozenset({gaps.AGENDA, topics.ADD})


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewer:
    """The one person who reads a list.

    Attributes:
        side: On whose list they are, or as whose people they read.
        is_lead: Of that side.
        may_press: False for who only watches.
    """

    person_id: str
    side: Side
    is_lead: bool
    may_press: bool = True


def own_remedies(partnership: Partnership, finding: Finding, viewer: Viewer) -> list[Block]:
    """The buttons that mend it and that this reader may press."""
    if not viewer.may_press:
        return []
    about = finding.about
    commitment = about.commitment if isinstance(about, Slip) else about
    if isinstance(about, Stopped):
        commitment = about.about
    if isinstance(commitment, Commitment):
        return own_buttons(partnership, commitment, viewer)
    turn = viewer.side if finding.turn == "both" else finding.turn
    return [
        block
        for block in gaps.remedies(partnership, finding)
        if block["action_id"] in _FOR_ALL
        or (turn == viewer.side and _may(partnership, viewer, block, Thing(side=turn)))
    ]


def own_buttons(partnership: Partnership, one: Commitment, viewer: Viewer) -> list[Block]:
    """What this reader can do about a deliverable; about somebody else's say that it looks done."""
    thing = one.thing(viewer.person_id)
    every = deliverables.buttons(one)
    found = [block for block in every if _may(partnership, viewer, block, thing)]
    if found or one.state != "accepted":
        return found
    return [button("Looks done", deliverables.TELL_DONE, one.id)]


def _may(partnership: Partnership, viewer: Viewer, block: Block, thing: Thing) -> bool:
    act = _ACT_OF.get(str(block["action_id"]))
    standings = Standings(
        side=viewer.side,
        listed=True,
        lead=viewer.is_lead,
        installer=False,
        guest_side=partnership.guest_side,
    )
    allowed = ACTS[act] if act is not None else frozenset({"any_lead"})
    return bool(allowed & standings_of(standings, thing))
