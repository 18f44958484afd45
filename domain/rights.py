"""The table of rights: who may do what. Every action asks here before anything changes."""

from typing import Final, Literal

from domain.errors import TouchbaseError
from domain.people import Side
from domain.values import value

Standing = Literal[
    "listed",
    "owner",
    "author",
    "side_lead",
    "any_lead",
    "installer",
    "guest_lead",
    "watcher",
    "receiver",
    "stand_in",
    "fellow",
]

ACTS: Final[dict[str, frozenset[Standing]]] = {
    # people: own things
    "own.away": frozenset({"listed"}),
    "own.mute": frozenset({"listed"}),
    "own.hours": frozenset({"listed"}),
    # people: of a side
    "side.people": frozenset({"side_lead"}),
    # One proposes, a lead of the other side agrees; either ends it.
    "advisor.propose": frozenset({"any_lead"}),
    "advisor.agree": frozenset({"side_lead"}),
    "advisor.end": frozenset({"any_lead"}),
    "side.day_off": frozenset({"side_lead"}),
    "side.hours": frozenset({"side_lead"}),
    "side.duty": frozenset({"side_lead"}),
    # the partnership
    "partnership.agree": frozenset({"guest_lead"}),
    "partnership.decline": frozenset({"guest_lead"}),
    "partnership.pause": frozenset({"any_lead", "installer"}),
    "partnership.resume": frozenset({"any_lead", "installer"}),
    "partnership.settings": frozenset({"any_lead", "installer"}),
    "summary.read": frozenset({"any_lead"}),
    "summary.choose": frozenset({"side_lead"}),
    "sponsors.choose": frozenset({"side_lead"}),
    # what both sides decide: one proposes, and the side of the thing is the one that agrees
    "joint.propose": frozenset({"any_lead"}),
    "joint.agree": frozenset({"side_lead"}),
    "joint.keep": frozenset({"any_lead"}),
    "joint.undo": frozenset({"any_lead"}),
    # deliverables
    "deliverable.create": frozenset({"listed"}),
    "deliverable.accept": frozenset({"owner", "fellow"}),
    "deliverable.decline": frozenset({"owner"}),
    "deliverable.done": frozenset({"owner", "side_lead", "stand_in"}),
    "deliverable.move": frozenset({"owner", "side_lead", "stand_in"}),
    "deliverable.hand_over": frozenset({"owner", "side_lead"}),
    "deliverable.withdraw": frozenset({"author", "any_lead"}),
    "deliverable.snooze": frozenset({"owner"}),
    "deliverable.on_it": frozenset({"owner"}),
    "deliverable.raise": frozenset({"listed"}),
    "sponsors.bring": frozenset({"any_lead"}),
    "sponsors.undo": frozenset({"side_lead"}),
    "sponsors.help": frozenset({"owner"}),
    "deliverable.tell_done": frozenset({"listed"}),
    "deliverable.approve": frozenset({"receiver"}),
    "deliverable.send_back": frozenset({"receiver"}),
    "deliverable.waiting": frozenset({"owner", "side_lead", "stand_in"}),
    "deliverable.history": frozenset({"listed", "watcher"}),
    "deliverable.file": frozenset({"any_lead"}),
    "pulse.file": frozenset({"any_lead"}),
    "deliverable.report": frozenset({"listed", "watcher"}),
    # check-ins
    "checkin.create": frozenset({"any_lead"}),
    "checkin.move": frozenset({"any_lead"}),
    "checkin.skip": frozenset({"any_lead"}),
    "checkin.cancel": frozenset({"any_lead"}),
    "checkin.agenda": frozenset({"listed"}),
    "checkin.confirm": frozenset({"any_lead"}),
    "checkin.excuse": frozenset({"listed"}),
    "input.read": frozenset({"listed", "watcher"}),
    "input.change": frozenset({"any_lead"}),
    "topic.read": frozenset({"listed", "watcher"}),
    "topic.none": frozenset({"listed"}),
    "topic.change": frozenset({"any_lead"}),
    "topic.read_for_leads": frozenset({"any_lead"}),
    "invitation.post": frozenset({"listed"}),
    "compliance.read": frozenset({"listed", "watcher"}),
    # check-ins in writing
    "written.answer": frozenset({"listed"}),
    "written.read": frozenset({"listed", "watcher"}),
    "written.ask": frozenset({"any_lead"}),
    # pulse
    "pulse.ask": frozenset({"any_lead"}),
    "pulse.answer": frozenset({"listed"}),
    "lessons.write": frozenset({"any_lead"}),
    "pulse.read": frozenset({"listed", "watcher"}),
    "signed.answer": frozenset({"any_lead"}),
    # gaps
    "gaps.read": frozenset({"listed", "watcher"}),
    "gaps.settle": frozenset({"side_lead"}),
    "gaps.note": frozenset({"any_lead"}),
}


class NotAllowed(TouchbaseError):
    """The person has no right to do this.

    Attributes:
        act: A key of ``ACTS``.
        allowed: Who could do it.
        whose: The name of the side that it is about; None: of no one side, or not said.
    """

    def __init__(self, act: str, allowed: frozenset[Standing], whose: str | None = None) -> None:
        super().__init__(act)
        self.act = act
        self.allowed = allowed
        self.whose = whose


@value
class Standings:
    """What a person is, with regard to one thing.

    Attributes:
        side: The person's side; None outside both.
        lead: A confirmed lead of ``side``.
        listed: A lead or member of either side.
        watches: A sponsor of either side, or an advisor.
        installer: Set the partnership up.
        guest_side: The side that did not install.
    """

    side: Side | None
    listed: bool
    lead: bool
    installer: bool
    guest_side: Side
    watches: bool = False


@value
class Thing:
    """What is acted on, as far as rights depend on it.

    Attributes:
        side: The side it belongs to; None when it belongs to no side.
        is_owner: The actor owes it.
        is_author: The actor wrote it down.
        is_stand_in: Its owner is away, and the actor is asked meanwhile.
        is_for_side: It was given to the side, and to nobody in particular.
    """

    side: Side | None = None
    is_owner: bool = False
    is_author: bool = False
    is_stand_in: bool = False
    is_for_side: bool = False


NOTHING_IN_PARTICULAR: Final = Thing()


def standings_of(actor: Standings, thing: Thing = NOTHING_IN_PARTICULAR) -> frozenset[Standing]:
    """Every standing the person has with regard to a thing."""
    side = thing.side
    has: dict[Standing, bool] = {
        "listed": actor.listed,
        "owner": thing.is_owner,
        "author": thing.is_author,
        "any_lead": actor.lead,
        "side_lead": actor.lead and side is not None and actor.side == side,
        "guest_lead": actor.lead and actor.side == actor.guest_side,
        "installer": actor.installer,
        "watcher": actor.watches,
        "stand_in": thing.is_stand_in,
        "fellow": thing.is_for_side and actor.listed and actor.side == side,
        "receiver": actor.listed and {actor.side, side} == {"client", "vendor"},
    }
    return frozenset(standing for standing, holds in has.items() if holds)


def require(act: str, actor: Standings, thing: Thing = NOTHING_IN_PARTICULAR) -> None:
    """Let the act through, or raise.

    Raises:
        NotAllowed: The person has none of the standings that the act asks for.
    """
    allowed = ACTS[act]
    if not allowed & standings_of(actor, thing):
        raise NotAllowed(act, _named(allowed, thing))


def _named(allowed: frozenset[Standing], thing: Thing) -> frozenset[Standing]:
    """Who is named to somebody who may not: of what a side was given anybody there may accept."""
    if "fellow" not in allowed:
        return allowed
    return allowed - ({"owner"} if thing.is_for_side else {"fellow"})
