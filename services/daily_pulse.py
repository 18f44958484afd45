"""The results of a pulse by side, in the daily message of the leads who are written to directly."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from data import Database, pulse
from domain.daily import NEWS_LASTS, Item
from domain.pulse import shown
from services.daily_parts import Contributor, Found, Page
from services.daily_readers import Reader
from views import pulse as views
from views.daily_sections import Section


def _find(db: Database, reader: Reader, now: datetime) -> list[Found]:
    """Who is written to in the thread presses *Results* below the question."""
    until = now + timedelta(microseconds=1)  # what closes now is closed
    return [
        Found(item=Item(kind="pulse", partnership_id=key, subject_id=survey.id))
        for key, spot in reader.spots.items()
        if spot.member.is_lead and spot.is_direct
        for survey in pulse.closed_between(db, spot.partnership, now - NEWS_LASTS, until)
        if shown(survey.scores).sides
    ]


def _draw(db: Database, page: Page, ids: Sequence[str], _now: datetime) -> list[Section]:
    side = page.spot.member.side
    if not page.spot.member.is_lead or side is None:
        return []
    every = [pulse.get(db, page.daily.team_id, one) for one in ids]
    surveys = [one for one in every if one is not None and one.state == "closed"]
    return [views.leads_section(page.spot.partnership, side, surveys)] if surveys else []


PULSE: Final = Contributor(kind="pulse", repeats=False, find=_find, draw=_draw)
