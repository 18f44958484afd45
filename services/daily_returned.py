"""What changed while somebody was away, told once in the first message after they are back."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Final

from data import Database, away, deliverables, journal, people
from domain.away import Absence
from domain.daily import Item
from domain.deliverables import Commitment, may_read
from services.daily_parts import Contributor, Found, Page
from services.daily_readers import Reader, Spot
from views import stand_ins as views
from views.daily_sections import Section

# What became of it otherwise, is told by whoever it concerns in a section of its own.
_TOLD: Final[Mapping[str, views.Became]] = {
    "deliverable_created": "asked",
    "deliverable_changed": "asked",
    "deliverable_done": "done",
    "deliverable_withdrawn": "cancelled",
    "deliverable_sent_back": "sent_back",
    "deliverable_reopened": "open_again",
    "deliverable_moved": "moved",
    "deliverable_moved_back": "moved",
    "deliverable_date_shifted": "moved",
    "deliverable_handed_over": "handed_over",
}


def _find(db: Database, reader: Reader, now: datetime) -> list[Found]:
    found = []
    for absence in _ended(db, reader.team_id, reader.signs["returned"]):
        for spot in reader.spots.values():
            item = Item(kind="returned", partnership_id=spot.partnership.id, subject_id=absence.id)
            if item not in reader.told and any(_changes(db, spot, absence, now)):
                found.append(Found(item=item))
    return found


def _draw(db: Database, page: Page, ids: Sequence[str], _now: datetime) -> list[Section]:
    spot, put_at = page.spot, page.daily.put_at
    beside = {one.subject_id for one in page.daily.items if one.kind == "owed"}
    told: dict[str, views.Told] = {}
    for absence in _ended(db, page.daily.team_id, ids):
        for one in _changes(db, spot, absence, put_at):
            # What stands beside says all of it but that its date is another.
            if one.commitment.id not in beside or one.became == "moved":
                told[one.commitment.id] = one
    side = spot.member.side
    if side is None or not told:
        return []
    return [views.meanwhile(spot.partnership, side, [*told.values()], is_open=page.others_read)]


def _ended(db: Database, team_id: str, ids: Sequence[str]) -> Iterator[Absence]:
    for one_id in ids:
        known = away.get(db, team_id, one_id)
        if known is not None:
            yield known[1]


def _changes(db: Database, spot: Spot, absence: Absence, until: datetime) -> Iterator[views.Told]:
    """What others did meanwhile about what the person owes or asked for; the last of each."""
    partnership, person_id = spot.partnership, spot.member.person.id
    last: dict[str, journal.Entry] = {}
    happened = journal.entries_of_partnership(
        db, partnership.team_id, partnership.id, absence.from_at
    )
    for entry in happened:
        is_told = entry.subject_kind == "commitment" and entry.verb in _TOLD
        if is_told and entry.by != person_id and entry.at <= until:
            last[entry.subject_id] = entry
    every = deliverables.every(db, partnership.team_id, last)
    for one_id, entry in last.items():
        one = every.get(one_id)
        if one is not None and _is_theirs(one, entry, spot):
            by = None if entry.by is None else people.get(db, one.team_id, entry.by)
            is_own_side = entry.side == spot.member.side
            yield views.Told(
                commitment=one,
                became=_TOLD[entry.verb],
                by=by.slack_id if by is not None and is_own_side else None,
            )


def _is_theirs(one: Commitment, entry: journal.Entry, spot: Spot) -> bool:
    """Whether it concerns the person, and may stand where they read us."""
    person_id = spot.member.person.id
    is_asked = _TOLD[entry.verb] == "asked"
    concerns = person_id == one.owner_id or (person_id == one.created_by and not is_asked)
    concerns = concerns or entry.details.get("from") == person_id
    if not concerns or not may_read(one, person_id, spot.member):
        return False
    return one.is_public or spot.is_direct


RETURNED: Final = Contributor(kind="returned", repeats=False, find=_find, draw=_draw)
