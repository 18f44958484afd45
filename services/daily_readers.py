"""Who reads a daily message: their places in all partnerships, and what may be said there."""

from dataclasses import dataclass
from datetime import datetime

from data import Database, partnerships, people
from domain.calendars import Calendar, Shift
from domain.daily import shift_now
from domain.partnerships import Partnership
from domain.people import Member, Person
from services.personal import Personal, direct_place, is_direct, may_write, personal_place


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Somebody's place in one partnership.

    Attributes:
        personal: Where the person is told what is for them; None: nowhere yet.
        is_direct: That is a direct message; else it is a thread that others read, too.
        may_write: Whether anything may be said to them there now.
        may_write_directly: The same of direct messages, also when that is not their place.
    """

    partnership: Partnership
    member: Member
    personal: Personal | None
    is_direct: bool
    may_write: bool
    may_write_directly: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Somebody with their places; ``spots`` by id of the partnership, only where they take part.

    Attributes:
        shift: The one under way, of all places; None outside working hours.
    """

    team_id: str
    person: Person
    spots: dict[str, Spot]
    shift: Shift | None

    @property
    def calendars(self) -> list[Calendar]:
        return [spot.member.calendar for spot in self.spots.values()]

    @property
    def zone(self) -> str:
        first = next(iter(self.spots.values()), None)
        return self.person.zone or ("Etc/UTC" if first is None else first.member.calendar.zone)


def reader(db: Database, team_id: str, person: Person, now: datetime) -> Reader:
    ids = people.partnerships_of(db, team_id, person.id)
    found = [_spot(db, team_id, person, one, now) for one in ids]
    spots = {spot.partnership.id: spot for spot in found if spot is not None}
    shift = shift_now([spot.member.calendar for spot in spots.values()], now)
    return Reader(team_id=team_id, person=person, spots=spots, shift=shift)


def _spot(
    db: Database, team_id: str, person: Person, partnership_id: str, now: datetime
) -> Spot | None:
    partnership = partnerships.get(db, team_id, partnership_id)
    member = None if partnership is None else people.member(db, partnership, person.id)
    if partnership is None or member is None or not member.takes_part:
        return None
    personal, direct = personal_place(db, partnership, member), direct_place(person)
    return Spot(
        partnership=partnership,
        member=member,
        personal=personal,
        is_direct=is_direct(partnership, member),
        may_write=personal is not None and may_write(db, partnership, personal, member, now),
        may_write_directly=person.direct is not False
        and may_write(db, partnership, direct, member, now),
    )
