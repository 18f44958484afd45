"""What is asked of a stand-in in their daily message: what is late or due of somebody away."""

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from typing import Final

from data import Database, away, deliverables, people
from data import daily as dailies
from domain.daily import Item, today_until
from domain.deliverables import Commitment, may_read
from domain.ladder import Standing
from services import stand_in_steps
from services.daily_parts import Contributor, Found, Page
from services.daily_readers import Reader
from services.stand_ins import Stood, stands_in, stood_for
from views import daily_owed, stand_ins
from views.daily_sections import Section


def _find(db: Database, reader: Reader, now: datetime) -> list[Found]:
    places = {one_id: spot.partnership for one_id, spot in reader.spots.items()}
    found = []
    for stood in stood_for(db, places, reader.person.id, now):
        spot = reader.spots[stood.partnership.id]
        until = today_until(spot.member.calendar, now)
        owed = deliverables.owed_by(db, reader.team_id, stood.owner.person.id)
        here = [one for one in owed if one.partnership_id == stood.partnership.id]
        for standing in stand_in_steps.standings(db, spot, here, now).values():
            one = standing.commitment
            may_stand = one.is_public or spot.is_direct
            if not may_stand or not may_read(one, reader.person.id, spot.member):
                continue
            item = Item(kind="stand_in", partnership_id=one.partnership_id, subject_id=one.id)
            is_due = standing.is_due(now) and _may_be_asked(one)
            is_due = is_due or (
                _is_to_be_told(standing, now) and item not in _told(db, reader, stood, now)
            )
            if is_due or _is_asked(one, until):
                found.append(Found(item=item, is_reason=is_due))
    return found


def _may_be_asked(one: Commitment) -> bool:
    """What was promised, and what was given to the side, which anybody may accept."""
    return one.state == "accepted" or (one.state == "proposed" and one.owner_kind != "person")


def _is_to_be_told(standing: Standing, now: datetime) -> bool:
    """Whether its owner would be asked now to accept it, which is left to them."""
    return standing.is_due(now) and not _may_be_asked(standing.commitment)


def _told(db: Database, reader: Reader, stood: Stood, now: datetime) -> frozenset[Item]:
    """What the stand-in has read of before during this absence; of the running day nothing."""
    every = dailies.told(db, reader.team_id, reader.person.id, stood.from_at, now)
    return frozenset(item for item in every if item.kind == "stand_in" and not reader.stands(item))


def _is_asked(one: Commitment, until: datetime) -> bool:
    """Whether it stands in a message that is put for something else: due today, or late."""
    return _may_be_asked(one) and (one.due_at < until or one.state == "proposed")


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
    standings = stand_in_steps.standings(db, spot, every, now)
    items = [
        daily_owed.Item(
            commitment=one,
            is_todays=asked and _may_be_asked(one) and _belongs(standings[one.id], until),
            is_counted=one.due_at < until or one.state == "proposed",
            is_over=page.is_over,
            is_own=False,
            waits_for_owner=asked and one.is_open and not _may_be_asked(one),
            is_private=not page.others_read,
        )
        for one in every
    ]
    again = (found for found in standings.values() if _may_be_asked(found.commitment))
    words = (found.after_now(now).word_at(now) for found in again)
    word_at = min((at for at in words if at is not None), default=None)
    is_waiting = any(standings[one.commitment.id].is_waiting for one in items if one.is_todays)
    said = daily_owed.Said(now=now, word_at=word_at, is_waiting=is_waiting)
    section = daily_owed.owed(spot.partnership, spot.member.side, items, said)
    owner, running = people.get(db, team_id, owner_id), away.running(db, team_id, owner_id, now)
    # Where the other side reads it, too, it says nothing of who is away.
    if page.others_read or owner is None or not running:
        return [section]
    zone = spot.member.person.zone or spot.member.calendar.zone
    return [stand_ins.stood_in(section, owner.slack_id, running[0].until_at, zone)]


def _belongs(standing: Standing, until: datetime) -> bool:
    """Due, asked about before, or about to be."""
    one = standing.commitment
    return one.due_at < until or one.state == "proposed" or bool(standing.told)


STAND_IN: Final = Contributor(kind="stand_in", repeats=True, find=_find, draw=_draw)
