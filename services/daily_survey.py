"""An open survey, in the daily message of who has not answered it: twice at most, never for others.

Who is written to in a thread that others read, too, is not reminded there: nobody else learns who
has not answered.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from data import Database, partnerships, people, pulse, pulse_replies, wakes
from data.keys import KeyRing, answerer
from domain.calendars import next_shift
from domain.daily import Item
from domain.pulse import Survey
from services.daily_parts import Contributor, Found, Page
from services.daily_readers import Reader, Spot
from services.daily_wakes import WAKE
from services.deps import Deps
from views import pulse_answers as views
from views.daily_sections import Section

_REMINDERS: Final = ("first", "second")
_BATCH: Final = 50


def expect(deps: Deps, survey: Survey, now: datetime) -> None:
    """Have everybody who was just asked looked at as their next shift begins; safe to do again."""
    db = deps.store.reading()
    partnership = partnerships.get(db, survey.team_id, survey.partnership_id)
    if partnership is None:
        return
    members = people.active_members(db, partnership)
    coming = [(one.person.id, next_shift(one.calendar, now)) for one in members]
    at = [(person_id, shift.starts_at) for person_id, shift in coming if shift is not None]
    for start in range(0, len(at), _BATCH):
        with deps.store.writing(partnership.id, planning=True) as db:
            for person_id, starts_at in at[start : start + _BATCH]:
                wakes.wake_by(db, partnership.team_id, WAKE, person_id, None, starts_at)


def _find(db: Database, reader: Reader, now: datetime) -> list[Found]:
    found = []
    for survey_id in reader.signs["survey"]:
        survey = pulse.get(db, reader.team_id, survey_id)
        spot = None if survey is None else reader.spots.get(survey.partnership_id)
        if survey is None or spot is None or not spot.is_direct:
            continue
        item = _next_reminder(reader, survey)
        if item is not None and _is_silent(db, reader, survey):
            found.append(Found(item=item, is_reason=_is_last_shift(spot, survey, now)))
    return found


def _next_reminder(reader: Reader, survey: Survey) -> Item | None:
    """The one that belongs in the message of the running shift; not in that of the opening."""
    shift = reader.shift
    if shift is None or shift.starts_at <= survey.opened_at:
        return None
    for number in _REMINDERS:
        item = Item(
            kind="survey",
            partnership_id=survey.partnership_id,
            subject_id=f"{survey.id}/{number}",
        )
        if item not in reader.told or reader.stands(item):
            return item
    return None


def _is_silent(db: Database, reader: Reader, survey: Survey) -> bool:
    """Whether the person has answered nothing; nobody knows without the key."""
    key = KeyRing.of(db).read(survey.id)
    if key is None:
        return False
    first = survey.first
    named = answerer(key, reader.person.id, first.position)
    return pulse_replies.given(db, survey, first, named) is None


def _is_last_shift(spot: Spot, survey: Survey, now: datetime) -> bool:
    coming = next_shift(spot.member.calendar, now)
    return coming is None or coming.starts_at >= survey.closes_at


def _draw(db: Database, page: Page, ids: Sequence[str], now: datetime) -> list[Section]:
    side = page.spot.member.side
    names = dict.fromkeys(one.partition("/")[0] for one in ids)
    every = [pulse.get(db, page.daily.team_id, name) for name in names]
    surveys = [one for one in every if one is not None]
    if side is None or page.others_read or not surveys:
        return []
    open_ones = [one for one in surveys if not page.is_over and one.takes_answers(now)]
    return [views.reminder_section(page.spot.partnership, side, surveys, open_ones)]


SURVEY: Final = Contributor(kind="survey", repeats=False, find=_find, draw=_draw)
