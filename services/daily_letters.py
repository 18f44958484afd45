"""What belongs into somebody's daily messages, and how one is drawn; nothing is put."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import groupby

from data import Database
from data.daily import Daily
from domain.daily import FOR_LEADS, FOR_SPONSORS, next_start
from services.daily_contributors import CONTRIBUTORS
from services.daily_parts import Found, Page
from services.daily_readers import Reader, Spot
from services.personal import direct_place, may_write, personal_place
from views import daily as views
from views.blocks import Drawn
from views.daily_sections import Section

# By the id of the partnership in whose thread it stands; None: a direct message about all.
Wishes = Mapping[str | None, Sequence[Found]]


def wishes(db: Database, who: Reader, now: datetime) -> Wishes:
    """What is to be told now, by the message in which it belongs."""
    wanted: dict[str | None, list[Found]] = {}
    may: dict[str, bool] = {}
    for contributor in CONTRIBUTORS:
        every = contributor.find(db, who, now) if contributor.kind in who.signs else ()
        for found in every:
            if found.item in who.told and not contributor.repeats:
                continue
            spot = who.places[found.item.partnership_id]
            at = spot.partnership.id
            if at not in may:
                may[at] = _may_be_told(db, spot, now)
            if may[at]:
                wanted.setdefault(_message_of(who, spot), []).append(found)
            elif contributor.kind in FOR_LEADS and _may_be_told_directly(db, spot, now):
                # While a third company reads the thread, nothing about the two stands there.
                wanted.setdefault(None, []).append(found)
    return wanted


def drawn(db: Database, who: Reader, one: Daily, now: datetime, *, is_last: bool = True) -> Drawn:
    """The message as it stands now.

    Args:
        is_last: Nothing newer is put in the same place.
    """
    over = one.put_at < now and is_over(who, one, now)
    sections = []
    by_partnership = sorted(one.items, key=lambda item: item.partnership_id)
    for partnership_id, items in groupby(by_partnership, key=lambda item: item.partnership_id):
        spot = who.places.get(partnership_id)
        if spot is not None:
            page = Page(
                daily=one,
                spot=spot,
                told=who.told,
                is_over=over,
                is_last=is_last,
                standings=who.standings or {},
                looks_done=frozenset(who.signs.get("looks_done", ())),
            )
            # Who has become a sponsor reads no more of what they owed before.
            takes_part = spot.member.takes_part
            ids = {
                (item.kind, item.subject_id): None
                for item in items
                if takes_part or item.kind in FOR_SPONSORS
            }
            sections += _sections(db, page, list(ids), now)
    draw = views.past if over else views.daily
    return draw(letter(who, one), sections)


def is_over(who: Reader, one: Daily, now: datetime) -> bool:
    """Whether the next shift after that of the message has begun."""
    ends_at = next_start(who.calendars, one.put_at)
    return ends_at is not None and ends_at <= now


def letter(who: Reader, one: Daily) -> views.Letter:
    spot = who.places.get(one.partnership_id or "")
    zone = who.zone if spot is None else who.person.zone or spot.member.calendar.zone
    return views.Letter(
        id=one.id,
        name=who.person.name,
        slack_id=None if one.partnership_id is None else who.person.slack_id,
        zone=zone,
        put_at=one.put_at,
        day_on=one.day_on,
        takes_part=bool(who.spots),
    )


def _sections(
    db: Database, page: Page, items: Sequence[tuple[str, str]], now: datetime
) -> list[Section]:
    found: list[Section] = []
    for contributor in CONTRIBUTORS:
        ids = [subject_id for kind, subject_id in items if kind == contributor.kind]
        if ids:
            found += contributor.draw(db, page, ids, now)
    return found


def _message_of(who: Reader, spot: Spot) -> str | None:
    """Where the person is written to; on the day on which they chose another place as before."""
    own, today = spot.partnership.id, None if who.shift is None else who.shift.day_on
    for one in who.newest:
        about = {item.partnership_id for item in one.items}
        if one.day_on == today and (one.partnership_id == own or own in about):
            return one.partnership_id
    return None if spot.is_direct else own


def _may_be_told(db: Database, spot: Spot, now: datetime) -> bool:
    partnership, member = spot.partnership, spot.member
    place = personal_place(db, partnership, member)
    return place is not None and may_write(db, partnership, place, member, now)


def _may_be_told_directly(db: Database, spot: Spot, now: datetime) -> bool:
    partnership, member = spot.partnership, spot.member
    if member.person.direct is False:
        return False
    return may_write(db, partnership, direct_place(member.person), member, now)
