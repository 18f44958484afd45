"""What became of what somebody asked for, in their daily message: once, the day it is known."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from data import Database, deliverable_answers, deliverables
from domain.daily import Item, Kind
from domain.deliverables import Commitment
from services.daily_parts import Contributor, Found, Page
from services.daily_readers import Reader
from views import daily_owed as views
from views.daily_sections import Section


def _find_declined(db: Database, reader: Reader, _now: datetime) -> list[Found]:
    return _found(db, reader, "declined")


def _draw_declined(db: Database, page: Page, ids: Sequence[str], _now: datetime) -> list[Section]:
    every = [deliverables.get(db, page.daily.team_id, one) for one in ids]
    still = [one for one in every if one is not None and one.state == "declined"]
    side = page.spot.member.side
    return [views.declined(page.spot.partnership, side, still)] if side and still else []


def _find_other_dates(db: Database, reader: Reader, _now: datetime) -> list[Found]:
    """Who is written to in the thread has read it there: the new date is told to both sides."""
    found = _found(db, reader, "other_date")
    return [one for one in found if reader.spots[one.item.partnership_id].is_direct]


def _draw_other_dates(
    db: Database, page: Page, ids: Sequence[str], _now: datetime
) -> list[Section]:
    every = []
    for one in (deliverables.get(db, page.daily.team_id, found) for found in ids):
        if one is None or not one.is_open:
            continue
        asked_for = deliverable_answers.asked_for(db, one.team_id, one.id, one.owner_id)
        if asked_for is not None:
            every.append((replace(one, due_at=asked_for), one))
    side = page.spot.member.side
    return [views.other_dates(page.spot.partnership, side, every)] if side and every else []


def _found(db: Database, reader: Reader, kind: Kind) -> list[Found]:
    every = [deliverables.get(db, reader.team_id, one) for one in reader.signs[kind]]
    return [
        Found(item=Item(kind=kind, partnership_id=one.partnership_id, subject_id=one.id))
        for one in every
        if one is not None and _may_be_told(one, reader)
    ]


def _may_be_told(one: Commitment, reader: Reader) -> bool:
    """Whether it may stand where the reader is written to, which may be the channel's thread."""
    spot = reader.spots.get(one.partnership_id)
    return spot is not None and (one.is_public or spot.is_direct)


DECLINED: Final = Contributor(
    kind="declined", repeats=False, find=_find_declined, draw=_draw_declined
)
OTHER_DATES: Final = Contributor(
    kind="other_date",
    repeats=False,
    find=_find_other_dates,
    draw=_draw_other_dates,
)
