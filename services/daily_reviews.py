"""What was delivered, in daily messages: it waits for a word, or was accepted with thanks.

Neither is a reason to write: it joins what is put anyway, once, beside its card in the thread.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from data import Database, deliverables, people
from domain.daily import Item
from domain.deliverables import Commitment
from domain.people import other_side
from services.daily_parts import Contributor, Found, Page
from services.daily_readers import Reader, Spot
from services.stand_ins import oldest_lead
from views import daily_reviews as views
from views.daily_sections import Section


def _find(db: Database, reader: Reader, now: datetime) -> list[Found]:
    every = deliverables.every(db, reader.team_id, reader.signs["review"])
    found = []
    for one in every.values():
        spot = reader.spots.get(one.partnership_id)
        if spot is not None and _is_theirs(db, spot, one, now):
            item = Item(kind="review", partnership_id=one.partnership_id, subject_id=one.id)
            found.append(Found(item=item, is_reason=False))
    return found


def _is_theirs(db: Database, spot: Spot, one: Commitment, now: datetime) -> bool:
    """Whether this reader says what the receiving side thinks: its author, else its first lead."""
    receiving = other_side(one.side)
    is_waiting = one.is_with_other_side and one.review_until is not None and now < one.review_until
    may_stand = one.is_public or spot.is_direct
    if spot.member.side != receiving or not is_waiting or not may_stand:
        return False
    author = people.member(db, spot.partnership, one.created_by)
    if author is not None and author.side == receiving and author.takes_part:
        return author.person.id == spot.member.person.id
    lead = oldest_lead(db, spot.partnership, receiving, now)
    return lead is not None and lead.person.id == spot.member.person.id


def _draw(db: Database, page: Page, ids: Sequence[str], _now: datetime) -> list[Section]:
    every = deliverables.every(db, page.daily.team_id, ids)
    shown = [every[one] for one in ids if one in every and every[one].state == "done"]
    side = page.spot.member.side
    if side is None or not shown:
        return []
    return [views.delivered(page.spot.partnership, side, shown, may_press=not page.is_over)]


def _find_thanks(db: Database, reader: Reader, _now: datetime) -> list[Found]:
    every = deliverables.every(db, reader.team_id, reader.signs["thanks"])
    return [
        Found(
            item=Item(kind="thanks", partnership_id=one.partnership_id, subject_id=one.id),
            is_reason=False,
        )
        for one in every.values()
        if (spot := reader.spots.get(one.partnership_id)) is not None
        and (one.is_public or spot.is_direct)
    ]


def _draw_thanks(db: Database, page: Page, ids: Sequence[str], _now: datetime) -> list[Section]:
    every = deliverables.every(db, page.daily.team_id, ids)
    shown = [every[one] for one in ids if one in every and every[one].review == "approved"]
    side = page.spot.member.side
    return [views.thanks(page.spot.partnership, side, shown)] if side and shown else []


REVIEW: Final = Contributor(kind="review", repeats=False, find=_find, draw=_draw)
THANKS: Final = Contributor(kind="thanks", repeats=False, find=_find_thanks, draw=_draw_thanks)
