"""Where somebody takes part: for what a person says about themselves, in all partnerships alike."""

from dataclasses import dataclass

from data import partnerships, people
from domain.partnerships import NotListed, Partnership
from domain.people import Member, Person
from services.actors import Who, actor_in, person_of
from services.deps import Deps


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnPlace:
    """A person in one of their partnerships: that of the channel where they speak, if it has one.

    Attributes:
        zone: In which the person reads and writes times.
    """

    person: Person
    member: Member
    partnership: Partnership

    @property
    def zone(self) -> str:
        return self.person.zone or self.member.calendar.zone


def own_place(deps: Deps, who: Who) -> OwnPlace:
    """The place by which the person's days are read.

    Raises:
        NotListed: The person is no lead or member of any partnership.
    """
    return own_places(deps, who)[0]


def own_places(deps: Deps, who: Who) -> list[OwnPlace]:
    """Everywhere the person takes part, the channel where they speak first.

    Raises:
        NotListed: Nowhere.
    """
    person = person_of(deps.store, who)
    db = deps.store.reading()
    ids = people.partnerships_of(db, who.team_id, person.id)
    every = [partnerships.get(db, who.team_id, one) for one in ids]
    found = [(one, people.member(db, one, person.id)) for one in every if one is not None]
    places = [
        OwnPlace(person=person, member=member, partnership=one)
        for one, member in found
        if member is not None and member.takes_part
    ]
    if not places:
        here = who.channel and partnerships.by_channel(db, who.team_id, who.channel)
        raise actor_in(deps.store, who, here).not_listed() if here else NotListed("")
    return sorted(places, key=lambda one: one.partnership.channel != who.channel)
