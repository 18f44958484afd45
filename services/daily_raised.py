"""What was brought up to the leads, in their daily message: once, and then kept true."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from data import Database, deliverables, ladder
from data.ladder import Raised
from data.moments import to_text
from domain.daily import Item
from domain.deliverables import Commitment, may_read
from services import sponsor_lines, wait_lines
from services.daily_parts import Contributor, Found, Page
from services.daily_readers import Reader, Spot
from views import raising as views
from views.daily_sections import Section


def _find(db: Database, reader: Reader, now: datetime) -> list[Found]:
    person_id, found = reader.person.id, []
    for one in deliverables.every(db, reader.team_id, reader.signs["raised"]).values():
        spot = reader.spots.get(one.partnership_id)
        if spot is None or not one.is_late(now) or not _may_read(one, spot, person_id):
            continue
        every = ladder.raised_of(db, one).values()
        concern = [raised for raised in every if _concerns(one, raised, spot, person_id)]
        found += [_item(one, raised) for raised in concern if _has_come(db, one, raised, now)]
    return [Found(item=item) for item in found]


def _has_come(db: Database, one: Commitment, raised: Raised, now: datetime) -> bool:
    """Whether a person brought it up, or the reminder with which time did was not lost."""
    if raised.rung != "own_lead":
        return True
    told = ladder.told(db, one.team_id, [one], now).get(one.id, ())
    return any(step.is_late and step.told_at >= raised.raised_at for step in told)


def _may_read(one: Commitment, spot: Spot, person_id: str) -> bool:
    """What stands in the thread, which all read, is public and says nothing of who was asked."""
    if not spot.is_direct and not one.is_public:
        return False
    return may_read(one, person_id, spot.member)


def _concerns(one: Commitment, raised: Raised, spot: Spot, person_id: str) -> bool:
    if not spot.member.is_lead:
        return False
    if raised.rung == "both_leads":
        return True
    return spot.member.side == one.side and one.owner_id != person_id


def _item(one: Commitment, raised: Raised) -> Item:
    subject_id = f"{one.id}/{raised.rung}/{to_text(raised.due_at)}"
    return Item(kind="raised", partnership_id=one.partnership_id, subject_id=subject_id)


def _draw(db: Database, page: Page, ids: Sequence[str], now: datetime) -> list[Section]:
    side = page.spot.member.side
    if side is None or not page.spot.member.is_lead:
        return []
    named = [subject_id.split("/", 2) for subject_id in ids]
    every = deliverables.every(db, page.daily.team_id, [one_id for one_id, _, _ in named])
    own = [every[one_id] for one_id, rung, _ in named if rung == "own_lead" and one_id in every]
    both = [every[one_id] for one_id, rung, _ in named if rung == "both_leads" and one_id in every]
    brought = [one for one in (_brought(db, page, one, now) for one in both) if one is not None]
    partnership = page.spot.partnership
    sections = []
    if own:
        counted = _counted(db, page, own, now)
        sections.append(views.to_own_lead(partnership, side, counted, now))
    if brought:
        sections.append(views.to_both_leads(partnership, side, brought, now))
    return sections


def _counted(
    db: Database, page: Page, own: Sequence[Commitment], now: datetime
) -> list[tuple[Commitment, int, str]]:
    """Each with how often its owner was asked, which is for their own side's leads alone."""
    told = ladder.told(db, page.daily.team_id, own, now)
    return [
        (
            one,
            0 if page.others_read else len(told.get(one.id, ())),
            wait_lines.unanswered_words(db, page.spot.partnership, one),
        )
        for one in own
    ]


def _brought(db: Database, page: Page, one: Commitment, now: datetime) -> views.Brought | None:
    """Of what was taken back nothing is left; of what has another date since, what it is now."""
    raised, partnership = ladder.raised_of(db, one).get("both_leads"), page.spot.partnership
    if raised is None and one.is_late(now):
        return None
    return views.Brought(
        commitment=one,
        by=None if raised is None else raised.side,
        notice=sponsor_lines.standing(db, partnership, one, now),
        is_sponsor_named=sponsor_lines.is_one_named(db, partnership),
        waits=wait_lines.unanswered_words(db, partnership, one),
    )


RAISED: Final = Contributor(kind="raised", repeats=False, find=_find, draw=_draw)
