"""A survey of the leads, in their daily message: asked twice at most, then what came of it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from data import Database, signed
from domain.daily import Item
from domain.signed import SignedSurvey
from services.daily_parts import Contributor, Found, Page
from services.daily_readers import Reader
from views import signed as views
from views.daily_sections import Section

_REMINDERS: Final = ("first", "second")


def _find(db: Database, reader: Reader, now: datetime) -> list[Found]:
    every = [signed.get(db, reader.team_id, one) for one in reader.signs["signed"]]
    items = [
        _item(reader, one, now)
        for one in every
        if one is not None and one.partnership_id in reader.spots
    ]
    return [Found(item=item) for item in items if item is not None]


def _item(reader: Reader, survey: SignedSurvey, now: datetime) -> Item | None:
    if survey.closed_at is not None:
        return _about(survey, "read")
    if not survey.takes_answers(now) or survey.has_answered(reader.person.id):
        return None
    for number in _REMINDERS:
        item = _about(survey, number)
        if item not in reader.told or reader.stands(item):
            return item
    return None


def _about(survey: SignedSurvey, what: str) -> Item:
    subject_id = f"{survey.id}/{what}"
    return Item(kind="signed", partnership_id=survey.partnership_id, subject_id=subject_id)


def _draw(db: Database, page: Page, ids: Sequence[str], _now: datetime) -> list[Section]:
    member = page.spot.member
    names = dict.fromkeys(one.partition("/")[0] for one in ids)
    every = [signed.get(db, page.daily.team_id, name) for name in names]
    surveys = [one for one in every if one is not None]
    if not member.is_lead or member.side is None or not surveys:
        return []
    shown = [(one, one.has_answered(page.daily.person_id)) for one in surveys]
    partnership = page.spot.partnership
    return [views.daily_section(partnership, member.side, shown, is_over=page.is_over)]


SIGNED: Final = Contributor(kind="signed", repeats=False, find=_find, draw=_draw)
