"""Who is asked in the place of somebody away; who that is, is looked up anew each time."""

from dataclasses import dataclass
from datetime import datetime

from data import Database, away, duties, members, people
from domain.away import can_stand_in
from domain.duties import holding
from domain.partnerships import Partnership
from domain.people import Member, Side
from services.daily_wakes import expect, touch


@dataclass(frozen=True, slots=True, kw_only=True)
class Stood:
    """Somebody away whose things a person sees to in one partnership.

    Attributes:
        from_at: When the absence began.
        until_at: When it ends.
    """

    partnership: Partnership
    owner: Member
    from_at: datetime
    until_at: datetime


def asked_person(
    db: Database, partnership: Partnership, member: Member, now: datetime
) -> Member | None:
    """Who is asked about what somebody owes: themselves, or while they are away their stand-in.

    Where the stand-in is away, too, or takes part no more, the oldest lead of the side is asked.

    Returns:
        None while nobody is to be asked: nothing is told and nothing escalates.
    """
    running = away.running(db, partnership.team_id, member.person.id, now)
    if not running:
        return member
    named = [one.stand_in for one in running if one.stand_in is not None]
    if not named:
        return None
    for person_id in named:
        found = people.member(db, partnership, person_id)
        if found is not None and can_stand_in(member, found) and _is_there(found, now):
            return found
    return oldest_lead(db, partnership, member.side, now, besides=member.person.id)


def stands_in(
    db: Database, partnership: Partnership, owner_id: str, person_id: str, now: datetime
) -> bool:
    """Whether a person is asked now in the place of an owner who is away."""
    if owner_id == person_id or not away.running(db, partnership.team_id, owner_id, now):
        return False
    owner = people.member(db, partnership, owner_id)
    asked = None if owner is None else asked_person(db, partnership, owner, now)
    return asked is not None and asked.person.id == person_id


def stood_for(
    db: Database, partnerships: dict[str, Partnership], person_id: str, now: datetime
) -> list[Stood]:
    """Those away whose things the person sees to now.

    Args:
        partnerships: In which the person takes part, by id.
    """
    if not partnerships:
        return []
    team_id = next(iter(partnerships.values())).team_id
    places = {
        (found, one.person_id): one
        for one in away.covered_by(db, team_id, person_id, now)
        for found in ([one.partnership_id] if one.partnership_id else partnerships)
    }
    found = []
    for (partnership_id, owner_id), one in places.items():
        partnership = partnerships.get(partnership_id)
        owner = None if partnership is None else people.member(db, partnership, owner_id)
        if partnership is None or owner is None or not owner.takes_part:
            continue
        asked = asked_person(db, partnership, owner, now)
        if asked is not None and asked.person.id == person_id:
            since, until = one.from_at, one.until_at
            stood = Stood(partnership=partnership, owner=owner, from_at=since, until_at=until)
            found.append(stood)
    return found


def oldest_lead(
    db: Database,
    partnership: Partnership,
    side: Side | None,
    now: datetime,
    *,
    besides: str | None = None,
) -> Member | None:
    """The lead of a side who has been there longest, of those who are not away."""
    if side is None:
        return None
    for person_id in members.leads_by_age(db, partnership, side):
        found = None if person_id == besides else people.member(db, partnership, person_id)
        if found is not None and found.is_lead and _is_there(found, now):
            return found
    return None


def on_duty(db: Database, partnership: Partnership, side: Side, now: datetime) -> Member | None:
    """Who sees to what is given to a side: who is on duty and there, else its oldest lead."""
    for one in holding(duties.standing(db, partnership, now), side, now):
        found = people.member(db, partnership, one.person_id)
        fits = found is not None and found.takes_part and found.side == side
        if found is not None and fits and _is_there(found, now):
            return found
    return oldest_lead(db, partnership, side, now)


def look_at(db: Database, partnership: Partnership, member: Member, now: datetime) -> None:
    """An absence of the person changed: whoever is asked meanwhile finds it as they begin."""
    team_id, person_id = partnership.team_id, member.person.id
    named = {one.stand_in for one in away.coming(db, team_id, person_id, now)} - {None}
    leads = members.leads_by_age(db, partnership, member.side) if member.side and named else []
    for other_id in sorted({*(one for one in named if one), *leads, person_id}):
        other = people.member(db, partnership, other_id)
        if other is not None and other.takes_part:
            expect(db, team_id, other, now)
            touch(db, team_id, other_id, now)


def _is_there(member: Member, now: datetime) -> bool:
    return not any(one.from_at <= now < one.until_at for one in member.calendar.away)
