"""What stands in a daily message: what a person owes, and for whom it is drawn; nothing is put."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from data import Database, deliverables, partnerships, people
from data.daily import Daily
from domain.daily import next_start, today_until
from domain.deliverables import Commitment
from domain.partnerships import Partnership
from domain.people import Member, Person
from services.personal import Personal
from views import daily as views
from views.blocks import Drawn


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """What a person owes in one partnership, with their place in it."""

    partnership: Partnership
    member: Member
    commitments: tuple[Commitment, ...]


def owed_in(db: Database, team_id: str, person: Person) -> list[Owed]:
    """What a person owes, by partnership, wherever the person takes part."""
    every = deliverables.owed_by(db, team_id, person.id)
    by_id = sorted(every, key=lambda one: one.partnership_id)
    found = []
    for partnership_id, group in groupby(by_id, key=lambda one: one.partnership_id):
        partnership = partnerships.get(db, team_id, partnership_id)
        member = people.member(db, partnership, person.id) if partnership is not None else None
        if partnership is not None and member is not None and member.takes_part:
            own = tuple(sorted(group, key=lambda one: one.due_at))
            found.append(Owed(partnership=partnership, member=member, commitments=own))
    return found


def drawn(db: Database, person: Person, one: Daily, now: datetime) -> Drawn:
    items = [_item(db, one, item_id, now) for item_id in one.items]
    shown = sorted(
        (item for item in items if item is not None),
        key=lambda item: (item.partnership.id, item.commitment.due_at),
    )
    draw = views.past if _is_over(db, one, shown, now) else views.daily
    return draw(letter(db, person, one), shown, now)


def _is_over(db: Database, one: Daily, items: Sequence[views.Item], now: datetime) -> bool:
    """Whether the next shift after that of the message has begun."""
    members = [people.member(db, item.partnership, one.person_id) for item in items]
    calendars = [member.calendar for member in members if member is not None]
    ends_at = next_start(calendars, one.put_at)
    return ends_at is not None and ends_at <= now


def _item(db: Database, one: Daily, item_id: str, now: datetime) -> views.Item | None:
    commitment = deliverables.get(db, one.team_id, item_id)
    if commitment is None:
        return None
    partnership = partnerships.get(db, one.team_id, commitment.partnership_id)
    if partnership is None:
        return None
    member = people.member(db, partnership, one.person_id)
    is_theirs = commitment.is_open and commitment.owner_id == one.person_id
    until = now if member is None else today_until(member.calendar, one.put_at)
    is_todays = is_theirs and (commitment.due_at < until or commitment.state == "proposed")
    return views.Item(partnership=partnership, commitment=commitment, is_todays=is_todays)


def letter(db: Database, person: Person, one: Daily) -> views.Letter:
    place, zone = _place_and_zone(db, person, one)
    return views.Letter(
        id=one.id,
        name=person.name,
        slack_id=None if place is None else place.mention,
        zone=zone,
        put_at=one.put_at,
    )


def _place_and_zone(db: Database, person: Person, one: Daily) -> tuple[Personal | None, str]:
    if one.partnership_id is not None:
        partnership = partnerships.get(db, one.team_id, one.partnership_id)
        member = people.member(db, partnership, person.id) if partnership is not None else None
        if partnership is not None and member is not None:
            mentioned = Personal(place=partnership.channel, mention=person.slack_id)
            return mentioned, person.zone or member.calendar.zone
        return None, person.zone or "Etc/UTC"
    owed = owed_in(db, one.team_id, person)
    return None, person.zone or (owed[0].member.calendar.zone if owed else "Etc/UTC")
