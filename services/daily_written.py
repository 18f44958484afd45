"""A check-in in writing, in the daily message of who has not answered it: once."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from data import Database, cadences
from domain.daily import Item
from domain.written import Written
from services import written_posts
from services.checkin_facts import check_in_of
from services.daily_parts import Contributor, Found, Page
from services.daily_readers import Reader
from views import written as views
from views.daily_sections import Section


def _find(db: Database, reader: Reader, now: datetime) -> list[Found]:
    every = [_written(db, reader.team_id, one, now) for one in reader.signs["written"]]
    return [
        Found(
            item=Item(
                kind="written",
                partnership_id=one.check_in.partnership.id,
                subject_id=one.check_in.turn.id,
            )
        )
        for one in every
        if one is not None and one.check_in.turn.state == "started" and one.is_open(now)
    ]


def _draw(db: Database, page: Page, ids: Sequence[str], now: datetime) -> list[Section]:
    side = page.spot.member.side
    found = [_written(db, page.daily.team_id, one, now) for one in ids]
    every = [(one, one.answered_by(page.daily.person_id)) for one in found if one is not None]
    if side is None or not every:
        return []
    return [views.daily_section(page.spot.partnership, side, every, is_over=page.is_over)]


def _written(db: Database, team_id: str, turn_id: str, now: datetime) -> Written | None:
    turn = cadences.occurrence(db, team_id, turn_id)
    check_in = None if turn is None else check_in_of(db, turn)
    return None if check_in is None else written_posts.written_of(db, check_in, now)


WRITTEN: Final = Contributor(kind="written", repeats=False, find=_find, draw=_draw)
