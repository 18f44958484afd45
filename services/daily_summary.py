"""The summary that goes to the leads alone, in their daily message."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Final

from data import Database, summary
from domain.daily import Item
from domain.people import Side
from domain.summaries import news_until
from services import summary_posts
from services.daily_parts import Contributor, Found, Page
from services.daily_readers import Reader, Spot
from views import summary_sections as views
from views.daily_sections import Section
from views.own_remedies import Viewer


def _find(db: Database, reader: Reader, now: datetime) -> list[Found]:
    spots = [reader.spots.get(one) for one in reader.signs["summary"]]
    items = [_item_of(db, spot, now) for spot in spots if spot is not None]
    return [Found(item=item) for item in items if item is not None]


def _item_of(db: Database, spot: Spot, now: datetime) -> Item | None:
    """The week that was told last, as long as it is news for this lead."""
    partnership = spot.partnership
    week = summary.newest_told(db, partnership) if _may_read(spot, now) else None
    if week is None or week.settled_at is None or week.told_to != "leads":
        return None
    if now >= news_until(spot.member.calendar, week.due_at, week.settled_at):
        return None
    week_on = week.week_on.isoformat()
    return Item(kind="summary", partnership_id=partnership.id, subject_id=week_on)


def _draw(db: Database, page: Page, ids: Sequence[str], now: datetime) -> list[Section]:
    side = page.spot.member.side
    if side is None or not _may_read(page.spot, now):
        return []
    weeks = [date.fromisoformat(one) for one in ids]
    return [section for one in weeks for section in _sections(db, page, one, side, now)]


def _sections(
    db: Database, page: Page, week_on: date, side: Side, now: datetime
) -> Sequence[Section]:
    partnership = page.spot.partnership
    if page.others_read or not page.is_last:
        return [views.pointer(partnership, side, week_on)]
    viewer = Viewer(person_id=page.daily.person_id, side=side, is_lead=True)
    told, shown = summary_posts.as_read(db, partnership, week_on, now)
    return views.sections(told, replace(shown, lead=viewer), viewer)


def _may_read(spot: Spot, now: datetime) -> bool:
    partnership = spot.partnership
    return spot.member.is_lead and partnership.is_agreed and not partnership.is_paused(now)


SUMMARY: Final = Contributor(kind="summary", repeats=False, find=_find, draw=_draw)
