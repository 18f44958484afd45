"""What somebody owes, in their daily message: what is late, due today, or waits for their word."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Final

from data import Database, deliverable_answers, deliverables, journal, partnerships, people
from domain.daily import Item, today_until
from domain.deliverables import Commitment
from domain.partnerships import Partnership
from domain.people import Member, Person
from services.daily_parts import Contributor, Found, Page
from services.daily_readers import Reader, Spot
from views import daily_owed as views
from views.daily_sections import Section


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


def _find(db: Database, reader: Reader, now: datetime) -> list[Found]:
    every = deliverables.owed_by(db, reader.team_id, reader.person.id)
    until = {key: today_until(spot.member.calendar, now) for key, spot in reader.spots.items()}
    asked_about = reader.signs.get("looks_done", ())
    found = []
    for one in every:
        spot = reader.spots.get(one.partnership_id)
        if spot is None or not (one.is_public or spot.is_direct):
            continue
        if one.due_at < until[one.partnership_id] or one.id in asked_about:
            found.append(Found(item=_item(one)))
        elif one.state == "proposed":
            called = _was_called(db, reader, spot, one)
            found.append(Found(item=_item(one), is_reason=not called))
    return found


def _item(one: Commitment) -> Item:
    return Item(kind="owed", partnership_id=one.partnership_id, subject_id=one.id)


def _was_called(db: Database, reader: Reader, spot: Spot, one: Commitment) -> bool:
    """Whether its card has called the owner in this shift, in the thread where they read us."""
    if spot.is_direct or reader.shift is None or one.created_at < reader.shift.starts_at:
        return False
    happened = journal.entries(db, one.team_id, "commitment", one.id)
    return all(entry.verb != "deliverable_changed" for entry in happened)


def _draw(db: Database, page: Page, ids: Sequence[str], now: datetime) -> list[Section]:
    spot, team_id = page.spot, page.daily.team_id
    asked_about = deliverable_answers.looks_done(db, team_id, page.daily.person_id)
    until = today_until(spot.member.calendar, page.daily.put_at)
    every = deliverables.every(db, team_id, ids)
    items = []
    for one in (every.get(one_id) for one_id in ids):
        if one is not None:
            looks_done = one.id in asked_about
            is_todays = one.due_at < until or one.state == "proposed" or looks_done
            is_theirs = one.is_open and one.owner_id == page.daily.person_id
            items.append(
                views.Item(
                    commitment=one,
                    is_todays=is_theirs and is_todays,
                    looks_done=looks_done,
                    is_over=page.is_over,
                )
            )
    side = spot.member.side
    return [] if side is None or not items else [views.owed(spot.partnership, side, items, now)]


OWED: Final = Contributor(kind="owed", repeats=True, find=_find, draw=_draw)
