"""What somebody owes, in their daily message: what is late, due today, or waits for their word."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Final

from data import Database, deliverables, journal, partnerships, people
from domain.daily import Item, today_until
from domain.deliverables import Commitment
from domain.ladder import Standing
from domain.loads import Load, load_beside
from domain.partnerships import Partnership
from domain.people import Member, Person, Side
from services import ladder
from services.daily_parts import Contributor, Found, Page
from services.daily_readers import Reader, Spot
from services.deliverable_notes import LISTED, askers, sent_back
from services.deliverable_posts import repeats
from services.wait_lines import unanswered_words
from views import daily_owed as views
from views.daily_sections import Section

_UNCALLED: Final = frozenset({"deliverable_changed", LISTED})

Asking = Mapping[str, tuple[Side | None, str]]


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
    asked_about = reader.signs.get("looks_done", ())
    found = []
    for standing in ladder.look(db, reader, now).values():
        one = standing.commitment
        spot = reader.spots[one.partnership_id]
        if not (one.is_public or spot.is_direct):
            continue
        is_asked, is_due = one.id in asked_about, standing.is_due(now)
        if is_due and one.state == "proposed":
            is_due = not _was_called(db, reader, spot, one)
            found.append(Found(item=_item(one), is_reason=is_due))
        elif is_due or is_asked:
            found.append(Found(item=_item(one)))
        elif _joins(one, spot, now):
            found.append(Found(item=_item(one), is_reason=False))
    return found


def _joins(one: Commitment, spot: Spot, now: datetime) -> bool:
    """Whether it stands in a message that is put for something else: due today, or late."""
    is_put_off = one.snoozed_until is not None and now < one.snoozed_until
    return not is_put_off and one.due_at < today_until(spot.member.calendar, now)


def _item(one: Commitment) -> Item:
    return Item(kind="owed", partnership_id=one.partnership_id, subject_id=one.id)


def _was_called(db: Database, reader: Reader, spot: Spot, one: Commitment) -> bool:
    """Whether its card has called the owner in this shift, in the thread where they read us.

    What was pasted in a list has no card yet, and calls nobody.
    """
    if spot.is_direct or reader.shift is None or one.created_at < reader.shift.starts_at:
        return False
    happened = journal.entries(db, one.team_id, "commitment", one.id)
    return all(entry.verb not in _UNCALLED for entry in happened)


def _draw(db: Database, page: Page, ids: Sequence[str], now: datetime) -> list[Section]:
    spot, team_id = page.spot, page.daily.team_id
    others = [one_id for one_id in ids if one_id not in page.standings]
    read = list(deliverables.every(db, team_id, others).values()) if others else []
    more = ladder.standings(db, {spot.partnership.id: spot}, read, now)
    known = {**page.standings, **more}
    standings = {one_id: known[one_id].after_now(now) for one_id in ids if one_id in known}
    every = [found.commitment for found in standings.values()]
    asking = askers(db, spot.partnership, every)
    items = [_shown(db, page, found, asking, now) for found in standings.values()]
    side = spot.member.side
    if side is None or not items:
        return []
    said = views.Said(
        now=now,
        word_at=_next_word_at(items, standings, now),
        is_waiting=any(standings[one.commitment.id].is_waiting for one in items if one.is_todays),
    )
    return [views.owed(spot.partnership, side, items, said)]


def _shown(db: Database, page: Page, found: Standing, asking: Asking, now: datetime) -> views.Item:
    one, spot = found.commitment, page.spot
    looks_done = one.id in page.looks_done
    until = today_until(spot.member.calendar, page.daily.put_at)
    is_theirs = one.is_open and one.owner_id == page.daily.person_id
    put_off = one.snoozed_until if is_theirs else None
    is_put_off = put_off is not None and now < put_off
    belongs = one.due_at < until or one.state == "proposed" or looks_done or bool(found.told)
    # How much somebody promised is for their own eyes.
    asks = is_theirs and one.state == "proposed" and not (page.is_over or page.others_read)
    return views.Item(
        commitment=one,
        is_todays=is_theirs and belongs and not is_put_off,
        is_counted=one.due_at < until or one.state == "proposed" or looks_done,
        looks_done=looks_done,
        is_gone=one.owner_id != page.daily.person_id,
        is_over=page.is_over,
        put_off_until=put_off if is_put_off else None,
        load=_load(db, page, one) if asks else None,
        repeats=repeats(db, one) if is_theirs and one.state == "proposed" else None,
        asked_by=_asked_by(page, one, asking),
        back=sent_back(db, one) if one.sent_back else None,
        waits=unanswered_words(db, spot.partnership, one) if one.is_late(now) else "",
    )


def _asked_by(page: Page, one: Commitment, asking: Asking) -> str:
    """Who asks for what nobody took on yet; where others read it, the side alone."""
    if one.state != "proposed" or one.created_by not in asking or one.created_by == one.owner_id:
        return ""
    side, slack_id = asking[one.created_by]
    known = None if page.others_read else slack_id
    return views.asked_by(page.spot.partnership, side, known)


def _load(db: Database, page: Page, one: Commitment) -> Load:
    zone = page.spot.member.calendar.zone
    every = deliverables.owed_by(db, one.team_id, page.daily.person_id)
    return load_beside(one, every, zone)


def _next_word_at(
    items: Sequence[views.Item], standings: Mapping[str, Standing], now: datetime
) -> datetime | None:
    """When the first of what is asked about is asked about again."""
    asked = [one.commitment.id for one in items if one.is_todays]
    words = (standings[one].word_at(now) for one in asked)
    return min((at for at in words if at is not None), default=None)


OWED: Final = Contributor(kind="owed", repeats=True, find=_find, draw=_draw)
