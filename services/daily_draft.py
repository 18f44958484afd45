"""The draft of the coming summary, in the daily message of each side's leads."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Final

from data import Database, finding_notes, summary
from data.summary import WeekTold
from domain.daily import Item
from domain.people import Side
from domain.summaries import Preview, drafted_at, news_until
from services import summary_posts
from services.daily_parts import Contributor, Found, Page
from services.daily_readers import Reader, Spot
from views import draft as views
from views.daily_sections import Section


def _find(db: Database, reader: Reader, now: datetime) -> list[Found]:
    found = []
    for spot in (reader.spots.get(one) for one in reader.signs["draft"]):
        item = None if spot is None else _item_of(db, spot, now)
        if spot is None or item is None:
            continue
        if reader.stands(item) or _says_something(db, spot, item, now):
            # Told once; on a later day it only joins what is said then.
            found.append(Found(item=item, is_reason=item not in reader.told))
    return found


def _item_of(db: Database, spot: Spot, now: datetime) -> Item | None:
    """The draft of the week that is told next, once its moment has come for this lead."""
    partnership = spot.partnership
    planned = summary.planned(db, partnership) if _may_read(spot, now) else None
    if planned is None or now >= planned.due_at:
        return None
    at = drafted_at(spot.member.calendar, planned.week_on, planned.due_at)
    if at is None or now < at:
        return None
    week = planned.week_on.isoformat()
    return Item(kind="draft", partnership_id=partnership.id, subject_id=week)


def _says_something(db: Database, spot: Spot, item: Item, now: datetime) -> bool:
    week_on, side = date.fromisoformat(item.subject_id), spot.member.side
    return side is not None and _preview(db, spot, week_on, side, now).says_something


def _draw(db: Database, page: Page, ids: Sequence[str], now: datetime) -> list[Section]:
    side = page.spot.member.side
    if side is None or not _may_read(page.spot, now):
        return []
    weeks = [date.fromisoformat(one) for one in ids]
    return [section for one in weeks for section in _sections(db, page, one, side, now)]


def _sections(
    db: Database, page: Page, week_on: date, side: Side, now: datetime
) -> Sequence[Section]:
    partnership, person_id = page.spot.partnership, page.daily.person_id
    week = summary.of_week(db, partnership, week_on)
    if week is None or week.state == "dropped" or _told(page, week) in page.daily.items:
        return []
    if week.state == "told" and _reads_it(db, page, week, now):
        return [views.told_instead(partnership, side, week_on)]
    if not page.is_last:
        return [views.past(partnership, side, week_on)]
    if page.others_read:
        return [views.pointer(partnership, side, week_on)]
    shown = _preview(db, page.spot, week_on, side, now)
    beside = {one.subject_id for one in page.daily.items if one.kind == "owed"}
    coming = tuple(one for one in shown.coming if one.id not in beside)
    notes = finding_notes.every(db, partnership)
    return views.draft(replace(shown, coming=coming), person_id, notes)


def _reads_it(db: Database, page: Page, week: WeekTold, now: datetime) -> bool:
    """Whether a told week has reached the reader, or will not any more."""
    partnership, settled_at = page.spot.partnership, week.settled_at
    if week.told_to != "leads" or settled_at is None:
        leaves_at = summary_posts.leaves_at(db, partnership, week.week_on)
        return leaves_at is None or leaves_at <= now
    until = news_until(page.spot.member.calendar, week.due_at, settled_at)
    return not page.is_last or now >= until or _told(page, week) in page.told


def _told(page: Page, week: WeekTold) -> Item:
    """What stands in a message that tells the leads of a week."""
    week_on = week.week_on.isoformat()
    return Item(kind="summary", partnership_id=page.spot.partnership.id, subject_id=week_on)


def _preview(db: Database, spot: Spot, week_on: date, side: Side, now: datetime) -> Preview:
    """Made once for each reader, to see whether it says anything and to draw it."""
    if week_on not in spot.previews:
        made = summary_posts.drawn_preview(db, spot.partnership, week_on, side, now)
        spot.previews[week_on] = made
    return spot.previews[week_on]


def _may_read(spot: Spot, now: datetime) -> bool:
    partnership = spot.partnership
    return spot.member.is_lead and partnership.is_agreed and not partnership.is_paused(now)


DRAFT: Final = Contributor(kind="draft", repeats=True, find=_find, draw=_draw)
