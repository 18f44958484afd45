"""Who may see what where: one decision for everything that is drawn and, again, sent."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from domain.partnerships import Partnership
from domain.people import Role, Side

Audience = Literal["both", "client", "vendor", "leads", "person"]
Consent = Literal["nothing", "proposed", "agreed"]
Withheld = Literal["not_agreed", "paused", "third_company", "not_for_this_place", "not_yours"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """One who can read a place.

    Attributes:
        person_id: None for somebody we only know to be there (an observer).
        side: None for an advisor, or for a company that is no side.
        foreign: Of a company that is neither side.
    """

    person_id: str | None = None
    side: Side | None = None
    role: Role = "observer"
    confirmed: bool = False
    foreign: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """What is to be shown. ``person_id``: whose it is, when the audience is ``person``."""

    audience: Audience
    person_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where it is to be shown.

    Attributes:
        shared: The partnership's shared channel, whose readers we need not know by name.
        readers: Everyone who reads there; for the shared channel one reader for each kind.
    """

    shared: bool
    readers: tuple[Reader, ...]


# Who reads the shared channel as long as nobody else is in it.
_BOTH_SIDES: Final = Place(shared=True, readers=(Reader(side="client"), Reader(side="vendor")))


def may_see(reader: Reader, item: Item) -> bool:
    """Whether one reader may see an item."""
    if item.audience == "person":
        return reader.person_id is not None and reader.person_id == item.person_id
    if reader.foreign:
        return False
    if item.audience == "both":
        return True
    if not reader.confirmed or reader.side is None:
        return False
    if item.audience == "leads":
        return reader.role == "lead"
    return reader.side == item.audience and reader.role in {"lead", "member", "sponsor"}


def may_show(item: Item, place: Place) -> bool:
    """Whether everyone in a place may see an item; an empty place shows nothing."""
    return bool(place.readers) and all(may_see(reader, item) for reader in place.readers)


def shared_channel(partnership: Partnership, organisations: frozenset[str]) -> Place:
    """The shared channel with its observers, and those of any third company in it.

    Args:
        organisations: The Slack workspaces connected to the channel.
    """
    others = organisations - {partnership.client.slack_team, partnership.vendor.slack_team}
    if not others:
        return _BOTH_SIDES
    foreign = [Reader(foreign=True) for _ in others]
    return Place(shared=True, readers=(*_BOTH_SIDES.readers, *foreign))


def withheld(
    partnership: Partnership, needs: Consent, place: Place, now: datetime
) -> Withheld | None:
    """Why nothing may be said now, or None.

    Answers to a person's own act (``needs`` is "nothing") are always given. Until both sides
    agreed the other company gets the first post and the hub (``needs`` is "proposed") and nothing
    else; the home side's own people may already be helped.
    """
    if needs == "nothing":
        return None
    if partnership.is_paused(now):
        return "paused"
    if place.shared and any(reader.foreign for reader in place.readers):
        return "third_company"
    if partnership.is_agreed:
        return None
    at_home = not place.shared and all(r.side == partnership.home_side for r in place.readers)
    if partnership.state == "proposed" and (needs == "proposed" or at_home):
        return None
    return "not_agreed"
