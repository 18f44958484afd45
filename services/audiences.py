"""May this leave now? Asked, from the database, at the moment of sending; unknown means no."""

from datetime import datetime
from typing import Final

from data import Database, channels, partnerships, people
from data import daily as dailies
from data.daily import Daily
from data.outbox import Row
from domain.daily import FOR_LEADS
from domain.partnerships import Partnership
from domain.people import Member
from domain.visibility import Audience, Item, Place, Reader, may_show, shared_channel, withheld

PERSON_PLACE: Final = "person:"
# Seen by nobody but the person who pressed or typed; drawn from that person's own rights.
ONLY_THE_ASKER: Final = frozenset({"ephemeral", "respond"})


def may_leave(db: Database, row: Row, now: datetime) -> str | None:
    """Why a row may not be sent any more, or None. What is unknown is not sent."""
    if row.kind in ONLY_THE_ASKER:
        return None
    if _is_unwelcome(db, row, now):
        return "quiet"
    told = dailies.by_key(db, row.team_id, row.key) if row.kind == "post" else None
    if told is not None:
        return _why_not_told(db, row, told, now)
    if row.partnership_id is None:
        return None
    partnership = partnerships.get(db, row.team_id, row.partnership_id)
    if partnership is None:
        return "no_partnership"
    place = place_of(db, partnership, row.place)
    if place is None:
        return "unknown_place"
    reason = withheld(partnership, row.needs, place, now)
    if reason is not None:
        return reason
    item = Item(audience=row.audience, person_id=_person_of(row.place))
    return None if may_show(item, place) else "not_for_this_place"


def _why_not_told(db: Database, row: Row, told: Daily, now: datetime) -> str | None:
    """A daily message is about several partnerships: each has to let its part be said."""
    for partnership_id in {item.partnership_id for item in told.items}:
        partnership = partnerships.get(db, row.team_id, partnership_id)
        place = None if partnership is None else place_of(db, partnership, row.place)
        if partnership is None or place is None:
            return "unknown_place"
        reason = withheld(partnership, row.needs, place, now)
        kinds = {item.kind for item in told.items if item.partnership_id == partnership_id}
        # In the thread stands no more of it than a button.
        is_for_leads = kinds & FOR_LEADS and told.partnership_id is None
        audience: Audience = "leads" if is_for_leads else row.audience
        item = Item(audience=audience, person_id=_person_of(row.place))
        if reason is not None or not may_show(item, place):
            return reason or "not_for_this_place"
    return None


def may_post(db: Database, partnership: Partnership, now: datetime) -> bool:
    """Whether anything that needs both sides' consent may stand in the channel now."""
    place = place_of(db, partnership, partnership.channel)
    return place is not None and withheld(partnership, "agreed", place, now) is None


def place_of(db: Database, partnership: Partnership, place: str) -> Place | None:
    """Who reads a place: the shared channel or one person; None for any other place."""
    if place == partnership.channel:
        known = channels.organisations(db, partnership.team_id, place)
        return shared_channel(partnership, known)
    person_id = _person_of(place)
    if person_id is None:
        return None
    member = people.member(db, partnership, person_id)
    return None if member is None else only_reader(member)


def only_reader(member: Member) -> Place:
    """A place that nobody else reads."""
    return Place(shared=False, readers=(_reader(member),))


def _is_unwelcome(db: Database, row: Row, now: datetime) -> bool:
    """Whether it is a direct message to somebody who left or asked not to be written to."""
    person_id = _person_of(row.place)
    if person_id is None or row.kind != "post" or row.needs == "nothing":
        return False
    person = people.get(db, row.team_id, person_id)
    return person is None or person.deleted or person.is_quiet(now)


def _person_of(place: str) -> str | None:
    return place.removeprefix(PERSON_PLACE) if place.startswith(PERSON_PLACE) else None


def _reader(member: Member) -> Reader:
    return Reader(
        person_id=member.person.id,
        side=member.side,
        role=member.role,
        confirmed=member.confirmed,
        foreign=member.side is None and not member.is_advisor,
    )
