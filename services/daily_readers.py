"""Who reads a daily message: their places in all partnerships, and what there could be to say."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from data import Database, daily_signs, partnerships, people
from data import daily as dailies
from data.daily import Daily
from domain.calendars import Calendar, Shift
from domain.daily import NEWS_LASTS, Item, shift_now
from domain.ladder import Standing
from domain.partnerships import Partnership
from domain.people import Member, Person
from domain.summaries import Preview
from services.personal import is_direct

# Of these nothing is told once only.
_REPEATED = frozenset({"owed", "looks_done", "stand_in", "hand_over"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Somebody's place in one partnership.

    Attributes:
        is_direct: They are written to directly; else in a thread that others read, too.
        previews: The drafts that were made so far, by the Monday of their week.
    """

    partnership: Partnership
    member: Member
    is_direct: bool
    previews: dict[date, Preview] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Somebody with their places; ``spots`` by id of the partnership, only where they take part.

    Attributes:
        shift: The one under way, of all places; None outside working hours.
        signs: Of what there could be something to say: ids by kind.
        newest: The last message in each place where they were told anything.
        told: What was told lately; it is empty where there are signs only of what is repeated.
        watched: Where they are a sponsor, by id of the partnership; only if there is anything to
            tell sponsors.
    """

    team_id: str
    person: Person
    spots: dict[str, Spot]
    shift: Shift | None
    signs: Mapping[str, tuple[str, ...]]
    newest: tuple[Daily, ...]
    told: frozenset[Item]
    watched: dict[str, Spot] = field(default_factory=dict)
    _standings: list[dict[str, Standing]] = field(default_factory=list)

    @property
    def standings(self) -> dict[str, Standing] | None:
        """How far the steps about what they owe are, by its id; None: nobody looked yet."""
        return self._standings[0] if self._standings else None

    def remember(self, standings: dict[str, Standing]) -> dict[str, Standing]:
        """Keep what was found for the rest of this look at the person."""
        self._standings.append(standings)
        return standings

    @property
    def places(self) -> Mapping[str, Spot]:
        """Everywhere where they could be told anything."""
        return {**self.watched, **self.spots}

    @property
    def calendars(self) -> list[Calendar]:
        return _calendars(self.spots, self.watched)

    @property
    def zone(self) -> str:
        first = next(iter((self.spots or self.watched).values()), None)
        return self.person.zone or ("Etc/UTC" if first is None else first.member.calendar.zone)

    def stands(self, item: Item) -> bool:
        """Whether it stands in a message of the running shift."""
        shift = self.shift
        return shift is not None and any(
            item in one.items for one in self.newest if one.day_on == shift.day_on
        )


def reader(db: Database, team_id: str, person: Person, now: datetime) -> Reader:
    spots = _spots(db, team_id, person, partnerships.of_person(db, team_id, person.id))
    since = now - NEWS_LASTS
    leads = any(spot.member.is_lead for spot in spots.values())
    signs = daily_signs.signs(db, team_id, person.id, since, now, leads=leads)
    sponsored = partnerships.sponsored_by(db, team_id, person.id) if "sponsors" in signs else []
    watched = _spots(db, team_id, person, sponsored)
    is_news = bool(signs.keys() - _REPEATED)
    told = dailies.told(db, team_id, person.id, since, now) if is_news else frozenset[Item]()
    return Reader(
        team_id=team_id,
        person=person,
        spots=spots,
        shift=shift_now(_calendars(spots, watched), now),
        signs=signs,
        newest=tuple(dailies.newest(db, team_id, person.id)),
        told=told,
        watched=watched,
    )


def _spots(
    db: Database, team_id: str, person: Person, every: Sequence[Partnership]
) -> dict[str, Spot]:
    """The person's places in some partnerships: where they take part, or are a sponsor."""
    members = people.member_in(db, team_id, every, person.id)
    return {
        one.id: Spot(partnership=one, member=member, is_direct=is_direct(one, member))
        for one in every
        if (member := members.get(one.id)) is not None and (member.takes_part or member.is_sponsor)
    }


def _calendars(spots: Mapping[str, Spot], watched: Mapping[str, Spot]) -> list[Calendar]:
    """The hours of the person: of what they take part in, if that is anything."""
    return [spot.member.calendar for spot in (spots or watched).values()]
