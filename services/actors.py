"""Who acts: the Slack user behind a click, looked up anew every time, with place and rights."""

from dataclasses import dataclass
from functools import cached_property

from data import Database, partnerships, people
from data.store import Store
from domain.consents import is_of_neither
from domain.partnerships import (
    NoPartnershipHere,
    NotListed,
    OfNeitherSide,
    OfNoSide,
    OnlyWatches,
    Partnership,
    ReadsAlong,
    guessed_side,
    leads,
)
from domain.people import Member, Person
from domain.rights import NOTHING_IN_PARTICULAR, NotAllowed, Standings, Thing, require
from domain.values import value


@value
class Who:
    """As Slack names the actor.

    Attributes:
        team_id: The installation, never the actor's own workspace.
        home_team: The actor's own workspace; None when Slack did not tell.
        channel: Where it happened; None in a direct message or the Home tab.
    """

    team_id: str
    slack_id: str
    home_team: str | None = None
    channel: str | None = None


# Without slots: the standings are asked for several times in an act, and worked out once.
@dataclass(frozen=True, kw_only=True)
class Actor:
    """A person acting in a partnership. ``member`` None: not known to be in its channel."""

    store: Store
    team_id: str
    person: Person
    partnership: Partnership
    member: Member | None

    @cached_property
    def standings(self) -> Standings:
        member = self.member
        return Standings(
            side=member.side if member is not None and member.confirmed else None,
            listed=member is not None and member.takes_part,
            lead=member is not None and member.is_lead,
            installer=self.person.id == self.partnership.installer_id,
            guest_side=self.partnership.guest_side,
            watches=member is not None and member.watches,
        )

    def require(self, act: str, thing: Thing = NOTHING_IN_PARTICULAR) -> None:
        """Let through what the table of rights lets the actor do.

        Raises:
            NotAllowed: Somebody else has the right.
            NotListed: Being on a side's list is what the person lacks.
        """
        try:
            require(act, self.standings, thing)
        except NotAllowed as refused:
            if "listed" in refused.allowed and not self.standings.listed:
                raise self.not_listed() from refused
            if thing.side is not None:
                refused.whose = self.partnership.side(thing.side).name
            raise

    def not_listed(self) -> NotListed:
        """Why the person has no part in it, and who can change that."""
        partnership = self.partnership
        if self.member is not None and self.member.watches:
            return OnlyWatches(partnership.id, is_advisor=self.member.is_advisor)
        own = None if self.member is None else self.member.side
        side = own or guessed_side(self.person, partnership)
        if side is None and is_of_neither(self.person, partnership):
            return OfNeitherSide(partnership.id)
        found = leads(people.active_members(self.store.reading(), partnership), side)
        named = tuple(one.person.slack_id for one in found)
        if side is None:
            return OfNoSide(partnership.id, named)
        return ReadsAlong(
            partnership.id,
            partnership.side(side).name,
            named,
            awaits_consent=side == partnership.guest_side and not partnership.is_agreed,
        )

    @property
    def listed(self) -> Member:
        """The actor's place.

        Raises:
            NotListed: The person is no lead or member of this partnership.
        """
        if self.member is None or not self.member.takes_part:
            raise self.not_listed()
        return self.member

    @property
    def zone(self) -> str:
        """The zone in which the actor reads and writes times."""
        if self.person.zone is not None:
            return self.person.zone
        if self.member is not None:
            return self.member.calendar.zone
        return self.partnership.side(self.partnership.home_side).calendar.zone


def person_of(store: Store, who: Who) -> Person:
    """The person behind a Slack user, made known if new."""
    known = people.by_slack_id(store.reading(), who.team_id, who.slack_id)
    if known is not None and (known.home_team or who.home_team is None):
        return known
    with store.writing(None) as db:
        people.ensure(db, who.team_id, who.slack_id, who.home_team)
    found = people.by_slack_id(store.reading(), who.team_id, who.slack_id)
    assert found is not None  # just made
    return found


def actor_here(store: Store, who: Who) -> Actor:
    """The actor in the partnership of the channel.

    Raises:
        NoPartnershipHere: The channel has none.
    """
    db = store.reading()
    partnership = who.channel and partnerships.by_channel(db, who.team_id, who.channel)
    if not partnership:
        raise NoPartnershipHere(who.channel)
    return actor_in(store, who, partnership)


def actor_in(store: Store, who: Who, partnership: Partnership) -> Actor:
    """The actor with regard to a partnership that was found by other means (a button's id)."""
    place = people.member_of_user(store.reading(), partnership, who.slack_id)
    if place is not None and (place.person.home_team or who.home_team is None):
        person = place.person
    else:
        person = person_of(store, who)
        place = people.member(store.reading(), partnership, person.id)
    return Actor(
        store=store, team_id=who.team_id, person=person, partnership=partnership, member=place
    )


def members_here(db: Database, actor: Actor) -> list[Member]:
    return people.active_members(db, actor.partnership)
