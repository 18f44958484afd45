"""What somebody is asked to take over, and what nobody took over, in their daily message."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

from data import Database, deliverables, hand_overs, people
from domain.daily import Item, Kind
from domain.deliverables import Commitment, may_read
from domain.hand_overs import HandOver
from services.daily_parts import Contributor, Found, Page
from services.daily_readers import Reader, Spot
from views import hand_overs as views
from views.daily_sections import Section


def _find_asked(db: Database, reader: Reader, _now: datetime) -> list[Found]:
    ids = reader.signs["hand_over"]
    return _found(reader, "hand_over", [one for one, _ in _asked(db, reader.team_id, ids)])


def _draw_asked(db: Database, page: Page, ids: Sequence[str], _now: datetime) -> list[Section]:
    side, person_id = page.spot.member.side, page.spot.member.person.id
    every = []
    for one, known in _asked(db, page.daily.team_id, ids):
        by = people.get(db, one.team_id, known.from_id)
        if known.to_id == person_id and not page.is_over:
            every.append((one, "" if by is None or page.others_read else by.slack_id))
    return [views.asked(page.spot.partnership, side, every)] if side and every else []


def _find_kept(db: Database, reader: Reader, _now: datetime) -> list[Found]:
    return _found(reader, "kept", list(_kept(db, reader.team_id, reader.signs["kept"])))


def _draw_kept(db: Database, page: Page, ids: Sequence[str], _now: datetime) -> list[Section]:
    side, every = page.spot.member.side, list(_kept(db, page.daily.team_id, ids))
    return [views.kept(page.spot.partnership, side, every)] if side and every else []


def _asked(db: Database, team_id: str, ids: Sequence[str]) -> Iterator[tuple[Commitment, HandOver]]:
    every = deliverables.every(db, team_id, ids)
    for one_id in ids:
        one, known = every.get(one_id), hand_overs.of(db, team_id, one_id)
        if one is not None and known is not None and known.is_asked(one):
            yield one, known


def _kept(db: Database, team_id: str, ids: Sequence[str]) -> Iterator[Commitment]:
    every = deliverables.every(db, team_id, ids)
    for one_id in ids:
        one, known = every.get(one_id), hand_overs.of(db, team_id, one_id)
        if one is None or known is None or known.state != "refused":
            continue
        if one.is_open and one.owner_id == known.from_id:
            yield one


def _found(reader: Reader, kind: Kind, every: Sequence[Commitment]) -> list[Found]:
    return [
        Found(item=Item(kind=kind, partnership_id=one.partnership_id, subject_id=one.id))
        for one in every
        if _may_be_told(one, reader, reader.spots.get(one.partnership_id))
    ]


def _may_be_told(one: Commitment, reader: Reader, spot: Spot | None) -> bool:
    """Whether it may stand where the reader is written to, which may be the channel's thread."""
    if spot is None or not may_read(one, reader.person.id, spot.member):
        return False
    return one.is_public or spot.is_direct


HAND_OVER: Final = Contributor(kind="hand_over", repeats=True, find=_find_asked, draw=_draw_asked)
KEPT: Final = Contributor(kind="kept", repeats=False, find=_find_kept, draw=_draw_kept)
