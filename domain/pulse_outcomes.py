"""What came of a survey, with the weeks before it: what changed, what is worth a talk. No words."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from domain import zones
from domain.calendars import next_shift
from domain.partnerships import Partnership
from domain.people import SIDES
from domain.pulse import Survey, opens_at
from domain.pulse_questions import SurveyQuestion
from domain.pulse_results import Group, Reading, Result, result
from domain.pulse_talks import TalkingPoint, talking_point
from domain.pulse_trends import WEEKS, Change, Point, change

GROUPS: Final[tuple[Group, ...]] = ("client", "vendor", "both")
_BEFORE_ITS_END: Final = timedelta(hours=1)
_LONGEST: Final = timedelta(days=5)
_WEEK: Final = timedelta(weeks=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A closed survey and what it adds to the weeks before.

    Attributes:
        results: Of the questions that are not answered in words, by position.
        points: Of the last ``WEEKS`` weeks, this one included.
        changes: From the earlier half of these weeks to the later one.
        talk: None when nothing stands out.
    """

    survey: Survey
    results: Mapping[int, Result]
    points: tuple[Point, ...]
    changes: Mapping[Group, Change]
    talk: TalkingPoint | None


def outcome(partnership: Partnership, survey: Survey, before: Iterable[Survey]) -> Outcome:
    """What came of a closed survey.

    Args:
        before: The surveys that closed earlier, within the last ``WEEKS`` weeks.
    """
    zone = partnership.side(partnership.home_side).calendar.zone
    this_on = _monday(survey.closes_at, zone)
    since = this_on - (WEEKS - 1) * _WEEK
    points = tuple(
        point
        for one in (*before, survey)
        for point in _points(one, zone)
        if since <= point.week_on <= this_on
    )
    middle_on = this_on - (WEEKS // 2 - 1) * _WEEK
    changes = {group: change(points, group, middle_on) for group in GROUPS}
    results = {one.position: _result(survey, one) for one in survey.questions if one.offered}
    on_scale = {one.position: results[one.position] for one in survey.questions if _is_scale(one)}
    return Outcome(
        survey=survey,
        results=results,
        points=points,
        changes=changes,
        talk=talking_point(on_scale, changes["both"]),
    )


def told_at(partnership: Partnership, closed_at: datetime) -> datetime:
    """When the channel reads it: towards the end of a further shift of each side.

    So the leads of both have read it before; a side without one within days is not waited for.
    """
    calendars = (partnership.side(side).calendar for side in SIDES)
    shifts = [next_shift(calendar, closed_at) for calendar in calendars]
    ends = [shift.ends_at - _BEFORE_ITS_END for shift in shifts if shift is not None]
    later = min(max(ends, default=closed_at), closed_at + _LONGEST)
    return opens_at(partnership, later) or later


def _points(survey: Survey, zone: str) -> Iterator[Point]:
    week_on = _monday(survey.closes_at, zone)
    for question in survey.questions:
        if not _is_scale(question):
            continue
        found = _result(survey, question)
        for group, reading in _by_group(found):
            yield Point(
                week_on=week_on,
                question=_name(question),
                group=group,
                answers=reading.answers,
                total=round(reading.mean * reading.answers),
            )


def _by_group(found: Result) -> Iterator[tuple[Group, Reading]]:
    yield from found.sides.items()
    if found.joint is not None:
        yield "both", found.joint


def _result(survey: Survey, question: SurveyQuestion) -> Result:
    tally = survey.results.get(question.position)
    return result({} if tally is None else tally.counts)


def _is_scale(question: SurveyQuestion) -> bool:
    return question.kind == "scale"


def _name(question: SurveyQuestion) -> str:
    """The same for the same question, whenever it is asked."""
    return question.code if question.words is None else f"{question.code}: {question.words}"


def _monday(moment: datetime, zone: str) -> date:
    day = zones.local(moment, zone).date()
    return day - timedelta(days=day.weekday())
