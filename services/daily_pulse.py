"""The results of a pulse by side, in the daily message of the leads who are written to directly."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from data import Database, pulse
from domain.daily import Item
from domain.pulse import Survey
from services.daily_parts import Contributor, Found, Page
from services.daily_readers import Reader
from services.pulse_outcomes import outcome_of
from views import pulse_results as views
from views.daily_sections import Section


def _find(db: Database, reader: Reader, _now: datetime) -> list[Found]:
    """Who is written to in the thread presses *Results* below the question."""
    every = [pulse.get(db, reader.team_id, one) for one in reader.signs["pulse"]]
    return [
        Found(item=Item(kind="pulse", partnership_id=survey.partnership_id, subject_id=survey.id))
        for survey in every
        if survey is not None and survey.results and _is_told(reader, survey)
    ]


def _is_told(reader: Reader, survey: Survey) -> bool:
    spot = reader.spots.get(survey.partnership_id)
    return spot is not None and spot.member.is_lead and spot.is_direct


def _draw(db: Database, page: Page, ids: Sequence[str], _now: datetime) -> list[Section]:
    side = page.spot.member.side
    if not page.spot.member.is_lead or side is None:
        return []
    every = [pulse.get(db, page.daily.team_id, one) for one in ids]
    surveys = [one for one in every if one is not None and one.state == "closed"]
    partnership = page.spot.partnership
    outcomes = [outcome_of(db, partnership, survey) for survey in surveys]
    return [views.leads_section(partnership, side, outcomes)] if outcomes else []


PULSE: Final = Contributor(kind="pulse", repeats=False, find=_find, draw=_draw)
