"""What is asked of a stand-in in their daily message: what is late or due of somebody away."""

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from typing import Final

from data import Database, away, deliverables, people
from domain.daily import Item, today_until
from domain.deliverables import Commitment, may_read
from services.daily_parts import Contributor, Found, Page
from services.daily_readers import Reader
from services.stand_ins import stands_in, stood_for
from views import daily_owed, stand_ins
from views.daily_sections import Section


def _find(db: Database, reader: Reader, now: datetime) -> list[Found]:
    places = {one_id: spot.partnership for one_id, spot in reader.spots.items()}
    found = []
    for stood in stood_for(db, places, reader.person.id, now):
        spot = reader.spots[stood.partnership.id]
        until = today_until(spot.member.calendar, now)
        for one in deliverables.owed_by(db, reader.team_id, stood.owner.person.id):
            is_here = one.partnership_id == stood.partnership.id and _is_asked(one, until)
            may_stand = one.is_public or spot.is_direct
            if is_here and may_stand and may_read(one, reader.person.id, spot.member):
                item = Item(kind="stand_in", partnership_id=one.partnership_id, subject_id=one.id)
                found.append(Found(item=item))
    return found


def _is_asked(one: Commitment, until: datetime) -> bool:
    """What was promised and is due, and what was given to the side, which anybody may accept."""
    if one.state == "accepted":
        return one.due_at < until
    return one.state == "proposed" and one.owner_kind != "person"


def _draw(db: Database, page: Page, ids: Sequence[str], now: datetime) -> list[Section]:
    every = deliverables.every(db, page.daily.team_id, ids)
    known = [every[one_id] for one_id in ids if one_id in every]
    known.sort(key=lambda one: one.owner_id)
    sections = []
    for owner_id, group in groupby(known, key=lambda one: one.owner_id):
        sections += _section(db, page, owner_id, list(group), now)
    return sections


def _section(
    db: Database, page: Page, owner_id: str, every: list[Commitment], now: datetime
) -> list[Section]:
    spot, team_id = page.spot, page.daily.team_id
    if spot.member.side is None:
        return []
    asked = stands_in(db, spot.partnership, owner_id, spot.member.person.id, now)
    until = today_until(spot.member.calendar, page.daily.put_at)
    items = [
        daily_owed.Item(
            commitment=one,
            is_todays=asked and _is_asked(one, until),
            is_over=page.is_over,
            is_own=False,
        )
        for one in every
    ]
    said = daily_owed.Said(now=now, word_at=today_until(spot.member.calendar, now))
    section = daily_owed.owed(spot.partnership, spot.member.side, items, said)
    owner, running = people.get(db, team_id, owner_id), away.running(db, team_id, owner_id, now)
    # Where the other side reads it, too, it says nothing of who is away.
    if page.others_read or owner is None or not running:
        return [section]
    zone = spot.member.person.zone or spot.member.calendar.zone
    return [stand_ins.stood_in(section, owner.slack_id, running[0].until_at, zone)]


STAND_IN: Final = Contributor(kind="stand_in", repeats=True, find=_find, draw=_draw)
